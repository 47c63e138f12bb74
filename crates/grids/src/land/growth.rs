//! Kinds of growth: patches of newly built cells within, at the edge of, or away from what was built before.
//!
//! Source: Liu et al. 2010, landscape expansion index, doi 10.1007/s10980-010-9454-5.

use serde::Serialize;

use crate::Fault;
use crate::degurba::{Components, Connectivity, People, Runs};

/// At or below this index a patch leaps over open land; some tools take 2.
pub const LEAPFROG_LEI: f64 = 0.0;

/// Kind of a patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PatchKind {
    /// More than half of its surroundings were built.
    Infill,
    /// Some of its surroundings were built.
    Extension,
    /// Away from what was built.
    Leapfrog,
}

/// Newly built cells that touch by an edge or a corner.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Patch {
    /// Row and column of its first cell.
    pub first_cell: (u32, u32),
    /// How many cells.
    pub cells: u64,
    /// 100 · A_old / (A_old + A_vacant) in the buffer around it; 0 where the buffer lies outside the grid.
    pub lei: f64,
    /// Its kind.
    pub kind: PatchKind,
}

/// What was built between two dates.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Growth {
    /// Patches by their first cell.
    pub patches: Vec<Patch>,
    /// Cells built at the first date.
    pub cells_before: u64,
    /// Cells built at the second date.
    pub cells_after: u64,
    /// New cells that are infill, extension, leapfrog.
    pub new_cells: [u64; 3],
    /// Cells built at the first date and not at the second.
    pub lost_cells: u64,
}

impl Growth {
    /// What each kind adds to the linear land consumption rate, and what losses take: LCR is the sum of the first three less
    /// the fourth. `None` where nothing was built at the start.
    pub fn lcr_parts(&self, years: f64) -> Option<[f64; 4]> {
        let base = self.cells_before as f64 * years;
        let part = |n: u64| n as f64 / base;
        let [infill, extension, leapfrog] = self.new_cells;
        (base > 0.0).then(|| [part(infill), part(extension), part(leapfrog), part(self.lost_cells)])
    }
}

/// Tells apart the growth between two masks of built cells of one grid, in the cells that are `inside`.
///
/// Shape: all masks row by row, `width` columns; `buffer` cells around a patch (a square) are looked at, inside or not, the patch
/// itself is not. Other new cells in the buffer count as vacant, for they were so.
/// Errors: masks of different length; no width; a buffer above 1 000 cells.
pub fn growth(
    (before, after): (&[bool], &[bool]),
    inside: &[bool],
    width: usize,
    buffer: usize,
    leapfrog_lei: f64,
) -> Result<Growth, Fault> {
    let fits = before.len() == after.len() && before.len() == inside.len();
    if width == 0 || !fits || !before.len().is_multiple_of(width) {
        let why = format!("masks of {}, {} and {} cells in rows of {width}", before.len(), after.len(), inside.len());
        return Err(Fault::Grid { name: "built-up masks".to_owned(), why });
    }
    if buffer == 0 || buffer > 1000 {
        return Err(Fault::Value {
            name: "buffer".to_owned(),
            found: buffer.to_string(),
            wanted: "1 to 1000 cells".to_owned(),
        });
    }
    let height = before.len() / width;
    let flags: Vec<u16> =
        before.iter().zip(after).zip(inside).map(|((b, a), inside)| u16::from(*a && !b && *inside)).collect();
    let runs = Runs::of(&flags, width, 1);
    let found = Components::of(runs, Connectivity::Eight, &People::new(width, height));
    let n = found.people.len();
    let mut pieces: Vec<Vec<(usize, usize, usize)>> = vec![Vec::new(); n];
    for row in 0..height {
        for i in found.runs.row(row) {
            let run = found.runs.runs[i];
            pieces[found.of[i] as usize].push((row, run.start as usize, run.end as usize));
        }
    }
    // The buffer of a patch is drawn into one sheet, each cell marked with the patch that saw it last.
    let mut seen = vec![0u32; before.len()];
    let mut patches = Vec::with_capacity(n);
    let mut new_cells = [0u64; 3];
    for (i, pieces) in pieces.iter().enumerate() {
        let mark = i as u32 + 1;
        for (row, start, end) in pieces {
            seen[row * width + start..row * width + end].fill(mark);
        }
        let (mut old, mut vacant) = (0u64, 0u64);
        for (row, start, end) in pieces {
            for r in row.saturating_sub(buffer)..(row + buffer + 1).min(height) {
                for c in start.saturating_sub(buffer)..(end + buffer).min(width) {
                    let at = r * width + c;
                    if seen[at] != mark {
                        seen[at] = mark;
                        if before[at] { old += 1 } else { vacant += 1 }
                    }
                }
            }
        }
        let around = old + vacant;
        let lei = if around == 0 { 0.0 } else { 100.0 * old as f64 / around as f64 };
        let kind = match lei {
            l if l > 50.0 => PatchKind::Infill,
            l if l > leapfrog_lei => PatchKind::Extension,
            _ => PatchKind::Leapfrog,
        };
        let cells = pieces.iter().map(|(_, s, e)| (e - s) as u64).sum();
        new_cells[kind as usize] += cells;
        let first_cell = pieces.first().map_or((0, 0), |(r, s, _)| (*r as u32, *s as u32));
        patches.push(Patch { first_cell, cells, lei, kind });
    }
    let count = |f: fn(bool, bool) -> bool| {
        before.iter().zip(after).zip(inside).filter(|((b, a), inside)| **inside && f(**b, **a)).count() as u64
    };
    Ok(Growth {
        patches,
        cells_before: count(|b, _| b),
        cells_after: count(|_, a| a),
        new_cells,
        lost_cells: count(|b, a| b && !a),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn infill_extension_and_leapfrog() {
        // `o` was built, `#` is new, `x` was given back.
        let rows = ["ooo......", "o#o.....#", "ooo#.....", ".....x..."];
        let cells = || rows.iter().flat_map(|r| r.bytes());
        let before: Vec<bool> = cells().map(|b| b == b'o' || b == b'x').collect();
        let after: Vec<bool> = cells().map(|b| b == b'o' || b == b'#').collect();
        let all = vec![true; before.len()];
        let found = growth((&before, &after), &all, 9, 1, LEAPFROG_LEI).unwrap();
        let kinds: Vec<(PatchKind, f64)> = found.patches.iter().map(|p| (p.kind, p.lei)).collect();
        // The middle patch has 2 of 8 cells around it built; the last is away, with 5 cells of the grid around it.
        assert_eq!(kinds, [(PatchKind::Infill, 100.0), (PatchKind::Leapfrog, 0.0), (PatchKind::Extension, 25.0)]);
        let [infill, extension, leapfrog, losses] = found.lcr_parts(5.0).unwrap();
        let v = |m: &[bool]| m.iter().filter(|b| **b).count() as f64;
        let lcr = (v(&after) - v(&before)) / v(&before) / 5.0;
        assert!((infill + extension + leapfrog - losses - lcr).abs() < 1e-15);
        assert_eq!(found.cells_after, 11);
        assert!(growth((&before, &after[1..]), &all, 9, 1, 0.0).is_err());
        // Cut to the first five columns, the last patch is not there; what lies beyond the cut still counts as surroundings.
        let west: Vec<bool> = (0..before.len()).map(|at| at % 9 < 5).collect();
        let found = growth((&before, &after), &west, 9, 1, LEAPFROG_LEI).unwrap();
        assert_eq!((found.new_cells, found.lost_cells, found.cells_before), ([1, 1, 0], 0, 8));
    }
}
