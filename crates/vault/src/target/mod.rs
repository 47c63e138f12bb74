//! Where the bytes lie: a folder, or a store that speaks S3.

mod folder;
mod s3;

use jiff::Timestamp;

pub use folder::Exclusive;

use crate::VaultError;

/// Something that lies there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name below the place, with `/` between its parts.
    pub name: String,
    /// Its size.
    pub n_bytes: u64,
    /// When it was written, by the clock of the place.
    pub at: Option<Timestamp>,
}

#[derive(Clone, Debug)]
pub(crate) enum Target {
    Folder(folder::Folder),
    Bucket(s3::Bucket),
}

impl Target {
    pub fn open(address: &str) -> Result<Target, VaultError> {
        if address.starts_with("s3://") {
            return Ok(Target::Bucket(s3::Bucket::open(address)?));
        }
        // `gs://…`, or a mistyped `s3:/…`, would quietly become a folder here.
        if address.is_empty() || address.contains("://") || address.starts_with("s3:") {
            return Err(VaultError::NoPlace(address.to_owned()));
        }
        Ok(Target::Folder(folder::Folder::new(address)))
    }

    pub fn address(&self) -> String {
        match self {
            Target::Folder(folder) => folder.address(),
            Target::Bucket(bucket) => bucket.address(),
        }
    }

    /// Writes under a name: all of it or nothing. What lay there is replaced.
    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), VaultError> {
        match self {
            Target::Folder(folder) => folder.put(name, bytes).await,
            Target::Bucket(bucket) => bucket.put(name, bytes).await,
        }
    }

    /// Writes under a name unless something lies there; whether it was written.
    pub async fn create(&self, name: &str, bytes: Vec<u8>) -> Result<bool, VaultError> {
        match self {
            Target::Folder(folder) => folder.create(name, bytes).await,
            Target::Bucket(bucket) => bucket.create(name, bytes).await,
        }
    }

    /// What lies under a name.
    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        match self {
            Target::Folder(folder) => folder.get(name).await,
            Target::Bucket(bucket) => bucket.get(name).await,
        }
    }

    /// All that lies below a name; nothing where there is no such folder.
    pub async fn list(&self, below: &str) -> Result<Vec<Found>, VaultError> {
        match self {
            Target::Folder(folder) => folder.list(below).await,
            Target::Bucket(bucket) => bucket.list(below).await,
        }
    }

    /// Removes what lies under a name, if something does.
    pub async fn remove(&self, name: &str) -> Result<(), VaultError> {
        match self {
            Target::Folder(folder) => folder.remove(name).await,
            Target::Bucket(bucket) => bucket.remove(name).await,
        }
    }

    pub fn exclusive(&self) -> Result<Option<Exclusive>, VaultError> {
        match self {
            Target::Folder(folder) => folder.exclusive().map(Some),
            Target::Bucket(_) => Ok(None),
        }
    }

    /// Removes what broken-off writes left. Only for who holds the place alone.
    pub fn sweep(&self) -> Result<(), VaultError> {
        match self {
            Target::Folder(folder) => folder.sweep(),
            Target::Bucket(_) => Ok(()),
        }
    }
}
