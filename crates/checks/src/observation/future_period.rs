//! # What it finds
//! Values for a period that is not over, unless the day of measurement is given and has passed. A period that has
//! not even begun is an error.
//!
//! # Why it matters
//! What has not happened cannot have been measured; a hope recorded as a value is reported as a result.
//!
//! # Example
//! In June, a project records the value of the second half of the year.
//!
//! # What to do
//! Correct the period; record a plan as a target; or give the day of measurement within the running period.

use super::{Case, Shown, finding};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS006: Code = Code { id: "OBS006", name: "future-period", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let (o, on) = (context.observations, context.on);
    for indicator in context.records.indicators.iter() {
        let (mut running, mut ahead) = (Vec::new(), Vec::new());
        for row in context.rows_of(&indicator.id).iter().copied() {
            let Some(value) = o.value[row] else { continue };
            let case = Case { row, weight: f64::from(o.period[row].month_after()), shown: Shown::Value(value) };
            if o.period[row].starts_on() > on {
                ahead.push(case);
            } else if o.period[row].ends_on() > on && o.measured_on[row].is_none_or(|day| day > on) {
                running.push(case);
            }
        }
        for (state, severity, cases) in [("running", Severity::Warning, running), ("ahead", Severity::Error, ahead)] {
            out.extend(finding(context, &OBS006, indicator, cases).map(|d| d.severity(severity).arg("state", state)));
        }
    }
}

pub(super) const CHECK: Check = Check { code: &OBS006, run, file: include_str!("future_period.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure
                   | I  | flow",
    wrong: "observations | indicator | place | period  | value
                         | I         | KEN   | 2016-S2 | 12",
    right: "observations | indicator | place | period  | value
                         | I         | KEN   | 2016-S1 | 12",
};
