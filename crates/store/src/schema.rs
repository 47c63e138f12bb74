//! The schema: migrations of the log, forward only, and one typed table for each kind of record, which follows its
//! definition.

use std::path::Path;

use model::{Kind, value::CellKind};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

use crate::error::StoreError;

/// Migrations of the log by number. What was released is never edited.
const MIGRATIONS: &[(i64, &str)] = &[(1, include_str!("../migrations/0001_log/sqlite.sql"))];

fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(n, _)| *n)
}

/// The schema's number; 0 for a new file.
async fn version(connection: &mut SqliteConnection, path: &Path) -> Result<i64, StoreError> {
    let fail = |e: sqlx::Error| StoreError::of(path, &e);
    let there: i64 =
        sqlx::query_scalar("select count(*) from sqlite_master where type = 'table' and name = 'schema_version'")
            .fetch_one(&mut *connection)
            .await
            .map_err(fail)?;
    if there == 0 {
        let tables: i64 = sqlx::query_scalar("select count(*) from sqlite_master where type = 'table'")
            .fetch_one(&mut *connection)
            .await
            .map_err(fail)?;
        return if tables == 0 {
            Ok(0)
        } else {
            Err(StoreError::NotADatabase { path: path.to_owned(), detail: "a database of another program".to_owned() })
        };
    }
    sqlx::query_scalar("select coalesce(max(number), 0) from schema_version")
        .fetch_one(&mut *connection)
        .await
        .map_err(fail)
}

/// Refuses a register of a newer program, or one that was never finished.
pub(crate) async fn known(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    match version(connection, path).await? {
        0 => Err(StoreError::NotADatabase { path: path.to_owned(), detail: "an empty database".to_owned() }),
        found if found > newest() => Err(StoreError::Newer { path: path.to_owned(), found, known: newest() }),
        _ => Ok(()),
    }
}

/// Brings the schema up to date, in one transaction.
pub(crate) async fn migrate(connection: &mut SqliteConnection, path: &Path) -> Result<(), StoreError> {
    let fail = |e: sqlx::Error| StoreError::of(path, &e);
    let found = version(connection, path).await?;
    if found > newest() {
        return Err(StoreError::Newer { path: path.to_owned(), found, known: newest() });
    }
    let mut tx = connection.begin_with("begin immediate").await.map_err(fail)?;
    if found == 0 {
        sqlx::query("create table if not exists schema_version (number bigint not null primary key)")
            .execute(&mut *tx)
            .await
            .map_err(fail)?;
    }
    // Another program may have migrated between looking and taking the lock.
    let found: i64 = sqlx::query_scalar("select coalesce(max(number), 0) from schema_version")
        .fetch_one(&mut *tx)
        .await
        .map_err(fail)?;
    for (number, sql) in MIGRATIONS.iter().filter(|(n, _)| *n > found) {
        sqlx::raw_sql(*sql).execute(&mut *tx).await.map_err(fail)?;
        sqlx::query("insert into schema_version (number) values ($1)")
            .bind(*number)
            .execute(&mut *tx)
            .await
            .map_err(fail)?;
    }
    for kind in Kind::REGISTER {
        for sql in table(*kind, &columns_of(&mut tx, *kind).await.map_err(fail)?) {
            // Names come from our own definitions, never from a file.
            sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await.map_err(fail)?;
        }
    }
    tx.commit().await.map_err(fail)
}

async fn columns_of(tx: &mut SqliteConnection, kind: Kind) -> Result<Vec<String>, sqlx::Error> {
    let rows = sqlx::query("select name from pragma_table_info($1)").bind(kind.name()).fetch_all(tx).await?;
    rows.iter().map(|r| r.try_get::<String, _>(0)).collect()
}

/// The statements that make a kind's table what its definition says.
fn table(kind: Kind, there: &[String]) -> Vec<String> {
    let def = kind.def();
    let columns: Vec<(String, &str)> = def.columns.iter().map(|c| (c.name.clone(), sql_type(c.kind))).collect();
    if there.is_empty() {
        let list: Vec<String> = columns.iter().map(|(name, kind)| format!("\"{name}\" {kind}")).collect();
        // Where the record's own id is a column, it is the key; composite keys get a column of their own.
        // Rows stand in the tree of their keys: one tree to write instead of two.
        return vec![format!(
            "create table \"{}\" (\"record_id\" text not null primary key, {}) without rowid",
            def.name,
            list.join(", ")
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
