//! # What it finds
//! Values of an indicator that reports everything since the start, which are lower than the value of an earlier
//! period of the same place, group and project.
//!
//! # Why it matters
//! What was reached once cannot become less. One of the two values is wrong, or each covers only its own period and
//! everything added up from them is too small.
//!
//! # Example
//! 1,200 households by 2014, 900 by 2015.
//!
//! # What to do
//! Correct the value that is wrong, or declare the indicator as incremental.

use model::kinds::Reporting;

use super::{Case, Shown, finding};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS018: Code = Code { id: "OBS018", name: "cumulative-falls", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    for indicator in context.records.indicators.iter().filter(|i| i.reporting == Some(Reporting::Cumulative)) {
        let mut cases = Vec::new();
        for series in context.series_of(&indicator.id) {
            for pair in series.windows(2) {
                let [before, row] = pair else { continue };
                // A year and its last quarter both end in December: neither is before the other.
                if o.period[*before].month_after() >= o.period[*row].month_after() {
                    continue;
                }
                let (Some(from), Some(to)) = (o.value[*before], o.value[*row]) else { continue };
                if to < from - 1e-9 * from.abs() {
                    cases.push(Case { row: *row, weight: from - to, shown: Shown::Change(from, to) });
                }
            }
        }
        out.extend(finding(context, &OBS018, indicator, cases));
    }
}

pub(super) const CHECK: Check =
    Check { code: &OBS018, run, file: include_str!("cumulative_falls.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure | reporting
                   | I  | flow    | cumulative
        observations | indicator | place | period | value
                     | I         | KEN   | 2014   | 1200",
    wrong: "observations | indicator | place | period | value
                         | I         | KEN   | 2015   | 900",
    right: "observations | indicator | place | period | value
                         | I         | KEN   | 2015   | 1500",
};
