//! Observations that share a natural key.
//!
//! A hash table over a million keys misses the cache at every row. Instead the keys' hashes are dealt
//! into partitions that fit the cache, each partition is sorted, and neighbours are compared.

use std::hash::{Hash, Hasher};

use model::observations::Observations;
use rayon::prelude::*;
use rustc_hash::FxHasher;

/// Two observations with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pair {
    /// Index of the later one.
    pub(crate) later: usize,
    /// Index of the first one with the key.
    pub(crate) first: usize,
}

/// Bits of the hash that choose the partition: 256 partitions of a million rows hold 4,000 each.
const PARTITION_BITS: u32 = 8;

fn key(all: &Observations, i: usize) -> impl Hash + PartialEq {
    (all.indicator[i], all.place[i], all.period[i], all.breakdown[i], all.scope[i], all.project[i], all.entity[i])
}

fn hash(all: &Observations, i: usize) -> u64 {
    let mut hasher = FxHasher::default();
    key(all, i).hash(&mut hasher);
    hasher.finish()
}

/// Every later observation with the first one of its key, by index of the later one.
pub(crate) fn duplicates(all: &Observations) -> Vec<Pair> {
    let n = all.len();
    let mut hashes = vec![0u64; n];
    hashes.par_iter_mut().with_min_len(4096).enumerate().for_each(|(i, h)| *h = hash(all, i));

    let shift = u64::BITS - PARTITION_BITS;
    let mut ends = vec![0usize; 1 << PARTITION_BITS];
    for h in &hashes {
        ends[(h >> shift) as usize] += 1;
    }
    let mut next = Vec::with_capacity(ends.len());
    let mut sum = 0;
    for end in &mut ends {
        next.push(sum);
        sum += *end;
        *end = sum;
    }
    let mut dealt = vec![(0u64, 0u32); n];
    for (i, h) in hashes.iter().enumerate() {
        let slot = &mut next[(h >> shift) as usize];
        dealt[*slot] = (*h, i as u32);
        *slot += 1;
    }
    drop(hashes);

    let mut partitions = Vec::with_capacity(ends.len());
    let mut rest = dealt.as_mut_slice();
    let mut from = 0;
    for end in ends {
        let (part, tail) = rest.split_at_mut(end - from);
        partitions.push(part);
        rest = tail;
        from = end;
    }
    let mut pairs: Vec<Pair> = partitions.into_par_iter().flat_map_iter(|part| within(all, part)).collect();
    pairs.sort_unstable();
    pairs
}

fn within(all: &Observations, part: &mut [(u64, u32)]) -> Vec<Pair> {
    part.sort_unstable();
    let mut pairs = Vec::new();
    let part = &*part;
    for group in part.chunk_by(|a, b| a.0 == b.0).filter(|g| g.len() > 1) {
        // Rows of one hash are sorted by index, so the first equal one is the first in the file.
        for (at, (_, later)) in group.iter().enumerate().skip(1) {
            let same = |(_, i): &&(u64, u32)| key(all, *i as usize) == key(all, *later as usize);
            if let Some((_, first)) = group[..at].iter().find(same) {
                pairs.push(Pair { later: *later as usize, first: *first as usize });
            }
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use model::{kinds::Scope, observations::NewRow, value::Period};

    use super::*;

    #[test]
    fn every_later_row_names_the_first() {
        let mut all = Observations::default();
        for place in ["KEN", "UGA", "KEN", "TZA", "KEN", "TZA"] {
            all.push(&NewRow::new("I", place, Period::year(2020), Scope::Global, Some(1.0)));
        }
        let pairs: Vec<(usize, usize)> = duplicates(&all).into_iter().map(|p| (p.first, p.later)).collect();
        assert_eq!(pairs, [(0, 2), (0, 4), (3, 5)]);
    }

    #[test]
    fn a_key_repeated_a_thousand_times_stays_cheap() {
        let mut all = Observations::default();
        for _ in 0..5_000 {
            all.push(&NewRow::new("I", "KEN", Period::year(2020), Scope::Global, None));
        }
        assert_eq!(duplicates(&all).len(), 4_999);
    }
}
