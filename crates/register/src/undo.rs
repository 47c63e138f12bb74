//! Taking a whole change back, as another change.

use diag::Diagnostic;
use jiff::Timestamp;

use crate::{
    change::{Change, Edit, Op, Proposal, Revision},
    codes::{REG011, REG012},
};

/// One record that a change touched: what the change said, what stood before it, and what came after it.
#[derive(Clone, Debug)]
pub struct Touched {
    /// The change's revision.
    pub revision: Revision,
    /// The record's last revision before the change.
    pub before: Option<Revision>,
    /// Number of the first later change that touched the record.
    pub later: Option<u64>,
}

/// The change that takes another one back. Undoing an undo brings the first change back.
///
/// Refuses with a finding for each record that a later change touched: taking back only a part, or what somebody
/// else has built on, would lose an update.
pub fn invert(
    change: &Change,
    touched: &[Touched],
    undone_by: Option<u64>,
    position: u64,
    author: &str,
    reason: &str,
    at: Timestamp,
) -> Result<Proposal, Vec<Diagnostic>> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    if let Some(by) = undone_by {
        return Err(vec![Diagnostic::new(&REG012).arg("change", number(change.number)).arg("by", number(by))]);
    }
    let conflicts: Vec<Diagnostic> = touched
        .iter()
        .filter_map(|t| Some((t, t.later?)))
        .map(|(t, later)| {
            let kind = model::Kind::parse(&t.revision.kind).map_or("segment", model::Kind::name);
            Diagnostic::new(&REG011)
                .on(kind, t.revision.record.clone())
                .arg("record", &t.revision.record)
                .arg("change", number(change.number))
                .arg("later", number(later))
        })
        .collect();
    if !conflicts.is_empty() {
        return Err(conflicts);
    }
    let edits = touched.iter().filter_map(inverse).collect();
    Ok(Proposal {
        author: author.to_owned(),
        at,
        reason: reason.to_owned(),
        undoes: Some(change.number),
        against: position,
        edits,
    })
}

fn inverse(touched: &Touched) -> Option<Edit> {
    match touched.revision.op {
        Op::AddSegment => touched.revision.segment().map(Edit::RetractSegment),
        Op::RetractSegment => touched.revision.segment().map(Edit::AddSegment),
        // Who agreed stays true when the change is taken back.
        Op::Agree => None,
        Op::Put | Op::Remove => match touched.before.as_ref().and_then(Revision::row) {
            Some((kind, row)) => Some(Edit::Put { kind, row, origin: None }),
            None if touched.revision.op == Op::Put => model::Kind::parse(&touched.revision.kind)
                .map(|kind| Edit::Remove { kind, id: touched.revision.record.clone() }),
            None => None,
        },
    }
}
