//! Opening a register: one writing connection, several reading ones, the schema brought up to date.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};

use crate::{error::StoreError, schema};

/// How to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Make the file if need be, write.
    Create,
    /// The file must be there; write.
    ReadWrite,
    /// The file must be there; never write.
    ReadOnly,
}

/// A register on SQLite.
#[derive(Clone, Debug)]
pub struct Store {
    /// One connection: writers queue here and not on a busy database. `None` when opened to read.
    pub(crate) writer: Option<SqlitePool>,
    pub(crate) readers: SqlitePool,
    pub(crate) path: PathBuf,
}

impl Store {
    /// Opens a register. Brings its schema up to date when it may write.
    pub async fn open(path: &Path, mode: Mode) -> Result<Store, StoreError> {
        let fail = |e: &sqlx::Error| StoreError::of(path, e);
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(mode == Mode::Create)
            .journal_mode(SqliteJournalMode::Wal)
            // An acknowledged change survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(400);
        let writer = if mode == Mode::ReadOnly {
            None
        } else {
            let pool = SqlitePoolOptions::new()
                .max_connections(1)
                .acquire_timeout(Duration::from_secs(60))
                .connect_with(options.clone())
                .await
                .map_err(|e| fail(&e))?;
            schema::migrate(&pool, path).await?;
            Some(pool)
        };
        // A reader asks for no journal mode: setting one is a write.
        let reading = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(400);
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(60))
            .connect_with(reading)
            .await
            .map_err(|e| fail(&e))?;
        if mode == Mode::ReadOnly {
            schema::known(&readers, path).await?;
        }
        Ok(Store { writer, readers, path: path.to_owned() })
    }
    /// The writing pool, or why there is none.
    pub(crate) fn writer(&self) -> Result<&SqlitePool, StoreError> {
        self.writer.as_ref().ok_or_else(|| StoreError::ReadOnly(self.path.clone()))
    }
    pub(crate) fn fail(&self, error: &sqlx::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }
    /// Closes all connections, so that the journal is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Some(writer) = &self.writer {
            writer.close().await;
        }
    }
}
