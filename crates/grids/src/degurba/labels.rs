//! To which urban centre each cell belongs: numbers in blocks that exist only where a centre is near.

use rayon::prelude::*;

use super::runs::{Run, Runs};

pub(crate) const SIDE: usize = 64;
const CELLS: usize = SIDE * SIDE;

/// A sparse grid of labels; 0 is none.
pub(crate) struct Labels {
    pub width: usize,
    pub height: usize,
    across: usize,
    /// For each block, one more than its place in `cells`, or 0.
    place: Vec<u32>,
    /// The numbers of the blocks that exist, in the order of their creation.
    pub blocks: Vec<u32>,
    cells: Vec<u32>,
    /// For each row of each block that exists, a bit for each cell beside one that joined.
    beside: Vec<u64>,
}

/// Runs of cells with a label each.
#[derive(Debug, Default, Clone)]
pub(crate) struct LabelledRuns {
    pub runs: Runs,
    pub labels: Vec<u32>,
}

impl Labels {
    pub fn new(width: usize, height: usize) -> Labels {
        let across = width.div_ceil(SIDE);
        let place = vec![0; across * height.div_ceil(SIDE)];
        Labels { width, height, across, place, blocks: Vec::new(), cells: Vec::new(), beside: Vec::new() }
    }

    fn ensure(&mut self, block: usize) -> usize {
        if self.place[block] == 0 {
            self.blocks.push(block as u32);
            self.place[block] = self.blocks.len() as u32;
            self.cells.resize(self.blocks.len() * CELLS, 0);
            self.beside.resize(self.blocks.len() * SIDE, 0);
        }
        (self.place[block] as usize - 1) * CELLS
    }

    /// Labels a run of cells, and makes sure that the blocks of its neighbours exist.
    pub fn paint(&mut self, row: usize, run: Run, label: u32) {
        let (start, end) = (run.start as usize, run.end as usize);
        let (b0, b1) = (start.saturating_sub(1) / SIDE, end.min(self.width - 1) / SIDE);
        let (r0, r1) = (row.saturating_sub(1) / SIDE, (row + 1).min(self.height - 1) / SIDE);
        for block_row in r0..=r1 {
            for block in b0..=b1 {
                self.ensure(block_row * self.across + block);
            }
        }
        let mut at = start;
        while at < end {
            let stop = (at / SIDE * SIDE + SIDE).min(end);
            let base = self.ensure(row / SIDE * self.across + at / SIDE) + row % SIDE * SIDE;
            self.cells[base + at % SIDE..base + at % SIDE + stop - at].fill(label);
            at = stop;
        }
    }

    /// Labels one cell, marks its neighbours, and appends the blocks in which these lie (several times).
    pub fn join(&mut self, row: usize, column: usize, label: u32, blocks: &mut Vec<u32>) {
        let here = row / SIDE * self.across + column / SIDE;
        let (r, c) = (row % SIDE, column % SIDE);
        let base = self.ensure(here);
        self.cells[base + r * SIDE + c] = label;
        if (1..SIDE - 1).contains(&r) && (1..SIDE - 1).contains(&c) {
            let words = base / SIDE + r;
            for word in &mut self.beside[words - 1..=words + 1] {
                *word |= 0b111 << (c - 1);
            }
            if blocks.last() != Some(&(here as u32)) {
                blocks.push(here as u32);
            }
            return;
        }
        for r in row.saturating_sub(1)..=(row + 1).min(self.height - 1) {
            for c in column.saturating_sub(1)..=(column + 1).min(self.width - 1) {
                let block = r / SIDE * self.across + c / SIDE;
                let word = self.ensure(block) / SIDE + r % SIDE;
                self.beside[word] |= 1 << (c % SIDE);
                blocks.push(block as u32);
            }
        }
    }

