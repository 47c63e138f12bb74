//! Which semi-dense clusters lie too near to denser places.

use super::runs::{Components, Run};

/// Marks every component that has a cell within `buffer` cells (a square, not a disc) of a run of `near`.
///
/// Counts, for each column, how many of the rows in reach hold a widened run there; a row enters and leaves once, so the cost
/// does not grow with the buffer.
pub(crate) fn touched(found: &Components, near: &[Vec<Run>], width: usize, buffer: usize) -> Vec<bool> {
    let height = found.runs.n_rows();
    let mut touched = vec![false; found.people.len()];
    let mut counts = vec![0u32; width];
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
    for row in 0..buffer.min(height) {
        change(row, true, &mut counts);
    }
    for row in 0..height {
        if let Some(entering) = row.checked_add(buffer).filter(|r| *r < height) {
            change(entering, true, &mut counts);
        }
        if let Some(leaving) = row.checked_sub(buffer + 1) {
            change(leaving, false, &mut counts);
        }
        for i in found.runs.row(row) {
            let component = found.of[i] as usize;
            let Run { start, end } = found.runs.runs[i];
            if !touched[component] && counts[start as usize..end as usize].iter().any(|n| *n > 0) {
                touched[component] = true;
            }
        }
    }
    touched
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
