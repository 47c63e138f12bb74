//! # What it finds
//! An indicator whose result is missing or leads up to no focus of the plan, or that counts work under a result
//! that promises change.
//!
//! # Why it matters
//! An indicator that does not measure its result can be reached while the result is missed.
//!
//! # Example
//! “Workshops held” under an outcome.
//!
//! # What to do
//! Measure what changes for cities and people, under the result that promises it.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND004: Code = Code { id: "IND004", name: "criterion-relevant", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Relevant, &IND004, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND004, run, file: include_str!("criterion_relevant.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status    | title_en
                    | I  | O      | confirmed | Workshops held",
    right: "indicators | id | result | status    | title_en
                    | I  | O      | confirmed | Cities that apply the land law",
};
