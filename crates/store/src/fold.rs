//! Folding the log into state, now or as of a moment.

use std::sync::Arc;

use model::{
    Kind, Records,
    record::{Origin, SheetOrigin},
    value::Value,
};
use rayon::prelude::*;
use register::{Folded, Upto};
use rustc_hash::FxHashMap;

use crate::{
    error::StoreError,
    open::{Store, on},
    rows::HeldRow,
};

/// Revisions parsed at once: enough to keep two cores busy, little enough to bound the memory.
pub(crate) const BATCH: usize = 20_000;

/// One current revision before its body is read.
pub(crate) struct Held {
    kind: Option<Kind>,
    body: String,
    origin: Option<(i64, i64, i64)>,
}

/// The latest revision of each record at a position; the index on (kind, record, seq) answers the inner question.
pub(crate) const RECORDS: &str = "select r.kind, r.body, r.change, r.sheet, r.sheet_row from revision r \
    where r.change <= $1 and r.op = 'put' and not exists ( \
      select 1 from revision l where l.kind = r.kind and l.record = r.record and l.seq > r.seq and l.change <= $1) \
    order by r.seq";

pub(crate) const SEGMENTS: &str = "select r.body, r.change from revision r \
    where r.kind = 'segment' and r.change <= $1 and r.op = 'add_segment' and not exists ( \
      select 1 from revision l where l.kind = r.kind and l.record = r.record and l.seq > r.seq and l.change <= $1) \
    order by r.seq";

/// Where the chain is after a change. Ordered as [`crate::append::LATER`] is.
pub(crate) const HASH: &str = "select hash from revision where change <= $1 order by change desc, seq desc limit 1";

/// Folds within a transaction, which may have written what it folds.
macro_rules! fold_in {
    ($store:expr, $tx:expr, $upto:expr) => {{
        let (store, tx): (&$crate::open::Store, _) = ($store, $tx);
        let fail = |e: sqlx::Error| store.fail(&e);
        let (position_of, bound) = $crate::fold::position_of($upto);
        let mut folded = register::Folded::default();
        let position: i64 = sqlx::query_scalar(position_of).bind(bound).fetch_one(&mut **tx).await.map_err(fail)?;
        folded.position = position as u64;
        let at: Option<String> = sqlx::query_scalar("select at from change where number = $1")
            .bind(position)
            .fetch_optional(&mut **tx)
            .await
            .map_err(fail)?;
        folded.at = at.and_then(|t| t.parse::<jiff::Timestamp>().ok());
        let hash: Option<Vec<u8>> =
            sqlx::query_scalar($crate::fold::HASH).bind(position).fetch_optional(&mut **tx).await.map_err(fail)?;
        folded.head = hash.as_deref().and_then($crate::append::hash_of).unwrap_or_default();

        let sheets = "select number, sheets from change where number <= $1 and sheets <> ''";
        let rows: Vec<(i64, String)> =
            sqlx::query_as(sheets).bind(position).fetch_all(&mut **tx).await.map_err(fail)?;
        let sheets = $crate::fold::Sheets::of(rows);

        let mut batch = Vec::with_capacity($crate::fold::BATCH);
        {
            let sql = $crate::fold::RECORDS;
            let mut stream = sqlx::query_as::<_, $crate::rows::HeldRow>(sql).bind(position).fetch(&mut **tx);
            while let Some(row) = tokio_stream::StreamExt::next(&mut stream).await {
                batch.push($crate::fold::Held::of(row.map_err(fail)?));
                if batch.len() == $crate::fold::BATCH {
                    let full = std::mem::take(&mut batch);
                    $crate::fold::put_all(&mut folded.records, full, &sheets).map_err(|d| store.corrupt(&d))?;
                }
            }
        }
        $crate::fold::put_all(&mut folded.records, batch, &sheets).map_err(|d| store.corrupt(&d))?;

        let sql = $crate::fold::SEGMENTS;
        let segments: Vec<(String, i64)> =
            sqlx::query_as(sql).bind(position).fetch_all(&mut **tx).await.map_err(fail)?;
        for (body, change) in segments {
            let segment = serde_json::from_str(&body)
                .map_err(|e| store.corrupt(&format!("a segment of change {change}: {e}")))?;
            folded.segments.push(register::LiveSegment { segment, change: change as u64 });
        }
        folded
    }};
}
pub(crate) use fold_in;

/// The statement that finds the last change of a fold, and its parameter.
pub(crate) fn position_of(upto: Upto) -> (&'static str, i64) {
    match upto {
        Upto::Now => ("select number from head where id = 1 and $1 = $1", 0),
        Upto::Change(n) => {
            ("select coalesce(max(number), 0) from change where number <= $1", i64::try_from(n).unwrap_or(i64::MAX))
        }
        Upto::Instant(at) => ("select coalesce(max(number), 0) from change where at_us <= $1", at.as_microsecond()),
    }
}

impl Store {
    pub(crate) async fn folded(&self, upto: Upto) -> Result<Folded, StoreError> {
        on!(self, |pool| {
            // One transaction, so that head, records and segments belong together while others write.
            let begun = pool.begin_with(self.dialect().begin_reading()).await;
            let mut tx = begun.map_err(|e| self.fail(&e))?;
            Ok(fold_in!(self, &mut tx, upto))
        })
    }
}

/// Sheets of changes, by number.
#[derive(Default)]
pub(crate) struct Sheets(FxHashMap<i64, Vec<Arc<SheetOrigin>>>);

impl Sheets {
    pub fn of(rows: Vec<(i64, String)>) -> Self {
        let lists = rows.into_iter().map(|(change, text)| {
            let list: Vec<SheetOrigin> = serde_json::from_str(&text).unwrap_or_default();
            (change, list.into_iter().map(Arc::new).collect())
        });
        Sheets(lists.collect())
    }
    pub fn origin(&self, (change, sheet, row): (i64, i64, i64)) -> Option<Origin> {
        let sheet = self.0.get(&change)?.get(usize::try_from(sheet).ok()?)?.clone();
        Some(Origin { sheet, row: u32::try_from(row).ok()? })
    }
}

impl Held {
    pub fn of(row: HeldRow) -> Self {
        let origin = row.sheet.zip(row.sheet_row).map(|(sheet, at)| (row.change, sheet, at));
        // A kind of a newer program is passed over: its records stay in the log.
        Held { kind: Kind::parse(&row.kind), body: row.body, origin }
    }
}

/// A record as read; `None` for a kind that a newer program wrote.
type Read = Option<(Kind, Vec<Value>)>;

pub(crate) fn put_all(records: &mut Records, batch: Vec<Held>, sheets: &Sheets) -> Result<(), String> {
    let rows: Vec<Result<Read, String>> = batch
        .par_iter()
        .map(|held| {
            let Some(kind) = held.kind else { return Ok(None) };
            let body = serde_json::from_str(&held.body).map_err(|e| format!("a body of kind {}: {e}", kind.name()))?;
            Ok(Some((kind, kind.def().row_from_json(&body))))
        })
        .collect();
    for (row, held) in rows.into_iter().zip(&batch) {
        if let Some((kind, row)) = row? {
            let origin = held.origin.and_then(|o| sheets.origin(o));
            records
                .put(kind, &row, origin)
                .map_err(|missing| format!("{} without {}", kind.name(), missing.join(", ")))?;
        }
    }
    Ok(())
}
