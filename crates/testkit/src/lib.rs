//! For tests: snapshots in few words, and servers of their own: a database, a store of objects, a sign-in
//! provider, a mail server.
//!
//! Invariant: only tests and trials depend on it; nothing that is shipped does.

pub mod authority;
pub mod oidc;
pub mod postgres;
pub mod s3;
pub mod server;
pub mod smtp;
pub mod snapshot;
