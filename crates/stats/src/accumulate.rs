//! Accumulators of the measure types: update with a batch, merge two states, finish.
//!
//! Every executor (in memory, over Parquet row groups, as aggregate functions of an SQL engine) runs
//! these same states, so that a figure does not depend on who computes it. A value that is missing is
//! never fed as zero: the caller feeds what was reported and counts what was not.

use rustc_hash::FxHashSet;

use crate::Undefined;

/// Why an accumulator has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// Nothing was fed.
    NothingReported,
    /// A numerator, denominator or weight was missing, so the inputs cannot be combined.
    MissingPart,
    /// The numbers have no combination.
    Undefined(Undefined),
}

/// A state that can be filled in pieces and joined.
///
/// Law: feeding pieces into several states and merging them answers the same as feeding all into one, up
/// to the last digit of a sum. States of [`Last`] that hold equal moments must be merged in order.
pub trait Accumulator: Default {
    /// One contribution.
    type Input;
    /// Feeds one contribution.
    fn add(&mut self, input: Self::Input);
    /// Feeds a batch.
    fn update(&mut self, batch: impl IntoIterator<Item = Self::Input>) {
        for input in batch {
            self.add(input);
        }
    }
    /// Joins another state, which comes later in order.
    fn merge(&mut self, other: Self);
    /// The answer.
    fn finish(&self) -> Result<f64, NoAnswer>;
}

/// Sum of values (flows, and stocks over disjoint places), with a running correction as in [`crate::sum`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sum {
    total: f64,
    lost: f64,
    n: u64,
}

impl Sum {
    /// How many values were fed.
    pub fn n(&self) -> u64 {
        self.n
    }
    fn value(&self) -> f64 {
        if self.lost.is_finite() { self.total + self.lost } else { self.total }
    }
    fn take(&mut self, term: f64) {
        let next = self.total + term;
        self.lost +=
            if self.total.abs() >= term.abs() { (self.total - next) + term } else { (term - next) + self.total };
        self.total = next;
    }
}

impl Accumulator for Sum {
    type Input = f64;
    #[inline]
    fn add(&mut self, value: f64) {
        self.take(value);
        self.n += 1;
    }
    fn merge(&mut self, other: Self) {
        self.take(other.total);
        self.lost += other.lost;
        self.n += other.n;
    }
    fn finish(&self) -> Result<f64, NoAnswer> {
        if self.n == 0 { Err(NoAnswer::NothingReported) } else { Ok(self.value()) }
    }
}

/// The last value over time (stocks). Of equal moments the one fed last wins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Last<K> {
    held: Option<(K, f64)>,
}

impl<K> Default for Last<K> {
    fn default() -> Self {
        Last { held: None }
    }
}

impl<K: PartialOrd> Accumulator for Last<K> {
    /// The moment and the value.
    type Input = (K, f64);
    #[inline]
    fn add(&mut self, input: (K, f64)) {
        if self.held.as_ref().is_none_or(|(at, _)| input.0 >= *at) {
            self.held = Some(input);
        }
    }
    fn merge(&mut self, other: Self) {
        if let Some(input) = other.held {
            self.add(input);
        }
    }
    fn finish(&self) -> Result<f64, NoAnswer> {
        self.held.as_ref().map(|(_, value)| *value).ok_or(NoAnswer::NothingReported)
    }
}

/// Sum of numerators over sum of denominators (shares), as in [`crate::ratio_of_sums`].
///
/// A contribution that lacks one of the two cannot be combined with others, and leaving it out would
/// change what the share is of: the whole answer is [`NoAnswer::MissingPart`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Share {
    numerator: Sum,
    denominator: Sum,
    n_incomplete: u64,
}

impl Share {
    /// The symbols of the answer: Σ numerator and Σ denominator.
    pub fn parts(&self) -> (f64, f64) {
        (self.numerator.value(), self.denominator.value())
    }
}

impl Accumulator for Share {
    /// Numerator and denominator.
    type Input = (Option<f64>, Option<f64>);
    #[inline]
    fn add(&mut self, input: (Option<f64>, Option<f64>)) {
        match input {
            (Some(numerator), Some(denominator)) => {
                self.numerator.add(numerator);
                self.denominator.add(denominator);
            }
            _ => self.n_incomplete += 1,
        }
    }
    fn merge(&mut self, other: Self) {
        self.numerator.merge(other.numerator);
        self.denominator.merge(other.denominator);
        self.n_incomplete += other.n_incomplete;
    }
    fn finish(&self) -> Result<f64, NoAnswer> {
        match (self.n_incomplete, self.numerator.n) {
            (0, 0) => Err(NoAnswer::NothingReported),
            (0, _) if self.denominator.value() == 0.0 => Err(NoAnswer::Undefined(Undefined::ZeroDenominator)),
            (0, _) => Ok(self.numerator.value() / self.denominator.value()),
            _ => Err(NoAnswer::MissingPart),
        }
    }
}