    /// Calls with each unlabelled cell of a block beside one that joined, and the labels of its eight neighbours, row by row.
    pub fn each_beside(&self, block: u32, mut f: impl FnMut(usize, usize, &[u32; 8])) {
        let (row, column) = self.corner(block);
        let Some(place) = self.place[block as usize].checked_sub(1) else { return };
        let base = place as usize * CELLS;
        for i in 0..SIDE {
            let mut word = self.beside[base / SIDE + i];
            while word != 0 {
                let j = word.trailing_zeros() as usize;
                word &= word - 1;
                let at = base + i * SIDE + j;
                // A block may reach over the edge of the grid, and so may the marks in it.
                if self.cells[at] != 0 || row + i >= self.height || column + j >= self.width {
                    continue;
                }
                let inner = 1..SIDE - 1;
                let around = if inner.contains(&i) && inner.contains(&j) {
                    let (above, below) =
                        (&self.cells[at - SIDE - 1..at - SIDE + 2], &self.cells[at + SIDE - 1..at + SIDE + 2]);
                    let (left, right) = (self.cells[at - 1], self.cells[at + 1]);
                    [above[0], above[1], above[2], left, right, below[0], below[1], below[2]]
                } else {
                    let (r, c) = ((row + i) as isize, (column + j) as isize);
                    [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)]
                        .map(|(dr, dc)| self.get(r + dr, c + dc))
                };
                f(row + i, column + j, &around);
            }
        }
    }

    /// Takes the marks of blocks away.
    pub fn forget(&mut self, blocks: &[u32]) {
        for block in blocks {
            if let Some(place) = self.place[*block as usize].checked_sub(1) {
                self.beside[place as usize * SIDE..(place as usize + 1) * SIDE].fill(0);
            }
        }
    }

    /// The label of a cell; 0 outside the grid.
    pub fn get(&self, row: isize, column: isize) -> u32 {
        if row < 0 || column < 0 || row as usize >= self.height || column as usize >= self.width {
            return 0;
        }
        let (row, column) = (row as usize, column as usize);
        match self.place[row / SIDE * self.across + column / SIDE] {
            0 => 0,
            p => self.cells[(p as usize - 1) * CELLS + row % SIDE * SIDE + column % SIDE],
        }
    }

    /// The upper left cell of a block.
    pub fn corner(&self, block: u32) -> (usize, usize) {
        (block as usize / self.across * SIDE, block as usize % self.across * SIDE)
    }

    /// A block with the cells around it, row by row, 66 wide.
    pub fn with_margin(&self, block: u32) -> Vec<u32> {
        const WIDE: usize = SIDE + 2;
        let (row, column) = self.corner(block);
        let mut out = vec![0; WIDE * WIDE];
        for i in 0..WIDE {
            let r = row as isize + i as isize - 1;
            if r < 0 || r as usize >= self.height {
                continue;
            }
            let line = &mut out[i * WIDE..(i + 1) * WIDE];
            line[0] = self.get(r, column as isize - 1);
            line[WIDE - 1] = self.get(r, (column + SIDE) as isize);
            let p = self.place[r as usize / SIDE * self.across + column / SIDE];
            if p != 0 {
                let base = (p as usize - 1) * CELLS + r as usize % SIDE * SIDE;
                line[1..=SIDE].copy_from_slice(&self.cells[base..base + SIDE]);
            }
        }
        out
    }

    /// All labelled cells as runs of one label.
    pub fn runs(&self) -> LabelledRuns {
        let rows: Vec<Vec<(Run, u32)>> = (0..self.height)
            .into_par_iter()
            .with_min_len(64)
            .map(|row| {
                let mut out: Vec<(Run, u32)> = Vec::new();
                let places = &self.place[row / SIDE * self.across..(row / SIDE + 1) * self.across];
                for (b, p) in places.iter().enumerate().filter(|(_, p)| **p != 0) {
                    let base = (*p as usize - 1) * CELLS + row % SIDE * SIDE;
                    for (i, label) in self.cells[base..base + SIDE].iter().enumerate() {
                        if *label == 0 {
                            continue;
                        }
                        let at = (b * SIDE + i) as u32;
                        match out.last_mut() {
                            Some((run, l)) if run.end == at && l == label => run.end += 1,
                            _ => out.push((Run { start: at, end: at + 1 }, *label)),
                        }
                    }
                }
                out
            })
            .collect();
        let mut all = LabelledRuns::default();
        all.runs.first.push(0);
        for row in rows {
            for (run, label) in row {
                all.runs.runs.push(run);
                all.labels.push(label);
            }
            all.runs.first.push(all.runs.runs.len());
        }
        all
    }
}
