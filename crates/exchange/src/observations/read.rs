//! The fast way through a CSV file of observations: pieces in parallel, then one merge.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use diag::Diagnostic;
use model::{Kind, record::SheetOrigin};
use rayon::prelude::*;

use super::{
    chunk::{Fault, Layout, Slot, parse},
    merge,
    split::{Quotes, pieces, quotes},
};
use crate::{
    codes,
    read::{Header, Limits, Output, cell_finding, cell_pointer, sheet_pointer},
};

/// Bytes of a piece: large enough that its dictionary repeats, small enough that all cores get some.
const PIECE: usize = 2 << 20;

/// Reads the rows below the header, `body`, which is UTF-8. `false` when the bytes need the general reader;
/// then nothing was read.
#[allow(clippy::too_many_arguments, reason = "the parts of a file's layout, each used once")]
pub(crate) fn read_fast(
    body: &[u8],
    delimiter: u8,
    sheet: &Arc<SheetOrigin>,
    header: &Header,
    header_row: u32,
    limits: &Limits,
    progress: &(dyn Fn(u64, u64) + Sync),
    out: &mut Output,
) -> bool {
    let marks = quotes(body, delimiter);
    if marks == Quotes::Odd {
        return false;
    }
    let layout = layout(header, delimiter, limits);
    let pieces = pieces(body, PIECE, marks);
    let done = AtomicU64::new(0);
    let chunks: Vec<_> = pieces
        .par_iter()
        .map(|piece| {
            let chunk = parse(&body[piece.clone()], &layout, piece.start == 0);
            let so_far = done.fetch_add(piece.len() as u64, Ordering::Relaxed) + piece.len() as u64;
            progress(so_far, body.len() as u64);
            chunk
        })
        .collect();

    let n_filled: usize = chunks.iter().map(|c| c.n_filled).sum();
    if n_filled > limits.rows {
        let finding = Diagnostic::new(&codes::XCH026).arg("n", n_filled).arg("limit", limits.rows);
        out.findings.push(finding.arg("sheet", &sheet.sheet).at(sheet_pointer(sheet)));
        return true;
    }
    out.n_rows_read += n_filled;
    merge::append(&mut out.observations, &chunks);
    let mut base = header_row + 1;
    for chunk in &chunks {
        let ends = chunk.runs.iter().skip(1).map(|(from, _)| *from).chain([chunk.len]);
        for ((from, row), end) in chunk.runs.iter().zip(ends) {
            out.origins.push_run(sheet, base + row, end - from);
        }
        let mut last = None;
        for (row, fault) in &chunk.faults {
            let finding = finding(fault, base + row, sheet, header_row, &layout);
            match fault {
                Fault::Trimmed(..) | Fault::Blank(_) => out.findings.push_once(finding),
                _ => {
                    last = Some(finding.clone());
                    out.findings.push(finding);
                }
            }
        }
        if let Some(last) = last
            && chunk.n_faults_beyond > 0
        {
            out.findings.add_uncounted(&last, chunk.n_faults_beyond);
        }
        for (row, cells) in &chunk.rejected {
            out.reject(Kind::Observation, sheet, base + row, cells.clone());
        }
        out.n_rejected += chunk.n_rejected - chunk.rejected.len();
        base += chunk.n_rows;
    }
    true
}

fn layout(header: &Header, delimiter: u8, limits: &Limits) -> Layout<'static> {
    let def = Kind::Observation.def();
    let slots = header
        .columns
        .iter()
        .zip(&header.blank)
        .map(|(column, blank)| match column {
            Some(at) => Slot::of(&def.columns[*at].name),
            None if *blank => Slot::Blank,
            None => Slot::Unknown,
        })
        .collect();
    let required = |at: &Option<usize>| at.is_some_and(|at| def.columns[at].required);
    let required = (0..header.columns.len()).filter(|p| required(&header.columns[*p])).collect();
    Layout {
        def,
        slots,
        columns: header.columns.clone(),
        required,
        delimiter,
        usable: header.usable,
        limit: limits.findings,
    }
}

fn finding(fault: &Fault, row: u32, sheet: &Arc<SheetOrigin>, header_row: u32, layout: &Layout<'_>) -> Diagnostic {
    let column =
        |position: usize| layout.columns.get(position).copied().flatten().and_then(|at| layout.def.columns.get(at));
    match fault {
        Fault::Cell(position, fault, value) => {
            let pointer = cell_pointer(sheet, row, *position, value);
            match column(*position) {
                Some(column) => cell_finding(fault, column, pointer),
                None => Diagnostic::new(&codes::XCH047).at(pointer),
            }
        }
        Fault::Ragged(n) => crate::csv::ragged(*n, layout.slots.len(), row, sheet),
        Fault::Blank(position) => {
            let pointer = cell_pointer(sheet, header_row, *position, "");
            let cell = cell_pointer(sheet, row, *position, "").cell().unwrap_or_default();
            let letters = diag::column_letters(*position as u32 + 1);
            Diagnostic::new(&codes::XCH022).arg("column", letters).arg("cell", cell).at(pointer)
        }
        Fault::Trimmed(position, value) => {
            let name = column(*position).map_or("", |c| c.name.as_str());
            let pointer = cell_pointer(sheet, row, *position, value);
            Diagnostic::new(&codes::XCH034).field(name).arg("column", name).at(pointer)
        }
    }
}
