//! # What it finds
//! Shares and means whose numerator and denominator, where both are given, do not give the value: off by more than
//! half a point for percentages, by more than half a percent otherwise.
//!
//! # Why it matters
//! The mean over several places is worked out from numerators and denominators; when these do not fit the values,
//! the total contradicts its own parts.
//!
//! # Example
//! 45 % is reported with 300 of 1,000 households.
//!
//! # What to do
//! Find out which of the three is wrong, and correct it.

use model::kinds::Measure;

use super::{Case, Shown, each_indicator, is_percent};
use crate::{Check, Code, Context, Diagnostic, Example, Severity, arithmetic::PERCENT_TOLERANCE};

static OBS009: Code = Code { id: "OBS009", name: "ratio-mismatch", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    each_indicator(context, &OBS009, out, |indicator, rows| {
        if !matches!(indicator.measure, Measure::Share | Measure::Mean) {
            return Vec::new();
        }
        let is_percent = is_percent(indicator);
        let case = |row: usize| {
            let (value, numerator) = (o.value[row]?, o.numerator[row]?);
            let ratio = numerator / o.denominator[row].filter(|d| *d != 0.0)?;
            let expected = if is_percent { ratio * 100.0 } else { ratio };
            let tolerance = if is_percent { PERCENT_TOLERANCE } else { 0.005 * expected.abs() };
            let difference = (value - expected).abs();
            (difference > tolerance + 1e-9).then_some(Case {
                row,
                weight: difference,
                shown: Shown::Against(value, expected),
            })
        };
        rows.iter().filter_map(|row| case(*row)).collect()
    });
}

pub(super) const CHECK: Check = Check { code: &OBS009, run, file: include_str!("ratio_mismatch.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure | unit
                   | I  | share   | percent",
    wrong: "observations | indicator | place | period | value | numerator | denominator
                         | I         | KEN   | 2015   | 45    | 300       | 1000",
    right: "observations | indicator | place | period | value | numerator | denominator
                         | I         | KEN   | 2015   | 30    | 300       | 1000",
};
