//! Why the database cannot go on, by meaning.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::dialect::Dialect;

/// Why the database cannot go on.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{path} is no register: {detail}")]
    NotADatabase {
        /// The file.
        path: PathBuf,
        /// What it seems to be.
        detail: String,
    },
    /// The folder or file cannot be written to.
    #[error("{0} cannot be written to")]
    ReadOnly(PathBuf),
    /// There is no room.
    #[error("the disk of {0} is full")]
    DiskFull(PathBuf),
    /// Another program holds it.
    #[error("{0} is being written by another program")]
    Busy(PathBuf),
    /// The server of the database is not there, or has no time.
    #[error("the database {0} does not answer in time")]
    Unreachable(PathBuf),
    /// A newer program wrote it.
    #[error("{path} has schema {found}, this program knows {known}")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// The content is damaged.
    #[error("{path} is damaged: {detail}")]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// A register that should be empty has changes.
    #[error("{0} has changes already")]
    NotEmpty(PathBuf),
    /// Somebody else changed one of the records since the proposal was made.
    #[error("{record} was changed by change {change} in the meantime")]
    Conflict {
        /// The record, `kind/id`.
        record: String,
        /// The change.
        change: u64,
    },
    /// Anything else that the database says.
    #[error("{path}: {detail}")]
    Database {
        /// The file.
        path: PathBuf,
        /// Its words.
        detail: String,
    },
}

/// Why something that passes between a database and somebody else did not.
#[derive(Debug, Error)]
pub enum Passing<E> {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The other side.
    #[error("{0}")]
    Outside(E),
}

impl StoreError {
    /// Names what the database says.
    pub(crate) fn of(dialect: Dialect, path: &Path, error: &sqlx::Error) -> Self {
        let path = path.to_owned();
        let detail = error.to_string();
        let code = error.as_database_error().and_then(|e| e.code()).unwrap_or_default();
        match error {
            sqlx::Error::PoolTimedOut if dialect == Dialect::Sqlite => return StoreError::Busy(path),
            // A connection that breaks off, and one that cannot be had.
            sqlx::Error::PoolTimedOut | sqlx::Error::Io(_) if dialect == Dialect::Postgres => {
                return StoreError::Unreachable(path);
            }
            _ => {}
        }
        match dialect {
            // SQLite's primary result codes.
            Dialect::Sqlite => match code.parse::<i64>().map(|c| c & 0xff) {
                Ok(5 | 6) => StoreError::Busy(path),
                Ok(8 | 14) => StoreError::ReadOnly(path),
                Ok(11) => StoreError::Corrupt { path, detail },
                Ok(13) => StoreError::DiskFull(path),
                Ok(26) => StoreError::NotADatabase { path, detail },
                _ => StoreError::Database { path, detail },
            },
            // Codes of the SQL standard and PostgreSQL's own, chapter "PostgreSQL Error Codes" of its manual.
            Dialect::Postgres => match &*code {
                "25006" | "42501" => StoreError::ReadOnly(path),
                "53100" => StoreError::DiskFull(path),
                "40001" | "40P01" | "55P03" | "53300" => StoreError::Busy(path),
                "XX001" | "XX002" => StoreError::Corrupt { path, detail },
                // It is starting, or ending.
                "57P01" | "57P02" | "57P03" => StoreError::Unreachable(path),
                _ => StoreError::Database { path, detail },
            },
        }
    }
}
