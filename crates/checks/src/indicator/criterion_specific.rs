//! # What it finds
//! An indicator that is not specific: several figures in one number, words that two people read differently and
//! no definition, or a reviewer who says so.
//!
//! # Why it matters
//! Two offices that read an indicator differently report two different things, and their sum means nothing.
//!
//! # Example
//! “Cities with better planning”, without a definition of what is better.
//!
//! # What to do
//! Name one thing, and write a definition that says what counts and what does not.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND001: Code = Code { id: "IND001", name: "criterion-specific", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Specific, &IND001, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND001, run, file: include_str!("criterion_specific.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status    | title_en
                    | I  | O      | confirmed | Cities with better planning",
    right: "indicators | id | result | status    | title_en                    | definition_en
                    | I  | O      | confirmed | Cities with better planning | Cities whose council adopted a plan that a court can enforce",
};
