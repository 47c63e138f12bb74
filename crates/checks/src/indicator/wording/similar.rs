//! Finding names that say nearly the same, in near-linear time.
//!
//! Two names are alike when their sets of words overlap by at least [`LEAST`] (Jaccard). Instead of comparing all
//! pairs, each name is looked up by its rarest words only: two sets that overlap so much share at least one of the
//! first `n − ⌈LEAST · n⌉ + 1` words in order of rarity, so nothing is missed. Equal names are joined first.

use model::value::{Lang, Text};
use rustc_hash::{FxHashMap, FxHashSet};

/// The least overlap of two names that say nearly the same.
pub const LEAST: f64 = 0.7;

/// A rare word that more than this many names share is a pattern of names, not a likeness; the pairs that only
/// such a word would bring together are not compared, so that ten thousand names of one pattern stay linear.
const MOST_PER_WORD: usize = 64;

/// Words that carry no meaning of their own in a name.
const EMPTY: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "by", "for", "from", "has", "have", "in", "into", "is", "its", "of", "on",
    "or", "that", "the", "their", "to", "which", "who", "whose", "with", "number", "total",
];

/// The words of a name, sorted and unique; two Chinese characters that stand together are a word.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words(Vec<Box<str>>);

impl Words {
    /// The words of a name in one language; empty for a name of fewer than three words, which says too little.
    pub fn of(name: &str, lang: Lang) -> Self {
        let mut words: Vec<Box<str>> = match lang {
            Lang::Zh => {
                let chars: Vec<char> =
                    name.chars().filter(|c| c.is_alphanumeric() && !matches!(c, '的' | '数')).collect();
                chars.windows(2).map(|two| two.iter().collect::<String>().into_boxed_str()).collect()
            }
            _ => {
                let lower = name.to_lowercase();
                let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !EMPTY.contains(w));
                words.map(|w| singular(w).into()).collect()
            }
        };
        words.sort_unstable();
        words.dedup();
        if words.len() < 3 { Words(Vec::new()) } else { Words(words) }
    }
    /// The words of a name in English, else in Chinese, else in any language.
    pub fn of_text(name: &Text) -> Self {
        match (name.get(Lang::En), name.get(Lang::Zh)) {
            (Some(text), _) => Words::of(text, Lang::En),
            (None, Some(text)) => Words::of(text, Lang::Zh),
            (None, None) => Words::of(name.show(Lang::En), Lang::En),
        }
    }
    /// Numbers in the name: "aged 15–24" is not "aged 25–59".
    fn numbers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|w| &**w).filter(|w| w.bytes().any(|b| b.is_ascii_digit()))
    }
    /// Share of common words among all words of two names.
    fn overlap(&self, other: &Words) -> f64 {
        let (mut i, mut j, mut n_common) = (0, 0, 0usize);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            match a.cmp(b) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    n_common += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        let n_all = self.0.len() + other.0.len() - n_common;
        if n_all == 0 { 0.0 } else { n_common as f64 / n_all as f64 }
    }
}

fn singular(word: &str) -> &str {
    match word {
        w if w.len() > 4 && w.ends_with("ies") => w.strip_suffix("ies").unwrap_or(w),
        // City and cities meet at "cit".
        w if w.len() > 3 && w.ends_with('y') => w.strip_suffix('y').unwrap_or(w),
        w if w.len() > 3 && w.ends_with('s') && !w.ends_with("ss") => w.strip_suffix('s').unwrap_or(w),
        w => w,
    }
}

/// Two names that say nearly the same: their places in the list and the overlap of their words, 0.7 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// The earlier name.
    pub first: usize,
    /// The later name.
    pub second: usize,
    /// Share of common words.
    pub overlap: f64,
}

