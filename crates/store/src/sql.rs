//! Statements with their parameters, for whichever database.

use std::fmt::Write;

use crate::dialect::Dialect;

/// SQLite takes 32,766 parameters, PostgreSQL 65,535; statements stay well below.
pub(crate) const MOST_PARAMETERS: usize = 12_000;

/// A parameter. What is missing still has a type, which PostgreSQL asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Param {
    Text(Option<String>),
    Whole(Option<i64>),
    Number(Option<f64>),
    Bytes(Option<Vec<u8>>),
}

/// A statement, or several.
#[derive(Clone, Debug)]
pub(crate) struct Sql {
    dialect: Dialect,
    pub text: String,
    pub params: Vec<Param>,
}

impl Sql {
    pub fn new(dialect: Dialect, text: &str) -> Self {
        Sql { dialect, text: text.to_owned(), params: Vec::new() }
    }
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }
    /// Adds a parameter where the text stands.
    pub fn bind(&mut self, param: Param) -> &mut Self {
        self.params.push(param);
        match self.dialect {
            // By position: SQLite finds a numbered one by looking through all of them.
            Dialect::Sqlite => self.text.push('?'),
            Dialect::Postgres => {
                // Writing to a text cannot fail.
                let _ = write!(self.text, "${}", self.params.len());
            }
        }
        self
    }
    /// Adds parameters with commas between them.
    pub fn list(&mut self, params: impl IntoIterator<Item = Param>) -> &mut Self {
        for (at, param) in params.into_iter().enumerate() {
            if at > 0 {
                self.text.push_str(", ");
            }
            self.bind(param);
        }
        self
    }
    /// Adds rows: `values (…), (…)`.
    pub fn rows<R: IntoIterator<Item = Param>>(&mut self, rows: impl IntoIterator<Item = R>) -> &mut Self {
        self.text.push_str("values ");
        for (at, row) in rows.into_iter().enumerate() {
            self.text.push_str(if at > 0 { ", (" } else { "(" });
            self.list(row);
            self.text.push(')');
        }
        self
    }
    /// Adds a whole statement. Only where parameters go by position.
    pub fn append(&mut self, other: Sql) {
        self.text.push_str(&other.text);
        self.text.push(';');
        self.params.extend(other.params);
    }
}

/// A query with the parameters of a statement. Texts are made of our own definitions, never of a file.
macro_rules! query_of {
    ($sql:expr) => {{
        let sql = $sql;
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql.text));
        for param in sql.params {
            query = match param {
                $crate::sql::Param::Text(text) => query.bind(text),
                $crate::sql::Param::Whole(number) => query.bind(number),
                $crate::sql::Param::Number(number) => query.bind(number),
                $crate::sql::Param::Bytes(bytes) => query.bind(bytes),
            };
        }
        query
    }};
}
pub(crate) use query_of;
