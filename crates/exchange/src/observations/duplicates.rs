//! Observations that share a natural key.

use model::{observations::Observations, order::same_key};
use rayon::prelude::*;

/// Two observations with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// Index of the later one.
    pub(crate) later: usize,
    /// Index of the first one with the key.
    pub(crate) first: usize,
}

/// Every later observation with the first one of its key, by index of the later one. `order` is that of
/// [`model::order::key_order`], in which rows of one key stand side by side, the first of the file first.
pub(crate) fn duplicates(all: &Observations, order: &[u32]) -> Vec<Pair> {
    let same = |a: u32, b: u32| same_key(all, a as usize, b as usize);
    if !order.par_windows(2).any(|w| same(w[0], w[1])) {
        return Vec::new();
    }
    let mut pairs: Vec<Pair> = order
        .chunk_by(|a, b| same(*a, *b))
        .flat_map(|rows| {
            let first = rows.first().copied().unwrap_or_default() as usize;
            rows.iter().skip(1).map(move |later| Pair { later: *later as usize, first })
        })
        .collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use model::{kinds::Scope, observations::NewRow, order::key_order, value::Period};

    use super::*;

    #[test]
    fn every_later_row_names_the_first() {
        let mut all = Observations::default();
        for place in ["KEN", "UGA", "KEN", "TZA", "KEN", "TZA"] {
            all.push(&NewRow::new("I", place, Period::year(2020), Scope::Global, Some(1.0)));
        }
        let found = duplicates(&all, &key_order(&all));
        let pairs: Vec<(usize, usize)> = found.into_iter().map(|p| (p.first, p.later)).collect();
        assert_eq!(pairs, [(0, 2), (0, 4), (3, 5)]);
    }
}
