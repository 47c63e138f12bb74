//! # What it finds
//! An indicator that does not say where its data come from.
//!
//! # Why it matters
//! When the report is due nobody knows whom to ask, and two people will ask two sources.
//!
//! # Example
//! The column `source` of the indicator is empty.
//!
//! # What to do
//! Name the source of its data.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND030: Code =
    Code { id: "IND030", name: "indicator-without-source", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND030,
        "source",
        |seen| Look::at(seen.indicator.source.is_some(), seen.severity(Severity::Warning)),
        out,
    );
}

pub(super) const CHECK: Check = Check { code: &IND030, run, file: include_str!("without_source.rs"), example: EXAMPLE };

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
    right: "indicators | id | result | status    | source
                   | I  | O      | confirmed | S",
};
