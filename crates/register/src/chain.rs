//! The chain: every revision is bound to all before it.

use std::fmt;

use crate::change::{Change, Revision};

/// What the first revision is bound to.
pub(crate) const GENESIS: [u8; 32] = [0; 32];

/// The hash of a revision: BLAKE3 over the hash before it, the head of its change and its own content. Each part is
/// preceded by its length, so that no two contents give one text.
pub fn seal(previous: &[u8; 32], change: &Change, revision: &Revision) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(&revision.seq.to_le_bytes());
    part(&change.number.to_le_bytes());
    part(change.author.as_bytes());
    part(change.at.to_string().as_bytes());
    part(change.reason.as_bytes());
    part(change.state.as_str().as_bytes());
    part(&change.undoes.unwrap_or(0).to_le_bytes());
    part(sheets_json(change).as_bytes());
    part(revision.kind.as_bytes());
    part(revision.record.as_bytes());
    part(revision.op.as_str().as_bytes());
    part(revision.body.as_bytes());
    let (sheet, row) = revision.origin.unwrap_or((u32::MAX, u32::MAX));
    part(&sheet.to_le_bytes());
    part(&row.to_le_bytes());
    *hasher.finalize().as_bytes()
}

/// The sheets of a change as canonical JSON.
pub(crate) fn sheets_json(change: &Change) -> String {
    if change.sheets.is_empty() { String::new() } else { serde_json::to_string(&change.sheets).unwrap_or_default() }
}

/// The first place where a chain is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The revision.
    pub revision: u64,
    /// Its change.
    pub change: u64,
    /// Its record, `kind/id`.
    pub record: String,
    /// What is wrong, for an auditor.
    pub detail: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "revision {} (change {}, {}): {}", self.revision, self.change, self.record, self.detail)
    }
}

/// Walks a chain revision by revision.
#[derive(Clone, Debug)]
pub struct Verifier {
    next: u64,
    change: u64,
    hash: [u8; 32],
    n_changes: u64,
}

impl Default for Verifier {
    fn default() -> Self {
        Verifier { next: 1, change: 0, hash: GENESIS, n_changes: 0 }
    }
}

impl Verifier {
    /// Goes on after a revision that is taken as it stands: proves the end of a long chain without its beginning.
    pub fn after(revision: &Revision) -> Self {
        Verifier { next: revision.seq + 1, change: revision.change, hash: revision.hash, n_changes: 0 }
    }
    /// Takes the next revision with the head of its change.
    pub fn take(&mut self, change: &Change, revision: &Revision) -> Result<(), Broken> {
        let broken = |detail: String| {
            Err(Broken {
                revision: revision.seq,
                change: revision.change,
                record: format!("{}/{}", revision.kind, revision.record),
                detail,
            })
        };
        if revision.seq != self.next {
            return broken(format!("revision {} is missing", self.next));
        }
        let expected_change = if revision.change == self.change { self.change } else { self.change + 1 };
        if revision.change != expected_change || change.number != revision.change {
            return broken(format!("change {expected_change} is missing"));
        }
        if seal(&self.hash, change, revision) != revision.hash {
            return broken("its content or its change is not what was written".to_owned());
        }
        if revision.change != self.change {
            self.n_changes += 1;
        }
        self.next += 1;
        self.change = revision.change;
        self.hash = revision.hash;
        Ok(())
    }
    /// Compares the end with the head that the register remembers.
    pub fn finish(self, n_revisions: u64, head: &[u8; 32]) -> Result<(u64, u64), Broken> {
        if self.next - 1 != n_revisions || self.hash != *head {
            return Err(Broken {
                revision: self.next,
                change: self.change,
                record: String::new(),
                detail: format!("the log ends at revision {}, the head says {n_revisions}", self.next - 1),
            });
        }
        Ok((self.n_changes, n_revisions))
    }
    /// Hash of the last revision taken.
    pub fn head(&self) -> [u8; 32] {
        self.hash
    }
}
