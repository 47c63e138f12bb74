//! The log as lines of JSON, to be verified by others: `docs/log-format.md`. Texts that are sealed stand in it as they
//! were sealed.

use serde_json::json;

use crate::{
    chain::sheets_json,
    change::{Change, Revision},
};

/// The first line: what the log holds.
pub fn header_line(n_changes: u64, n_revisions: u64, head: &[u8; 32]) -> String {
    json!({"ekistics_log": 1, "changes": n_changes, "revisions": n_revisions, "head": hex(head)}).to_string()
}

/// The line that begins a change; the lines of its revisions follow.
pub fn change_line(change: &Change) -> String {
    json!({
        "change": change.number,
        "author": change.author,
        "at": change.at.to_string(),
        "reason": change.reason,
        "state": change.state.as_str(),
        "undoes": change.undoes,
        "sheets": sheets_json(change),
    })
    .to_string()
}

/// The line of a revision.
pub fn revision_line(revision: &Revision) -> String {
    json!({
        "seq": revision.seq,
        "kind": revision.kind,
        "record": revision.record,
        "op": revision.op.as_str(),
        "body": revision.body,
        "sheet": revision.origin.map(|(sheet, _)| sheet),
        "row": revision.origin.map(|(_, row)| row),
        "hash": hex(&revision.hash),
    })
    .to_string()
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
