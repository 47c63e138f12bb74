//! # What it finds
//! Values that are still provisional two years after the end of their period.
//!
//! # Why it matters
//! Provisional means that somebody will look again. After two years nobody will, and the report rests on values
//! that were never checked.
//!
//! # Example
//! In 2020, the values of 2016 are provisional.
//!
//! # What to do
//! Check the values against their evidence and mark them verified or final.

use jiff::ToSpan;
use model::kinds::ObservationState;

use super::{Case, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS019: Code = Code { id: "OBS019", name: "still-provisional", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let Ok(two_years_ago) = context.on.checked_sub(2.years()) else { return };
    each_indicator(context, &OBS019, out, |_, rows| {
        let is_old = |row: &usize| {
            o.state[*row] == ObservationState::Provisional
                && o.value[*row].is_some()
                && o.period[*row].ends_on() < two_years_ago
        };
        // The oldest are named.
        let age = |row: usize| -f64::from(o.period[row].month_after());
        rows.iter().copied().filter(is_old).map(|r| Case { weight: age(r), ..Case::plain(r) }).collect()
    });
}

pub(super) const CHECK: Check =
    Check { code: &OBS019, run, file: include_str!("still_provisional.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2020, 6, 30),
    both: "indicators | id | measure
                   | I  | flow",
    wrong: "observations | indicator | place | period | value | state
                         | I         | KEN   | 2016   | 1200  | provisional",
    right: "observations | indicator | place | period | value | state
                         | I         | KEN   | 2016   | 1200  | verified",
};
