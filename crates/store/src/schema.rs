//! The schema: migrations of the log, forward only, and one typed table for each kind of record, which follows its
//! definition.

use std::path::Path;

use model::{Kind, value::CellKind};
use rustc_hash::FxHashMap;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::{dialect::Dialect, error::StoreError};

pub(crate) fn newest(dialect: Dialect) -> i64 {
    dialect.migrations().last().map_or(0, |(n, _)| *n)
}

pub(crate) const VERSION: &str = "select coalesce(max(number), 0) from schema_version";

/// The functions of one database; their bodies are the same.
macro_rules! schema_of {
    ($connection:ty, $dialect:expr, $version:ident, $known:ident, $migrate:ident) => {
        /// The schema's number; 0 for a database without tables.
        async fn $version(connection: &mut $connection, path: &Path) -> Result<i64, StoreError> {
            let fail = |e: sqlx::Error| StoreError::of($dialect, path, &e);
            let mut tables = async |name: &str| {
                let n: Result<i64, _> =
                    sqlx::query_scalar($dialect.count_tables()).bind(name.to_owned()).fetch_one(&mut *connection).await;
                n.map_err(fail)
            };
            if tables("schema_version").await? == 0 {
                return if tables("").await? == 0 {
                    Ok(0)
                } else {
                    let detail = "a database of another program".to_owned();
                    Err(StoreError::NotADatabase { path: path.to_owned(), detail })
                };
            }
            sqlx::query_scalar(VERSION).fetch_one(connection).await.map_err(fail)
        }

        /// Refuses a register of a newer program, or one that was never finished.
        pub(crate) async fn $known(connection: &mut $connection, path: &Path) -> Result<(), StoreError> {
            match $version(connection, path).await? {
                0 => Err(StoreError::NotADatabase { path: path.to_owned(), detail: "an empty database".to_owned() }),
                found => not_newer($dialect, path, found),
            }
        }

        /// Brings the schema up to date, in one transaction.
        pub(crate) async fn $migrate(connection: &mut $connection, path: &Path) -> Result<(), StoreError> {
            let fail = |e: sqlx::Error| StoreError::of($dialect, path, &e);
            let mut tx = connection.begin_with($dialect.begin_migrating()).await.map_err(fail)?;
            sqlx::query($dialect.migration_lock()).execute(&mut *tx).await.map_err(fail)?;
            let found = $version(&mut tx, path).await?;
            not_newer($dialect, path, found)?;
            if found == 0 {
                let sql = "create table schema_version (number bigint not null primary key)";
                sqlx::query(sql).execute(&mut *tx).await.map_err(fail)?;
            }
            for (number, sql) in $dialect.migrations().iter().filter(|(n, _)| *n > found) {
                sqlx::raw_sql(*sql).execute(&mut *tx).await.map_err(fail)?;
                let sql = "insert into schema_version (number) values ($1)";
                sqlx::query(sql).bind(*number).execute(&mut *tx).await.map_err(fail)?;
            }
            let columns: Vec<(String, String)> =
                sqlx::query_as($dialect.columns()).fetch_all(&mut *tx).await.map_err(fail)?;
            let mut there: FxHashMap<String, Vec<String>> = FxHashMap::default();
            columns.into_iter().for_each(|(table, column)| there.entry(table).or_default().push(column));
            for kind in Kind::REGISTER {
                let there = there.get(kind.name()).map_or(&[][..], Vec::as_slice);
                for sql in table($dialect, *kind, there) {
                    // Names come from our own definitions, never from a file.
                    sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.map_err(fail)?;
                }
            }
            tx.commit().await.map_err(fail)
        }
    };
}

schema_of!(SqliteConnection, Dialect::Sqlite, version_sqlite, known_sqlite, migrate_sqlite);
schema_of!(PgConnection, Dialect::Postgres, version_postgres, known_postgres, migrate_postgres);

fn not_newer(dialect: Dialect, path: &Path, found: i64) -> Result<(), StoreError> {
    let known = newest(dialect);
    if found > known { Err(StoreError::Newer { path: path.to_owned(), found, known }) } else { Ok(()) }
}

/// The statements that make a kind's table what its definition says.
fn table(dialect: Dialect, kind: Kind, there: &[String]) -> Vec<String> {
    let def = kind.def();
    let columns: Vec<(String, &str)> = def.columns.iter().map(|c| (c.name.clone(), sql_type(c.kind))).collect();
    if there.is_empty() {
        let list: Vec<String> = columns.iter().map(|(name, kind)| format!("\"{name}\" {kind}")).collect();
        // Where the record's own id is a column, it is the key; composite keys get a column of their own.
        return vec![format!(
            "create table \"{}\" (\"record_id\" text not null primary key, {}){}",
            def.name,
            list.join(", "),
            dialect.table_options()
        )];
    }
    columns
        .iter()
        .filter(|(name, _)| !there.contains(name))
        .map(|(name, kind)| format!("alter table \"{}\" add column \"{name}\" {kind}", def.name))
        .collect()
}

fn sql_type(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Number => "double precision",
        CellKind::Whole(..) => "bigint",
        CellKind::YesNo => "integer",
        _ => "text",
    }
}
