//! Verifies an exported log without the program that wrote it. The format is that of `docs/log-format.md`; this is a
//! second implementation of it, which shares no code with the first.
//!
//! Invariant: any altered byte of a log is found, and the first revision that it breaks is named.

use std::{
    fmt,
    io::{self, BufRead, Read},
};

use serde::Deserialize;

/// A longer line is none of ours: a cell holds 32,767 characters at most.
const LONGEST_LINE: u64 = 64 << 20;

/// A hash.
pub type Hash = [u8; 32];

/// A log that is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Intact {
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Hash of the last revision.
    pub head: Hash,
    /// The change after which the chain had the head that was asked about.
    pub reached: Option<u64>,
}

/// The first thing that is wrong.
#[derive(Debug)]
pub enum Broken {
    /// The file cannot be read.
    Unreadable(io::Error),
    /// It is no log, or of a newer format.
    NoLog(String),
    /// A revision, its number and the line, and what is wrong.
    At {
        /// Number of the revision; one more than there are when the log ends too early.
        revision: u64,
        /// Line of the file, from 1.
        line: u64,
        /// The record, `kind/id`, where the line could be read.
        record: String,
        /// What is wrong.
        detail: String,
    },
    /// The log is whole, but its chain never had the head that was asked about.
    NeverHad(Hash),
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Broken::Unreadable(error) => write!(f, "the file cannot be read: {error}"),
            Broken::NoLog(detail) => write!(f, "this is no log: {detail}"),
            Broken::At { revision, line, record, detail } if record.is_empty() => {
                write!(f, "revision {revision}, line {line}: {detail}")
            }
            Broken::At { revision, line, record, detail } => {
                write!(f, "revision {revision} ({record}), line {line}: {detail}")
            }
            Broken::NeverHad(head) => write!(f, "the chain is whole, but never had the head {}", hex(head)),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    ekistics_log: u64,
    changes: u64,
    revisions: u64,
    head: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    change: u64,
    author: String,
    at: String,
    reason: String,
    state: String,
    undoes: Option<u64>,
    sheets: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revision {
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
enum Line {
    Change(Change),
    Revision(Revision),
}

/// Reads a log to its end. Memory: one line.
///
/// With `against`, a head that somebody kept, also looks whether the chain went through it: then nothing up to there was
/// altered since.
pub fn verify(mut log: impl BufRead, against: Option<Hash>) -> Result<Intact, Broken> {
    let first = next_line(&mut log)?.ok_or_else(|| Broken::NoLog("it is empty".to_owned()))?;
    let header: Header = serde_json::from_slice(&first)
        .map_err(|e| Broken::NoLog(format!("its first line is not that of a log ({e})")))?;
    if header.ekistics_log != 1 {
        return Err(Broken::NoLog(format!("its format is {}, this program knows 1", header.ekistics_log)));
    }
    let expected = parse_hash(&header.head).ok_or_else(|| Broken::NoLog("its head is no hash".to_owned()))?;
    let mut chain = Chain { line: 1, n_changes: 0, n_revisions: 0, hash: [0; 32], current: None, waits: false };
    let mut reached = against.filter(|head| *head == chain.hash).map(|_| 0);
    while let Some(bytes) = next_line(&mut log)? {
        chain.line += 1;
        chain.take(&bytes)?;
        if against == Some(chain.hash) && !chain.waits {
            reached = Some(chain.n_changes);
        }
    }
    if chain.waits {
        return Err(chain.broken("", format!("change {} has no revision", chain.n_changes)));
    }
    if (chain.n_changes, chain.n_revisions, chain.hash) != (header.changes, header.revisions, expected) {
        chain.n_revisions += 1;
        let ends = format!("the log ends here; its first line says {} revisions", header.revisions);
        let other = "its first line names another head or another number of changes".to_owned();
        return Err(chain.broken("", if chain.n_revisions > header.revisions { other } else { ends }));
    }
    match against {
        Some(head) if reached.is_none() => Err(Broken::NeverHad(head)),
        _ => Ok(Intact { n_changes: chain.n_changes, n_revisions: chain.n_revisions, head: chain.hash, reached }),
    }
}

/// The chain as far as it was read.
struct Chain {
    line: u64,
    n_changes: u64,
    n_revisions: u64,
    hash: Hash,
    current: Option<Change>,
    /// A change was begun and has no revision yet.
    waits: bool,
}

impl Chain {
    fn take(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        let line = serde_json::from_slice(bytes).map_err(|_| {
            self.n_revisions += 1;
            self.broken("", "the line is no change and no revision".to_owned())
        })?;
        match line {
            Line::Change(change) => {
                if self.waits || change.change != self.n_changes + 1 {
                    self.n_revisions += 1;
                    return Err(self.broken("", format!("change {} should follow", self.n_changes + 1)));
                }
                (self.n_changes, self.waits, self.current) = (change.change, true, Some(change));
            }
            Line::Revision(revision) => {
                self.n_revisions += 1;
                self.waits = false;
                let record = format!("{}/{}", revision.kind, revision.record);
                let Some(change) = self.current.as_ref().filter(|_| revision.seq == self.n_revisions) else {
                    return Err(self.broken(&record, format!("revision {} should follow", self.n_revisions)));
                };
                let hash = seal(&self.hash, change, &revision);
                if parse_hash(&revision.hash) != Some(hash) {
                    let detail = "its content, its change or what came before is not what was written";
                    return Err(self.broken(&record, detail.to_owned()));
                }
                self.hash = hash;
            }
        }
        Ok(())
    }
    fn broken(&self, record: &str, detail: String) -> Broken {
        Broken::At { revision: self.n_revisions, line: self.line, record: record.to_owned(), detail }
    }
}

/// BLAKE3 over the hash before and the parts, each preceded by its length in eight bytes, the least significant first.
fn seal(previous: &Hash, change: &Change, revision: &Revision) -> Hash {
    let numbers = [revision.seq, change.change, change.undoes.unwrap_or(0)].map(u64::to_le_bytes);
    let origin = match (revision.sheet, revision.row) {
        (Some(sheet), Some(row)) => [sheet, row],
        _ => [u32::MAX; 2],
    }
    .map(u32::to_le_bytes);
    let parts: [&[u8]; 14] = [
        &numbers[0],
        &numbers[1],
        change.author.as_bytes(),
        change.at.as_bytes(),
        change.reason.as_bytes(),
        change.state.as_bytes(),
        &numbers[2],
        change.sheets.as_bytes(),
        revision.kind.as_bytes(),
        revision.record.as_bytes(),
        revision.op.as_bytes(),
        revision.body.as_bytes(),
        &origin[0],
        &origin[1],
    ];
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous);
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    *hasher.finalize().as_bytes()
}

/// The next line without its end; `None` at the end of the file. Every line ends with a line feed.
fn next_line(log: &mut impl BufRead) -> Result<Option<Vec<u8>>, Broken> {
    let mut line = Vec::new();
    log.take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(Broken::Unreadable)?;
    match line.pop() {
        None => Ok(None),
        Some(b'\n') => Ok(Some(line)),
        Some(_) => Err(Broken::NoLog("its last line has no end, or a line is far too long".to_owned())),
    }
}

/// 64 hexadecimal digits in small letters.
pub fn parse_hash(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    if digits.len() != 64 || !digits.iter().all(|d| matches!(d, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(hash)
}

/// A hash as 64 digits.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
