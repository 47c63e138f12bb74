//! Opening a register: connections that write and that read, the schema brought up to date.

use std::{
    path::{Path, PathBuf},
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool, Row as _,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{Mutex, Semaphore};

use crate::{dialect::Dialect, error::StoreError, schema, sqlite::Writer};

/// How to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Make the file or the tables if need be, write.
    Create,
    /// The register must be there; write.
    ReadWrite,
    /// The register must be there; never write.
    ReadOnly,
}

/// A register on SQLite or on PostgreSQL. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) backend: Backend,
    /// The file, or the address of the database without its password.
    pub(crate) path: PathBuf,
}

#[derive(Clone, Debug)]
pub(crate) enum Backend {
    Sqlite {
        /// One connection: writers queue here and not on a busy database. `None` when opened to read.
        writer: Option<Arc<Mutex<Writer>>>,
        readers: SqlitePool,
    },
    Postgres {
        pool: PgPool,
        /// Lets so many of our writers ask for connections at once; see [`Store::write_postgres`].
        writers: Arc<Semaphore>,
        may_write: bool,
    },
}

/// One body for both databases. It is compiled twice, so every type is checked against both.
macro_rules! on {
    ($store:expr, |$pool:ident| $body:expr) => {
        match &$store.backend {
            $crate::open::Backend::Sqlite { readers: $pool, .. } => $body,
            $crate::open::Backend::Postgres { pool: $pool, .. } => $body,
        }
    };
}
pub(crate) use on;

/// How long somebody waits for a connection.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);
/// How long somebody waits for a connection to PostgreSQL: when the server is gone, a page says so after this time.
const ANSWER: Duration = Duration::from_secs(8);
/// Writers of one program that hold a connection to PostgreSQL: one that writes, one that waits for its lock.
const WRITERS: usize = 2;

impl Store {
    /// Opens a register in a file. Brings its schema up to date when it may write.
    pub async fn open(path: &Path, mode: Mode) -> Result<Store, StoreError> {
        let fail = |e: &sqlx::Error| StoreError::of(Dialect::Sqlite, path, e);
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
            schema::migrate_sqlite(&mut connection, path).await?;
            Some(Arc::new(Mutex::new(Writer::new(connection))))
        };
        // A reader asks for no journal mode: setting one is a write.
        let reading = SqliteConnectOptions::new()
            .filename(path)
            .read_only(true)
            .busy_timeout(Duration::from_secs(10))
            .statement_cache_capacity(400)
            .immutable(mode == Mode::ReadOnly && is_put_away(path));
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(PATIENCE)
            .connect_with(reading)
            .await
            .map_err(|e| fail(&e))?;
        if mode == Mode::ReadOnly {
            let mut connection = readers.acquire().await.map_err(|e| fail(&e))?;
            schema::known_sqlite(&mut connection, path).await?;
        }
        Ok(Store { backend: Backend::Sqlite { writer, readers }, path: path.to_owned() })
    }

    /// Opens a register in a PostgreSQL database: `postgres://user:password@host:port/database`. The tables lie in the
    /// first schema of the user's search path. Brings them up to date when it may write.
    ///
    /// Errors: an address that cannot be read, a server that does not answer, a database with tables of others.
    pub async fn connect(address: &str, mode: Mode) -> Result<Store, StoreError> {
        let bad = |e: sqlx::Error| StoreError::Database { path: "postgres://…".into(), detail: e.to_string() };
        let options = PgConnectOptions::from_str(address).map_err(bad)?.application_name("ekistics");
        let path = PathBuf::from(shown(&options));
        let fail = |e: &sqlx::Error| StoreError::of(Dialect::Postgres, &path, e);
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(ANSWER)
            // Whoever waits for a transaction to begin may go away, and it begins all the same: what the next one wrote on
            // that connection would never be committed. Asked instead of the usual question whether the server is there.
            .test_before_acquire(false)
            .before_acquire(|connection, _| Box::pin(is_free(connection)))
            .connect_with(options)
            .await
            .map_err(|e| fail(&e))?;
        let mut connection = pool.acquire().await.map_err(|e| fail(&e))?;
        match mode {
            Mode::Create => schema::migrate_postgres(&mut connection, &path).await?,
            Mode::ReadWrite => {
                schema::known_postgres(&mut connection, &path).await?;
                schema::migrate_postgres(&mut connection, &path).await?;
            }
            Mode::ReadOnly => schema::known_postgres(&mut connection, &path).await?,
        }
        drop(connection);
        let writers = Arc::new(Semaphore::new(WRITERS));
        Ok(Store { backend: Backend::Postgres { pool, writers, may_write: mode != Mode::ReadOnly }, path })
    }

    pub(crate) fn dialect(&self) -> Dialect {
        match self.backend {
            Backend::Sqlite { .. } => Dialect::Sqlite,
            Backend::Postgres { .. } => Dialect::Postgres,
        }
    }

    /// Whether several programs may serve it at once.
    pub fn is_shared(&self) -> bool {
        self.dialect() == Dialect::Postgres
    }

    pub(crate) fn fail(&self, error: &sqlx::Error) -> StoreError {
        StoreError::of(self.dialect(), &self.path, error)
    }

    /// Closes all connections, so that a journal is folded into its file.
    pub async fn close(&self) {
        match &self.backend {
            Backend::Sqlite { writer, readers } => {
                readers.close().await;
                if let Some(writer) = writer
                    && let Some(connection) = writer.lock().await.connection.take()
                {
                    // Nothing is lost when it fails: the journal is folded in at the next opening.
                    connection.close().await.ok();
                }
            }
            Backend::Postgres { pool, .. } => pool.close().await,
        }
    }
}

/// Whether a file lies where nothing can be written and nobody has it open: an archive, a medium that is only read.
/// Then it cannot change while it is read, and SQLite need not make the files through which readers and writers meet.
/// With a journal beside it the file alone would be an old state.
fn is_put_away(path: &Path) -> bool {
    let beside = |ending: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name).exists()
    };
    if !path.is_file() || beside("-wal") || beside("-shm") {
        return false;
    }
    let probe = path.with_extension(format!("probe-{}", std::process::id()));
    let is_writable = std::fs::File::create_new(&probe).is_ok();
    std::fs::remove_file(&probe).ok();
    !is_writable
}

/// Whether no transaction is open on a connection: one begins in the moment of its statement. In a single message, as
/// each message of a prepared statement has a moment of its own. In a failed transaction it is an error.
async fn is_free(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    sqlx::raw_sql("select now() = statement_timestamp()").fetch_one(connection).await?.try_get(0)
}

/// The address without its password.
fn shown(options: &PgConnectOptions) -> String {
    let database = options.get_database().unwrap_or(options.get_username());
    format!("postgres://{}@{}:{}/{database}", options.get_username(), options.get_host(), options.get_port())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let options = PgConnectOptions::from_str("postgres://anna:s3cret@db.example:5433/plans").expect("an address");
        assert_eq!(shown(&options), "postgres://anna@db.example:5433/plans");
    }
}
