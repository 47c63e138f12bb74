//! The data folder: where the register, the lake and the evidence lie, and who serves it.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use crate::error::AppError;

/// The data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder, made if need be.
    pub fn create(path: &Path) -> Result<Self, AppError> {
        fs::create_dir_all(path).map_err(|e| AppError::file(path, &e))?;
        Ok(Folder(path.to_owned()))
    }
    /// A folder that must hold a register.
    pub fn existing(path: &Path) -> Result<Self, AppError> {
        let folder = Folder(path.to_owned());
        if folder.register().is_file() { Ok(folder) } else { Err(AppError::NoData(path.to_owned())) }
    }
    /// A folder that is there, with the lake beside a register in a database server.
    pub fn beside(path: &Path) -> Result<Self, AppError> {
        if path.is_dir() { Ok(Folder(path.to_owned())) } else { Err(AppError::NoData(path.to_owned())) }
    }
    /// The register's database.
    pub fn register(&self) -> PathBuf {
        self.0.join("register.sqlite")
    }
    /// The lake's folder.
    pub fn lake(&self) -> PathBuf {
        self.0.join("lake")
    }
    /// The folder of evidence files.
    pub fn evidence(&self) -> PathBuf {
        self.0.join("evidence")
    }
    /// The folder of microdata, a folder for each survey by its fingerprint. They are in no backup: they stay on this node.
    pub fn microdata(&self) -> PathBuf {
        self.0.join("microdata")
    }
    /// The folder of computations over grids, boundaries and streets: their inputs by fingerprint, and their jobs. They are in no
    /// backup: what was published of them is evidence.
    pub fn space(&self) -> PathBuf {
        self.0.join("space")
    }
    /// The file that says when the last backup was made, for whoever watches over them.
    pub fn last_backup(&self) -> PathBuf {
        self.0.join("last-backup")
    }
    /// Takes the right to serve this folder, held while the answer lives. The operating system takes it
    /// back when the process ends, however it ends.
    pub fn serve_lock(&self) -> Result<ServeLock, AppError> {
        let path = self.0.join("serve.lock");
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(&path)
            .map_err(|e| AppError::file(&path, &e))?;
        match file.try_lock() {
            Ok(()) => Ok(ServeLock { _file: file }),
            Err(fs::TryLockError::WouldBlock) => Err(AppError::Served(self.0.clone())),
            Err(fs::TryLockError::Error(e)) => Err(AppError::file(path, &e)),
        }
    }
}

/// The right to serve a folder.
#[derive(Debug)]
pub struct ServeLock {
    _file: File,
}
