//! The order of a list of capital investments: how great the need is, what it costs by person, how much money is agreed.
//!
//! Each criterion is a number from 0 to 1 of which more goes before. The score is the weighted mean of the three, so the
//! same list with the same weights has the same order wherever and whenever it is made. What the order owes to the
//! weights is told beside it: the best and the worst rank under each criterion alone, under equal weights and under those
//! that were asked for (additive multi-criteria analysis; Dodgson et al., *Multi-criteria analysis: a manual*, 2009, ch. 6).

use model::kinds::Direction;

/// What an investment is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Criterion {
    /// How many of the places of its sort are better off in what it would mend.
    Need,
    /// How many of the other investments cost more by person.
    Cost,
    /// The share of the cost that is agreed.
    Finance,
}

impl Criterion {
    /// All, in the order of the arrays of this module.
    pub const ALL: [Criterion; 3] = [Criterion::Need, Criterion::Cost, Criterion::Finance];

    /// Its name, for message keys and parameters.
    pub fn as_str(self) -> &'static str {
        match self {
            Criterion::Need => "need",
            Criterion::Cost => "cost",
            Criterion::Finance => "finance",
        }
    }
}

/// What each criterion weighs, in the order of [`Criterion::ALL`]; at least one weighs something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights([f64; 3]);

impl Default for Weights {
    /// Need before cost before money that is there: 50, 30 and 20.
    fn default() -> Self {
        Weights([50.0, 30.0, 20.0])
    }
}

impl Weights {
    /// Weights; `None` for negative or endless ones, and where nothing weighs.
    pub fn new(weights: [f64; 3]) -> Option<Self> {
        let is_weight = |w: &f64| w.is_finite() && *w >= 0.0;
        (weights.iter().all(is_weight) && weights.iter().any(|w| *w > 0.0)).then_some(Weights(weights))
    }
    /// What a criterion weighs.
    pub fn of(self, criterion: Criterion) -> f64 {
        self.0[criterion as usize]
    }
    fn score(self, of: &[f64; 3]) -> f64 {
        let sum: f64 = self.0.iter().sum();
        self.0.iter().zip(of).map(|(weight, value)| weight * value).sum::<f64>() / sum
    }
}

/// The place of one investment in the order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priority {
    /// Weighted mean of the criteria, 0 to 1.
    pub score: f64,
    /// Each criterion, 0 to 1, in the order of [`Criterion::ALL`]; none for one that is not known and weighs nothing.
    pub criteria: [Option<f64>; 3],
    /// One more than how many have a higher score; equals share a rank.
    pub rank: usize,
    /// Best and worst rank when the weights are others.
    pub between: (usize, usize),
}

/// The order of investments by their criteria. One that lacks a criterion that weighs something has no place in the order:
/// what is not known is neither nothing nor all.
pub fn prioritise(of: &[[Option<f64>; 3]], weights: Weights) -> Vec<Option<Priority>> {
    let known = |criteria: &[Option<f64>; 3]| {
        let value = |c: Criterion| criteria[c as usize].or((weights.of(c) == 0.0).then_some(0.0));
        Some([value(Criterion::Need)?, value(Criterion::Cost)?, value(Criterion::Finance)?])
    };
    let all: Vec<Option<[f64; 3]>> = of.iter().map(known).collect();
    let ranked: Vec<[f64; 3]> = all.iter().flatten().copied().collect();
    let alone = |c: Criterion| {
        let mut only = [0.0; 3];
        only[c as usize] = 1.0;
        Weights(only)
    };
    // A criterion that weighs nothing may be unknown here and there, so it does not bend the order either.
    let others = Criterion::ALL.into_iter().filter(|c| weights.of(*c) > 0.0).map(alone);
    let equal = Weights(weights.0.map(|w| f64::from(u8::from(w > 0.0))));
    let ranks_of: Vec<Vec<usize>> =
        [weights, equal].into_iter().chain(others).map(|weights| ranks(&ranked, weights)).collect();
    let mut next = 0..;
    let place = |(criteria, stated): (Option<[f64; 3]>, &[Option<f64>; 3])| {
        let criteria = criteria?;
        let at = next.next()?;
        let own = || ranks_of.iter().filter_map(|ranks| ranks.get(at).copied());
        let rank = own().next()?;
        let between = own().fold((rank, rank), |(low, high), rank| (low.min(rank), high.max(rank)));
        Some(Priority { score: weights.score(&criteria), criteria: *stated, rank, between })
    };
    all.into_iter().zip(of).map(place).collect()
}

