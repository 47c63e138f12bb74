//! What the targets share: a reading as tables, to write it and to compare it; bytes as a file.

use exchange::{Meta, Reading, Table, observation_rows};
use model::{
    Kind,
    value::{Lang, Value},
};

/// All tables of a reading.
pub fn tables(reading: &Reading) -> Vec<Table<'_>> {
    let mut tables = Vec::new();
    for kind in Kind::REGISTER.iter().copied() {
        let mut rows = reading.records.iter().filter(move |d| d.kind == kind).map(|d| d.row.clone()).peekable();
        if rows.peek().is_some() {
            tables.push(Table { kind, rows: Box::new(rows) });
        }
    }
    tables.push(observation_rows(&reading.observations));
    tables
}

/// All rows of a reading.
pub fn rows(reading: &Reading) -> Vec<Vec<Value>> {
    tables(reading).into_iter().flat_map(|t| t.rows).collect()
}

/// What a written file says of itself.
pub fn meta() -> Meta {
    let title = "fuzz".to_owned();
    Meta { created: jiff::Timestamp::UNIX_EPOCH, title, language: Lang::En, fingerprint: None, as_of: None }
}

/// Bytes as a file, for readers that open one; it goes when it is dropped.
pub fn file(bytes: &[u8], suffix: &str) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(suffix).tempfile().expect("a file");
    std::fs::write(file.path(), bytes).expect("a file");
    file
}
