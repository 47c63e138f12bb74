//! For tests: snapshots in few words, a database server of their own.
//!
//! Invariant: only tests depend on it; no program does.

pub mod postgres;
pub mod snapshot;
