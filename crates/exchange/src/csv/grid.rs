//! A CSV file as a grid of texts.

use std::sync::Arc;

use diag::{Diagnostic, Pointer};
use model::record::SheetOrigin;

use super::{Rows, detect_delimiter, encoding, ragged};
use crate::{
    codes,
    forms::{Grid, MOST_CELLS},
    read::{Findings, Limits, NamedBytes, sheet_pointer},
};

/// Findings that are kept.
const MOST_FOUND: usize = 100;

/// The header of a CSV file; `None` where it has no row or is no text.
pub(crate) fn header(file: &NamedBytes) -> Option<Vec<String>> {
    let mut unheard = Findings::new(1);
    let text = encoding::decode(file, None, &mut unheard)?;
    let head = Rows::new(text.as_bytes(), detect_delimiter(text.as_bytes())).next()?;
    Some(head.cells().map(|name| name.trim().to_owned()).collect())
}

/// Reads a CSV file.
///
/// Errors: a file without a row, bytes that are no text, a row with another number of cells, more columns or rows than the
/// limits allow.
pub(crate) fn grid(file: &NamedBytes, limits: &Limits) -> Result<Grid, Vec<Diagnostic>> {
    let mut findings = Findings::new(MOST_FOUND);
    let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    let Some(text) = encoding::decode(file, None, &mut findings) else { return Err(findings.finish().0) };
    let body = text.as_bytes();
    let mut rows = Rows::new(body, detect_delimiter(body));
    let Some(head) = rows.next() else {
        return Err(vec![Diagnostic::new(&codes::XCH001).arg("file", &file.name).at(at)]);
    };
    let names: Vec<String> = head.cells().map(|name| name.trim().to_owned()).collect();
    let width = names.len();
    if width > limits.columns {
        let found = Diagnostic::new(&codes::XCH025).arg("n", width).arg("limit", limits.columns);
        return Err(vec![found.arg("sheet", &file.name).at(Pointer { row: Some(1), ..at })]);
    }
    let sheet = Arc::new(SheetOrigin { file: file.name.clone(), sheet: String::new(), header: names.clone() });
    let mut grid = Grid::new(&file.name, "", names);
    let mut is_whole = true;
    for found in rows {
        let n_cells = found.record.len();
        if n_cells != width {
            if found.cells().any(|cell| !cell.trim().is_empty()) {
                is_whole = false;
                findings.push(ragged(n_cells, width, found.row + 1, &sheet));
            }
            continue;
        }
        grid.push(found.row + 1, found.cells().map(str::to_owned));
        if grid.n_rows() > limits.rows.min(MOST_CELLS / width.max(1)) {
            let found = Diagnostic::new(&codes::XCH026).arg("n", grid.n_rows()).arg("sheet", &file.name);
            let limit = limits.rows.min(MOST_CELLS / width.max(1));
            return Err(vec![found.arg("limit", limit).at(sheet_pointer(&sheet))]);
        }
    }
    if is_whole { Ok(grid) } else { Err(findings.finish().0) }
}
