//! The log on SQLite and on PostgreSQL: changes and revisions, and the current state as ordinary typed tables in the same transaction,
//! so that any SQL or BI tool can read it.
//!
//! Invariant: a change is wholly there or not at all, and nothing that was written is ever updated or deleted except
//! the current state and the head.

mod append;
mod copy;
mod dialect;
mod error;
mod fold;
mod open;
mod postgres;
mod read;
mod rows;
mod schema;
mod sql;
mod sqlite;

pub use copy::Copied;
pub use error::StoreError;
pub use open::{Mode, Store};
