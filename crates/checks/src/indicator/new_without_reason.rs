//! # What it finds
//! An indicator that is linked to no global framework and does not say why a new one was needed.
//!
//! # Why it matters
//! Each new indicator is one more that no other body collects and nothing can be compared with.
//!
//! # Example
//! A new indicator beside a global one that measures the same.
//!
//! # What to do
//! Link it to the framework that it was taken from, or give the reason why none of them measures it.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND041: Code = Code { id: "IND041", name: "new-without-reason", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND041,
        "reason_new",
        |seen| {
            Look::at(
                !seen.indicator.frameworks.is_empty() || seen.indicator.reason_new.is_some(),
                seen.severity(Severity::Warning),
            )
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND041, run, file: include_str!("new_without_reason.rs"), example: EXAMPLE };

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
    right: "indicators | id | result | status    | frameworks
                   | I  | O      | confirmed | SDG:11.1.1",
};
