//! The tables beside the log, whatever they are: found by reflection, written as lines, read back on either database.
//!
//! A table is its header line `{"table": …, "columns": […]}` and a line for each row, a JSON array: null, a text, an
//! integer, `{"d": "1.5"}` for a double and `{"x": "00ff"}` for bytes.

use model::Kind;
use serde_json::{Value as Json, json};
use sqlx::{AssertSqlSafe, Row};

use crate::{
    dialect::Dialect,
    error::{Passing, StoreError},
    open::{Store, on},
    rows::{HEAD, HeadRow},
    schema::VERSION,
    sql::{Param, Sql},
};

/// The log itself: it goes its own way.
const LOG: &[&str] = &["schema_version", "change", "revision", "head"];

/// Tables that no backup keeps. Who is signed in, links that open a door once, and what counts attempts: a restore would
/// sign people in again and make used links good. Answers kept for requests that are asked again go stale in a week.
pub const NOT_KEPT: &[&str] = &["session", "sign_in", "link", "failure", "answered", "pending"];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Class {
    Text,
    Whole,
    Number,
    Bytes,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Column {
    pub name: String,
    pub class: Class,
}

/// A line of a dump.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableLine {
    /// The lines of this table follow: its header first.
    Begin(String),
    /// A line, without its line feed.
    Line(String),
}

/// Where the log ended when a dump was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogEnd {
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Hash of the last one.
    pub head: [u8; 32],
    /// Number of the schema.
    pub schema: i64,
}

impl Class {
    /// The class of a type as the database names it; `None` for one that a dump cannot hold.
    fn of(name: &str) -> Option<Class> {
        let name = name.to_ascii_lowercase();
        match name.split('(').next().unwrap_or_default().trim() {
            "text" | "character varying" | "varchar" => Some(Class::Text),
            "integer" | "bigint" | "smallint" | "int" => Some(Class::Whole),
            "double precision" | "real" => Some(Class::Number),
            "blob" | "bytea" => Some(Class::Bytes),
            _ => None,
        }
    }
}

/// Whether a table of the database goes into a dump.
fn is_kept(name: &str) -> bool {
    !LOG.contains(&name) && !NOT_KEPT.contains(&name) && Kind::REGISTER.iter().all(|kind| kind.name() != name)
}

pub(crate) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// All rows of a table in an order that is the same each time.
fn select(dialect: Dialect, table: &str, columns: &[Column]) -> String {
    let list = columns.iter().map(|c| match (dialect, c.class) {
        (Dialect::Postgres, Class::Text) => format!("{}::text", quoted(&c.name)),
        (Dialect::Postgres, Class::Whole) => format!("{}::bigint", quoted(&c.name)),
        (Dialect::Postgres, Class::Number) => format!("{}::double precision", quoted(&c.name)),
        _ => quoted(&c.name),
    });
    let list: Vec<String> = list.collect();
    let order: Vec<String> = (1..=columns.len()).map(|n| n.to_string()).collect();
    format!("select {} from {} order by {}", list.join(", "), quoted(table), order.join(", "))
}

/// Rows as a statement.
pub(crate) fn insert(dialect: Dialect, table: &str, columns: &[Column], rows: Vec<Vec<Param>>) -> Sql {
    let names: Vec<String> = columns.iter().map(|c| quoted(&c.name)).collect();
    let mut sql = Sql::new(dialect, &format!("insert into {} ({}) ", quoted(table), names.join(", ")));
    if dialect == Dialect::Postgres {
        // A number that the database gives stays the one that it was.
        sql.push("overriding system value ");
    }
    sql.rows(rows);
    sql
}

pub(crate) fn header(table: &str, columns: &[Column]) -> String {
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    json!({"table": table, "columns": names}).to_string()
}

/// The columns that a header names, as they are in this database.
pub(crate) fn columns_of(header: &str, there: &[Column]) -> Result<Vec<Column>, String> {
    let header: Json = serde_json::from_str(header).map_err(|e| format!("its header: {e}"))?;
    let names = header["columns"].as_array().ok_or("its header names no columns")?;
    let known = names.iter().map(|name| {
        let column = there.iter().find(|c| Some(c.name.as_str()) == name.as_str());
        column.cloned().ok_or_else(|| format!("this program knows no column {name}"))
    });
    known.collect()
}

fn encode(cells: Vec<Param>) -> String {
    let cells = cells.into_iter().map(|cell| match cell {
        Param::Text(Some(text)) => Json::String(text),
        Param::Whole(Some(number)) => json!(number),
        // The shortest text that reads back equal, and one that knows infinity.
        Param::Number(Some(number)) => json!({"d": number.to_string()}),
        Param::Bytes(Some(bytes)) => json!({"x": bytes.iter().map(|b| format!("{b:02x}")).collect::<String>()}),
        _ => Json::Null,
    });
    Json::Array(cells.collect()).to_string()
}

