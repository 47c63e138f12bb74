//! The order of rows in a segment: natural key, then change, then the order in which they came.

use model::{kinds::Scope, observations::Observations};
use rayon::slice::ParallelSliceMut;

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
fn scope_rank(scope: Scope) -> u8 {
    match scope {
        Scope::Delivered => 0,
        Scope::Global => 1,
        Scope::Supported => 2,
    }
}

/// The indices of all rows in the order of a segment. Rows with one key and one change keep their order,
/// because the later one is the one that counts.
pub(crate) fn key_order(obs: &Observations) -> Vec<u32> {
    let ranks = Ranks::of(obs);
    let first = |i: usize| u64::from(ranks.get(obs.indicator[i])) << 32 | u64::from(ranks.get(obs.place[i]));
    let rest = |i: usize| {
        (
            obs.period[i],
            ranks.get(obs.breakdown[i]),
            scope_rank(obs.scope[i]),
            ranks.get(obs.project[i]),
            ranks.get(obs.entity[i]),
            obs.change[i],
        )
    };
    let n = obs.len();
    let sorted = (1..n).all(|i| (first(i - 1), rest(i - 1)) <= (first(i), rest(i)));
    if sorted {
        return (0..n as u32).collect();
    }
    // The first two columns decide most comparisons, so they are kept beside the index.
    let mut order: Vec<(u64, u32)> = (0..n).map(|i| (first(i), i as u32)).collect();
    order.par_sort_unstable_by(|a, b| {
        a.0.cmp(&b.0).then_with(|| rest(a.1 as usize).cmp(&rest(b.1 as usize))).then(a.1.cmp(&b.1))
    });
    order.into_iter().map(|(_, i)| i).collect()
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
