//! # What it finds
//! An indicator without a unit. A story needs none.
//!
//! # Why it matters
//! Values without a unit cannot be compared, added or checked for slips of a thousand.
//!
//! # Example
//! Nothing says whether 10 means per cent or cities.
//!
//! # What to do
//! State the unit, such as percent, city, person or USD.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND023: Code = Code { id: "IND023", name: "indicator-without-unit", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND023,
        "unit",
        |seen| match seen.is_number() {
            true => Look::at(seen.indicator.unit.is_some(), seen.severity(Severity::Error)),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check = Check { code: &IND023, run, file: include_str!("without_unit.rs"), example: EXAMPLE };

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
    right: "indicators | id | result | status    | unit
                   | I  | O      | confirmed | city",
};
