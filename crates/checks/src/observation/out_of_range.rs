//! # What it finds
//! Values below the smallest or above the largest that the indicator allows; where it names none, shares in percent
//! outside of 0 to 100, and counts below zero. Amounts of money may be below zero.
//!
//! # Why it matters
//! Such a value cannot be: it was mistyped, is in another unit, or belongs to another indicator. Every sum and mean
//! over it is wrong.
//!
//! # Example
//! A city reports that 146 % of its people have a toilet.
//!
//! # What to do
//! Correct the value, or the limits of the indicator if they are too narrow.

use model::kinds::{Indicator, Measure};

use super::{Case, Shown, each_indicator, is_money, is_percent};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS002: Code = Code { id: "OBS002", name: "value-out-of-range", severity: Severity::Error, since: "0.1" };

/// The smallest and the largest possible value.
fn limits(indicator: &Indicator) -> (f64, f64) {
    let is_share = indicator.measure == Measure::Share && is_percent(indicator);
    let is_count = match indicator.measure {
        Measure::DistinctCount | Measure::StageCount => true,
        Measure::Flow | Measure::Stock => !is_money(indicator),
        _ => false,
    };
    let low = if is_share || is_count { 0.0 } else { f64::NEG_INFINITY };
    let high = if is_share { 100.0 } else { f64::INFINITY };
    (indicator.minimum.unwrap_or(low), indicator.maximum.unwrap_or(high))
}

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    each_indicator(context, &OBS002, out, |indicator, rows| {
        let (low, high) = limits(indicator);
        if low == f64::NEG_INFINITY && high == f64::INFINITY {
            return Vec::new();
        }
        // 100.00000000000001 is the arithmetic of a machine, not a fault.
        let slack = 1e-9 * high.abs().clamp(1.0, 1e12);
        let at = |row: usize| Some((row, o.value[row]?));
        rows.iter()
            .filter_map(|r| at(*r))
            .map(|(row, value)| Case { row, weight: (low - value).max(value - high), shown: Shown::Value(value) })
            .filter(|case| case.weight > slack)
            .collect()
    });
}

pub(super) const CHECK: Check = Check { code: &OBS002, run, file: include_str!("out_of_range.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure | unit
                   | I  | share   | percent",
    wrong: "observations | indicator | place | period | value
                         | I         | KEN   | 2014   | 146",
    right: "observations | indicator | place | period | value
                         | I         | KEN   | 2014   | 100",
};
