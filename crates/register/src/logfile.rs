//! The log as lines of JSON, to be verified by others: `docs/log-format.md`. Texts that are sealed stand in it as they
//! were sealed.

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::json;

use crate::{
    chain::sheets_json,
    change::{Change, ChangeState, Op, Revision},
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

/// A line that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogLine {
    /// A change; the revisions that follow are its own.
    Change(Change),
    /// A revision.
    Revision(Revision),
}

#[derive(Deserialize)]
struct ChangeText {
    change: u64,
    author: String,
    at: Timestamp,
    reason: String,
    state: String,
    undoes: Option<u64>,
    sheets: String,
}

#[derive(Deserialize)]
struct RevisionText {
    seq: u64,
    kind: String,
    record: String,
    op: String,
    body: String,
    sheet: Option<u32>,
    row: Option<u32>,
    hash: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum LineText {
    Change(ChangeText),
    Revision(RevisionText),
}

/// Reads a line that [`change_line`] or [`revision_line`] wrote. `change` is the number of the change whose line came
/// last. Whether its hash is right is for the [`crate::Verifier`] to say.
///
/// Errors: what is wrong with the line, for whoever wrote it.
pub fn read_line(line: &str, change: u64) -> Result<LogLine, String> {
    match serde_json::from_str(line).map_err(|_| "the line is no change and no revision".to_owned())? {
        LineText::Change(text) => {
            let sheets = match text.sheets.as_str() {
                "" => Vec::new(),
                sheets => serde_json::from_str(sheets).map_err(|e| format!("its sheets: {e}"))?,
            };
            Ok(LogLine::Change(Change {
                number: text.change,
                author: text.author,
                at: text.at,
                reason: text.reason,
                state: ChangeState::parse(&text.state).ok_or_else(|| format!("{} is no state", text.state))?,
                undoes: text.undoes,
                sheets,
            }))
        }
        LineText::Revision(text) => Ok(LogLine::Revision(Revision {
            seq: text.seq,
            change,
            kind: text.kind,
            record: text.record,
            op: Op::parse(&text.op).ok_or_else(|| format!("{} is no operation", text.op))?,
            body: text.body,
            origin: text.sheet.zip(text.row),
            hash: unhex(&text.hash).ok_or_else(|| format!("{} is no hash", text.hash))?,
        })),
    }
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    blake3::Hash::from_hex(text).ok().map(|hash| *hash.as_bytes())
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_was_written_reads_back_equal() {
        let sheet = model::record::SheetOrigin {
            file: "ملف.xlsx".to_owned(),
            sheet: "a \"b\"".to_owned(),
            header: vec!["id".to_owned()],
        };
        let change = Change {
            number: 7,
            author: "anna".to_owned(),
            at: "2020-01-02T03:04:05.678901234Z".parse().expect("an instant"),
            reason: "line\nbreak".to_owned(),
            state: ChangeState::Accepted,
            undoes: Some(3),
            sheets: vec![sheet],
        };
        let revision = Revision {
            seq: 12,
            change: 7,
            kind: "unit".to_owned(),
            record: "U1".to_owned(),
            op: Op::Put,
            body: r#"{"id":"U1"}"#.to_owned(),
            origin: Some((0, 9)),
            hash: [0xab; 32],
        };
        assert_eq!(read_line(&change_line(&change), 0), Ok(LogLine::Change(change)));
        assert_eq!(read_line(&revision_line(&revision), 7), Ok(LogLine::Revision(revision)));
        assert!(read_line(&header_line(1, 1, &[0; 32]), 0).is_err());
    }
}
