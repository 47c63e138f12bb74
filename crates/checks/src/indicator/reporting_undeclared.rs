//! # What it finds
//! A flow that does not say whether its values are cumulative or cover their own period only.
//!
//! # Why it matters
//! Cumulative values that are added count everything several times; guessing is refused, so there is no figure
//! at all.
//!
//! # Example
//! Downloads are reported as 100, then 150: together 250, or 150?
//!
//! # What to do
//! Declare cumulative or incremental.

use model::kinds::Measure;

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND025: Code = Code { id: "IND025", name: "reporting-undeclared", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND025,
        "reporting",
        |seen| match seen.indicator.measure {
            Measure::Flow => Look::at(seen.indicator.reporting.is_some(), seen.severity(Severity::Error)),
            _ => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND025, run, file: include_str!("reporting_undeclared.rs"), example: EXAMPLE };

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
    wrong: "indicators | id | result | status    | measure
                   | I  | O      | confirmed | flow",
    right: "indicators | id | result | status    | measure | reporting
                   | I  | O      | confirmed | flow    | incremental",
};
