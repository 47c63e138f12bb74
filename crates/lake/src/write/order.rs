//! The order of rows in a segment: natural key, then change, then the order in which they came.

use std::hash::Hash;

use model::{kinds::Scope, observations::Observations};
use rayon::slice::ParallelSliceMut;
use rustc_hash::{FxHashMap, FxHashSet};

/// Ranks of the dictionary's texts in byte order, for the texts that key columns use.
struct Ranks(Vec<u32>);

impl Ranks {
    fn of(obs: &Observations) -> Self {
        let texts = obs.dict.texts();
        let mut used = vec![false; texts.len()];
        for column in [&obs.indicator, &obs.place, &obs.breakdown, &obs.project, &obs.entity] {
            for code in column {
                if let Some(flag) = used.get_mut(*code as usize) {
                    *flag = true;
                }
            }
        }
        let mut codes: Vec<u32> = (0..texts.len() as u32).filter(|c| used[*c as usize]).collect();
        codes.par_sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
        let mut ranks = vec![0; texts.len()];
        for (rank, code) in codes.into_iter().enumerate() {
            ranks[code as usize] = rank as u32;
        }
        Ranks(ranks)
    }
    fn get(&self, code: u32) -> u32 {
        self.0.get(code as usize).copied().unwrap_or(0)
    }
}

/// Scopes sort by their text, as an SQL tool would sort the column.
fn scope_rank(scope: Scope) -> u32 {
    match scope {
        Scope::Delivered => 0,
        Scope::Global => 1,
        Scope::Supported => 2,
    }
}

/// The indices of all rows in the order of a segment. Rows with one key and one change keep their order,
/// because the later one is the one that counts.
///
/// Sorted by counting, column after column from the least to the most significant: keys have few distinct parts, so
/// a pass is linear, and a column with one value, as most have in most files, needs none.
pub(crate) fn key_order(obs: &Observations) -> Vec<u32> {
    let ranks = Ranks::of(obs);
    let rank = |codes: &[u32]| -> Vec<u32> { codes.iter().map(|c| ranks.get(*c)).collect() };
    let mut order: Vec<u32> = (0..obs.len() as u32).collect();
    let mut spare = order.clone();
    let mut pass = |column: Vec<u32>| by_counting(&mut order, &mut spare, &column);
    pass(ranks_of(&obs.change));
    pass(rank(&obs.entity));
    pass(rank(&obs.project));
    pass(obs.scope.iter().map(|s| scope_rank(*s)).collect());
    pass(rank(&obs.breakdown));
    pass(ranks_of(&obs.period));
    pass(rank(&obs.place));
    pass(rank(&obs.indicator));
    order
}

/// The rank of each value among the distinct values.
fn ranks_of<T: Copy + Ord + Hash>(values: &[T]) -> Vec<u32> {
    let mut distinct: Vec<T> = values.iter().copied().collect::<FxHashSet<T>>().into_iter().collect();
    distinct.sort_unstable();
    let ranks: FxHashMap<T, u32> = distinct.into_iter().zip(0..).collect();
    let mut last = None;
    let rank = |value: &T| match last {
        Some((known, rank)) if known == *value => rank,
        _ => {
            let rank = ranks.get(value).copied().unwrap_or_default();
            last = Some((*value, rank));
            rank
        }
    };
    values.iter().map(rank).collect()
}

/// Sorts an order by one column of ranks; equal ranks keep their order. `spare` is as long as `order`.
fn by_counting(order: &mut Vec<u32>, spare: &mut Vec<u32>, column: &[u32]) {
    let Some(most) = column.iter().max() else { return };
    if column.iter().min() == Some(most) {
        return;
    }
    // Where the next row of each rank goes: after all rows of the ranks before it.
    let mut next = vec![0u32; *most as usize + 2];
    for rank in column {
        next[*rank as usize + 1] += 1;
    }
    for i in 1..next.len() {
        next[i] += next[i - 1];
    }
    for row in order.iter() {
        let place = &mut next[column[*row as usize] as usize];
        spare[*place as usize] = *row;
        *place += 1;
    }
    std::mem::swap(order, spare);
}

/// Whether two rows have one natural key.
pub(crate) fn same_key(obs: &Observations, a: usize, b: usize) -> bool {
    obs.period[a] == obs.period[b]
        && obs.entity[a] == obs.entity[b]
        && obs.project[a] == obs.project[b]
        && obs.breakdown[a] == obs.breakdown[b]
        && obs.scope[a] == obs.scope[b]
        && obs.place[a] == obs.place[b]
        && obs.indicator[a] == obs.indicator[b]
}

#[cfg(test)]
mod tests {
    use model::{observations::NewRow, value::Period};
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Counting column by column gives what comparing whole keys gives.
        #[test]
        fn the_order_is_that_of_whole_keys(rows in prop::collection::vec((0..3u8, 0..4u8, 0..3i16, 0..3usize, 0..3u64), 0..60)) {
            let mut obs = Observations::default();
            for (indicator, place, year, scope, change) in &rows {
                let scope = [Scope::Global, Scope::Supported, Scope::Delivered][*scope];
                let (indicator, place) = (format!("I{indicator}"), format!("P{place}"));
                obs.push(&NewRow::new(&indicator, &place, Period::year(2014 + year), scope, Some(1.0)));
                *obs.change.last_mut().expect("a row") = *change;
            }
            let key = |i: u32| {
                let (row, i) = (obs.row(i as usize), i as usize);
                (row.indicator(), row.place(), obs.period[i], scope_rank(obs.scope[i]), obs.change[i], i)
            };
            let mut expected: Vec<u32> = (0..obs.len() as u32).collect();
            expected.sort_by(|a, b| key(*a).cmp(&key(*b)));
            prop_assert_eq!(key_order(&obs), expected);
        }
    }
}