pub(crate) fn decode(line: &str, columns: &[Column]) -> Result<Vec<Param>, String> {
    let cells: Vec<Json> = serde_json::from_str(line).map_err(|e| format!("a row: {e}"))?;
    if cells.len() != columns.len() {
        return Err(format!("a row of {} cells under {} columns", cells.len(), columns.len()));
    }
    let read = cells.into_iter().zip(columns).map(|(cell, column)| {
        let other = |cell: &Json| format!("column {} does not take {cell}", column.name);
        Ok(match (column.class, &cell) {
            (Class::Text, Json::Null) => Param::Text(None),
            (Class::Text, Json::String(text)) => Param::Text(Some(text.clone())),
            (Class::Whole, Json::Null) => Param::Whole(None),
            (Class::Whole, Json::Number(n)) => Param::Whole(Some(n.as_i64().ok_or_else(|| other(&cell))?)),
            (Class::Number, Json::Null) => Param::Number(None),
            (Class::Number, Json::Object(of)) => {
                let number = of.get("d").and_then(Json::as_str).and_then(|t| t.parse().ok());
                Param::Number(Some(number.ok_or_else(|| other(&cell))?))
            }
            (Class::Bytes, Json::Null) => Param::Bytes(None),
            (Class::Bytes, Json::Object(of)) => {
                let bytes = of.get("x").and_then(Json::as_str).and_then(unhex);
                Param::Bytes(Some(bytes.ok_or_else(|| other(&cell))?))
            }
            _ => return Err(other(&cell)),
        })
    });
    read.collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

/// The tables that a dump holds, with their columns.
macro_rules! tables_in {
    ($store:expr, $tx:expr) => {{
        let (store, tx): (&$crate::open::Store, _) = ($store, $tx);
        let fail = |e: sqlx::Error| store.fail(&e);
        let names: Vec<String> =
            sqlx::query_scalar(store.dialect().tables()).fetch_all(&mut **tx).await.map_err(fail)?;
        let mut tables: Vec<(String, Vec<$crate::tables::Column>)> = Vec::new();
        for name in $crate::tables::kept(names) {
            let found: Vec<(String, String)> = sqlx::query_as(store.dialect().column_types())
                .bind(name.clone())
                .fetch_all(&mut **tx)
                .await
                .map_err(fail)?;
            let columns = $crate::tables::classed(store, &name, found)?;
            tables.push((name, columns));
        }
        tables
    }};
}
pub(crate) use tables_in;

pub(crate) fn kept(names: Vec<String>) -> impl Iterator<Item = String> {
    names.into_iter().filter(|name| is_kept(name))
}

pub(crate) fn classed(store: &Store, table: &str, found: Vec<(String, String)>) -> Result<Vec<Column>, StoreError> {
    let classed = found.into_iter().map(|(name, kind)| match Class::of(&kind) {
        Some(class) => Ok(Column { name, class }),
        None => {
            let detail = format!("column {table}.{name} is of type {kind}, which no backup can hold");
            Err(StoreError::Database { path: store.path.clone(), detail })
        }
    });
    classed.collect()
}

impl Store {
    /// Hands over every table that is neither the log nor one of the typed ones nor [`NOT_KEPT`], row by row, and says
    /// where the log ended: all of it in one transaction, so that they belong together while others write. Memory: one
    /// row.
    pub async fn dump<E>(&self, mut sink: impl AsyncFnMut(TableLine) -> Result<(), E>) -> Result<LogEnd, Passing<E>> {
        let fail = |e: sqlx::Error| self.fail(&e);
        on!(self, |pool| {
            let mut tx = pool.begin_with(self.dialect().begin_reading()).await.map_err(fail)?;
            let head: HeadRow = sqlx::query_as(HEAD).fetch_one(&mut *tx).await.map_err(fail)?;
            let schema: i64 = sqlx::query_scalar(VERSION).fetch_one(&mut *tx).await.map_err(fail)?;
            let end = self.tip_from(&head)?;
            for (name, columns) in tables_in!(self, &mut tx) {
                sink(TableLine::Begin(name.clone())).await.map_err(Passing::Outside)?;
                sink(TableLine::Line(header(&name, &columns))).await.map_err(Passing::Outside)?;
                // Names come from the database's own catalogue and are quoted.
                let sql = AssertSqlSafe(select(self.dialect(), &name, &columns));
                let mut rows = sqlx::query(sql).fetch(&mut *tx);
                while let Some(row) = tokio_stream::StreamExt::next(&mut rows).await {
                    let row = row.map_err(fail)?;
                    let mut cells = Vec::with_capacity(columns.len());
                    for (at, column) in columns.iter().enumerate() {
                        cells.push(match column.class {
                            Class::Text => Param::Text(row.try_get(at).map_err(fail)?),
                            Class::Whole => Param::Whole(row.try_get(at).map_err(fail)?),
                            Class::Number => Param::Number(row.try_get(at).map_err(fail)?),
                            Class::Bytes => Param::Bytes(row.try_get(at).map_err(fail)?),
                        });
                    }
                    sink(TableLine::Line(encode(cells))).await.map_err(Passing::Outside)?;
                }
            }
            Ok(LogEnd { n_changes: end.number, n_revisions: end.n_revisions, head: end.hash, schema })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_reads_back_equal() {
        let classes = [Class::Text, Class::Whole, Class::Number, Class::Bytes];
        let columns: Vec<Column> = classes.map(|class| Column { name: format!("{class:?}"), class }).into();
        let rows = [
            vec![
                Param::Text(Some("línea\n\"1\"".into())),
                Param::Whole(Some(i64::MIN)),
                Param::Number(Some(0.1 + 0.2)),
                Param::Bytes(Some(vec![0, 255])),
            ],
            vec![Param::Text(None), Param::Whole(None), Param::Number(None), Param::Bytes(None)],
            vec![
                Param::Text(Some(String::new())),
                Param::Whole(Some(0)),
                Param::Number(Some(f64::INFINITY)),
                Param::Bytes(Some(Vec::new())),
            ],
        ];
        for row in rows {
            let line = encode(row.clone());
            let back = decode(&line, &columns).expect("readable");
            assert_eq!(format!("{back:?}"), format!("{row:?}"));
        }
        assert!(decode("[1, 1, null, null]", &columns).is_err_and(|e| e.contains("Text")));
        assert!(columns_of(r#"{"columns": ["Text", "new"]}"#, &columns).is_err_and(|e| e.contains("new")));
    }
}
