//! Where backups lie and what they look like: pieces named by the hash of their bytes, and a manifest for each run that
//! names them. In a folder or in a store that speaks S3, encrypted with age.
//!
//! A run is there once its manifest is; whatever ends it before leaves pieces that nobody names.
//!
//! Invariant: no database and no kind of record is known here; a piece is never changed, and bytes that are not what
//! the manifest says are never handed on.

mod error;
mod hash;
mod key;
mod manifest;
mod piece;
mod prune;
mod runs;
mod target;

pub use error::VaultError;
pub use hash::Hash;
pub use key::{Keys, Lock, Whom, new_identity};
pub use manifest::{FORMAT, File, LogPart, Manifest, Piece, Table};
pub use piece::PIECE_BYTES;
pub use prune::{Keep, Pruned};
pub use runs::{Listed, run_name};
pub use target::{Exclusive, Found};

use target::Target;

/// A place for backups. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    target: Target,
}

impl Vault {
    /// A folder, or `s3://bucket/prefix` with the access that the usual variables of the environment give
    /// (`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT`, `AWS_ALLOW_HTTP` …). Nothing is read
    /// or written yet.
    ///
    /// Errors: an address of another kind, or settings that cannot be.
    pub fn open(address: &str) -> Result<Vault, VaultError> {
        Ok(Vault { target: Target::open(address)? })
    }

    /// The address as it was given.
    pub fn address(&self) -> String {
        self.target.address()
    }

    /// Takes the right to write, held while the answer lives. `None` where nobody can hold it: runs in a store may go on
    /// beside each other, and nothing young is swept away there.
    ///
    /// Errors: the folder cannot be made or written to, another run is writing.
    pub fn exclusive(&self) -> Result<Option<Exclusive>, VaultError> {
        self.target.exclusive()
    }
}