/// All pairs of names that say nearly the same; of equal names, each with the first of them. Sorted.
pub fn near_duplicates(names: &[Words]) -> Vec<Likeness> {
    let mut found = Vec::new();
    let mut first_of: FxHashMap<&Words, usize> = FxHashMap::default();
    let mut distinct: Vec<usize> = Vec::new();
    for (at, name) in names.iter().enumerate().filter(|(_, n)| !n.0.is_empty()) {
        match first_of.get(name) {
            Some(first) => found.push(Likeness { first: *first, second: at, overlap: 1.0 }),
            None => {
                first_of.insert(name, at);
                distinct.push(at);
            }
        }
    }
    // Words as numbers in order of rarity: the rarest is 0.
    let mut n_names: FxHashMap<&str, usize> = FxHashMap::default();
    for at in &distinct {
        for word in names.get(*at).into_iter().flat_map(|n| &n.0) {
            *n_names.entry(word).or_default() += 1;
        }
    }
    let mut by_rarity: Vec<(&str, usize)> = n_names.into_iter().collect();
    by_rarity.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
    let rank: FxHashMap<&str, usize> = by_rarity.iter().enumerate().map(|(rank, (word, _))| (*word, rank)).collect();
    let mut holders: Vec<Vec<usize>> = vec![Vec::new(); by_rarity.len()];
    for at in distinct {
        let Some(name) = names.get(at) else { continue };
        let mut ranks: Vec<usize> = name.0.iter().filter_map(|w| rank.get(&**w).copied()).collect();
        ranks.sort_unstable();
        let n = ranks.len();
        let n_rarest = n - (LEAST * n as f64).ceil() as usize + 1;
        let mut met: FxHashSet<usize> = FxHashSet::default();
        for word in ranks.into_iter().take(n_rarest) {
            let Some(holders) = holders.get_mut(word) else { continue };
            for other in holders.iter().copied().filter(|_| holders.len() <= MOST_PER_WORD) {
                let Some(earlier) = names.get(other).filter(|_| met.insert(other)) else { continue };
                let overlap = earlier.overlap(name);
                if overlap >= LEAST && earlier.numbers().eq(name.numbers()) {
                    found.push(Likeness { first: other, second: at, overlap });
                }
            }
            holders.push(at);
        }
    }
    found.sort_unstable_by_key(|l| (l.first, l.second));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(names: &[&str], lang: Lang, expected: &[(usize, usize)]) {
        let words: Vec<Words> = names.iter().map(|n| Words::of(n, lang)).collect();
        let pairs: Vec<_> = near_duplicates(&words).into_iter().map(|l| (l.first, l.second)).collect();
        assert_eq!(pairs, expected, "{names:?}");
    }

    #[test]
    fn names_that_say_the_same_meet() {
        check(
            &["Cities with a climate plan", "Number of cities with climate plans", "Cities with a housing plan"],
            Lang::En,
            &[(0, 1)],
        );
        check(&["Women with secure tenure", "Men with secure tenure"], Lang::En, &[]);
        check(&["People aged 15–24 in decent work", "People aged 25–59 in decent work"], Lang::En, &[]);
        check(
            &[
                "Share of people living in slums",
                "Share of people who live in slums",
                "Shares of people living in slums",
            ],
            Lang::En,
            &[(0, 2)],
        );
        check(&["居住在贫民窟的人口比例", "居住在贫民窟人口的比例", "有适当住房的城市人口比例"], Lang::Zh, &[(0, 1)]);
        // Two words say too little.
        check(&["Urban population", "Urban population"], Lang::En, &[]);
    }

    /// The lookup by rare words finds what comparing all pairs finds.
    #[test]
    fn nothing_is_missed() {
        let (things, deeds) = (["plan", "law", "budget", "map", "fund"], ["adopted", "printed", "revised", "read"]);
        let mut names = Vec::new();
        for (i, thing) in things.iter().enumerate() {
            for (j, deed) in deeds.iter().enumerate() {
                names.push(format!("cities regions towns with {thing} {deed} {}", things[(i + j) % things.len()]));
            }
        }
        let words: Vec<Words> = names.iter().map(|n| Words::of(n, Lang::En)).collect();
        let mut all = Vec::new();
        for first in 0..words.len() {
            for second in first + 1..words.len() {
                if words[first].overlap(&words[second]) >= LEAST {
                    all.push((first, second));
                }
            }
        }
        let found: Vec<_> = near_duplicates(&words).into_iter().map(|l| (l.first, l.second)).collect();
        assert!(!all.is_empty());
        assert_eq!(found, all);
    }
}
