//! Why the lake cannot go on.

use std::path::{Path, PathBuf};

use crate::SegmentId;

/// Why the lake cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum LakeError {
    /// The file system said no: no space, no permission, no such folder.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A segment that the register names is not in the folder.
    #[error("segment {0} is not there")]
    Missing(SegmentId),
    /// A segment's bytes are not those that were written: torn, truncated or altered.
    #[error("segment {id} is damaged: {detail}")]
    Damaged {
        /// The segment.
        id: SegmentId,
        /// What was found.
        detail: String,
    },
    /// A segment was written by a later version of the program.
    #[error("segment {id} has schema version {found}, this program reads up to {known}")]
    NewerSchema {
        /// The segment.
        id: SegmentId,
        /// Its version.
        found: i64,
        /// The last version that this program reads.
        known: i64,
    },
    /// A period that no text stands for (it does not start and end with years, half-years, quarters or a
    /// month), so that it could not be read back equal.
    #[error("row {row_idx}: the period {period} cannot be written so that it reads back equal")]
    PeriodWithoutText {
        /// The row, counted from 0.
        row_idx: usize,
        /// What its text would be.
        period: String,
    },
    /// More rows than one segment or one answer can hold (2³² − 1).
    #[error("{0} rows are more than one segment holds")]
    TooManyRows(usize),
    /// The Parquet encoder refused.
    #[error("cannot encode the rows: {0}")]
    Encode(String),
}

/// Ties a system error to the path that it is about.
pub(crate) fn at(path: &Path) -> impl FnOnce(std::io::Error) -> LakeError {
    let path = path.to_owned();
    move |source| LakeError::Io { path, source }
}
