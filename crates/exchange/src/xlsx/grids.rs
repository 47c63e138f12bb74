//! Every sheet of a workbook as a grid of texts.

use diag::{Diagnostic, Pointer};

use super::{
    archive::{Archive, Broken},
    sheet::{Row, SheetReader},
    workbook::Workbook,
};
use crate::{
    codes,
    forms::{Grid, MOST_CELLS},
    read::{Limits, NamedBytes, Offered},
};

/// Reads the visible sheets that have a header in their first row; others are passed over.
///
/// Errors: a container that is broken, locked, or unpacks to more than the limits; more columns, rows or cells than they
/// allow.
pub(crate) fn grids(file: &NamedBytes, limits: &Limits) -> Result<Vec<Grid>, Vec<Diagnostic>> {
    let at = |sheet: Option<String>| Pointer { file: Some(file.name.clone()), sheet, ..Pointer::default() };
    let fault = |broken: &Broken, sheet| vec![broken.finding(file, limits).at(at(sheet))];
    let mut archive = Archive::open(&file.bytes, limits).map_err(|b| fault(&b, None))?;
    let workbook = Workbook::read(&mut archive).map_err(|b| fault(&b, None))?;
    let mut grids = Vec::new();
    let mut n_cells = 0;
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.hidden) {
        let here = |broken: Broken| fault(&broken, Some(sheet.name.clone()));
        let mut reader = SheetReader::open(&mut archive, &workbook, sheet).map_err(here)?;
        let mut row = Row::default();
        if !reader.next_row(&mut row).map_err(here)? || row.number > 1 {
            continue;
        }
        let width = row.width();
        if width > limits.columns {
            let found = Diagnostic::new(&codes::XCH025).arg("n", width).arg("limit", limits.columns);
            let at = Pointer { row: Some(1), ..at(Some(sheet.name.clone())) };
            return Err(vec![found.arg("sheet", &sheet.name).at(at)]);
        }
        let header = row.offered(&workbook, width).iter().map(plain).collect();
        let mut grid = Grid::new(&file.name, &sheet.name, header);
        while reader.next_row(&mut row).map_err(here)? {
            // Cells beside the header's belong to no column.
            let cells = row.offered(&workbook, width);
            grid.push(row.number, cells.iter().take(width).map(plain));
            n_cells += width;
            if n_cells > MOST_CELLS || grid.n_rows() > limits.rows {
                let found = Diagnostic::new(&codes::XCH026).arg("n", grid.n_rows()).arg("sheet", &sheet.name);
                let limit = limits.rows.min(MOST_CELLS / width.max(1));
                return Err(vec![found.arg("limit", limit).at(at(Some(sheet.name.clone())))]);
            }
        }
        grids.push(grid);
    }
    Ok(grids)
}

/// A cell as text: what cannot be computed or is an error says nothing.
fn plain(offered: &Offered<'_>) -> String {
    match offered {
        Offered::NotComputed | Offered::ErrorValue(_) => String::new(),
        told => told.text(),
    }
}
