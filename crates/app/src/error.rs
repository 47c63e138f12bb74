//! Why a use case cannot go on. What judges somebody's data is a diagnostic, not an error.

use std::path::PathBuf;

use diag::Arg;
use thiserror::Error;

/// Why a use case cannot go on. Faces show [`AppError::key`] with [`AppError::args`] in the reader's language.
#[derive(Debug, Error)]
#[allow(missing_docs, reason = "the variants' messages say it")]
pub enum AppError {
    #[error("there is no register in {0}")]
    NoData(PathBuf),
    #[error("{0} cannot be written to")]
    ReadOnly(PathBuf),
    #[error("another server is serving {0}")]
    Served(PathBuf),
    #[error("the disk is full; nothing was written to {0}")]
    DiskFull(PathBuf),
    #[error("the register in {0} is being written by another program")]
    Busy(PathBuf),
    #[error("the database {0} does not answer in time")]
    Unreachable(PathBuf),
    #[error("the register in {0} was written by a newer program")]
    Newer(PathBuf),
    #[error("{path} is no register of ours: {detail}")]
    NotARegister { path: PathBuf, detail: String },
    #[error("the register in {path} is damaged: {detail}")]
    Corrupt { path: PathBuf, detail: String },
    #[error("{path}: {detail}")]
    File { path: PathBuf, detail: String },
    #[error("the register in {0} has changes already")]
    NotEmpty(PathBuf),
    #[error("{record} was changed by change {change} in the meantime")]
    Conflict { record: String, change: u64 },
    #[error("{place} holds backups of another register")]
    AnotherRegister { place: String },
    #[error("{place} holds a later state of this register, up to change {change}")]
    HistoryParted { place: String, change: u64 },
    #[error("there was no change by {at}")]
    NothingThen { at: String },
    #[error(transparent)]
    Backup(#[from] vault::VaultError),
    #[error("this import was prepared too long ago")]
    Expired,
    #[error("there is no such thing, or not for this reader")]
    Unknown,
    #[error("refused: {0:?}")]
    Refused(Vec<diag::Diagnostic>),
    #[error("too long to be kept")]
    TooLong,
    #[error("nobody signed in")]
    SignedOut,
    #[error("not allowed: {0:?}")]
    Forbidden(Box<(register::access::Deed, register::access::Decision)>),
    #[error("{0}")]
    Case(register::lane::Refusal),
    #[error("proposal {0} meets a later change")]
    Clashes(i64),
    #[error("another request had this key")]
    KeyOfAnother,
    #[error("the request with this key is being carried out")]
    KeyInUse,
    #[error("this is the last administrator")]
    LastAdministrator,
    #[error("mail: {0}")]
    Mail(String),
    #[error("{0}")]
    Internal(String),
}

impl AppError {
    /// Key of the message.
    pub fn key(&self) -> &'static str {
        match self {
            AppError::NoData(_) => "error-no-data",
            AppError::ReadOnly(_) => "error-read-only",
            AppError::Served(_) => "error-served",
            AppError::DiskFull(_) => "error-disk-full",
            AppError::Busy(_) => "error-busy",
            AppError::Unreachable(_) => "error-unreachable",
            AppError::Newer(_) => "error-newer",
            AppError::NotARegister { .. } => "error-not-a-register",
            AppError::Corrupt { .. } => "error-corrupt",
            AppError::File { .. } => "error-file",
            AppError::NotEmpty(_) => "error-not-empty",
            AppError::Conflict { .. } => "error-conflict",
            AppError::AnotherRegister { .. } => "error-backup-another",
            AppError::HistoryParted { .. } => "error-backup-parted",
            AppError::NothingThen { .. } => "error-backup-nothing-then",
            AppError::Backup(error) => crate::backup::key(error),
            AppError::Expired => "error-expired",
            AppError::Unknown => "error-unknown",
            AppError::Refused(_) => "page-fail-unacceptable",
            AppError::TooLong => "error-too-long",
            AppError::SignedOut => "error-signed-out",
            AppError::Forbidden(_) => "error-forbidden",
            AppError::Case(refusal) => refusal.key(),
            AppError::Clashes(_) => "error-clashes",
            AppError::KeyOfAnother => "error-key-of-another",
            AppError::KeyInUse => "error-key-in-use",
            AppError::LastAdministrator => "error-last-administrator",
            AppError::Mail(_) => "error-mail",
            AppError::Internal(_) => "error-internal",
        }
    }
    /// Arguments of the message.
    pub fn args(&self) -> Vec<(&'static str, Arg)> {
        let path = |p: &PathBuf| ("path", Arg::Text(p.display().to_string()));
        match self {
            AppError::NoData(p)
            | AppError::ReadOnly(p)
            | AppError::Served(p)
            | AppError::DiskFull(p)
            | AppError::Busy(p)
            | AppError::Unreachable(p)
            | AppError::NotEmpty(p)
            | AppError::Newer(p) => vec![path(p)],
            AppError::NotARegister { path: p, detail }
            | AppError::Corrupt { path: p, detail }
            | AppError::File { path: p, detail } => {
                vec![path(p), ("detail", detail.into())]
            }
            AppError::Conflict { record, change } => {
                vec![("record", record.into()), ("change", i64::try_from(*change).unwrap_or(i64::MAX).into())]
            }
            AppError::AnotherRegister { place } => vec![("place", place.into())],
            AppError::HistoryParted { place, change } => {
                vec![("place", place.into()), ("change", i64::try_from(*change).unwrap_or(i64::MAX).into())]
            }
            AppError::NothingThen { at } => vec![("at", at.into())],
            AppError::Backup(error) => crate::backup::args(error),
            AppError::Expired
            | AppError::Unknown
            | AppError::TooLong
            | AppError::Refused(_)
            | AppError::SignedOut
            | AppError::Forbidden(_)
            | AppError::Case(_)
            | AppError::KeyOfAnother
            | AppError::KeyInUse
            | AppError::LastAdministrator => Vec::new(),
            AppError::Clashes(number) => vec![("number", (*number).into())],
            AppError::Mail(detail) | AppError::Internal(detail) => vec![("detail", detail.into())],
        }
    }
    /// A file that cannot be read or written, with the operating system's reason; a full disk and a
    /// forbidden folder have names of their own.
    pub fn file(path: impl Into<PathBuf>, error: &std::io::Error) -> Self {
        use std::io::ErrorKind::*;
        let path = path.into();
        match error.kind() {
            StorageFull | QuotaExceeded => AppError::DiskFull(path),
            PermissionDenied | ReadOnlyFilesystem => AppError::ReadOnly(path),
            _ => AppError::File { path, detail: error.to_string() },
        }
    }
}
