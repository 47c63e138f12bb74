//! What a run holds. The manifest is readable without a key: it names hashes, sizes and counts, and no content.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Hash, VaultError};

/// The format that this program writes, and the newest that it reads.
pub const FORMAT: u64 = 1;

/// One run: a register at one position, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub ekistics_backup: u64,
    /// Number of the run, from 1. Runs are told apart and ordered by it and never by a clock.
    pub run: u64,
    /// When it began, by the clock of whoever wrote it.
    pub at: Timestamp,
    /// Version of the program that wrote it.
    pub program: String,
    /// Number of the schema that the tables were of.
    pub schema: i64,
    /// Hash of the register's first revision, which tells registers apart; `None` while there is none.
    pub register: Option<Hash>,
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Hash of the last revision: the head of the chain.
    pub head: Hash,
    /// Whom the pieces are encrypted to, sorted; empty when they are not.
    pub recipients: Vec<String>,
    /// With a passphrase: the identity that opens the pieces, encrypted with it, in hexadecimal.
    pub wrapped: Option<String>,
    /// The log from its first revision to its last.
    pub log: Vec<LogPart>,
    /// Segments of the lake and files of evidence.
    pub files: Vec<File>,
    /// Every other table.
    pub tables: Vec<Table>,
}

/// Revisions that follow each other, as lines of the exported log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogPart {
    /// The first revision.
    pub first: u64,
    /// The last one.
    pub last: u64,
    /// Hash of the last one.
    pub head: Hash,
    /// Where they lie.
    pub piece: Piece,
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// `lake/<id>` or `evidence/<name>`.
    pub name: String,
    /// Hash of its bytes.
    pub content: Hash,
    /// Its size.
    pub n_bytes: u64,
    /// Its bytes in order.
    pub pieces: Vec<Piece>,
}

/// A table, as lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// How many rows.
    pub n_rows: u64,
    /// Its lines in order.
    pub pieces: Vec<Piece>,
}

/// Bytes that were stored under the hash that they have as stored: compressed and, with recipients, encrypted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Hash of the bytes as stored, which is its name.
    pub name: Hash,
    /// How many they are.
    pub n_stored: u64,
    /// Hash of the bytes as they were.
    pub content: Hash,
    /// How many they were.
    pub n_bytes: u64,
}

impl Manifest {
    /// All pieces, each with what it is of. Some may be named more than once.
    pub fn pieces(&self) -> impl Iterator<Item = (String, &Piece)> {
        let log = self.log.iter().map(|part| (part.of(), &part.piece));
        let files = self.files.iter().flat_map(|file| file.pieces.iter().map(|piece| (file.name.clone(), piece)));
        let tables = self.tables.iter().flat_map(|t| t.pieces.iter().map(|piece| (t.of(), piece)));
        log.chain(files).chain(tables)
    }

    /// As it is stored: one line of JSON, then the hash of that line, so that no byte of it can be altered unseen.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, VaultError> {
        let mut bytes = serde_json::to_vec(self).map_err(|e| VaultError::Encryption(e.to_string()))?;
        bytes.push(b'\n');
        let hash = Hash::of(&bytes);
        bytes.extend_from_slice(format!("{hash}\n").as_bytes());
        Ok(bytes)
    }

    /// Reads what [`Manifest::to_bytes`] wrote. `name` is for the errors.
    pub(crate) fn read(name: &str, bytes: &[u8]) -> Result<Manifest, VaultError> {
        let damaged =
            |detail: String| VaultError::Damaged { piece: name.to_owned(), of: "manifest".to_owned(), detail };
        let end = bytes.iter().position(|b| *b == b'\n').map_or(bytes.len(), |at| at + 1);
        let (line, hash) = bytes.split_at(end);
        let said = std::str::from_utf8(hash).ok().and_then(|t| Hash::parse(t.trim_end_matches('\n')));
        if said != Some(Hash::of(line)) {
            return Err(damaged("its bytes are not those that were written".to_owned()));
        }
        #[derive(Deserialize)]
        struct Format {
            ekistics_backup: u64,
        }
        let format: Format = serde_json::from_slice(line).map_err(|e| damaged(e.to_string()))?;
        if format.ekistics_backup > FORMAT {
            let found = format.ekistics_backup;
            return Err(VaultError::Newer { what: name.to_owned(), found, known: FORMAT });
        }
        serde_json::from_slice(line).map_err(|e| damaged(e.to_string()))
    }
}

impl LogPart {
    /// What it is, for a message.
    pub fn of(&self) -> String {
        format!("log/{}-{}", self.first, self.last)
    }
}

impl Table {
    /// What it is, for a message.
    pub fn of(&self) -> String {
        format!("table/{}", self.name)
    }
}
