//! The population of a grid, kept only where somebody lives.

/// Persons per cell. A bit for each cell says whether it holds a number; the numbers of a row lie side by side, so the sum over
/// a run of cells is the sum of a slice.
#[derive(Debug, Default)]
pub(crate) struct People {
    words: usize,
    bits: Vec<u64>,
    /// How many numbers of the row come before each word.
    before: Vec<u32>,
    rows: Vec<Box<[f64]>>,
}

/// One row while it is filled.
pub(crate) struct RowOfPeople<'a> {
    pub bits: &'a mut [u64],
    pub before: &'a mut [u32],
    pub row: &'a mut Box<[f64]>,
}

impl People {
    pub fn new(width: usize, height: usize) -> People {
        let words = width.div_ceil(64);
        let mut rows = Vec::new();
        rows.resize_with(height, Box::default);
        People { words, bits: vec![0; words * height], before: vec![0; words * height], rows }
    }

    /// The rows from `from` on, `n` of them, to be filled in any order.
    pub fn rows_mut(&mut self, from: usize, n: usize) -> Vec<RowOfPeople<'_>> {
        let range = from * self.words..(from + n) * self.words;
        let words = self.words.max(1);
        self.bits[range.clone()]
            .chunks_exact_mut(words)
            .zip(self.before[range].chunks_exact_mut(words))
            .zip(&mut self.rows[from..from + n])
            .map(|((bits, before), row)| RowOfPeople { bits, before, row })
            .collect()
    }

    fn rank(&self, row: usize, column: usize) -> usize {
        let at = row * self.words + column / 64;
        if column == self.words * 64 {
            return self.rows[row].len();
        }
        let below = self.bits[at] & ((1u64 << (column % 64)) - 1);
        self.before[at] as usize + below.count_ones() as usize
    }

    /// The numbers of columns `start` to `end` (excluded), from left to right; cells without anybody are left out.
    pub fn run(&self, row: usize, start: usize, end: usize) -> &[f64] {
        let values = &self.rows[row];
        if values.is_empty() {
            return &[];
        }
        &values[self.rank(row, start)..self.rank(row, end)]
    }

    /// Calls with column and number of each inhabited cell of a row.
    pub fn each(&self, row: usize, mut f: impl FnMut(usize, f64)) {
        let mut values = self.rows[row].iter();
        if self.rows[row].is_empty() {
            return;
        }
        for (i, word) in self.bits[row * self.words..(row + 1) * self.words].iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                if let Some(v) = values.next() {
                    f(i * 64 + word.trailing_zeros() as usize, *v);
                }
                word &= word - 1;
            }
        }
    }
}

impl RowOfPeople<'_> {
    /// Keeps the numbers that are above zero and for which `keep` says so.
    pub fn fill(self, values: &[f64], keep: impl Fn(usize) -> bool) {
        let mut n = 0u32;
        for (i, chunk) in values.chunks(64).enumerate() {
            let mut word = 0u64;
            // Most words are empty, which is seen at once.
            if chunk.iter().fold(false, |any, v| any | (*v > 0.0)) {
                for (j, v) in chunk.iter().enumerate() {
                    word |= u64::from(*v > 0.0 && keep(i * 64 + j)) << j;
                }
            }
            self.bits[i] = word;
            self.before[i] = n;
            n += word.count_ones();
        }
        if n == 0 {
            return;
        }
        let mut kept = Vec::with_capacity(n as usize);
        for (i, word) in self.bits.iter().enumerate() {
            let mut word = *word;
            while word != 0 {
                kept.push(values[i * 64 + word.trailing_zeros() as usize]);
                word &= word - 1;
            }
        }
        *self.row = kept.into_boxed_slice();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_runs_are_sums_of_cells() {
        let width = 200;
        let values: Vec<f64> = (0..width).map(|i| if i % 3 == 0 { 0.0 } else { i as f64 }).collect();
        let mut people = People::new(width, 2);
        for row in people.rows_mut(1, 1) {
            row.fill(&values, |_| true);
        }
        for (a, b) in [(0, 0), (0, 200), (63, 65), (64, 128), (127, 199), (199, 200)] {
            assert_eq!(people.run(1, a, b).iter().sum::<f64>(), values[a..b].iter().sum::<f64>());
            assert!(people.run(0, a, b).is_empty());
        }
        let mut seen = 0.0;
        people.each(1, |c, v| {
            assert_eq!(values[c], v);
            seen += v;
        });
        assert_eq!(seen, values.iter().sum::<f64>());
    }
}
