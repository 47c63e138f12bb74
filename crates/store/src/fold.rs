//! Folding the log into state, now or as of a moment.

use std::sync::Arc;

use jiff::Timestamp;
use model::{
    Kind, Records,
    record::{Origin, SheetOrigin},
    value::Value,
};
use rayon::prelude::*;
use register::{Folded, LiveSegment, Upto};
use rustc_hash::FxHashMap;
use tokio_stream::StreamExt;

use crate::{
    append::hash_of,
    error::StoreError,
    open::{Store, on},
    rows::HeldRow,
};

/// Revisions parsed at once: enough to keep two cores busy, little enough to bound the memory.
pub(crate) const BATCH: usize = 20_000;

/// One current revision before its body is read.
struct Held {
    kind: Option<Kind>,
    body: String,
    origin: Option<(i64, i64, i64)>,
}

/// The latest revision of each record at a position; the index on (kind, record, seq) answers the inner question.
const RECORDS: &str = "select r.kind, r.body, r.change, r.sheet, r.sheet_row from revision r \
    where r.change <= $1 and r.op = 'put' and not exists ( \
      select 1 from revision l where l.kind = r.kind and l.record = r.record and l.seq > r.seq and l.change <= $1) \
    order by r.seq";

const SEGMENTS: &str = "select r.body, r.change from revision r \
    where r.kind = 'segment' and r.change <= $1 and r.op = 'add_segment' and not exists ( \
      select 1 from revision l where l.kind = r.kind and l.record = r.record and l.seq > r.seq and l.change <= $1) \
    order by r.seq";

impl Store {
    pub(crate) async fn folded(&self, upto: Upto) -> Result<Folded, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        let (position_of, bound) = match upto {
            Upto::Now => ("select number from head where id = 1 and $1 = $1", 0),
            Upto::Change(n) => {
                ("select coalesce(max(number), 0) from change where number <= $1", i64::try_from(n).unwrap_or(i64::MAX))
            }
            Upto::Instant(at) => ("select coalesce(max(number), 0) from change where at_us <= $1", at.as_microsecond()),
        };
        let mut folded = Folded::default();
        on!(self, |pool| {
            // One transaction, so that head, records and segments belong together while others write.
            let mut tx = pool.begin_with(self.dialect().begin_reading()).await.map_err(fail)?;
            let position: i64 = sqlx::query_scalar(position_of).bind(bound).fetch_one(&mut *tx).await.map_err(fail)?;
            folded.position = position as u64;
            let at: Option<String> = sqlx::query_scalar("select at from change where number = $1")
                .bind(position)
                .fetch_optional(&mut *tx)
                .await
                .map_err(fail)?;
            folded.at = at.and_then(|t| t.parse::<Timestamp>().ok());
            let hash = "select hash from revision where change <= $1 order by seq desc limit 1";
            let hash: Option<Vec<u8>> =
                sqlx::query_scalar(hash).bind(position).fetch_optional(&mut *tx).await.map_err(fail)?;
            folded.head = hash.as_deref().and_then(hash_of).unwrap_or_default();

            let sheets = "select number, sheets from change where number <= $1 and sheets <> ''";
            let rows: Vec<(i64, String)> =
                sqlx::query_as(sheets).bind(position).fetch_all(&mut *tx).await.map_err(fail)?;
            let sheets = Sheets::of(rows);

            let mut stream = sqlx::query_as::<_, HeldRow>(RECORDS).bind(position).fetch(&mut *tx);
            let mut batch = Vec::with_capacity(BATCH);
            while let Some(row) = stream.next().await {
                batch.push(Held::of(row.map_err(fail)?));
                if batch.len() == BATCH {
                    put_all(&mut folded.records, std::mem::take(&mut batch), &sheets).map_err(|d| self.corrupt(&d))?;
                }
            }
            drop(stream);
            put_all(&mut folded.records, batch, &sheets).map_err(|d| self.corrupt(&d))?;

            let segments: Vec<(String, i64)> =
                sqlx::query_as(SEGMENTS).bind(position).fetch_all(&mut *tx).await.map_err(fail)?;
            for (body, change) in segments {
                let segment = serde_json::from_str(&body)
                    .map_err(|e| self.corrupt(&format!("a segment of change {change}: {e}")))?;
                folded.segments.push(LiveSegment { segment, change: change as u64 });
            }
            Ok(folded)
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
    fn of(row: HeldRow) -> Self {
        let origin = row.sheet.zip(row.sheet_row).map(|(sheet, at)| (row.change, sheet, at));
        // A kind of a newer program is passed over: its records stay in the log.
        Held { kind: Kind::parse(&row.kind), body: row.body, origin }
    }
}

/// A record as read; `None` for a kind that a newer program wrote.
type Read = Option<(Kind, Vec<Value>)>;

fn put_all(records: &mut Records, batch: Vec<Held>, sheets: &Sheets) -> Result<(), String> {
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
