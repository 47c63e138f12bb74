//! The runs of a place.

use crate::{Manifest, Vault, VaultError};

/// A run as it is listed.
#[derive(Debug)]
pub struct Listed {
    /// Its number.
    pub run: u64,
    /// What it holds, or why that cannot be read.
    pub manifest: Result<Manifest, VaultError>,
}

/// How a run's number is written: `000042`.
pub fn run_name(run: u64) -> String {
    format!("{run:06}")
}

fn path_of(run: u64) -> String {
    format!("runs/{}.json", run_name(run))
}

impl Vault {
    /// Numbers of the runs, in order.
    pub async fn numbers(&self) -> Result<Vec<u64>, VaultError> {
        let names = self.target.list("runs").await?.into_iter();
        let mut runs: Vec<u64> =
            names.filter_map(|f| f.name.rsplit('/').next()?.strip_suffix(".json")?.parse().ok()).collect();
        runs.sort_unstable();
        runs.dedup();
        Ok(runs)
    }

    /// What a run holds.
    pub async fn manifest(&self, run: u64) -> Result<Manifest, VaultError> {
        let path = path_of(run);
        match self.target.get(&path).await? {
            Some(bytes) => Manifest::read(&path, &bytes),
            None => Err(VaultError::Missing { piece: path, of: "manifest".to_owned() }),
        }
    }

    /// All runs, oldest first.
    pub async fn runs(&self) -> Result<Vec<Listed>, VaultError> {
        let mut listed = Vec::new();
        for run in self.numbers().await? {
            listed.push(Listed { run, manifest: self.manifest(run).await });
        }
        Ok(listed)
    }

    /// The newest run that can be read, and the highest number there is. A damaged manifest does not stop the runs after
    /// it; one of a newer program does.
    pub async fn newest(&self) -> Result<(Option<Manifest>, u64), VaultError> {
        let numbers = self.numbers().await?;
        let highest = numbers.last().copied().unwrap_or(0);
        for run in numbers.into_iter().rev() {
            match self.manifest(run).await {
                Ok(manifest) => return Ok((Some(manifest), highest)),
                Err(VaultError::Damaged { .. } | VaultError::Missing { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok((None, highest))
    }

    /// The run of a name, or the newest one. An unreadable newest run is an error here: going back further is somebody's
    /// own decision, which they make by naming a run.
    pub async fn choose(&self, name: Option<&str>) -> Result<Manifest, VaultError> {
        let numbers = self.numbers().await?;
        let Some(newest) = numbers.last() else { return Err(VaultError::NoBackup(self.address())) };
        let run = match name {
            None => *newest,
            Some(name) => {
                let known = || numbers.iter().map(|n| run_name(*n)).collect::<Vec<_>>().join(", ");
                let wanted = name.parse().ok().filter(|run| numbers.contains(run));
                wanted.ok_or_else(|| VaultError::NoRun {
                    place: self.address(),
                    run: name.to_owned(),
                    known: known(),
                })?
            }
        };
        self.manifest(run).await
    }

    /// Makes a run of its pieces by writing its manifest: before this nothing of it is there, after it everything is.
    /// The number given is the least one; where it was taken meanwhile, the next free one is used and returned.
    pub async fn commit(&self, mut manifest: Manifest) -> Result<Manifest, VaultError> {
        while !self.target.create(&path_of(manifest.run), manifest.to_bytes()?).await? {
            manifest.run += 1;
        }
        Ok(manifest)
    }

    pub(crate) async fn forget(&self, run: u64) -> Result<(), VaultError> {
        self.target.remove(&path_of(run)).await
    }
}
