//! The register copied from one database to another.

use crate::{App, error::AppError, open::hex};

/// What was copied.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Head of both chains, in hexadecimal.
    pub head: String,
}

/// Copies the register of `from` into that of `to`, which must not have a change: all of it or nothing, and both chains
/// recomputed. Segments and evidence lie in the data folder and are not copied.
pub async fn copy_register(from: &App, to: &App, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Moved, AppError> {
    let copied = from.store()?.copy_to(to.store()?, progress).await?;
    Ok(Moved { n_changes: copied.n_changes, n_revisions: copied.n_revisions, head: hex(&copied.head) })
}
