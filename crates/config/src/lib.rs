//! Settings of an installation, from a file, the environment and flags: a flag wins over the environment, the
//! environment over the file, the file over the default.
//!
//! Each section is a struct whose fields carry their documentation; the same texts are printed by `ekistics config`
//! and stand in `docs/operations/configuration.md`. A key that nobody knows is an error, because a misspelt setting
//! that is silently left out is found on the day on which it is needed.
//!
//! Invariant: a secret is never printed, neither by `Debug` nor in an error; nothing but files that hold settings is read.

mod sections;

mod error;
mod field;
mod file;
mod load;
mod secret;
mod show;
mod values;

pub use error::ConfigError;
pub use field::{Field, Kind};
pub use load::{Effective, Given, Source, load};
pub use secret::Secret;
pub use sections::{Backup, Config, Log, Mail, Maps, Metrics, Oidc, Server, Session, Traces, Witness, fields};
pub use show::{Shown, reference, shown};
pub use values::{Hour, Interval, LogFormat, Network, Share, WebAddress};
