//! # What it finds
//! An indicator that counts people and is not broken down by age. One that counts an age group needs no
//! breakdown.
//!
//! # Why it matters
//! Children, the young and the old are left out most easily, and a total does not show it.
//!
//! # Example
//! People with access to services, young and old together.
//!
//! # What to do
//! Add the dimension age where the source allows it.

use super::people::{has, is_of_one_age};

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND035: Code = Code { id: "IND035", name: "people-without-age", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND035,
        "dimensions",
        |seen| match seen.counts_people() && !is_of_one_age(seen.indicator) {
            true => Look::at(has(seen.indicator, &["age", "age_group"]), Severity::Note),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check = Check { code: &IND035, run, file: include_str!("without_age.rs"), example: EXAMPLE };

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
    wrong: "indicators | id | result | status    | unit
                   | I  | O      | confirmed | person",
    right: "indicators | id | result | status    | unit   | dimensions
                   | I  | O      | confirmed | person | age",
};
