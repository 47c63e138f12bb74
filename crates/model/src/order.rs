//! The order of observations by natural key, then change, then the order in which they came.

use std::{hash::Hash, sync::Arc};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::{kinds::Scope, observations::Observations};

/// A column of a key as ranks: equal values have equal ranks, from 0 without gaps.
struct Ranked {
    ranks: Vec<u32>,
    n_distinct: u64,
}

/// Whether two rows have one natural key.
pub fn same_key(obs: &Observations, a: usize, b: usize) -> bool {
    obs.period[a] == obs.period[b]
        && obs.entity[a] == obs.entity[b]
        && obs.project[a] == obs.project[b]
        && obs.breakdown[a] == obs.breakdown[b]
        && obs.scope[a] == obs.scope[b]
        && obs.place[a] == obs.place[b]
        && obs.indicator[a] == obs.indicator[b]
}

/// The indices of all rows, sorted by indicator, place, period, breakdown, scope, project, entity and change. Rows
/// equal in all of these keep their order, because the later one is the one that counts.
///
/// Sorted by counting, from the least to the most significant column: the parts of keys have few distinct values, so
/// a pass is linear. Columns are taken together as long as their combinations are no more than the rows; most files
/// need one pass.
pub fn key_order(obs: &Observations) -> Vec<u32> {
    let texts = obs.dict.texts();
    let scope = |s: &Scope| s.as_str();
    let mut columns: Vec<Ranked> = Vec::new();
    columns.extend(ranked(&obs.change, |c| *c));
    columns.extend(ranked_texts(&obs.entity, texts));
    columns.extend(ranked_texts(&obs.project, texts));
    columns.extend(ranked(&obs.scope, scope));
    columns.extend(ranked_texts(&obs.breakdown, texts));
    columns.extend(ranked(&obs.period, |p| *p));
    columns.extend(ranked_texts(&obs.place, texts));
    columns.extend(ranked_texts(&obs.indicator, texts));

    let most = (obs.len() as u64).clamp(1 << 16, 1 << 31);
    let mut order: Vec<u32> = (0..obs.len() as u32).collect();
    let mut held: Option<Ranked> = None;
    for column in columns {
        held = Some(match held {
            Some(mut lower) if lower.n_distinct * column.n_distinct <= most => {
                let step = lower.n_distinct as u32;
                lower.ranks.iter_mut().zip(&column.ranks).for_each(|(low, high)| *low += high * step);
                lower.n_distinct *= column.n_distinct;
                lower
            }
            Some(lower) => {
                order = by_counting(&order, &lower);
                column
            }
            None => column,
        });
    }
    match held {
        Some(last) => by_counting(&order, &last),
        None => order,
    }
}

/// Sorts an order by one column; equal ranks keep their order.
fn by_counting(order: &[u32], column: &Ranked) -> Vec<u32> {
    // Where the next row of each rank goes: behind all rows of the ranks before it.
    let mut next = vec![0u32; column.n_distinct as usize + 1];
    for rank in &column.ranks {
        next[*rank as usize + 1] += 1;
    }
    for i in 1..next.len() {
        next[i] += next[i - 1];
    }
    let mut sorted = vec![0u32; order.len()];
    for row in order {
        let at = &mut next[column.ranks[*row as usize] as usize];
        sorted[*at as usize] = *row;
        *at += 1;
    }
    sorted
}

/// The ranks of a text column in byte order of the texts; `None` when all rows have one text.
fn ranked_texts(codes: &[u32], texts: &[Arc<str>]) -> Option<Ranked> {
    let first = codes.first()?;
    if codes.iter().all(|c| c == first) {
        return None;
    }
    let mut ranks = vec![u32::MAX; texts.len()];
    let mut used: Vec<u32> = Vec::new();
    for code in codes {
        let rank = &mut ranks[*code as usize];
        if *rank == u32::MAX {
            *rank = 0;
            used.push(*code);
        }
    }
    used.par_sort_unstable_by(|a, b| texts[*a as usize].cmp(&texts[*b as usize]));
    for (rank, code) in used.iter().enumerate() {
        ranks[*code as usize] = rank as u32;
    }
    Some(Ranked { ranks: codes.iter().map(|c| ranks[*c as usize]).collect(), n_distinct: used.len() as u64 })
}

/// The ranks of a column of few distinct values that stand in runs; `None` when all rows have one value.
fn ranked<T, K: Copy + Ord + Hash>(values: &[T], key: impl Fn(&T) -> K) -> Option<Ranked> {
    // By order of first appearance until all are known.
    let mut numbers: FxHashMap<K, u32> = FxHashMap::default();
    let mut last: Option<(K, u32)> = None;
    let mut ranks: Vec<u32> = Vec::with_capacity(values.len());
    for value in values {
        let value = key(value);
        let number = match last {
            Some((known, number)) if known == value => number,
            _ => {
                let new = numbers.len() as u32;
                *numbers.entry(value).or_insert(new)
            }
        };
        last = Some((value, number));
        ranks.push(number);
    }
    if numbers.len() < 2 {
        return None;
    }
    let mut sorted: Vec<(K, u32)> = numbers.into_iter().collect();
    sorted.sort_unstable();
    let mut of_number = vec![0u32; sorted.len()];
    for (rank, (_, number)) in sorted.iter().enumerate() {
        of_number[*number as usize] = rank as u32;
    }
    ranks.iter_mut().for_each(|r| *r = of_number[*r as usize]);
    Some(Ranked { ranks, n_distinct: sorted.len() as u64 })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{observations::NewRow, value::Period};

    type Parts = (u8, u8, i16, usize, u8, u64);

    fn observations(rows: &[Parts]) -> Observations {
        let mut obs = Observations::default();
        for (indicator, place, year, scope, entity, change) in rows {
            let (indicator, place, entity) = (format!("I{indicator}"), format!("P{place}"), format!("E{entity}"));
            let period = Period::year(2014 + year);
            let row = NewRow::new(&indicator, &place, period, Scope::ALL[scope % Scope::ALL.len()], Some(1.0));
            obs.push(&NewRow { entity: &entity, change: *change, ..row });
        }
        obs
    }

    fn by_whole_keys(obs: &Observations) -> Vec<u32> {
        let key = |i: u32| {
            let (row, i) = (obs.row(i as usize), i as usize);
            let first = (row.indicator(), row.place(), obs.period[i], row.breakdown_text());
            (first, obs.scope[i].as_str(), row.project(), row.entity(), obs.change[i], i)
        };
        let mut order: Vec<u32> = (0..obs.len() as u32).collect();
        order.sort_by(|a, b| key(*a).cmp(&key(*b)));
        order
    }

    proptest! {
        /// Counting column by column gives what comparing whole keys gives.
        #[test]
        fn the_order_is_that_of_whole_keys(
            rows in prop::collection::vec((0..3u8, 0..4u8, 0..3i16, 0..3usize, 0..40u8, 0..3u64), 0..80),
        ) {
            let obs = observations(&rows);
            prop_assert_eq!(key_order(&obs), by_whole_keys(&obs));
        }
    }

    /// More combinations than fit one pass: columns are sorted one after the other.
    #[test]
    fn many_distinct_parts_take_several_passes() {
        let part = |i: usize, step: usize, n: usize| (i * step % n) as u8;
        let rows: Vec<Parts> = (0..3_000)
            .map(|i| (part(i, 7, 90), part(i, 13, 251), (i * 31 % 80) as i16, i, part(i, 3, 200), i as u64 % 5))
            .collect();
        let obs = observations(&rows);
        assert_eq!(key_order(&obs), by_whole_keys(&obs));
    }
}
