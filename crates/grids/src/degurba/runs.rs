//! Runs of cells in rows, and the components they form: work follows the cells that are set, not the size of the grid.
//!
//! Source: run-based labelling with union by first index (He, Chao and Suzuki 2008, doi 10.1109/TIP.2008.917204).

use rayon::prelude::*;

use super::options::Connectivity;
use super::people::People;

/// Cells side by side in a row: columns `start` to `end` (excluded).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub start: u32,
    pub end: u32,
}

/// Runs of a grid, row by row, from left to right, never touching within a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    pub runs: Vec<Run>,
    /// Where each row begins in `runs`; one more than there are rows.
    pub first: Vec<usize>,
}

impl Runs {
    pub fn row(&self, row: usize) -> std::ops::Range<usize> {
        self.first[row]..self.first[row + 1]
    }

    pub fn n_rows(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// The runs of cells whose flags hold `bit`.
    pub fn of(flags: &[u16], width: usize, bit: u16) -> Runs {
        const ROWS: usize = 64;
        let parts: Vec<(Vec<Run>, Vec<usize>)> = flags
            .par_chunks(width * ROWS)
            .map(|part| {
                let (mut runs, mut ends) = (Vec::new(), Vec::with_capacity(ROWS));
                for line in part.chunks_exact(width) {
                    scan(line, bit, &mut runs);
                    ends.push(runs.len());
                }
                (runs, ends)
            })
            .collect();
        let mut all = Runs { runs: Vec::with_capacity(parts.iter().map(|p| p.0.len()).sum()), first: vec![0] };
        for (runs, ends) in parts {
            let base = all.runs.len();
            all.runs.extend(runs);
            all.first.extend(ends.into_iter().map(|e| base + e));
        }
        all
    }
}

/// Appends the runs of one row: 64 cells become the bits of a word, and runs begin and end where a bit differs from the one before,
/// so that cells in no order cost no wrong guess each.
fn scan(line: &[u16], bit: u16, runs: &mut Vec<Run>) {
    const STEP: usize = 64;
    let mut open: Option<u32> = None;
    for (i, chunk) in line.chunks(STEP).enumerate() {
        let at = (i * STEP) as u32;
        let (any, all) = chunk.iter().fold((0, u16::MAX), |(any, all), f| (any | f, all & f));
        match open {
            None if any & bit == 0 => continue,
            Some(_) if all & bit != 0 => continue,
            _ => {}
        }
        let mut word = 0u64;
        for (j, f) in chunk.iter().enumerate() {
            word |= u64::from(f & bit != 0) << j;
        }
        let mut changes = word ^ (word << 1 | u64::from(open.is_some()));
        if chunk.len() < STEP {
            changes &= (1 << chunk.len()) - 1;
        }
        while changes != 0 {
            let here = at + changes.trailing_zeros();
            changes &= changes - 1;
            match open.take() {
                None => open = Some(here),
                Some(start) => runs.push(Run { start, end: here }),
            }
        }
    }
    if let Some(start) = open {
        runs.push(Run { start, end: line.len() as u32 });
    }
}

/// Disjoint sets; the root of a set is its smallest member.
#[derive(Debug)]
pub(crate) struct Sets {
    parent: Vec<u32>,
}

/// Some sets, whose members are numbered from `base` on.
pub(crate) struct Part<'a> {
    parent: &'a mut [u32],
    base: u32,
}

impl Part<'_> {
    #[inline]
    fn find(&mut self, mut i: u32) -> u32 {
        loop {
            let p = self.parent[(i - self.base) as usize];
            if p == i {
                return i;
            }
            let g = self.parent[(p - self.base) as usize];
            self.parent[(i - self.base) as usize] = g;
            i = g;
        }
    }

    #[inline]
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a as u32), self.find(b as u32));
        if a != b {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            self.parent[(high - self.base) as usize] = low;
        }
    }
}

impl Sets {
    pub fn new(n: usize) -> Sets {
        Sets { parent: (0..n as u32).collect() }
    }

    pub fn join(&mut self, a: usize, b: usize) {
        Part { parent: &mut self.parent, base: 0 }.join(a, b);
    }

