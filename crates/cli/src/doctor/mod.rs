//! Looking at an installation: one small function a check, one row each in [`CHECKS`]. A check says what it found and,
//! by the key's `.remedy`, what to do about it. It changes nothing.

mod data;
mod machine;
mod network;
mod register;
mod settings;

use app::Examined;
use config::{ConfigError, Effective};
use diag::{Arg, Severity};
use jiff::Timestamp;

/// What is looked at.
pub struct Seen<'a> {
    /// The settings in force.
    pub settings: &'a Effective,
    /// Why they could not be read; then `settings` has nothing but defaults.
    pub problem: Option<&'a ConfigError>,
    /// The register and the lake, or the message of why they cannot be opened.
    pub register: Result<Examined, Problem>,
    /// The clock.
    pub now: Timestamp,
    /// Whether other machines may be asked.
    pub reach: Asking,
}

/// A message by key.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Its key.
    pub key: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, Arg)>,
}

/// Whom checks may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// This machine and its database.
    Here,
    /// Other machines too.
    Everybody,
}

/// What a check found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// How bad it is; `None` when all is well.
    pub severity: Option<Severity>,
    /// Key of the message.
    pub key: &'static str,
    /// Its arguments.
    pub args: Vec<(&'static str, Arg)>,
    /// A message that says more, in place of an argument `problem`.
    pub because: Option<Problem>,
}

/// A check: its name in JSON, and what it does.
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Looks. An empty list means that there was nothing to look at.
    pub look: fn(&Seen) -> Vec<Finding>,
}

macro_rules! checks {
    ($($name:literal => $look:path),* $(,)?) => { &[$(Check { name: $name, look: $look }),*] };
}

/// All checks, in the order in which a problem is best mended.
pub const CHECKS: &[Check] = checks! {
    "config" => settings::readable,
    "config-variables" => settings::variables,
    "config-permissions" => settings::permissions,
    "world-map" => settings::world,
    "data-folder" => data::folder,
    "data-permissions" => data::permissions,
    "disk" => machine::disk,
    "inodes" => machine::inodes,
    "memory" => machine::memory,
    "open-files" => machine::open_files,
    "database" => register::database,
    "schema" => register::schema,
    "chain" => register::chain,
    "lake" => register::lake,
    "clock" => register::clock,
    "port" => network::port,
    "backup" => data::backup,
    "mail" => network::mail,
    "oidc" => network::oidc,
    "proxy" => network::proxy,
};

/// All is well.
fn fine(key: &'static str, args: Vec<(&'static str, Arg)>) -> Vec<Finding> {
    vec![Finding { severity: None, key, args, because: None }]
}

/// Something is to be done.
fn found(severity: Severity, key: &'static str, args: Vec<(&'static str, Arg)>) -> Vec<Finding> {
    vec![Finding { severity: Some(severity), key, args, because: None }]
}

/// A number for a sentence.
fn whole(n: u64) -> Arg {
    Arg::Whole(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A path for a sentence.
fn shown(path: &std::path::Path) -> Arg {
    Arg::Text(path.display().to_string())
}
