//! Why a backup cannot be written or read, by meaning.

use thiserror::Error;

/// Why a backup cannot be written or read.
#[derive(Debug, Error)]
#[allow(missing_docs, reason = "the variants' messages say it")]
pub enum VaultError {
    #[error("{0} is neither a folder nor s3://bucket/prefix")]
    NoPlace(String),
    #[error("{0} cannot be written to")]
    NotWritable(String),
    #[error("{0} is full")]
    Full(String),
    #[error("{place}: {detail}")]
    Io { place: String, detail: String },
    #[error("another backup is being written to {0}")]
    Busy(String),
    #[error("there is no backup in {0}")]
    NoBackup(String),
    #[error("there is no run {run} in {place}; there are {known}")]
    NoRun { place: String, run: String, known: String },
    #[error("{what} has format {found}, this program knows {known}")]
    Newer { what: String, found: u64, known: u64 },
    #[error("{piece} ({of}) is not there")]
    Missing { piece: String, of: String },
    #[error("{piece} ({of}) is damaged: {detail}")]
    Damaged { piece: String, of: String, detail: String },
    #[error("the backup is encrypted to {recipients}, for which no key was given")]
    WrongKey { recipients: String },
    #[error("the backup is encrypted, and no key was given")]
    NoKey { recipients: String },
    #[error("the passphrase is not the one of this backup")]
    WrongPassphrase,
    #[error("{0} is no recipient of age")]
    BadRecipient(String),
    #[error("{0} holds no identity of age")]
    BadIdentity(String),
    #[error("{0}")]
    Encryption(String),
}

impl VaultError {
    /// A file that cannot be read or written, with the operating system's reason.
    pub(crate) fn file(place: impl Into<String>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::*;
        let place = place.into();
        match error.kind() {
            StorageFull | QuotaExceeded => VaultError::Full(place),
            PermissionDenied | ReadOnlyFilesystem => VaultError::NotWritable(place),
            _ => VaultError::Io { place, detail: error.to_string() },
        }
    }
}