    /// Joins what neighbouring rows join: first within pieces of rows, side by side, then along their seams. `first` says where the
    /// members of each row begin; `join` is called with a row and joins its members with those of the row above. Which of two
    /// joins comes first changes nothing, because the root is the smallest member.
    pub fn by_rows(first: &[usize], join: impl Fn(usize, &mut Part<'_>) + Sync) -> Sets {
        const ROWS: usize = 128;
        let n_rows = first.len().saturating_sub(1);
        let mut sets = Sets::new(first.last().copied().unwrap_or(0));
        let mut pieces = Vec::new();
        let mut rest = sets.parent.as_mut_slice();
        for from in (0..n_rows).step_by(ROWS) {
            let to = (from + ROWS).min(n_rows);
            let (parent, after) = rest.split_at_mut(first[to] - first[from]);
            pieces.push((from + 1..to, Part { parent, base: first[from] as u32 }));
            rest = after;
        }
        pieces.into_par_iter().for_each(|(rows, mut part)| rows.for_each(|row| join(row, &mut part)));
        let mut whole = Part { parent: &mut sets.parent, base: 0 };
        (ROWS..n_rows).step_by(ROWS).for_each(|row| join(row, &mut whole));
        sets
    }

    /// The number of the set of each member, counted in the order of their first members, and how many there are.
    pub fn numbered(mut self) -> (Vec<u32>, usize) {
        let mut n = 0;
        for i in 0..self.parent.len() {
            // A parent is smaller than its child, so it has its number already.
            let p = self.parent[i] as usize;
            self.parent[i] = if p == i {
                n += 1;
                n - 1
            } else {
                self.parent[p]
            };
        }
        (self.parent, n as usize)
    }
}

/// Components of a mask with their people.
#[derive(Debug, Default)]
pub(crate) struct Components {
    pub runs: Runs,
    /// The component of each run; they are numbered by their first cell in row order.
    pub of: Vec<u32>,
    /// Persons in each component.
    pub people: Vec<f64>,
}

impl Components {
    /// Connected components of runs, and the sum of the population over each, added in row order.
    pub fn of(runs: Runs, conn: Connectivity, people: &People) -> Components {
        let reach = u32::from(conn == Connectivity::Eight);
        let sets = Sets::by_rows(&runs.first, |row, sets| {
            let (mut a, above) = (runs.first[row - 1], runs.first[row]);
            let (mut b, end) = (above, runs.first[row + 1]);
            while a < above && b < end {
                let (ra, rb) = (runs.runs[a], runs.runs[b]);
                if ra.start < rb.end + reach && rb.start < ra.end + reach {
                    sets.join(a, b);
                }
                if ra.end < rb.end { a += 1 } else { b += 1 }
            }
        });
        let (of, n) = sets.numbered();
        // The sum of each run side by side, then those of a component in row order, whatever the number of threads.
        let of_run =
            |row: usize, run: &Run| -> f64 { people.run(row, run.start as usize, run.end as usize).iter().sum() };
        let of_row = |row: usize| runs.runs[runs.row(row)].iter().map(move |run| of_run(row, run));
        let in_runs: Vec<f64> = (0..runs.n_rows()).into_par_iter().with_min_len(64).flat_map_iter(of_row).collect();
        let mut sums = vec![0.0; n];
        for (component, inside) in of.iter().zip(in_runs) {
            sums[*component as usize] += inside;
        }
        Components { runs, of, people: sums }
    }

    /// Which components hold at least so many persons.
    pub fn kept(&self, size: f64) -> Vec<bool> {
        self.people.iter().map(|p| *p >= size).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn components(rows: &[&str], conn: Connectivity) -> usize {
        let flags: Vec<u16> = rows.iter().flat_map(|r| r.bytes()).map(|b| u16::from(b == b'#')).collect();
        let width = rows[0].len();
        let runs = Runs::of(&flags, width, 1);
        Components::of(runs, conn, &People::new(width, rows.len())).people.len()
    }

    #[test]
    fn corners_join_only_with_eight_neighbours() {
        let rows = ["#.#.#", ".#.#.", "#.#.#"];
        assert_eq!(components(&rows, Connectivity::Four), 8);
        assert_eq!(components(&rows, Connectivity::Eight), 1);
        let comb = ["#.#.#.#", "#.#.#.#", "#######"];
        assert_eq!(components(&comb, Connectivity::Four), 1);
        let sea = [".....", "....."];
        assert_eq!(components(&sea, Connectivity::Eight), 0);
        let spiral = ["#######", "#.....#", "#.###.#", "#.#...#", "#.#####"];
        assert_eq!(components(&spiral, Connectivity::Four), 1);
    }

    #[test]
    fn runs_cross_the_steps_of_the_scan() {
        let mut flags = vec![0u16; 200];
        flags[10..150].fill(4);
        flags[199] = 4;
        let runs = Runs::of(&flags, 200, 4);
        assert_eq!(runs.runs, [Run { start: 10, end: 150 }, Run { start: 199, end: 200 }]);
        assert_eq!(runs.first, [0, 2]);
    }
}
