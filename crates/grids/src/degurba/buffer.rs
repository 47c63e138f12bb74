//! Which semi-dense clusters lie too near to denser places.

use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use super::runs::{Components, Run};

/// Marks every component that has a cell within `buffer` cells (a square, not a disc) of a run of `near`.
///
/// Counts, for each column, how many of the rows in reach hold a widened run there; a row enters and leaves once, so the cost
/// does not grow with the buffer.
pub(crate) fn touched(found: &Components, near: &[Vec<Run>], width: usize, buffer: usize) -> Vec<bool> {
    let height = found.runs.n_rows();
    let touched: Vec<AtomicBool> = found.people.iter().map(|_| AtomicBool::new(false)).collect();
    let change = |row: usize, enter: bool, counts: &mut [u32]| {
        let mut last = 0;
        for run in &near[row] {
            let from = (run.start as usize).saturating_sub(buffer).max(last);
            let to = (run.end as usize).saturating_add(buffer).min(width);
            // Widened runs of one row may overlap: each column is counted once a row.
            for count in &mut counts[from.min(to)..to] {
                if enter { *count += 1 } else { *count -= 1 }
            }
            last = to.max(last);
        }
    };
    // Each piece of rows begins with the rows in reach of its first one, so pieces are much longer than the reach.
    let rows = buffer.saturating_mul(8).max(256).min(height.max(1));
    (0..height.div_ceil(rows)).into_par_iter().for_each(|piece| {
        let (from, to) = (piece * rows, (piece * rows + rows).min(height));
        let mut counts = vec![0u32; width];
        for row in from.saturating_sub(buffer)..from.saturating_add(buffer).min(height) {
            change(row, true, &mut counts);
        }
        for row in from..to {
            if let Some(entering) = row.checked_add(buffer).filter(|r| *r < height) {
                change(entering, true, &mut counts);
            }
            if let Some(leaving) = row.checked_sub(buffer + 1).filter(|_| row > from) {
                change(leaving, false, &mut counts);
            }
            for i in found.runs.row(row) {
                let touched = &touched[found.of[i] as usize];
                let Run { start, end } = found.runs.runs[i];
                if !touched.load(Ordering::Relaxed) && counts[start as usize..end as usize].iter().any(|n| *n > 0) {
                    touched.store(true, Ordering::Relaxed);
                }
            }
        }
    });
    touched.into_iter().map(AtomicBool::into_inner).collect()
}

/// The union of two lists of runs of one row.
pub(crate) fn union(a: impl Iterator<Item = Run>, b: impl Iterator<Item = Run>) -> Vec<Run> {
    let mut all: Vec<Run> = a.chain(b).collect();
    all.sort_unstable_by_key(|r| r.start);
    let mut out: Vec<Run> = Vec::with_capacity(all.len());
    for run in all {
        match out.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => out.push(run),
        }
    }
    out
}
