//! The workbook of corrections: the rows that were not taken, each with what is wrong, so that people
//! repair where they work and send the same file back.

use diag::Diagnostic;
use model::{
    Kind,
    value::{CellKind, Raw, Value, parse_cell},
};
use rust_xlsxwriter::{Note, Worksheet};
use rustc_hash::FxHashMap;

use super::{
    Meta, SHEET_ROWS, TemplateText, WriteError,
    look::Lock,
    part_name,
    xlsx::{Book, column_of, row_of, write_value},
};
use crate::{ERRORS_COLUMN, Reading, read::Rejected};

/// The findings of a row, by sheet and row.
type ByRow<'r> = FxHashMap<(&'r str, &'r str, u32), Vec<&'r Diagnostic>>;

/// Writes the rejected rows of a reading: one sheet for each table with the table's own columns, the
/// cells as they stood, faulty ones marked and noted, and all messages of a row in a last column. The
/// reader passes over that column, so the repaired file can be read as it is.
pub fn write_corrections(
    reading: &Reading,
    message: &dyn Fn(&Diagnostic) -> String,
    meta: &Meta,
    text: &TemplateText<'_>,
) -> Result<Vec<u8>, WriteError> {
    let mut by_row = ByRow::default();
    for finding in &reading.all_diagnostics {
        let at = &finding.pointer;
        if let (Some(file), Some(sheet), Some(row)) = (&at.file, &at.sheet, at.row) {
            by_row.entry((file, sheet, row)).or_default().push(finding);
        }
    }
    let mut book = Book::new(meta, text);
    for kind in Kind::ALL {
        let rows: Vec<&Rejected> = reading.rejected.iter().filter(|r| r.kind == *kind).collect();
        for (part, rows) in rows.chunks(SHEET_ROWS - 2).enumerate() {
            let mut sheet = book.sheet(&part_name(*kind, part))?;
            let errors_at = column_of(kind.def().columns.len());
            book.header(&mut sheet, *kind)?;
            sheet.set_column_width(errors_at, 80)?;
            sheet.write_string_with_format(0, errors_at, ERRORS_COLUMN, &book.look.header)?;
            for (i, rejected) in rows.iter().enumerate() {
                row(&book, &mut sheet, row_of(i + 2), rejected, &by_row, message)?;
            }
            book.push(sheet);
        }
    }
    book.schema()?;
    book.save()
}

fn row(
    book: &Book<'_>,
    sheet: &mut Worksheet,
    at: u32,
    rejected: &Rejected,
    by_row: &ByRow<'_>,
    message: &dyn Fn(&Diagnostic) -> String,
) -> Result<(), WriteError> {
    let def = rejected.kind.def();
    let origin = &rejected.origin.sheet;
    let findings = by_row.get(&(origin.file.as_str(), origin.sheet.as_str(), rejected.origin.row));
    let findings = findings.map_or(&[][..], Vec::as_slice);
    for (i, column) in def.columns.iter().enumerate() {
        let position = origin.header.iter().position(|h| h.trim() == column.name);
        let text = position.and_then(|p| rejected.cells.get(p)).map_or("", String::as_str);
        let here = |f: &&&Diagnostic| f.pointer.column.is_some() && f.pointer.column == position.map(|p| p as u32 + 1);
        let wrong: Vec<String> = findings.iter().filter(here).map(|f| message(f)).collect();
        let format = if wrong.is_empty() { book.look.cell(column, Lock::Open) } else { &book.look.wrong };
        write_value(sheet, at, column_of(i), &as_it_stood(column.kind, text), format, Lock::Open)?;
        if !wrong.is_empty() {
            if text.is_empty() {
                sheet.write_blank(at, column_of(i), format)?;
            }
            let note: String = wrong.join("\n").chars().take(2_000).collect();
            let note = Note::new(note).add_author_prefix(false).set_author("ekistics");
            sheet.insert_note(at, column_of(i), &note)?;
        }
    }
    let all: Vec<String> = findings.iter().map(|f| message(f)).collect();
    let all: String = all.join("\n").chars().take(32_767).collect();
    sheet.write_string_with_format(at, column_of(def.columns.len()), all, &book.look.prose)?;
    Ok(())
}

/// The value that a good cell had, so that a number stays a number; a faulty cell's text.
fn as_it_stood(kind: CellKind, text: &str) -> Value {
    if text.is_empty() {
        return Value::Null;
    }
    let plain = matches!(kind, CellKind::Number | CellKind::Whole(..) | CellKind::Date | CellKind::YesNo);
    let read = plain.then(|| parse_cell(kind, Raw::Text(text)).ok()).flatten();
    // The limit of a spreadsheet's cell.
    read.unwrap_or_else(|| Value::Text(text.chars().take(32_767).collect()))
}
