//! A folder: files are written beside their place, synced, and moved there.

use std::{
    fs::{self, File, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;

use super::Found;
use crate::VaultError;

const UNFINISHED: &str = "unfinished";

/// A folder of backups.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

/// The right to write to a folder. The operating system takes it back when the process ends, however it ends.
#[derive(Debug)]
pub struct Exclusive {
    _file: File,
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> VaultError {
    let place = path.display().to_string();
    move |e| VaultError::file(place, &e)
}

async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, VaultError> + Send + 'static,
) -> Result<T, VaultError> {
    let ended = |e: tokio::task::JoinError| VaultError::Io { place: String::new(), detail: e.to_string() };
    tokio::task::spawn_blocking(work).await.map_err(ended)?
}

impl Folder {
    pub fn new(path: &str) -> Self {
        Folder(PathBuf::from(path))
    }
    pub fn address(&self) -> String {
        self.0.display().to_string()
    }

    pub async fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), VaultError> {
        let (folder, path) = (self.clone(), self.0.join(name));
        aside(move || {
            let half = folder.write(&path, &bytes)?;
            fs::rename(&half.0, &path).map_err(at(&path))?;
            sync_folder(&path)
        })
        .await
    }

    pub async fn create(&self, name: &str, bytes: Vec<u8>) -> Result<bool, VaultError> {
        let (folder, path) = (self.clone(), self.0.join(name));
        aside(move || {
            if path.exists() {
                return Ok(false);
            }
            // Whoever writes holds the folder alone, so nobody comes in between.
            let half = folder.write(&path, &bytes)?;
            fs::rename(&half.0, &path).map_err(at(&path))?;
            sync_folder(&path)?;
            Ok(true)
        })
        .await
    }

    pub async fn get(&self, name: &str) -> Result<Option<Vec<u8>>, VaultError> {
        let path = self.0.join(name);
        aside(move || match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(VaultError::Io { place: path.display().to_string(), detail: e.to_string() }),
        })
        .await
    }

    pub async fn list(&self, below: &str) -> Result<Vec<Found>, VaultError> {
        let (root, path) = (self.0.clone(), self.0.join(below));
        aside(move || {
            let mut found = Vec::new();
            walk(&root, &path, &mut found).map_err(at(&path))?;
            Ok(found)
        })
        .await
    }

    pub async fn remove(&self, name: &str) -> Result<(), VaultError> {
        let path = self.0.join(name);
        aside(move || match fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(at(&path)(e)),
            _ => Ok(()),
        })
        .await
    }

    pub fn exclusive(&self) -> Result<Exclusive, VaultError> {
        fs::create_dir_all(&self.0).map_err(at(&self.0))?;
        let path = self.0.join("lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(Exclusive { _file: file }),
            Err(TryLockError::WouldBlock) => Err(VaultError::Busy(self.address())),
            Err(TryLockError::Error(e)) => Err(at(&path)(e)),
        }
    }

    pub fn sweep(&self) -> Result<(), VaultError> {
        let folder = self.0.join(UNFINISHED);
        match fs::remove_dir_all(&folder) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(at(&folder)(e)),
            _ => Ok(()),
        }
    }

    /// Writes and syncs beside the place.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<RemoveOnDrop, VaultError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let folder = self.0.join(UNFINISHED);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(at(parent))?;
        }
        let half = folder.join(format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        let half = RemoveOnDrop(half);
        let mut file = File::create(&half.0).map_err(at(path))?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(at(path))?;
        Ok(half)
    }
}

/// The move itself must survive a power cut. Systems on which a folder cannot be opened sync it themselves.
fn sync_folder(path: &Path) -> Result<(), VaultError> {
    let Some(folder) = path.parent() else { return Ok(()) };
    match File::open(folder) {
        Ok(handle) if cfg!(unix) => handle.sync_all().map_err(at(folder)),
        _ => Ok(()),
    }
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<Found>) -> io::Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(e),
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            walk(root, &path, found)?;
            continue;
        }
        let data = entry.metadata()?;
        let parts = path.strip_prefix(root).unwrap_or(&path).components();
        let name: Vec<_> = parts.map(|p| p.as_os_str().to_string_lossy().into_owned()).collect();
        let at = data.modified().ok().and_then(|t| Timestamp::try_from(t).ok());
        found.push(Found { name: name.join("/"), n_bytes: data.len(), at });
    }
    Ok(())
}

struct RemoveOnDrop(PathBuf);

impl Drop for RemoveOnDrop {
    fn drop(&mut self) {
        // After the move there is nothing to remove; a failure leaves a file that the next sweep finds.
        let _ = fs::remove_file(&self.0);
    }
}
