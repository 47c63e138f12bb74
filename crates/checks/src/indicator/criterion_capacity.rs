//! # What it finds
//! An indicator of which nobody can tell whether cost and skill fit: no unit answers for it, and no reviewer
//! has said.
//!
//! # Why it matters
//! An indicator that nobody has the money or the skill to measure will have no value when it is due.
//!
//! # Example
//! No unit answers for the indicator.
//!
//! # What to do
//! Name the unit that answers for it, and let a reviewer say whether it can.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND009: Code = Code { id: "IND009", name: "criterion-capacity", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Capacity, &IND009, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND009, run, file: include_str!("criterion_capacity.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        units | id
              | U",
    wrong: "indicators | id | result | status
                    | I  | O      | confirmed",
    right: "indicators | id | result | status    | owner
                    | I  | O      | confirmed | U",
};