/// Mean weighted by weights that need not sum to one (means, indices, scores), as in
/// [`crate::weighted_mean`]. A value without a weight makes the answer [`NoAnswer::MissingPart`], unless it
/// is the only one: a single value is its own mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct WeightedMean {
    weighted: Sum,
    weights: Sum,
    unweighted: Sum,
}

impl Accumulator for WeightedMean {
    /// Value and weight.
    type Input = (f64, Option<f64>);
    #[inline]
    fn add(&mut self, input: (f64, Option<f64>)) {
        match input {
            (value, Some(weight)) => {
                self.weighted.add(value * weight);
                self.weights.add(weight);
            }
            (value, None) => self.unweighted.add(value),
        }
    }
    fn merge(&mut self, other: Self) {
        self.weighted.merge(other.weighted);
        self.weights.merge(other.weights);
        self.unweighted.merge(other.unweighted);
    }
    fn finish(&self) -> Result<f64, NoAnswer> {
        match (self.unweighted.n, self.weights.n) {
            (0, 0) => Err(NoAnswer::NothingReported),
            (0, _) if self.weights.value() == 0.0 => Err(NoAnswer::Undefined(Undefined::ZeroDenominator)),
            (0, _) => Ok(self.weighted.value() / self.weights.value()),
            (1, 0) => Ok(self.unweighted.value()),
            _ => Err(NoAnswer::MissingPart),
        }
    }
}

/// Distinct bodies (set union over time, place and contributor). Bodies are numbers that the caller gives,
/// the same number for the same body in every state that will be merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distinct {
    bodies: FxHashSet<u32>,
    n: u64,
}

impl Distinct {
    /// The bodies, in no order.
    pub fn bodies(&self) -> impl ExactSizeIterator<Item = u32> {
        self.bodies.iter().copied()
    }
}

impl Accumulator for Distinct {
    /// The body; `None` for a report that names none, which is reported but counts nobody.
    type Input = Option<u32>;
    #[inline]
    fn add(&mut self, body: Option<u32>) {
        self.n += 1;
        self.bodies.extend(body);
    }
    fn merge(&mut self, other: Self) {
        // The larger set is kept, so that merging many states costs the size of the smaller ones.
        let (mut larger, smaller) = if self.bodies.len() >= other.bodies.len() {
            (std::mem::take(&mut self.bodies), other.bodies)
        } else {
            (other.bodies, std::mem::take(&mut self.bodies))
        };
        larger.extend(smaller);
        self.bodies = larger;
        self.n += other.n;
    }
    fn finish(&self) -> Result<f64, NoAnswer> {
        if self.n == 0 { Err(NoAnswer::NothingReported) } else { Ok(self.bodies.len() as f64) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer of one state and of every cut into two states.
    fn check<A: Accumulator>(inputs: &[A::Input], expected: Result<f64, NoAnswer>)
    where
        A::Input: Clone,
    {
        for cut in 0..=inputs.len() {
            let (mut before, mut after) = (A::default(), A::default());
            before.update(inputs[..cut].iter().cloned());
            after.update(inputs[cut..].iter().cloned());
            before.merge(after);
            assert_eq!(before.finish(), expected, "cut at {cut}");
        }
    }

    #[test]
    fn accumulators_by_hand() {
        check::<Sum>(&[1e100, 1.0, -1e100], Ok(1.0));
        check::<Sum>(&[], Err(NoAnswer::NothingReported));
        // The second value of 2016 wins over the first, 2015 never does.
        check::<Last<i32>>(&[(2016, 3.0), (2015, 9.0), (2016, 4.0)], Ok(4.0));
        // (10 + 90) / (100 + 300) = 0.25.
        check::<Share>(&[(Some(10.0), Some(100.0)), (Some(90.0), Some(300.0))], Ok(0.25));
        check::<Share>(&[(Some(10.0), Some(100.0)), (None, Some(300.0))], Err(NoAnswer::MissingPart));
        check::<Share>(&[(Some(1.0), Some(0.0))], Err(NoAnswer::Undefined(Undefined::ZeroDenominator)));
        // (2·1 + 5·3) / 4 = 4.25.
        check::<WeightedMean>(&[(2.0, Some(1.0)), (5.0, Some(3.0))], Ok(4.25));
        check::<WeightedMean>(&[(2.0, None)], Ok(2.0));
        check::<WeightedMean>(&[(2.0, None), (5.0, Some(3.0))], Err(NoAnswer::MissingPart));
        check::<Distinct>(&[Some(7), Some(8), Some(7), None], Ok(2.0));
        check::<Distinct>(&[None], Ok(0.0));
        check::<Distinct>(&[], Err(NoAnswer::NothingReported));
    }
}
