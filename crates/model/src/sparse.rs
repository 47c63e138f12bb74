//! A column that most files leave empty.

use std::ops::Index;

/// Values that a row may lack. As long as no row has one, the column holds its length and no memory: of the optional
/// numbers of an observation most files bring none, and a column of absent numbers costs as much as one of numbers.
#[derive(Clone, Debug, Default)]
pub struct Sparse<T> {
    n_absent: usize,
    /// All values once one was there; then `n_absent` is 0.
    held: Vec<Option<T>>,
}

impl<T: Copy> Sparse<T> {
    /// So many rows without a value.
    pub fn absent(n_rows: usize) -> Self {
        Sparse { n_absent: n_rows, held: Vec::new() }
    }
    /// How many rows.
    pub fn len(&self) -> usize {
        self.n_absent + self.held.len()
    }
    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// Whether certainly no row has a value.
    pub fn is_absent(&self) -> bool {
        self.held.is_empty()
    }
    /// Adds a row.
    pub fn push(&mut self, value: Option<T>) {
        if value.is_none() && self.held.is_empty() {
            self.n_absent += 1;
        } else {
            self.fill();
            self.held.push(value);
        }
    }
    /// Adds rows, for which memory is needed.
    pub fn extend_from_slice(&mut self, values: &[Option<T>]) {
        self.fill();
        self.held.extend_from_slice(values);
    }
    /// Adds so many rows without a value.
    pub fn extend_absent(&mut self, n_rows: usize) {
        if self.held.is_empty() {
            self.n_absent += n_rows;
        } else {
            self.held.resize(self.held.len() + n_rows, None);
        }
    }
    /// Makes room for as many rows more, if memory is needed at all.
    pub fn reserve_exact(&mut self, n_rows: usize) {
        self.fill();
        self.held.reserve_exact(n_rows);
    }
    /// Keeps the rows that the callback, asked in order, wants to keep.
    pub fn retain(&mut self, mut keep: impl FnMut() -> bool) {
        if self.held.is_empty() {
            self.n_absent = (0..self.n_absent).filter(|_| keep()).count();
        } else {
            self.held.retain(|_| keep());
        }
    }
    /// All rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Option<T>> {
        (0..self.len()).map(|row| self[row])
    }
    fn fill(&mut self) {
        if self.n_absent > 0 {
            self.held = vec![None; std::mem::take(&mut self.n_absent)];
        }
    }
}

impl<T: Copy> Extend<Option<T>> for Sparse<T> {
    fn extend<I: IntoIterator<Item = Option<T>>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl<T: Copy> Index<usize> for Sparse<T> {
    type Output = Option<T>;

    #[inline]
    fn index(&self, row: usize) -> &Option<T> {
        if row < self.n_absent { &None } else { &self.held[row - self.n_absent] }
    }
}

impl<T: Copy + PartialEq, const N: usize> PartialEq<[Option<T>; N]> for Sparse<T> {
    fn eq(&self, values: &[Option<T>; N]) -> bool {
        self.iter().eq(values.iter().copied())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_what_was_pushed() {
        let mut column = Sparse::absent(2);
        column.extend([None, None]);
        assert!(column.is_absent());
        column.push(Some(5));
        column.extend_absent(1);
        column.extend_from_slice(&[Some(7), None]);
        let expected = [None, None, None, None, Some(5), None, Some(7), None];
        assert_eq!(column, expected);
        let mut row = 0;
        column.retain(|| {
            row += 1;
            row % 2 == 1
        });
        assert_eq!(column, [None, None, Some(5), Some(7)]);
    }

    #[test]
    #[should_panic(expected = "out of bounds")]
    fn there_is_nothing_behind_the_end() {
        let _ = Sparse::<i64>::absent(2)[2];
    }
}
