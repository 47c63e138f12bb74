//! # What it finds
//! An indicator that counts people, or a share of people, and is not broken down by sex. One that counts women
//! or girls needs no breakdown.
//!
//! # Why it matters
//! A total hides that one half of the people gained and the other did not.
//!
//! # Example
//! People with access to services, women and men together.
//!
//! # What to do
//! Add the dimension sex, and ask every reporter for it.

use super::people::{has, is_of_one_sex};

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND034: Code = Code { id: "IND034", name: "people-without-sex", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND034,
        "dimensions",
        |seen| match seen.counts_people() && !is_of_one_sex(seen.indicator) {
            true => Look::at(has(seen.indicator, &["sex", "gender"]), seen.severity(Severity::Warning)),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check = Check { code: &IND034, run, file: include_str!("without_sex.rs"), example: EXAMPLE };

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
                   | I  | O      | confirmed | person | sex",
};
