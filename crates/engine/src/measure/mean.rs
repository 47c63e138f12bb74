//! Mean, index and score: weighted by the denominator over time, place, contributor and partition; never summed.

use model::figure::{Answer, Reason};

use super::{Outcome, rule_of_one, value, without_number};
use crate::{
    ask::Ask,
    formula,
    prepared::Piece,
    select::{self, Leaf, Leaves, People, State, Timing},
};

pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    let rows = ask.rows();
    let weight = |p: &Piece| rows.denominator[p.row as usize].map(|w| w * p.part);
    let size = |leaves: &Leaves, leaf: &Leaf| stats::sum(leaves.pieces(leaf).iter().filter_map(weight));
    let (leaves, clusters) = select::select(ask, Timing::Apart, People::NotCounted, |_| true, size);
    let refused = match clusters {
        Ok(clusters) if clusters.is_empty() => None,
        Ok(_) => Some(Reason::OverlapUnknown),
        Err(reason) => Some(reason),
    };
    let unmapped = leaves.all.iter().any(|l| l.out.is_none() && l.state == State::Unmapped);
    if let Some(reason) = refused.or(unmapped.then_some(Reason::NoMapping)) {
        return Outcome::none(reason).over(ask, &leaves);
    }
    // A row with a numerator and a denominator but no value states a mean as well.
    let mean = |p: &Piece| {
        let row = p.row as usize;
        value(ask, p).or_else(|| {
            let (n, d) = (rows.numerator[row]?, rows.denominator[row].filter(|d| *d != 0.0)?);
            Some(n / d * p.factor)
        })
    };
    let error = |p: &Piece| rows.standard_error[p.row as usize].map(|e| e * p.factor);
    let mut numbers = leaves.counting_pieces();
    let Some(first) = numbers.next() else { return Outcome::none(without_number(&leaves)).over(ask, &leaves) };
    let mut outcome = Outcome::none(Reason::NothingReported);
    if numbers.next().is_none() {
        match mean(first) {
            None => outcome.answer = Answer::None(Reason::ZeroDenominator),
            Some(v) => {
                outcome.answer = Answer::Value(v);
                outcome.rule = rule_of_one(ask, first);
                outcome.formula = formula::number(v);
                outcome.error = error(first);
            }
        }
        return outcome.over(ask, &leaves);
    }
    let pairs: Option<Vec<(f64, f64)>> = leaves.counting_pieces().map(|p| Some((mean(p)?, weight(p)?))).collect();
    let Some(pairs) = pairs else { return Outcome::none(Reason::NoDenominator).over(ask, &leaves) };
    outcome.symbols.extend([("weights", stats::sum(pairs.iter().map(|p| p.1))), ("n", pairs.len() as f64)]);
    outcome.rule = "weighted-mean";
    match stats::weighted_mean(pairs.iter().copied()) {
        Err(stats::Undefined::ZeroDenominator) => outcome.answer = Answer::None(Reason::ZeroDenominator),
        Ok(v) => {
            outcome.answer = Answer::Value(v);
            outcome.formula = formula::weighted(&pairs, v);
            let errors: Option<Vec<(f64, f64)>> =
                leaves.counting_pieces().zip(&pairs).map(|(p, (_, w))| Some((error(p)?, *w))).collect();
            outcome.error = errors.and_then(|e| stats::error_of_weighted_mean(e.iter().copied()).ok());
        }
    }
    outcome.over(ask, &leaves)
}
