//! # What it finds
//! An indicator that does not say which way is better. A story needs no direction.
//!
//! # Why it matters
//! Without a direction no status can be computed: a fall may be a success or a failure.
//!
//! # Example
//! Nothing says whether a rise is good.
//!
//! # What to do
//! Declare whether it should increase, decrease or be maintained.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND024: Code =
    Code { id: "IND024", name: "indicator-without-direction", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND024,
        "direction",
        |seen| match seen.is_number() {
            true => Look::at(seen.indicator.direction.is_some(), seen.severity(Severity::Warning)),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND024, run, file: include_str!("without_direction.rs"), example: EXAMPLE };

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
    right: "indicators | id | result | status    | direction
                   | I  | O      | confirmed | increase",
};
