//! What a change is made of.

use jiff::Timestamp;
use model::{
    Kind, Records,
    record::{Origin, SheetOrigin},
    value::Value,
};
use serde::{Deserialize, Serialize};

/// Where a change stands. Today every change is accepted as it is written; the other states are the door
/// for proposals that wait for somebody else's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ChangeState {
    /// Waits for a decision; in no snapshot.
    Proposed,
    /// In force.
    Accepted,
    /// Refused; in no snapshot, kept in the history.
    Rejected,
}

impl ChangeState {
    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            ChangeState::Proposed => "proposed",
            ChangeState::Accepted => "accepted",
            ChangeState::Rejected => "rejected",
        }
    }
    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [ChangeState::Proposed, ChangeState::Accepted, ChangeState::Rejected].into_iter().find(|s| s.as_str() == code)
    }
}

/// The head of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Number, from 1, without gaps.
    pub number: u64,
    /// Who.
    pub author: String,
    /// When, by the clock of whoever wrote it; never before the change that precedes it ([`Proposal::at_after`]).
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: ChangeState,
    /// The change that it takes back.
    pub undoes: Option<u64>,
    /// Sheets that its records came from; a revision's origin names one by position.
    pub sheets: Vec<SheetOrigin>,
}

/// A lake segment of observations, registered by a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentRef {
    /// BLAKE3 of the Parquet file, in hexadecimal.
    pub id: String,
    /// Rows in it.
    pub n_rows: u64,
    /// Size of the file.
    pub n_bytes: u64,
}

/// Records as they would be after edits. What is not well-formed is left out: the rules of acceptance name it.
pub fn applied<'e>(records: &Records, edits: impl IntoIterator<Item = &'e Edit>) -> Records {
    let mut after = records.clone();
    for edit in edits {
        match edit {
            Edit::Put { kind, row, origin } => {
                let _ = after.put(*kind, row, origin.clone());
            }
            Edit::Remove { kind, id } => {
                after.remove(*kind, id);
            }
            _ => {}
        }
    }
    after
}

/// One edit of a change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Says what a record is.
    Put {
        /// The kind.
        kind: Kind,
        /// The values in the order of the definition's columns.
        row: Vec<Value>,
        /// Where it came from.
        origin: Option<Origin>,
    },
    /// Says that a record is no more.
    Remove {
        /// The kind.
        kind: Kind,
        /// The record.
        id: String,
    },
    /// Adds observations.
    AddSegment(SegmentRef),
    /// Takes observations back; what they replaced shows again.
    RetractSegment(SegmentRef),
    /// Says who agreed to the change, so that the chain proves it.
    Agree {
        /// The proposal that became this change.
        proposal: u64,
        /// Canonical JSON of its case: lane, steps, decisions, an override.
        body: String,
    },
}

/// What a revision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// Says what a record is.
    Put,
    /// Says that a record is no more.
    Remove,
    /// Adds a segment.
    AddSegment,
    /// Takes a segment back.
    RetractSegment,
    /// Says who agreed.
    Agree,
}

impl Op {
    /// The code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Op::Put => "put",
            Op::Remove => "remove",
            Op::AddSegment => "add_segment",
            Op::RetractSegment => "retract_segment",
            Op::Agree => "agree",
        }
    }
    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Op::Put, Op::Remove, Op::AddSegment, Op::RetractSegment, Op::Agree].into_iter().find(|o| o.as_str() == code)
    }
}

/// The kind under which segments stand among the revisions.
pub(crate) const SEGMENT: &str = "segment";
/// The kind under which agreements stand among the revisions.
pub(crate) const AGREEMENT: &str = "agreement";

/// One link of the chain: one record (or segment) as a change says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Position in the log, from 1, without gaps.
    pub seq: u64,
    /// The change it belongs to.
    pub change: u64,
    /// The record's kind, or `segment`.
    pub kind: String,
    /// The record's id, or the segment's.
    pub record: String,
    /// What it does.
    pub op: Op,
    /// Canonical JSON of the record or segment; empty for a removal.
    pub body: String,
    /// Sheet (position in the change's list) and row it came from.
    pub origin: Option<(u32, u32)>,
    /// Link to the revision before, BLAKE3.
    pub hash: [u8; 32],
}

impl Revision {
    /// The row of a record's body; `None` for segments, removals and kinds that this program does not know.
    pub fn row(&self) -> Option<(Kind, Vec<Value>)> {
        let kind = Kind::parse(&self.kind).filter(|_| self.op == Op::Put)?;
        let body = serde_json::from_str(&self.body).ok()?;
        Some((kind, kind.def().row_from_json(&body)))
    }
    /// The segment that it adds or takes back.
    pub fn segment(&self) -> Option<SegmentRef> {
        (self.kind == SEGMENT).then(|| serde_json::from_str(&self.body).ok()).flatten()
    }
}

/// A change that somebody wants to make.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// Who.
    pub author: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The change that it takes back.
    pub undoes: Option<u64>,
    /// Number of the change that it was made against: a later change of one of its records is a conflict.
    pub against: u64,
    /// The edits.
    pub edits: Vec<Edit>,
}

impl Proposal {
    /// The instant under which the change is written after one of `previous`.
    ///
    /// Instants never go back along the log: where the clock of a machine was set back, or two machines disagree, the
    /// change gets the instant of the one before it. So the changes written by an instant are always the first so many
    /// of the log, and a report as of an instant stays the same however the clock moves later.
    pub fn at_after(&self, previous: Option<Timestamp>) -> Timestamp {
        previous.map_or(self.at, |previous| self.at.max(previous))
    }
}
