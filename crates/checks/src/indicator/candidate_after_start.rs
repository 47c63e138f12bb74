//! # What it finds
//! A candidate that is still in the set after the plan has started.
//!
//! # Why it matters
//! A plan that runs without a confirmed set measures by whatever is at hand.
//!
//! # Example
//! The plan started in 2014; in 2016 the indicator is still proposed.
//!
//! # What to do
//! Confirm it when it meets the criteria, or retire it.

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND040: Code = Code { id: "IND040", name: "candidate-after-start", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND040,
        "status",
        |seen| match seen
            .plan
            .is_some_and(|p| p.starts_on <= context.on && p.ends_on.is_none_or(|end| context.on <= end))
        {
            true => Look::at(seen.is_confirmed(), Severity::Warning),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND040, run, file: include_str!("candidate_after_start.rs"), example: EXAMPLE };

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
                   | I  | O      | candidate",
    right: "indicators | id | result | status
                   | I  | O      | confirmed",
};
