//! # What it finds
//! An indicator without a target that has a day.
//!
//! # Why it matters
//! Without a day nothing is ever late, and the path from baseline to target cannot be drawn.
//!
//! # Example
//! No target says by when.
//!
//! # What to do
//! Add a target with its value and the day by which it is due.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND005: Code = Code { id: "IND005", name: "criterion-time-bound", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::TimeBound, &IND005, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND005, run, file: include_str!("criterion_time_bound.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        indicators | id | result | status    | cadence
                   | I  | O      | confirmed | yearly",
    wrong: "",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
