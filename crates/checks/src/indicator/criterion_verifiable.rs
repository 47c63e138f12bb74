//! # What it finds
//! An indicator whose values nobody could check: no means of verification, no source, no evidence on any
//! observation.
//!
//! # Why it matters
//! A figure that cannot be checked is an opinion; evaluators and auditors leave it out.
//!
//! # Example
//! Nothing says how a value can be verified.
//!
//! # What to do
//! Say how a value can be verified, and keep the evidence with each observation.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND010: Code = Code { id: "IND010", name: "criterion-verifiable", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Verifiable, &IND010, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND010, run, file: include_str!("criterion_verifiable.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status
                    | I  | O      | confirmed",
    right: "indicators | id | result | status    | verification
                    | I  | O      | confirmed | Visit to the land office",
};
