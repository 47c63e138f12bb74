//! The log on SQLite and on PostgreSQL: changes and revisions, and the current state as ordinary typed tables in the same transaction,
//! so that any SQL or BI tool can read it.
//!
//! Invariant: a change is wholly there or not at all, and nothing that was written is ever updated or deleted except
//! the current state and the head.

mod append;
mod aside;
mod audit;
mod copy;
mod dialect;
mod error;
mod fold;
mod fold_from;
mod jobs;
mod open;
mod people;
mod personal;
mod postgres;
mod proposals;
mod read;
mod restore;
mod rows;
mod schema;
mod sign_in;
mod sound;
mod sql;
mod sqlite;
mod tables;
mod talk;
mod vital;

pub use audit::{AuditFilter, Audited, Entry};
pub use copy::Copied;
pub use error::{Passing, StoreError};
pub use jobs::{Answered, IN_FORCE, RequestKey, WAITING};
pub use open::{Mode, Store};
pub use people::Person;
pub use personal::{Beside, Personal};
pub use proposals::Proposed;
pub use restore::Item;
pub use sign_in::{Fingerprint, Link, SignedIn, Token};
pub use tables::{LogEnd, NOT_KEPT, TableLine};
pub use talk::{Notice, Remark};
pub use vital::Connections;
