//! A folder of CSV files with a description.

use model::value::Value;

use super::{Meta, SHEET_ROWS, Table, guard::guarded, package, part_name};
use crate::{NamedBytes, csv::FILE};

/// Writes one CSV file for each table, in UTF-8 with a line feed at each row's end, and
/// `datapackage.json` (Frictionless Data Package 2.0). Only a table that no sheet could hold is split, so
/// that its parts open in a spreadsheet.
pub fn write_csv_folder(tables: Vec<Table<'_>>, meta: &Meta) -> Vec<NamedBytes> {
    let mut files = Vec::new();
    let mut parts = Vec::new();
    for table in tables {
        let def = table.kind.def();
        let mut rows = table.rows.peekable();
        for part in 0.. {
            let mut bytes = Vec::new();
            line(&mut bytes, def.columns.iter().map(|c| c.name.as_str().into()));
            for row in rows.by_ref().take(SHEET_ROWS - 1) {
                csv_row(&mut bytes, &row);
            }
            let name = part_name(table.kind, part);
            let path = format!("{name}.csv");
            parts.push(package::Part { kind: table.kind, name, path: path.clone(), n_bytes: bytes.len() });
            files.push(NamedBytes { name: path, bytes });
            if rows.peek().is_none() {
                break;
            }
        }
    }
    let description = package::describe(&parts, meta);
    files.insert(0, NamedBytes { name: FILE.to_owned(), bytes: description });
    files
}

/// Appends one row. A text that a spreadsheet would take for a formula is written with an apostrophe before it.
pub fn csv_row(out: &mut Vec<u8>, row: &[Value]) {
    line(
        out,
        row.iter().map(|value| match value {
            Value::Text(text) => guarded(text).into_owned(),
            Value::List(_) => guarded(&value.to_text()).into_owned(),
            _ => value.to_text(),
        }),
    );
}

fn line(out: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        if cell.contains([',', ';', '\t', '"', '\n', '\r']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
    out.push(b'\n');
}
