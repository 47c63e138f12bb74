//! Pieces: bytes in, bytes out, and nothing in between that is not what was put in.

use std::collections::BTreeSet;

use crate::{Hash, Keys, Lock, Piece, Vault, VaultError, key::Unopened};

/// How large a piece is at most before it is packed, in bytes: the unit of memory of a run, and small enough for one
/// request to a store. A single line of the log may be longer.
pub const PIECE_BYTES: usize = 16 << 20;

/// Where a piece lies.
pub(crate) fn path_of(name: &Hash) -> String {
    let name = name.to_string();
    format!("pieces/{}/{name}", &name[..2])
}

/// Compressing, encrypting and hashing are work for a thread of their own.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    tokio::task::spawn_blocking(work).await.map_err(|e| VaultError::Encryption(e.to_string()))?
}

impl Vault {
    /// Stores bytes as a piece. It belongs to a run once the run's manifest names it.
    pub async fn store(&self, lock: &Lock, bytes: Vec<u8>) -> Result<Piece, VaultError> {
        let lock = lock.clone();
        let (piece, sealed) = aside(move || {
            let sealed = lock.seal(&bytes)?;
            let piece = Piece {
                name: Hash::of(&sealed),
                n_stored: sealed.len() as u64,
                content: Hash::of(&bytes),
                n_bytes: bytes.len() as u64,
            };
            Ok((piece, sealed))
        })
        .await?;
        // Always written, even where one of that name lies: what lies there may be torn.
        self.target.put(&path_of(&piece.name), sealed).await?;
        Ok(piece)
    }

    /// The bytes of a piece as they were. `of` says what they are, for the error.
    ///
    /// Errors: [`VaultError::Missing`], [`VaultError::Damaged`], [`VaultError::WrongKey`].
    pub async fn load(&self, keys: &Keys, of: &str, piece: &Piece) -> Result<Vec<u8>, VaultError> {
        let stored = self.stored(of, piece).await?;
        let (keys, of, piece) = (keys.clone(), of.to_owned(), piece.clone());
        aside(move || {
            let damaged = |detail: String| VaultError::Damaged { piece: path_of(&piece.name), of: of.clone(), detail };
            let bytes = keys.open(&stored, piece.n_bytes).map_err(|e| match e {
                Unopened::NoKey => VaultError::WrongKey { recipients: of.clone() },
                Unopened::Damaged(detail) => damaged(detail),
            })?;
            let found = Hash::of(&bytes);
            if found != piece.content {
                return Err(damaged(format!("what it holds has the hash {found}")));
            }
            Ok(bytes)
        })
        .await
    }

    /// Reads a piece back and compares its hash with its name, without opening it.
    pub async fn stored(&self, of: &str, piece: &Piece) -> Result<Vec<u8>, VaultError> {
        let path = path_of(&piece.name);
        let Some(stored) = self.target.get(&path).await? else {
            return Err(VaultError::Missing { piece: path, of: of.to_owned() });
        };
        let found = Hash::of(&stored);
        if found != piece.name {
            let detail = format!("its bytes have the hash {found}");
            return Err(VaultError::Damaged { piece: path, of: of.to_owned(), detail });
        }
        Ok(stored)
    }

    /// Names of all pieces that lie there, with when each was written.
    pub(crate) async fn lying(&self) -> Result<Vec<(Hash, crate::Found)>, VaultError> {
        let found = self.target.list("pieces").await?;
        let named = |f: crate::Found| Some((Hash::parse(f.name.rsplit('/').next()?)?, f));
        Ok(found.into_iter().filter_map(named).collect())
    }

    /// Of these pieces, those that do not lie there. One listing for all.
    pub async fn missing(&self, pieces: impl Iterator<Item = Hash>) -> Result<BTreeSet<Hash>, VaultError> {
        let there: BTreeSet<Hash> = self.lying().await?.into_iter().map(|(name, _)| name).collect();
        Ok(pieces.filter(|name| !there.contains(name)).collect())
    }
}
