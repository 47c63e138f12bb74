//! # What it finds
//! The same value of a share, mean, index, score or stock in four or more periods in a row. Nothing and all (0 and
//! 100 %) may stay as they are.
//!
//! # Why it matters
//! A value that does not move at all was not measured again but carried forward. It looks like four observations and
//! is one, and progress computed from it is none.
//!
//! # Example
//! A country's share stands at 5.77 % in 2014, 2016, 2018 and 2020.
//!
//! # What to do
//! Mark the repeated values as estimated, or record them as not available; ask for a new measurement.

use model::kinds::{Measure, ObservationStatus};

use super::{Case, Shown, finding, is_percent, is_state};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS004: Code = Code { id: "OBS004", name: "value-carried-forward", severity: Severity::Note, since: "0.1" };

/// From how many equal values in a row on.
const N_EQUAL: usize = 4;

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    for indicator in context.records.indicators.iter() {
        if !is_state(indicator.measure) && indicator.measure != Measure::Stock {
            continue;
        }
        let all = if is_percent(indicator) { 100.0 } else { f64::INFINITY };
        let (mut cases, mut n_unmarked) = (Vec::new(), 0usize);
        for series in context.series_of(&indicator.id).filter(|s| s.len() >= N_EQUAL) {
            let run = series.chunk_by(|a, b| o.value[*a] == o.value[*b]).max_by_key(|run| run.len());
            let Some((run, [.., row])) = run.filter(|r| r.len() >= N_EQUAL).map(|r| (r, r)) else { continue };
            let Some(value) = o.value[*row].filter(|v| *v != 0.0 && *v != all) else { continue };
            n_unmarked += usize::from(run.iter().skip(1).any(|r| o.status[*r] != ObservationStatus::Estimated));
            cases.push(Case { row: *row, weight: run.len() as f64, shown: Shown::Run(value, run.len()) });
        }
        out.extend(finding(context, &OBS004, indicator, cases).map(|d| d.arg("n_unmarked", n_unmarked)));
    }
}

pub(super) const CHECK: Check =
    Check { code: &OBS004, run, file: include_str!("carried_forward.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2024, 6, 30),
    both: "indicators | id | measure | unit
                   | I  | share   | percent
        observations | indicator | place | period | value
                     | I         | VNM   | 2014   | 5.77
                     | I         | VNM   | 2016   | 5.77
                     | I         | VNM   | 2018   | 5.77",
    wrong: "observations | indicator | place | period | value
                         | I         | VNM   | 2020   | 5.77",
    right: "observations | indicator | place | period | value
                         | I         | VNM   | 2020   | 5.31",
};
