//! # What it finds
//! In a plan that pledges the pyramid: an indicator of an accomplishment without any figure for a year whose
//! report is due.
//!
//! # Why it matters
//! The yearly report tells of each accomplishment; a year left out cannot be made up at the end.
//!
//! # Example
//! Nothing was reported for 2015; it is August 2016.
//!
//! # What to do
//! Report the missing years, or record why there is no figure.

use model::kinds::LevelRole;

use super::tiers::find_missing;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND049: Code =
    Code { id: "IND049", name: "accomplishment-not-reported", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    find_missing(context, &IND049, LevelRole::Outcome, 1, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND049, run, file: include_str!("accomplishment_not_reported.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 8, 31),
    both: "plans | id | kind           | starts_on  | ends_on    | reporting_tiers
              | P  | strategic_plan | 2014-01-01 | 2019-12-31 | pyramid
        levels | plan | position | role
               | P    | 1        | strategic_result
               | P    | 2        | area
               | P    | 3        | outcome
        results | id | plan | parent | level
                | S  | P    |        | 1
                | A  | P    | S      | 2
                | O  | P    | A      | 3
        indicators | id | result | status    | cadence
                   | I  | O      | confirmed | yearly
        observations | indicator | place | period | scope     | value
                     | I         | KEN   | 2014   | delivered | 10",
    wrong: "",
    right: "observations | indicator | place | period | scope     | value
                     | I         | KEN   | 2015   | delivered | 11",
};
