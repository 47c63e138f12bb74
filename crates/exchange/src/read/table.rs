//! Rows of any kind, cell by cell.

use std::sync::Arc;

use diag::Diagnostic;
use model::{
    Kind,
    record::{Origin, RecordDef, SheetOrigin},
    value::{CellFault, CellKind, Raw, Value, parse_cell},
};

use super::{Draft, Header, Offered, Output, cell_finding, cell_pointer, sheet_pointer, typed};
use crate::{codes, observations, write::unguarded};

/// Whether texts carry the guard against formulas that CSV files need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guard {
    /// CSV: an apostrophe before a sign that a spreadsheet would take for a formula is removed.
    Remove,
    /// XLSX: a cell's type says that it is text.
    None,
}

/// Reads the rows of one table.
pub(crate) struct TableReader {
    kind: Kind,
    def: &'static RecordDef,
    sheet: Arc<SheetOrigin>,
    header: Header,
    header_row: u32,
    guard: Guard,
    /// The file's position of each of the table's columns.
    positions: Vec<Option<usize>>,
}

impl TableReader {
    pub(crate) fn new(
        kind: Kind,
        sheet: Arc<SheetOrigin>,
        header: Header,
        header_row: u32,
        guard: Guard,
    ) -> TableReader {
        let def = kind.def();
        let positions = (0..def.columns.len()).map(|at| header.columns.iter().position(|c| *c == Some(at))).collect();
        TableReader { kind, def, sheet, header, header_row, guard, positions }
    }

    /// Reads a row that is not blank. `cells` stand at the positions of the header; those beyond are extra.
    pub(crate) fn row(&self, row: u32, cells: &[Offered<'_>], out: &mut Output) {
        out.n_rows_read += 1;
        let mut values = vec![Value::Null; self.def.columns.len()];
        let mut good = self.header.usable;
        for (position, offered) in cells.iter().enumerate() {
            if offered.is_empty() {
                continue;
            }
            match self.header.columns.get(position) {
                Some(Some(at)) => match self.cell(row, position, *at, *offered, out) {
                    Some(value) => values[*at] = value,
                    None => good = false,
                },
                Some(None) if !self.header.blank[position] => {}
                _ => {
                    let pointer = cell_pointer(&self.sheet, self.header_row, position, "");
                    let cell = cell_pointer(&self.sheet, row, position, "").cell().unwrap_or_default();
                    let letters = diag::column_letters(position as u32 + 1);
                    let finding = Diagnostic::new(&codes::XCH022).arg("column", letters).arg("cell", cell);
                    out.findings.push_once(finding.at(pointer));
                    good = false;
                }
            }
        }
        for (at, column) in self.def.columns.iter().enumerate() {
            if column.required && values[at].is_null() {
                let empty = |p: &usize| cells.get(*p).is_none_or(Offered::is_empty);
                if let Some(position) = self.positions[at].filter(empty) {
                    let pointer = cell_pointer(&self.sheet, row, position, "");
                    out.findings.push(cell_finding(&CellFault::Required, column, pointer));
                }
                good = false;
            }
        }
        let texts = || self.texts(cells);
        if !good {
            out.reject(self.kind, &self.sheet, row, texts());
            return;
        }
        let typed = typed::typed(self.kind, values);
        if !self.kept(row, &typed, out) {
            out.reject(self.kind, &self.sheet, row, texts());
            return;
        }
        if self.kind == Kind::Observation {
            if observations::push_values(&mut out.observations, &typed.row) {
                out.origins.push(&self.sheet, row);
            } else {
                out.reject(self.kind, &self.sheet, row, texts());
            }
            return;
        }
        let key_at = self.def.columns.iter().position(|c| c.key).and_then(|at| self.positions[at]).unwrap_or(0);
        let origin = Origin { sheet: self.sheet.clone(), row };
        out.draft(Draft { kind: self.kind, row: typed.row, origin }, key_at, texts);
    }

    fn texts(&self, cells: &[Offered<'_>]) -> Vec<String> {
        (0..self.sheet.header.len()).map(|i| cells.get(i).map(Offered::text).unwrap_or_default()).collect()
    }

    /// Reports what a record cannot keep of its row; whether it can be taken.
    fn kept(&self, row: u32, typed: &typed::Typed, out: &mut Output) -> bool {
        let pointer = |at: usize| match self.positions.get(at).copied().flatten() {
            Some(position) => cell_pointer(&self.sheet, row, position, ""),
            None => diag::Pointer { row: Some(row), ..sheet_pointer(&self.sheet) },
        };
        for name in &typed.missing {
            if let Some(at) = self.def.column(name) {
                out.findings.push(cell_finding(&CellFault::Required, &self.def.columns[at], pointer(at)));
            }
        }
        for (list, code) in [(&typed.lost, &codes::XCH048), (&typed.rounded, &codes::XCH049)] {
            for at in list {
                let name = &self.def.columns[*at].name;
                out.findings.push(Diagnostic::new(code).field(name).arg("column", name).at(pointer(*at)));
            }
        }
        typed.missing.is_empty() && typed.lost.is_empty()
    }

    /// Reads a cell that is not empty; `None` after a finding.
    fn cell(&self, row: u32, position: usize, at: usize, offered: Offered<'_>, out: &mut Output) -> Option<Value> {
        let column = &self.def.columns[at];
        let pointer = || cell_pointer(&self.sheet, row, position, &offered.text());
        let note = |code| Diagnostic::new(code).field(&column.name).arg("column", &column.name).at(pointer());
        let raw = match offered {
            Offered::Typed(raw) => raw,
            Offered::Computed(raw) => {
                out.findings.push(note(&codes::XCH031).arg("value", super::shown(&offered.text())));
                raw
            }
            Offered::NotComputed => {
                out.findings.push(note(&codes::XCH032));
                return None;
            }
            Offered::ErrorValue(error) => {
                out.findings.push(note(&codes::XCH033).arg("value", error));
                return None;
            }
        };
        let raw = match raw {
            Raw::Text(text) => {
                if text.trim().len() != text.len() {
                    out.findings.push_once(note(&codes::XCH034));
                }
                Raw::Text(if self.guard == Guard::Remove { unguarded(column.kind, text) } else { text })
            }
            other => other,
        };
        match parse_cell(column.kind, raw) {
            Ok(value) => {
                let is_number = matches!(column.kind, CellKind::Number | CellKind::Whole(..));
                if is_number && self.guard == Guard::None && matches!(raw, Raw::Text(_)) && !value.is_null() {
                    out.findings.push_once(note(&codes::XCH035));
                }
                Some(value)
            }
            Err(fault) => {
                out.findings.push(cell_finding(&fault, column, pointer()));
                None
            }
        }
    }
}
