//! Rows of the log as they come from either database.

use jiff::Timestamp;
use register::{Change, ChangeState, Op, Revision};
use sqlx::FromRow;

use crate::append::hash_of;

/// Reads a [`HeadRow`].
pub(crate) const HEAD: &str = "select number, n_revisions, hash from head where id = 1";

/// The end of the chain.
#[derive(FromRow)]
pub(crate) struct HeadRow {
    pub number: i64,
    pub n_revisions: i64,
    pub hash: Vec<u8>,
}

/// A change. All columns may be missing where it is joined to a revision whose change was deleted.
#[derive(FromRow)]
pub(crate) struct ChangeRow {
    number: Option<i64>,
    author: Option<String>,
    at: Option<String>,
    reason: Option<String>,
    state: Option<String>,
    undoes: Option<i64>,
    sheets: Option<String>,
}

impl ChangeRow {
    pub fn read(self) -> Change {
        let sheets = self.sheets.filter(|s| !s.is_empty());
        Change {
            number: self.number.unwrap_or(0) as u64,
            author: self.author.unwrap_or_default(),
            // What cannot be read back was altered; the chain will say so, at the right revision.
            at: self.at.and_then(|at| at.parse().ok()).unwrap_or(Timestamp::UNIX_EPOCH),
            reason: self.reason.unwrap_or_default(),
            state: self.state.and_then(|s| ChangeState::parse(&s)).unwrap_or(ChangeState::Rejected),
            undoes: self.undoes.map(|u| u as u64),
            sheets: sheets.and_then(|s| serde_json::from_str(&s).ok()).unwrap_or_default(),
        }
    }
}

/// A revision and its change.
#[derive(FromRow)]
pub(crate) struct PairRow {
    #[sqlx(flatten)]
    change: ChangeRow,
    seq: i64,
    kind: String,
    record: String,
    op: String,
    body: String,
    sheet: Option<i64>,
    sheet_row: Option<i64>,
    hash: Vec<u8>,
}

impl PairRow {
    pub fn read(self) -> (Change, Revision) {
        let change = self.change.read();
        let revision = Revision {
            seq: self.seq as u64,
            change: change.number,
            kind: self.kind,
            record: self.record,
            op: Op::parse(&self.op).unwrap_or(Op::Remove),
            body: self.body,
            origin: self.sheet.zip(self.sheet_row).map(|(s, r)| (s as u32, r as u32)),
            hash: hash_of(&self.hash).unwrap_or_default(),
        };
        (change, revision)
    }
}

/// A change with its counts.
#[derive(FromRow)]
pub(crate) struct SummaryRow {
    #[sqlx(flatten)]
    pub change: ChangeRow,
    pub undone_by: Option<i64>,
    pub n_records: i64,
    /// Bodies of its segments, one a line.
    pub segments: Option<String>,
}

/// A current record before its body is read.
#[derive(FromRow)]
pub(crate) struct HeldRow {
    pub kind: String,
    pub body: String,
    pub change: i64,
    pub sheet: Option<i64>,
    pub sheet_row: Option<i64>,
}
