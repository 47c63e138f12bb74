//! Backups of a register with its lake and its evidence: written beside a running server, listed, read back, restored.
//!
//! What they look like and where they lie is the crate `vault`'s; what is in them is decided here.

mod check;
mod log;
mod restore;
mod schedule;
mod write;

use diag::Arg;
use jiff::Timestamp;
use vault::{Keep, Keys, Listed, Manifest, Pruned, Vault, VaultError};

pub use check::{Finding, Readable, verify_backup};
pub use restore::{Chosen, Restored, Which, choose_run, restore};
pub use schedule::{Schedule, back_up_when_due, run_backups};
pub use write::{BackedUp, back_up};

use crate::error::AppError;

/// What somebody has to open a backup with.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// An identity file: its path and its text.
    pub identities: Option<(String, String)>,
    /// A passphrase.
    pub passphrase: Option<String>,
}

impl Given {
    /// The keys for a run, whether or not they fit.
    fn keys(&self, of: &Manifest) -> Result<Keys, VaultError> {
        match (&self.identities, &self.passphrase) {
            (Some((path, text)), _) => Keys::from_identities(path, text),
            (None, Some(passphrase)) => Keys::from_passphrase(passphrase, of),
            (None, None) => Ok(Keys::default()),
        }
    }
    fn is_something(&self) -> bool {
        self.identities.is_some() || self.passphrase.is_some()
    }
}

/// All runs, oldest first, those that cannot be read among them.
pub async fn backups(vault: &Vault) -> Result<Vec<Listed>, AppError> {
    let runs = vault.runs().await?;
    if runs.is_empty() { Err(VaultError::NoBackup(vault.address()).into()) } else { Ok(runs) }
}

/// Forgets old runs and sweeps away what no run names.
pub async fn prune_backups(vault: &Vault, keep: Keep, now: Timestamp) -> Result<Pruned, AppError> {
    // Nothing is made where nothing is: a mistyped folder should be told.
    backups(vault).await?;
    let held = vault.exclusive()?;
    Ok(vault.prune(keep, now, held.as_ref()).await?)
}

/// Key of the message of a backup's error.
pub(crate) fn key(error: &VaultError) -> &'static str {
    match error {
        VaultError::NoPlace(_) => "error-backup-no-place",
        VaultError::NotWritable(_) => "error-backup-not-writable",
        VaultError::Full(_) => "error-backup-full",
        VaultError::Io { .. } => "error-file",
        VaultError::Busy(_) => "error-backup-busy",
        VaultError::NoBackup(_) => "error-backup-none",
        VaultError::NoRun { .. } => "error-backup-no-run",
        VaultError::Newer { .. } => "error-backup-newer",
        VaultError::Missing { .. } => "error-backup-missing",
        VaultError::Damaged { .. } => "error-backup-damaged",
        VaultError::WrongKey { .. } => "error-backup-wrong-key",
        VaultError::NoKey { .. } => "error-backup-no-key",
        VaultError::WrongPassphrase => "error-backup-passphrase",
        VaultError::BadRecipient(_) => "error-backup-recipient",
        VaultError::BadIdentity(_) => "error-backup-identity",
        VaultError::Encryption(_) => "error-internal",
    }
}

/// Arguments of the message of a backup's error.
pub(crate) fn args(error: &VaultError) -> Vec<(&'static str, Arg)> {
    let text = |name: &'static str, text: &str| (name, Arg::Text(text.to_owned()));
    match error {
        VaultError::NoPlace(place)
        | VaultError::NotWritable(place)
        | VaultError::Full(place)
        | VaultError::Busy(place)
        | VaultError::NoBackup(place) => vec![text("place", place)],
        VaultError::Io { place, detail } => vec![text("path", place), text("detail", detail)],
        VaultError::NoRun { place, run, known } => vec![text("place", place), text("run", run), text("known", known)],
        VaultError::Newer { what, .. } => vec![text("what", what)],
        VaultError::Missing { piece, of } => vec![text("piece", piece), text("of", of)],
        VaultError::Damaged { piece, of, detail } => {
            vec![text("piece", piece), text("of", of), text("detail", detail)]
        }
        VaultError::WrongKey { recipients } | VaultError::NoKey { recipients } => {
            vec![text("recipients", recipients)]
        }
        VaultError::WrongPassphrase => Vec::new(),
        VaultError::BadRecipient(what) => vec![text("text", what)],
        VaultError::BadIdentity(path) => vec![text("path", path)],
        VaultError::Encryption(detail) => vec![text("detail", detail)],
    }
}
