//! # What it finds
//! An indicator that no unit answers for.
//!
//! # Why it matters
//! What everybody answers for is reported by nobody.
//!
//! # Example
//! The column `owner` of the indicator is empty.
//!
//! # What to do
//! Name one unit that answers for it.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND032: Code = Code { id: "IND032", name: "indicator-without-owner", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND032,
        "owner",
        |seen| Look::at(seen.indicator.owner.is_some(), seen.severity(Severity::Warning)),
        out,
    );
}

pub(super) const CHECK: Check = Check { code: &IND032, run, file: include_str!("without_owner.rs"), example: EXAMPLE };

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
    right: "indicators | id | result | status    | owner
                   | I  | O      | confirmed | U",
};
