//! The log of a backup, read piece by piece.

use jiff::Timestamp;
use register::{Change, LogLine, Revision, Verifier, read_line};
use vault::{Hash, Keys, LogPart, Manifest, Vault, VaultError};

use crate::error::AppError;

/// The changes that begin in a part, and its revisions.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub changes: Vec<Change>,
    pub revisions: Vec<Revision>,
}

/// Reads the parts in order. A part may begin within a change that an earlier one began.
#[derive(Default)]
pub(super) struct LogReader {
    change: u64,
}

impl LogReader {
    /// Reads the lines of the next part.
    pub fn read(&mut self, part: &LogPart, bytes: &[u8]) -> Result<Lines, VaultError> {
        let damaged =
            |detail: String| VaultError::Damaged { piece: part.piece.name.to_string(), of: part.of(), detail };
        let text = std::str::from_utf8(bytes).map_err(|e| damaged(e.to_string()))?;
        let mut lines = Lines::default();
        for line in text.lines() {
            match read_line(line, self.change).map_err(damaged)? {
                LogLine::Change(change) => {
                    self.change = change.number;
                    lines.changes.push(change);
                }
                LogLine::Revision(revision) => lines.revisions.push(revision),
            }
        }
        Ok(lines)
    }
}

/// The end of a log, or of the part of it that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cut {
    pub n_changes: u64,
    pub n_revisions: u64,
    pub head: Hash,
}

impl Cut {
    pub fn whole(manifest: &Manifest) -> Cut {
        Cut { n_changes: manifest.n_changes, n_revisions: manifest.n_revisions, head: manifest.head }
    }
}

/// Recomputes the chain of a run from its first revision to the head in its manifest, and finds where it stood at an
/// instant: the last change written at or before it, with all changes before that one. Memory: one part.
///
/// Errors: a piece is missing or damaged, the chain is not whole.
pub(super) async fn walk(
    vault: &Vault,
    keys: &Keys,
    manifest: &Manifest,
    at: Option<Timestamp>,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Cut, AppError> {
    let mut reader = LogReader::default();
    let mut verifier = Verifier::default();
    let mut current: Option<Change> = None;
    let mut found = Cut { n_changes: 0, n_revisions: 0, head: Hash([0; 32]) };
    for part in &manifest.log {
        let broken = |detail: String| VaultError::Damaged { piece: part.piece.name.to_string(), of: part.of(), detail };
        let bytes = vault.load(keys, &part.of(), &part.piece).await?;
        let lines = reader.read(part, &bytes)?;
        let mut changes = lines.changes.into_iter().peekable();
        for revision in &lines.revisions {
            if let Some(change) = changes.next_if(|c| c.number == revision.change) {
                current = Some(change);
            }
            let Some(change) = &current else {
                return Err(broken(format!("revision {} has no change", revision.seq)).into());
            };
            verifier.take(change, revision).map_err(|b| broken(b.to_string()))?;
            let is_in = at.is_none_or(|at| change.at.as_microsecond() <= at.as_microsecond());
            if is_in {
                found = Cut { n_changes: change.number, n_revisions: revision.seq, head: Hash(revision.hash) };
            }
        }
        progress(part.last, manifest.n_revisions);
    }
    let of = format!("run {}", vault::run_name(manifest.run));
    let whole = verifier.finish(manifest.n_revisions, &manifest.head.0);
    whole.map_err(|b| VaultError::Damaged { piece: of, of: "log".to_owned(), detail: b.to_string() })?;
    Ok(found)
}
