//! To which urban centre each cell belongs: numbers in blocks that exist only where a centre is near.

use rayon::prelude::*;

use super::runs::{Components, Run, Runs};

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

/// A cell that joins: its row and column within its block, and the label it gets.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joined {
    pub row: u8,
    pub column: u8,
    pub label: u32,
}

/// Runs of cells with a label each.
#[derive(Debug, Default, Clone)]
pub(crate) struct LabelledRuns {
    pub runs: Runs,
    pub labels: Vec<u32>,
}

impl Labels {
    /// The components that are kept, each with one more than its number; the blocks of their cells and of the neighbours of these
    /// exist.
    pub fn of(found: &Components, kept: &[bool], width: usize, height: usize) -> Labels {
        let across = width.div_ceil(SIDE);
        let n_down = height.div_ceil(SIDE);
        let runs_of = |row: usize| {
            let kept = found.runs.row(row).filter(|i| kept[found.of[*i] as usize]);
            kept.map(|i| (found.runs.runs[i], found.of[i] + 1))
        };
        let columns_of = |down: usize| {
            let mut is_near = vec![false; across];
            for (run, _) in ((down * SIDE).saturating_sub(1)..(down * SIDE + SIDE + 1).min(height)).flat_map(runs_of) {
                let (from, to) =
                    ((run.start as usize).saturating_sub(1) / SIDE, (run.end as usize).min(width - 1) / SIDE);
                is_near[from..=to].fill(true);
            }
            (0..across).filter(|column| is_near[*column]).map(|column| (down * across + column) as u32).collect()
        };
        let blocks: Vec<Vec<u32>> = (0..n_down).into_par_iter().map(columns_of).collect();
        let n_blocks: Vec<usize> = blocks.iter().map(Vec::len).collect();
        let blocks = blocks.concat();
        let mut place = vec![0; across * n_down];
        for (i, block) in blocks.iter().enumerate() {
            place[*block as usize] = i as u32 + 1;
        }
        let mut cells = vec![0; blocks.len() * CELLS];
        // The blocks of one row of blocks lie side by side in memory.
        let (mut parts, mut rest, mut before) = (Vec::with_capacity(n_down), cells.as_mut_slice(), 0);
        for n in n_blocks {
            let (part, after) = rest.split_at_mut(n * CELLS);
            parts.push((part, before));
            (rest, before) = (after, before + n);
        }
        parts.into_par_iter().enumerate().for_each(|(down, (cells, before))| {
            for row in down * SIDE..(down * SIDE + SIDE).min(height) {
                for (run, label) in runs_of(row) {
                    let (mut at, end) = (run.start as usize, run.end as usize);
                    while at < end {
                        let stop = (at / SIDE * SIDE + SIDE).min(end);
                        let block = place[down * across + at / SIDE] as usize - 1 - before;
                        let from = block * CELLS + row % SIDE * SIDE + at % SIDE;
                        cells[from..from + stop - at].fill(label);
                        at = stop;
                    }
                }
            }
        });
        let beside = vec![0; blocks.len() * SIDE];
        Labels { width, height, across, place, blocks, cells, beside }
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

    /// Labels cells, given by block, and marks their neighbours; the blocks in which these lie, upwards.
    pub fn join(&mut self, joined: Vec<(u32, Vec<Joined>)>) -> Vec<u32> {
        let mut blocks = Vec::with_capacity(joined.len());
        let mut of_place: Vec<Vec<Joined>> = vec![Vec::new(); self.blocks.len()];
        for (block, cells) in joined {
            // A cell that joins lies in a block that exists.
            if let Some(place) = self.place[block as usize].checked_sub(1) {
                of_place[place as usize] = cells;
                blocks.push(block);
            }
        }
        let side_by_side = self.cells.par_chunks_exact_mut(CELLS).zip(self.beside.par_chunks_exact_mut(SIDE));
        side_by_side.zip(&of_place).with_min_len(16).for_each(|((cells, beside), joined)| {
            for Joined { row, column, label } in joined {
                let (r, c) = (usize::from(*row), usize::from(*column));
                cells[r * SIDE + c] = *label;
                let three = if c == 0 { 0b11 } else { 0b111 << (c - 1) };
                beside[r.saturating_sub(1)..(r + 2).min(SIDE)].iter_mut().for_each(|word| *word |= three);
            }
        });
        // Neighbours in other blocks, which may have to be made.
        for i in 0..blocks.len() {
            let Some(place) = self.place[blocks[i] as usize].checked_sub(1) else { continue };
            let (row, column) = self.corner(blocks[i]);
            let is_edge = |v: u8| v == 0 || usize::from(v) == SIDE - 1;
            for joined in of_place[place as usize].iter().filter(|j| is_edge(j.row) || is_edge(j.column)) {
                let (row, column) = (row + usize::from(joined.row), column + usize::from(joined.column));
                for r in row.saturating_sub(1)..=(row + 1).min(self.height - 1) {
                    for c in column.saturating_sub(1)..=(column + 1).min(self.width - 1) {
                        let block = r / SIDE * self.across + c / SIDE;
                        if block != blocks[i] as usize {
                            let word = self.ensure(block) / SIDE + r % SIDE;
                            self.beside[word] |= 1 << (c % SIDE);
                            blocks.push(block as u32);
                        }
                    }
                }
            }
        }
        blocks.sort_unstable();
        blocks.dedup();
        blocks
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
        let of_blocks = |down: usize| {
            let mut out = LabelledRuns::default();
            let places = &self.place[down * self.across..(down + 1) * self.across];
            for row in down * SIDE..(down * SIDE + SIDE).min(self.height) {
                let first = out.labels.len();
                for (b, p) in places.iter().enumerate().filter(|(_, p)| **p != 0) {
                    let base = (*p as usize - 1) * CELLS + row % SIDE * SIDE;
                    for (i, label) in self.cells[base..base + SIDE].iter().enumerate() {
                        if *label == 0 {
                            continue;
                        }
                        let at = (b * SIDE + i) as u32;
                        let last = out.runs.runs.len();
                        if last > first && out.runs.runs[last - 1].end == at && out.labels[last - 1] == *label {
                            out.runs.runs[last - 1].end += 1;
                        } else {
                            out.runs.runs.push(Run { start: at, end: at + 1 });
                            out.labels.push(*label);
                        }
                    }
                }
                out.runs.first.push(out.labels.len());
            }
            out
        };
        let parts: Vec<LabelledRuns> = (0..self.height.div_ceil(SIDE)).into_par_iter().map(of_blocks).collect();
        let n = parts.iter().map(|part| part.labels.len()).sum();
        let mut all =
            LabelledRuns { runs: Runs { runs: Vec::with_capacity(n), first: vec![0] }, labels: Vec::with_capacity(n) };
        for part in parts {
            let before = all.labels.len();
            all.runs.runs.extend(part.runs.runs);
            all.labels.extend(part.labels);
            all.runs.first.extend(part.runs.first.into_iter().map(|end| before + end));
        }
        all
    }
}
