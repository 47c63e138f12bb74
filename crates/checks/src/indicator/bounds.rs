//! What values an indicator can take: its own smallest and largest value, else what its measure and unit allow.

use model::kinds::{Indicator, Measure};

/// Whether a value can be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bounds {
    /// It can.
    Inside,
    /// It cannot: the bound that it passes.
    Outside(f64),
}

/// The smallest and largest possible value; either may be unknown. Counts and stages are never negative, a share is
/// between none and all. A flow or stock may be negative: an account can be overdrawn.
pub(crate) fn limits(indicator: &Indicator) -> (Option<f64>, Option<f64>) {
    let unit = indicator.unit.as_ref().map_or("", |u| u.0.as_str());
    let (low, high) = match indicator.measure {
        Measure::DistinctCount | Measure::StageCount => (Some(0.0), None),
        Measure::Share if is_percent(unit) => (Some(0.0), Some(100.0)),
        Measure::Share => (Some(0.0), None),
        Measure::Flow | Measure::Stock if counts_things(unit) => (Some(0.0), None),
        _ => (None, None),
    };
    (indicator.minimum.or(low), indicator.maximum.or(high))
}

/// Whether a unit is per cent.
pub(crate) fn is_percent(unit: &str) -> bool {
    matches!(unit, "percent" | "per_cent" | "percentage" | "%" | "pct")
}

/// Money, points and rates can be negative; people, homes and requests cannot.
fn counts_things(unit: &str) -> bool {
    let is_currency = unit.len() == 3 && unit.bytes().all(|b| b.is_ascii_uppercase());
    !unit.is_empty()
        && !is_currency
        && !unit.contains("point")
        && !is_percent(unit)
        && unit != "money"
        && unit != "ratio"
}

/// Whether an indicator can have a value. A share of a whole that may be overspent (a target, a budget) has its own
/// `maximum` or none: shares of money pass 100 per cent.
pub(crate) fn bounds(indicator: &Indicator, value: f64) -> Bounds {
    let (low, high) = limits(indicator);
    let is_money = |part: &Option<String>| part.as_ref().is_some_and(|p| p.contains("USD") || p.contains("target"));
    let high = high.filter(|_| indicator.maximum.is_some() || !is_money(&indicator.denominator));
    match (low.filter(|l| value < *l), high.filter(|h| value > *h)) {
        (Some(bound), _) | (None, Some(bound)) => Bounds::Outside(bound),
        (None, None) => Bounds::Inside,
    }
}
