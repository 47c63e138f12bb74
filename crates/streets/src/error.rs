//! What can go wrong, with what a person needs to put it right.

use crate::{case::SettingFault, osm::Fault, progress::Stage};
use std::path::Path;

/// Why an answer cannot be given.
#[derive(Debug, thiserror::Error)]
pub enum StreetsError {
    /// A file cannot be opened, read or written.
    #[error("{file}: {source}")]
    Io {
        /// The file.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// An extract of OpenStreetMap is damaged, or is none.
    #[error("{file}, blob at byte {at}: {fault}")]
    Pbf {
        /// The file.
        file: String,
        /// Where in it.
        at: u64,
        /// What is wrong.
        fault: Fault,
    },
    /// A table is no CSV, or a row of it has another number of fields.
    #[error("{file}: {why}")]
    Csv {
        /// The file.
        file: String,
        /// What is wrong, with the line.
        why: String,
    },
    /// A table lacks a column.
    #[error("{file}: there is no column `{column}`; there are {found}")]
    NoColumn {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The columns that there are.
        found: String,
    },
    /// A timetable is damaged, or is none.
    #[error("{file}: {why}")]
    Gtfs {
        /// The file, and the table in it.
        file: String,
        /// What is wrong and what to do.
        why: String,
    },
    /// The settings of a case are wrong.
    #[error("{file}: {why}")]
    Case {
        /// The file.
        file: String,
        /// Which setting, and what is expected.
        why: String,
    },
    /// A setting of a case is wrong.
    #[error("{file}: {fault}")]
    Setting {
        /// The file.
        file: String,
        /// Which setting, and what is expected.
        fault: Box<SettingFault>,
    },
    /// A boundary or an inventory of places is wrong.
    #[error("{file}: {why}")]
    Shape {
        /// The file.
        file: String,
        /// What is wrong, with the feature.
        why: String,
    },
    /// A network is larger than its numbers reach.
    #[error("a network has {n} {what}, at most {limit} are held; cut the extract to the city and its surroundings")]
    TooLarge {
        /// What there are too many of.
        what: &'static str,
        /// How many.
        n: u64,
        /// How many there may be.
        limit: u64,
    },
    /// The caller wanted an end.
    #[error("stopped on request")]
    Stopped {
        /// What was being done.
        stage: Stage,
    },
}

impl StreetsError {
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { file: path.display().to_string(), source }
    }
}
