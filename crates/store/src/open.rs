//! Opening a register: one writing connection, several reading ones, the schema brought up to date.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::Mutex;

use crate::{append::Writer, error::StoreError, schema};

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
    pub(crate) writer: Option<Arc<Mutex<Writer>>>,
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
            // Pages of the journal before it is folded into the file: a change touches eight, and folding waits for
            // the disk twice. 16 MB of journal are read in no time when a file is opened after a crash.
            .pragma("wal_autocheckpoint", "4000")
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(400);
        let writer = if mode == Mode::ReadOnly {
            None
        } else {
            let mut connection = options.connect().await.map_err(|e| fail(&e))?;
            schema::migrate(&mut connection, path).await?;
            Some(Arc::new(Mutex::new(Writer::new(connection))))
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
            let mut connection = readers.acquire().await.map_err(|e| fail(&e))?;
            schema::known(&mut connection, path).await?;
        }
        Ok(Store { writer, readers, path: path.to_owned() })
    }
    /// The writing connection, or why there is none.
    pub(crate) fn writer(&self) -> Result<&Mutex<Writer>, StoreError> {
        self.writer.as_deref().ok_or_else(|| StoreError::ReadOnly(self.path.clone()))
    }
    pub(crate) fn fail(&self, error: &sqlx::Error) -> StoreError {
        StoreError::of(&self.path, error)
    }
    /// Closes all connections, so that the journal is folded into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Some(writer) = &self.writer
            && let Some(connection) = writer.lock().await.connection.take()
        {
            // Nothing is lost when it fails: the journal is folded in at the next opening.
            connection.close().await.ok();
        }
    }
}
