//! Builders for tests: snapshots in few words.
//!
//! Invariant: only tests depend on it; no program does.

pub mod snapshot;
