//! # What it finds
//! An indicator that does not say how its values can be verified.
//!
//! # Why it matters
//! Whoever accepts a value must be able to check it; without a means he can only believe.
//!
//! # Example
//! The column `verification` of the indicator is empty.
//!
//! # What to do
//! Say by which document, visit or comparison a value is verified.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND031: Code =
    Code { id: "IND031", name: "indicator-without-verification", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND031,
        "verification",
        |seen| Look::at(seen.indicator.verification.is_some(), seen.severity(Severity::Warning)),
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND031, run, file: include_str!("without_verification.rs"), example: EXAMPLE };

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
    right: "indicators | id | result | status    | verification
                   | I  | O      | confirmed | visit",
};
