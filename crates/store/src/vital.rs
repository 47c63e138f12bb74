//! How the database is: its version, its schema, its connections.

use crate::{
    dialect::Dialect,
    error::StoreError,
    open::{Store, on},
    schema,
};

/// Connections that read, and on PostgreSQL write too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connections {
    /// Open ones.
    pub open: u32,
    /// Open ones that nobody uses.
    pub idle: u32,
    /// At most so many.
    pub most: u32,
}

impl Store {
    /// Its connections at this moment.
    pub fn connections(&self) -> Connections {
        on!(self, |pool| {
            // The two numbers are read one after the other, so more may be idle than were open.
            let open = pool.size();
            let idle = u32::try_from(pool.num_idle()).unwrap_or(u32::MAX).min(open);
            Connections { open, idle, most: pool.options().get_max_connections() }
        })
    }

    /// The schema's number, and the newest that this program knows.
    pub async fn schema(&self) -> Result<(i64, i64), StoreError> {
        let found: Result<i64, _> = on!(self, |pool| sqlx::query_scalar(schema::VERSION).fetch_one(pool).await);
        Ok((found.map_err(|e| self.fail(&e))?, schema::newest(self.dialect())))
    }

    /// Name and version of the database.
    pub async fn database_version(&self) -> Result<String, StoreError> {
        let (name, sql) = match self.dialect() {
            Dialect::Sqlite => ("SQLite", "select sqlite_version()"),
            Dialect::Postgres => ("PostgreSQL", "select current_setting('server_version')"),
        };
        let found: Result<String, _> = on!(self, |pool| sqlx::query_scalar(sql).fetch_one(pool).await);
        Ok(format!("{name} {}", found.map_err(|e| self.fail(&e))?))
    }

    /// The database's address without its password, or its file.
    pub fn place(&self) -> String {
        self.path.display().to_string()
    }
}
