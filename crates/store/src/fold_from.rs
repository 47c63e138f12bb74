//! Folding on: state now, made from a state that was folded before and the revisions since.

use jiff::Timestamp;
use model::{Kind, value::Value};
use rayon::prelude::*;
use register::{Folded, LiveSegment, Op, SegmentRef, Upto};
use rustc_hash::FxHashMap;
use sqlx::FromRow;

use crate::{
    append::{WRITTEN_AT, hash_of},
    error::StoreError,
    fold::{BATCH, Sheets},
    open::{Store, on},
    rows::{HEAD, HeadRow},
};

/// A revision as a fold takes it.
#[derive(FromRow)]
struct Next {
    change: i64,
    kind: String,
    record: String,
    op: String,
    body: String,
    sheet: Option<i64>,
    sheet_row: Option<i64>,
    hash: Vec<u8>,
}

/// What the last revision of a record since then does to the state.
enum Step {
    Put(Kind, Vec<Value>),
    Remove(Kind),
    Add(SegmentRef),
    Retract,
    /// Of a kind that a newer program wrote: its records stay in the log.
    Pass,
}

/// Where a state ends in the log.
pub(crate) const END: &str = "select seq, hash from revision where change = $1 order by seq desc limit 1";

pub(crate) const SINCE: &str = "select change, kind, record, op, body, sheet, sheet_row, hash from revision \
    where seq > $1 order by seq";

impl Store {
    /// State now, from one that was folded before: the same as folding everything, at the cost of what was written
    /// since. Records stand in the order in which they were last written, in both.
    ///
    /// A state that is no beginning of this log (the register was put back from a copy, say), or lies far behind, is
    /// not gone on from: then everything is folded.
    pub async fn fold_from(&self, held: Folded) -> Result<Folded, StoreError> {
        match self.since(held).await? {
            Some(folded) => Ok(folded),
            None => self.folded(Upto::Now).await,
        }
    }

    async fn since(&self, mut folded: Folded) -> Result<Option<Folded>, StoreError> {
        let fail = |e: sqlx::Error| self.fail(&e);
        on!(self, |pool| {
            // One transaction, so that head and revisions belong together while others write.
            let mut tx = pool.begin_with(self.dialect().begin_reading()).await.map_err(fail)?;
            let head: HeadRow = sqlx::query_as(HEAD).fetch_one(&mut *tx).await.map_err(fail)?;
            let held = i64::try_from(folded.position).unwrap_or(i64::MAX);
            let end: Option<(i64, Vec<u8>)> =
                sqlx::query_as(END).bind(held).fetch_optional(&mut *tx).await.map_err(fail)?;
            let (seq, hash) = match end {
                Some((seq, hash)) => (seq, hash_of(&hash)),
                None if held == 0 => (0, Some([0; 32])),
                None => return Ok(None),
            };
            if hash != Some(folded.head) || head.n_revisions - seq > BATCH as i64 {
                return Ok(None);
            }
            let sheets = "select number, sheets from change where number > $1 and sheets <> ''";
            let sheets: Vec<(i64, String)> =
                sqlx::query_as(sheets).bind(held).fetch_all(&mut *tx).await.map_err(fail)?;
            let rows: Vec<Next> = sqlx::query_as(SINCE).bind(seq).fetch_all(&mut *tx).await.map_err(fail)?;
            let at: Option<String> =
                sqlx::query_scalar(WRITTEN_AT).bind(head.number).fetch_optional(&mut *tx).await.map_err(fail)?;
            folded.position = head.number as u64;
            folded.at = at.and_then(|t| t.parse::<Timestamp>().ok());
            if let Some(last) = rows.last() {
                folded.head = hash_of(&last.hash).unwrap_or_default();
            }
            apply(&mut folded, rows, &Sheets::of(sheets)).map_err(|d| self.corrupt(&d))?;
            Ok(Some(folded))
        })
    }
}

/// Applies the last revision of each record, in order: what stood between is not even read.
fn apply(folded: &mut Folded, rows: Vec<Next>, sheets: &Sheets) -> Result<(), String> {
    let mut last: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate() {
        last.insert((&row.kind, &row.record), at);
    }
    let mut current: Vec<usize> = last.into_values().collect();
    current.sort_unstable();
    let steps: Vec<Result<Step, String>> = current.par_iter().map(|at| step(&rows[*at])).collect();
    for (step, at) in steps.into_iter().zip(current) {
        let row = &rows[at];
        match step? {
            Step::Put(kind, values) => {
                let origin = row.sheet.zip(row.sheet_row).and_then(|(s, r)| sheets.origin((row.change, s, r)));
                folded
                    .records
                    .put_last(kind, &values, origin)
                    .map_err(|missing| format!("{} without {}", kind.name(), missing.join(", ")))?;
            }
            Step::Remove(kind) => {
                folded.records.remove(kind, &row.record);
            }
            Step::Add(segment) => {
                folded.segments.retain(|s| s.segment.id != row.record);
                folded.segments.push(LiveSegment { segment, change: row.change as u64 });
            }
            Step::Retract => folded.segments.retain(|s| s.segment.id != row.record),
            Step::Pass => {}
        }
    }
    Ok(())
}

fn step(row: &Next) -> Result<Step, String> {
    let kind = Kind::parse(&row.kind);
    Ok(match (Op::parse(&row.op), kind) {
        (Some(Op::AddSegment), _) => {
            Step::Add(serde_json::from_str(&row.body).map_err(|e| format!("a segment of change {}: {e}", row.change))?)
        }
        (Some(Op::RetractSegment), _) => Step::Retract,
        (Some(Op::Put), Some(kind)) => {
            let body = serde_json::from_str(&row.body).map_err(|e| format!("a body of kind {}: {e}", kind.name()))?;
            Step::Put(kind, kind.def().row_from_json(&body))
        }
        (Some(Op::Remove), Some(kind)) => Step::Remove(kind),
        _ => Step::Pass,
    })
}
