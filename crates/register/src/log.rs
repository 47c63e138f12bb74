//! The port to where the log is kept.

use std::{fmt, future::Future};

use jiff::Timestamp;
use model::Records;

use crate::{
    accept::Checked,
    change::{Change, Revision, SegmentRef},
    undo::Touched,
};

/// Up to where the log is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Upto {
    /// Everything.
    Now,
    /// Changes up to this number, itself included.
    Change(u64),
    /// Changes written at or before this instant.
    Instant(Timestamp),
}

/// A change that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its number.
    pub number: u64,
    /// The instant under which it is written.
    pub at: Timestamp,
    /// Head of the chain after it.
    pub head: [u8; 32],
}

/// A segment that is in force, and the change that registered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSegment {
    /// The segment.
    pub segment: SegmentRef,
    /// The change.
    pub change: u64,
}

/// State folded from the log.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// Number of the last change that is in.
    pub position: u64,
    /// When it was written.
    pub at: Option<Timestamp>,
    /// Head of the chain there.
    pub head: [u8; 32],
    /// The records.
    pub records: Records,
    /// Segments of observations in force, oldest first.
    pub segments: Vec<LiveSegment>,
}

/// A change with its counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeSummary {
    /// The change.
    pub change: Change,
    /// The change that took it back.
    pub undone_by: Option<u64>,
    /// Records in it.
    pub n_records: u64,
    /// Observation rows in it.
    pub n_observations: u64,
}

/// Where the log is kept. All methods may be called by many at once; appends are one after the other.
pub trait Log {
    /// Why the log cannot be read or written.
    type Error: fmt::Debug + fmt::Display + Send;

    /// Writes a change: all of it or nothing. Fails with a conflict when a change after the one that the proposal was
    /// made against touched one of its records.
    fn append(&self, change: Checked) -> impl Future<Output = Result<Committed, Self::Error>> + Send;
    /// Number of the last change and head of the chain.
    fn head(&self) -> impl Future<Output = Result<(u64, [u8; 32]), Self::Error>> + Send;
    /// State at a position.
    fn fold(&self, upto: Upto) -> impl Future<Output = Result<Folded, Self::Error>> + Send;
    /// All revisions of a record with their changes, oldest first.
    fn revisions_of(
        &self,
        kind: &str,
        id: &str,
    ) -> impl Future<Output = Result<Vec<(Change, Revision)>, Self::Error>> + Send;
    /// Changes below a number, newest first.
    fn changes(
        &self,
        before: Option<u64>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<ChangeSummary>, Self::Error>> + Send;
    /// What a change touched, with what stood before and what came after.
    fn touched(
        &self,
        number: u64,
    ) -> impl Future<Output = Result<Option<(ChangeSummary, Vec<Touched>)>, Self::Error>> + Send;
    /// Revisions from a position on, at most so many, in order, with their changes; for verifying.
    fn read(&self, from: u64, limit: u32) -> impl Future<Output = Result<Vec<(Change, Revision)>, Self::Error>> + Send;
    /// Number of revisions that the head remembers, and the head.
    fn tip(&self) -> impl Future<Output = Result<(u64, [u8; 32]), Self::Error>> + Send;
}
