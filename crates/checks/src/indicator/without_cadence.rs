//! # What it finds
//! An indicator that does not say how often it is reported.
//!
//! # Why it matters
//! What is due is worked out from the cadence; without one nothing is ever due, and nobody is reminded.
//!
//! # Example
//! The column `cadence` of the indicator is empty.
//!
//! # What to do
//! Declare how often it is reported.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND033: Code =
    Code { id: "IND033", name: "indicator-without-cadence", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND033,
        "cadence",
        |seen| Look::at(seen.indicator.cadence.is_some(), seen.severity(Severity::Warning)),
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND033, run, file: include_str!("without_cadence.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status
                   | I  | O      | confirmed",
    right: "indicators | id | result | status    | cadence
                   | I  | O      | confirmed | yearly",
};
