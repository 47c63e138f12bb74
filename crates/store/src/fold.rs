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
use sqlx::{Row, sqlite::SqliteRow};
use tokio_stream::StreamExt;

use crate::{append::hash_of, error::StoreError, open::Store};

/// Revisions parsed at once: enough to keep two cores busy, little enough to bound the memory.
const BATCH: usize = 20_000;

/// One current revision before its body is read.
struct Held {
    kind: Option<Kind>,
    body: String,
    origin: Option<(i64, i64, i64)>,
}

impl Store {
    pub(crate) async fn folded(&self, upto: Upto) -> Result<Folded, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        // One transaction, so that head, records and segments belong together while others write.
        let mut tx = self.readers.begin().await.map_err(fail)?;
        let position: i64 = match upto {
            Upto::Now => {
                sqlx::query_scalar("select number from head where id = 1").fetch_one(&mut *tx).await.map_err(fail)?
            }
            Upto::Change(n) => sqlx::query_scalar("select coalesce(max(number), 0) from change where number <= $1")
                .bind(i64::try_from(n).unwrap_or(i64::MAX))
                .fetch_one(&mut *tx)
                .await
                .map_err(fail)?,
            Upto::Instant(at) => sqlx::query_scalar("select coalesce(max(number), 0) from change where at_us <= $1")
                .bind(at.as_microsecond())
                .fetch_one(&mut *tx)
                .await
                .map_err(fail)?,
        };
        let mut folded = Folded { position: position as u64, ..Folded::default() };
        let at: Option<String> = sqlx::query_scalar("select at from change where number = $1")
            .bind(position)
            .fetch_optional(&mut *tx)
            .await
            .map_err(fail)?;
        folded.at = at.and_then(|t| t.parse::<Timestamp>().ok());
        let hash: Option<Vec<u8>> =
            sqlx::query_scalar("select hash from revision where change <= $1 order by seq desc limit 1")
                .bind(position)
                .fetch_optional(&mut *tx)
                .await
                .map_err(fail)?;
        folded.head = hash.as_deref().and_then(hash_of).unwrap_or_default();

        let mut sheets = Sheets::default();
        let rows = sqlx::query("select number, sheets from change where number <= $1 and sheets <> ''")
            .bind(position)
            .fetch_all(&mut *tx)
            .await
            .map_err(fail)?;
        for row in rows {
            let text: String = row.try_get(1).map_err(fail)?;
            let list: Vec<SheetOrigin> = serde_json::from_str(&text).unwrap_or_default();
            let change: i64 = row.try_get(0).map_err(fail)?;
            sheets.0.insert(change, list.into_iter().map(Arc::new).collect());
        }

        // The latest revision of each record at the position; the index on (kind, record, seq) answers the inner question.
        let sql = "select r.kind, r.body, r.change, r.sheet, r.sheet_row from revision r \
                   where r.change <= $1 and r.op = 'put' and not exists ( \
                     select 1 from revision l where l.kind = r.kind and l.record = r.record and l.seq > r.seq and l.change <= $1) \
                   order by r.seq";
        let mut stream = sqlx::query(sql).bind(position).fetch(&mut *tx);
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(row) = stream.next().await {
            batch.push(held(&row.map_err(fail)?).map_err(fail)?);
            if batch.len() == BATCH {
                put_all(&mut folded.records, std::mem::take(&mut batch), &sheets).map_err(|d| self.corrupt(&d))?;
            }
        }
        drop(stream);
        put_all(&mut folded.records, batch, &sheets).map_err(|d| self.corrupt(&d))?;

        let sql = "select r.body, r.change from revision r where r.kind = 'segment' and r.change <= $1 and r.op = 'add_segment' \
                   and not exists (select 1 from revision l where l.kind = r.kind and l.record = r.record and l.seq > r.seq \
                     and l.change <= $1) order by r.seq";
        for row in sqlx::query(sql).bind(position).fetch_all(&mut *tx).await.map_err(fail)? {
            let body: String = row.try_get(0).map_err(fail)?;
            let change: i64 = row.try_get(1).map_err(fail)?;
            let segment =
                serde_json::from_str(&body).map_err(|e| self.corrupt(&format!("a segment of change {change}: {e}")))?;
            folded.segments.push(LiveSegment { segment, change: change as u64 });
        }
        Ok(folded)
    }
}

#[derive(Default)]
struct Sheets(FxHashMap<i64, Vec<Arc<SheetOrigin>>>);

impl Sheets {
    fn origin(&self, (change, sheet, row): (i64, i64, i64)) -> Option<Origin> {
        let sheet = self.0.get(&change)?.get(usize::try_from(sheet).ok()?)?.clone();
        Some(Origin { sheet, row: u32::try_from(row).ok()? })
    }
}

fn held(row: &SqliteRow) -> Result<Held, sqlx::Error> {
    let change: i64 = row.try_get(2)?;
    let sheet: Option<i64> = row.try_get(3)?;
    let at: Option<i64> = row.try_get(4)?;
    // A kind of a newer program is passed over: its records stay in the log.
    let kind = Kind::parse(row.try_get::<&str, _>(0)?);
    Ok(Held { kind, body: row.try_get(1)?, origin: sheet.zip(at).map(|(s, r)| (change, s, r)) })
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
