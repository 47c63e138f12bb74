//! Old runs are forgotten, and what no run names any more is swept away.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::{Exclusive, Hash, Vault, VaultError};

/// Which runs stay. A run goes when neither keeps it; the newest one always stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// So many of the newest.
    pub n_runs: Option<u64>,
    /// Those not older than so many days.
    pub n_days: Option<u32>,
}

/// What went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Runs.
    pub runs: Vec<u64>,
    /// Pieces.
    pub n_pieces: u64,
    /// Bytes of the pieces as stored.
    pub n_bytes: u64,
}

/// In a store, where nobody can hold others off, a piece that no run names may belong to a run that goes on: it stays
/// for a day.
const GRACE: SignedDuration = SignedDuration::from_hours(24);

impl Vault {
    /// Forgets runs, then removes the pieces that no run names and what broken-off writes left. The manifests go first:
    /// broken off in between, it leaves pieces that nobody names, and the next time sweeps them.
    ///
    /// Errors: a manifest that cannot be read, because what it names is not known; nothing is removed then.
    pub async fn prune(&self, keep: Keep, now: Timestamp, held: Option<&Exclusive>) -> Result<Pruned, VaultError> {
        let mut runs = Vec::new();
        for listed in self.runs().await? {
            runs.push(listed.manifest?);
        }
        let n_runs = runs.len() as u64;
        let (mut pruned, mut named) = (Pruned::default(), BTreeSet::<Hash>::new());
        for (at, manifest) in (1..).zip(&runs) {
            let is_among_newest = keep.n_runs.is_some_and(|n| n_runs - at < n);
            let is_young = keep.n_days.is_some_and(|n| {
                // A clock that stepped back makes a run younger than now; it stays.
                now.duration_since(manifest.at) <= SignedDuration::from_hours(24 * i64::from(n))
            });
            let keeps_all = keep == Keep { n_runs: None, n_days: None };
            if at == n_runs || keeps_all || is_among_newest || is_young {
                named.extend(manifest.pieces().map(|(_, piece)| piece.name));
            } else {
                pruned.runs.push(manifest.run);
            }
        }
        for run in &pruned.runs {
            self.forget(*run).await?;
        }
        for (name, found) in self.lying().await? {
            let is_old = found.at.is_none_or(|at| now.duration_since(at) > GRACE);
            if !named.contains(&name) && (held.is_some() || is_old) {
                self.target.remove(&found.name).await?;
                pruned.n_pieces += 1;
                pruned.n_bytes += found.n_bytes;
            }
        }
        if held.is_some() {
            self.target.sweep()?;
        }
        Ok(pruned)
    }
}
