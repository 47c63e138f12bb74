//! The register frozen at one position: typed records, observation columns and a fingerprint.
//!
//! Whatever computes, reads a snapshot; equal fingerprints give equal figures.
//!
//! Invariant: a snapshot never changes after it was frozen, and holds no path, pool or clock.

use std::sync::Arc;

use jiff::Timestamp;
use model::Records;
pub use model::observations::{Dict, NewRow, Observations, Row, as_of};

/// Everything known at one instant.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Number of the last change that is in.
    pub position: u64,
    /// The instant asked for, when the snapshot is of the past.
    pub as_of: Option<Timestamp>,
    /// Hash of the register's chain at the position, in hexadecimal.
    pub fingerprint: String,
    /// The records.
    pub records: Records,
    /// Current observations: one row for each natural key. Shared by snapshots between which none was recorded.
    pub observations: Arc<Observations>,
}
