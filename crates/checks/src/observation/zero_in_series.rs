//! # What it finds
//! Zeros that are more likely missing figures: in a share, mean, index, score or stock, a zero whose neighbours in
//! time are far from zero (ten points, or any other value at all for measures that are no percentages), and series
//! of three or more values that are all zero.
//!
//! # Why it matters
//! A missing figure is not a zero. A zero pulls every mean down and looks like a result, good or bad.
//!
//! # Example
//! A country has 34 %, 0 % and 31 % in three surveys.
//!
//! # What to do
//! If nobody measured, empty the value and record the status as not available; if it is zero, say so in the comment.

use model::kinds::Measure;

use super::{Case, Shown, finding, is_percent, is_state};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS010: Code = Code { id: "OBS010", name: "zero-or-missing", severity: Severity::Warning, since: "0.1" };

/// How far from zero both neighbours of a doubtful percentage are.
const FAR: f64 = 10.0;

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    for indicator in context.records.indicators.iter() {
        if !is_state(indicator.measure) && indicator.measure != Measure::Stock {
            continue;
        }
        let far = if is_percent(indicator) { FAR } else { f64::MIN_POSITIVE };
        let mut cases = Vec::new();
        for series in context.series_of(&indicator.id).filter(|s| s.len() >= 3) {
            let value = |row: &usize| o.value[*row].unwrap_or(0.0);
            // A comment is taken to explain the zero.
            let is_doubtful = |row: &usize| value(row) == 0.0 && o.comment[*row] == 0;
            let zero = |row: &usize, n: usize| Case { row: *row, weight: n as f64, shown: Shown::Run(0.0, n) };
            if series.iter().all(is_doubtful) {
                cases.extend(series.last().map(|row| zero(row, series.len())));
                continue;
            }
            for window in series.windows(3) {
                let [before, row, after] = window else { continue };
                if is_doubtful(row) && value(before).abs() >= far && value(after).abs() >= far {
                    let shown = Shown::Change(value(before), 0.0);
                    cases.push(Case { row: *row, weight: value(before).abs(), shown });
                }
            }
            // At the end there is only one side: two values far from zero must stand before it.
            if let [.., first, second, row] = series
                && is_doubtful(row)
                && value(first).abs() >= far
                && value(second).abs() >= far
            {
                cases.push(Case { row: *row, weight: value(second).abs(), shown: Shown::Change(value(second), 0.0) });
            }
        }
        out.extend(finding(context, &OBS010, indicator, cases));
    }
}

pub(super) const CHECK: Check = Check { code: &OBS010, run, file: include_str!("zero_in_series.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2020, 6, 30),
    both: "indicators | id | measure | unit
                   | I  | share   | percent
        observations | indicator | place | period | value
                     | I         | KEN   | 2012   | 34
                     | I         | KEN   | 2018   | 31",
    wrong: "observations | indicator | place | period | value
                         | I         | KEN   | 2015   | 0",
    right: "observations | indicator | place | period | value | status
                         | I         | KEN   | 2015   |       | not_available",
};
