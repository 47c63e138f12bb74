//! Share: the sum of numerators over the sum of denominators, over time, place, contributor and partition.
//!
//! A single reported share may stand without them; two cannot be put together without.

use model::figure::{Answer, Reason};

use super::{Outcome, rule_of_one, value, without_number};
use crate::{
    ask::Ask,
    formula,
    prepared::Piece,
    select::{self, Leaf, Leaves, People, State, Timing},
};

pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    let scale = scale(ask.held.indicator.unit.as_ref().map(|u| u.0.as_str()));
    let rows = ask.rows();
    let ratio = |p: &Piece| -> Option<(f64, f64)> {
        let denominator = rows.denominator[p.row as usize]?;
        // A numerator left out follows from the share and its denominator.
        let numerator = rows.numerator[p.row as usize].or_else(|| Some(value(ask, p)? / scale * denominator))?;
        Some((numerator * p.part, denominator * p.part))
    };
    // Of two projects that speak of the same people the one with the larger base counts.
    let size = |leaves: &Leaves, leaf: &Leaf| {
        stats::sum(leaves.pieces(leaf).iter().map(|p| rows.denominator[p.row as usize].unwrap_or_default() * p.part))
    };
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
    let mut numbers = leaves.counting_pieces();
    let Some(first) = numbers.next() else { return Outcome::none(without_number(&leaves)).over(ask, &leaves) };
    let single = numbers.next().is_none();
    let mut outcome = Outcome::none(Reason::NothingReported);
    let error = |p: &Piece| rows.standard_error[p.row as usize].map(|e| e * p.factor);
    if let Some(share) = value(ask, first).filter(|_| single) {
        outcome.answer = Answer::Value(share);
        outcome.rule = rule_of_one(ask, first);
        outcome.formula = formula::number(share);
        outcome.error = error(first);
        if let Some((n, d)) = ratio(first) {
            outcome.symbols.extend([("numerator", n), ("denominator", d)]);
        }
        return outcome.over(ask, &leaves);
    }
    let pairs: Option<Vec<(f64, f64)>> = leaves.counting_pieces().map(ratio).collect();
    let Some(pairs) = pairs else { return Outcome::none(Reason::NoDenominator).over(ask, &leaves) };
    let (n, d) = (stats::sum(pairs.iter().map(|p| p.0)), stats::sum(pairs.iter().map(|p| p.1)));
    outcome.symbols.extend([("numerator", n), ("denominator", d), ("n", pairs.len() as f64)]);
    outcome.rule = "ratio-of-sums";
    match stats::ratio_of_sums(pairs.iter().copied()) {
        Err(stats::Undefined::ZeroDenominator) => outcome.answer = Answer::None(Reason::ZeroDenominator),
        Ok(share) => {
            outcome.answer = Answer::Value(share * scale);
            outcome.formula = formula::ratio(&pairs, scale, share * scale);
            let errors: Option<Vec<(f64, f64)>> =
                leaves.counting_pieces().zip(&pairs).map(|(p, (_, d))| Some((error(p)?, *d))).collect();
            outcome.error = errors.and_then(|e| stats::error_of_weighted_mean(e.iter().copied()).ok());
        }
    }
    outcome.over(ask, &leaves)
}

/// What a quotient is multiplied by: percentages are 0–100, `per_1000` and the like as they say, all else 0–1.
fn scale(unit: Option<&str>) -> f64 {
    match unit {
        Some("percent" | "%") => 100.0,
        Some("per_1000") => 1_000.0,
        Some("per_100000") => 100_000.0,
        _ => 1.0,
    }
}