/// Scores that differ by less than this are equal: the order of a sum must not decide.
const SAME: f64 = 1e-9;

fn ranks(of: &[[f64; 3]], weights: Weights) -> Vec<usize> {
    let scores: Vec<i64> = of.iter().map(|criteria| (weights.score(criteria) / SAME).round() as i64).collect();
    let mut sorted = scores.clone();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    scores.iter().map(|score| 1 + sorted.partition_point(|other| other > score)).collect()
}

/// The share of the others that a value goes before, equals counted half; the own value is one of `values`. A half where
/// there are no others.
pub fn share_behind(values: &[f64], own: f64, goes_first: Direction) -> f64 {
    let others = values.len().saturating_sub(1);
    if others == 0 {
        return 0.5;
    }
    let behind =
        values.iter().filter(|v| if goes_first == Direction::Increase { **v < own } else { **v > own }).count();
    let same = values.iter().filter(|v| **v == own).count().saturating_sub(1);
    (behind as f64 + same as f64 / 2.0) / others as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_by_hand() {
        let of = [
            [Some(1.0), Some(0.0), Some(0.0)],
            [Some(0.5), Some(1.0), Some(0.5)],
            [Some(0.0), None, Some(1.0)],
            [Some(0.5), Some(0.5), Some(1.0)],
        ];
        // 50, 25 + 30 + 10 and 25 + 15 + 20 of 100; the third has no cost by person.
        let found = prioritise(&of, Weights::default());
        let told: Vec<_> = found.iter().map(|p| p.map(|p| ((p.score * 100.0).round(), p.rank, p.between))).collect();
        // Need alone puts the first first, cost alone the second; money alone puts the last first and the first last.
        assert_eq!(told, [Some((50.0, 3, (1, 3))), Some((65.0, 1, (1, 2))), None, Some((60.0, 2, (1, 2)))]);
        // Where cost weighs nothing it may be unknown.
        let found = prioritise(&of, Weights::new([1.0, 0.0, 1.0]).expect("weights"));
        let ranks: Vec<_> = found.iter().map(|p| p.map(|p| p.rank)).collect();
        assert_eq!(ranks, [Some(2), Some(2), Some(2), Some(1)]);
        assert_eq!(found[2].map(|p| p.criteria), Some([Some(0.0), None, Some(1.0)]));
    }

    #[test]
    fn weights_must_weigh() {
        assert!(Weights::new([0.0; 3]).is_none() && Weights::new([1.0, -1.0, 0.0]).is_none());
        assert!(Weights::new([f64::NAN, 1.0, 1.0]).is_none());
        assert_eq!(Weights::new([0.0, 2.0, 0.0]).map(|w| w.of(Criterion::Cost)), Some(2.0));
    }

    #[test]
    fn the_share_behind_by_hand() {
        let slums = [10.0, 40.0, 40.0, 60.0, 80.0];
        // A large share goes first: one is below 40, another is equal.
        assert_eq!(share_behind(&slums, 40.0, Direction::Increase), 1.5 / 4.0);
        assert_eq!(share_behind(&slums, 80.0, Direction::Increase), 1.0);
        // A small cost goes first.
        assert_eq!(share_behind(&slums, 10.0, Direction::Decrease), 1.0);
        assert_eq!(share_behind(&[7.0], 7.0, Direction::Decrease), 0.5);
    }
}
