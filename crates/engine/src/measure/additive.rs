//! Sums of what counts, with bounds where the overlap of projects is unknown: flows and stocks.

use model::figure::{Answer, Reason};

use super::{Outcome, rule_of_one, value, without_number};
use crate::{
    ask::Ask,
    formula,
    prepared::Piece,
    select::{self, Contribution, Leaf, Leaves, People, State, Timing},
};

/// The sum over what counts. `rule_of_many` names the rule when several observations take part.
pub(super) fn answer(ask: &Ask<'_>, timing: Timing, rule_of_many: &'static str) -> Outcome {
    let people = People::of_unit(ask.held.indicator.unit.as_ref().map(|u| u.0.as_str()));
    let amount = |p: &Piece| value(ask, p).unwrap_or_default() * p.part;
    let size = |leaves: &Leaves, leaf: &Leaf| stats::sum(leaves.pieces(leaf).iter().map(amount));
    let (leaves, clusters) = select::select(ask, timing, people, |_| true, size);
    let clusters = match clusters {
        Ok(clusters) => clusters,
        Err(reason) => return Outcome::none(reason).over(ask, &leaves),
    };
    if leaves.all.iter().any(|l| l.out.is_none() && l.state == State::Unmapped) {
        return Outcome::none(Reason::NoMapping).over(ask, &leaves);
    }
    let mut numbers = leaves.counting_pieces();
    let (first, n_numbers) = (numbers.next(), leaves.counting_pieces().count());
    let Some(first) = first else { return Outcome::none(without_number(&leaves)).over(ask, &leaves) };
    let mut outcome = Outcome::none(Reason::NothingReported);
    let terms = leaves.counting_pieces().map(amount);
    if clusters.is_empty() {
        let total = stats::sum(terms.clone());
        outcome.answer = Answer::Value(total);
        outcome.formula = formula::sum(terms, total);
        outcome.error = error(ask, &leaves);
        outcome.rule = if n_numbers == 1 { rule_of_one(ask, first) } else { rule_of_many };
    } else if clusters.iter().flatten().any(|c| c.size < 0.0) {
        // The largest single contribution is a lower bound only where nothing is negative.
        outcome.answer = Answer::None(Reason::OverlapUnknown);
    } else {
        let clear = |l: &&Leaf| !clusters.iter().flatten().any(|c| c.project == l.project);
        let rest = stats::sum(leaves.counting().filter(clear).map(|l| size(&leaves, l)));
        let bound = |of: fn(&[Contribution]) -> f64| rest + stats::sum(clusters.iter().map(|c| of(c)));
        let low = bound(|c| c.iter().map(|c| c.size).fold(0.0, f64::max));
        let high = bound(|c| stats::sum(c.iter().map(|c| c.size)));
        outcome.symbols.extend([
            ("low", low),
            ("high", high),
            ("n-overlapping", clusters.iter().map(Vec::len).sum::<usize>() as f64),
        ]);
        outcome.formula = formula::bounds(rest, &clusters, low, high);
        outcome.rule = "interval-overlap";
        outcome.answer = if low == high {
            Answer::Value(low)
        } else {
            Answer::Interval { low, high, reason: Reason::OverlapUnknown }
        };
    }
    outcome.symbols.push(("n", n_numbers as f64));
    if timing == Timing::Apart && !leaves.exact {
        outcome.symbols.push(("months", f64::from(months(&leaves))));
        outcome.symbols.push(("months-asked", f64::from(ask.key.period.n_months())));
    }
    outcome.over(ask, &leaves)
}

/// Standard error of the sum, when every number has one.
fn error(ask: &Ask<'_>, leaves: &Leaves) -> Option<f64> {
    let errors: Option<Vec<f64>> = leaves
        .counting_pieces()
        .map(|p| ask.rows().standard_error[p.row as usize].map(|e| e * p.factor * p.part))
        .collect();
    errors.map(stats::error_of_sum)
}

/// Months that at least one number speaks of.
fn months(leaves: &Leaves) -> i32 {
    let mut spans: Vec<(i32, i32)> =
        leaves.counting().map(|l| (l.period.first_month(), l.period.month_after())).collect();
    spans.sort_unstable();
    let (mut n, mut covered_to) = (0, i32::MIN);
    for (from, to) in spans {
        n += (to - from.max(covered_to)).max(0);
        covered_to = covered_to.max(to);
    }
    n
}
