//! The header row: which column of the file is which column of the table.

use std::sync::Arc;

use diag::Diagnostic;
use model::{Kind, record::SheetOrigin, value::normalise_digits};

use super::{Findings, cell_pointer, sheet_pointer, typed};
use crate::{ERRORS_COLUMN, codes};

/// A header that was understood as far as it could be.
#[derive(Debug)]
pub(crate) struct Header {
    /// For each position of the file the table's column, if it is one.
    pub(crate) columns: Vec<Option<usize>>,
    /// Positions without a name; a value below one is a finding.
    pub(crate) blank: Vec<bool>,
    /// Whether rows can be taken; a missing or doubled column rejects them all.
    pub(crate) usable: bool,
}

impl Header {
    /// Understands the header of a sheet, which stands in row `row`.
    pub(crate) fn resolve(kind: Kind, sheet: &Arc<SheetOrigin>, row: u32, findings: &mut Findings) -> Header {
        let def = kind.def();
        let mut header = Header { columns: Vec::new(), blank: Vec::new(), usable: true };
        let mut names: Vec<&str> = Vec::new();
        for (at, cell) in sheet.header.iter().enumerate() {
            let name = cell.trim();
            header.blank.push(name.is_empty());
            let mut column = def.column(name);
            let pointer = || cell_pointer(sheet, row, at, cell);
            if name.is_empty() || name == ERRORS_COLUMN {
                names.push("");
                header.columns.push(None);
                continue;
            }
            if let Some(first) = names.iter().position(|n| *n == name) {
                let first = diag::Pointer { column: Some(first as u32 + 1), row: Some(row), ..Default::default() };
                findings.push(
                    Diagnostic::new(&codes::XCH021)
                        .arg("column", name)
                        .arg("first", first.cell().unwrap_or_default())
                        .at(pointer()),
                );
                header.usable &= column.is_none();
                column = None;
            } else if column.is_none() {
                let near = nearest(name, def.columns.iter().map(|c| c.name.as_str()));
                findings.push(
                    Diagnostic::new(&codes::XCH023)
                        .arg("column", name)
                        .arg("sheet", def.sheet)
                        .arg("near", if near.is_some() { "yes" } else { "no" })
                        .arg("nearest", near.unwrap_or_default())
                        .at(pointer()),
                );
            }
            names.push(name);
            header.columns.push(column);
        }
        header.find_missing(kind, sheet, row, findings);
        header
    }

    fn find_missing(&mut self, kind: Kind, sheet: &Arc<SheetOrigin>, row: u32, findings: &mut Findings) {
        let def = kind.def();
        for name in typed::required(kind) {
            let field = def.column(&name).map_or("", |at| def.columns[at].field);
            let present = self.columns.iter().flatten().any(|at| def.columns[*at].field == field);
            if !present {
                let pointer = diag::Pointer { row: Some(row), ..sheet_pointer(sheet) };
                findings.push(
                    Diagnostic::new(&codes::XCH024)
                        .field(&name)
                        .arg("column", &name)
                        .arg("sheet", def.sheet)
                        .at(pointer),
                );
                self.usable = false;
            }
        }
    }

    /// How many positions of these names are columns of the kind.
    pub(crate) fn n_matching(kind: Kind, names: &[String]) -> usize {
        names.iter().filter(|n| kind.def().column(n.trim()).is_some()).count()
    }
}

/// Whether a second row carries labels and no values: its first cell is a number sign and words. A code
/// has no blank, so no row of values can look like that in a column of codes.
pub(crate) fn is_labels(first: &str) -> bool {
    first.starts_with('#') && first.len() > 1 && first.contains(char::is_whitespace)
}

/// The nearest name: what differs in case, in digits, in blanks for underscores, or by a slip or two.
pub(crate) fn nearest<'a>(name: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |t: &str| -> String {
        let t: String = t.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')).collect();
        normalise_digits(&t).trim().to_lowercase().replace([' ', '-', '.'], "_")
    };
    let wanted = plain(name);
    // The distance grows with the product of the lengths; no name of ours is that long.
    if wanted.chars().count() > 60 {
        return None;
    }
    names
        .map(|n| (distance(&wanted, n), n))
        .filter(|(d, n)| *d <= 1 + n.len() / 4)
        .min_by_key(|(d, n)| (*d, n.len()))
        .map(|(_, n)| n)
}

/// Edit distance (Levenshtein) in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut diagonal = row.first().copied().unwrap_or(0);
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
        for (j, cb) in b.iter().enumerate() {
            let cost = diagonal + usize::from(ca != *cb);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
