//! Where a register under trial is.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::ValueEnum;
use lake::Lake;
use store::{Mode, Store, StoreError};

/// A database of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server of the trial's own, which waits for its disk.
    Postgres,
}

impl Database {
    /// Its name as people write it.
    pub fn name(self) -> &'static str {
        match self {
            Database::Sqlite => "SQLite",
            Database::Postgres => "PostgreSQL",
        }
    }
}

/// A data folder, and the database if it is not in it.
#[derive(Clone, Debug, clap::Args)]
pub struct Place {
    /// The data folder.
    #[arg(long)]
    pub data: PathBuf,
    /// The address of a PostgreSQL database.
    #[arg(long)]
    pub database: Option<String>,
}

impl Place {
    /// A file in a folder.
    pub fn folder(data: &Path) -> Self {
        Place { data: data.to_owned(), database: None }
    }
    /// Opens the register.
    pub async fn open(&self, mode: Mode) -> Result<Store, StoreError> {
        match &self.database {
            None => Store::open(&self.file(), mode).await,
            Some(address) => Store::connect(address, mode).await,
        }
    }
    /// Opens the lake.
    pub fn lake(&self) -> Result<Lake> {
        Ok(Lake::open(self.data.join("lake"))?)
    }
    /// The file of a register on SQLite.
    pub fn file(&self) -> PathBuf {
        self.data.join("register.sqlite")
    }
    /// The place as arguments of a program.
    pub fn arguments(&self) -> Vec<String> {
        let mut arguments = vec!["--data".to_owned(), self.data.display().to_string()];
        if let Some(address) = &self.database {
            arguments.extend(["--database".to_owned(), address.clone()]);
        }
        arguments
    }
}
