//! # What it finds
//! An indicator of which nobody can tell whether its change comes from the work: no project reports on it. A
//! reviewer’s grade counts.
//!
//! # Why it matters
//! A change that the work did not cause is neither its merit nor its fault.
//!
//! # Example
//! An outcome’s indicator that no project reports on.
//!
//! # What to do
//! Let the projects that move it declare it, or record an assessment of how change is ascribed.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND007: Code = Code { id: "IND007", name: "criterion-attributable", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Attributable, &IND007, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND007, run, file: include_str!("criterion_attributable.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        indicators | id | result | status
                   | I  | O      | confirmed",
    wrong: "",
    right: "projects | id | indicators
                 | J  | I",
};
