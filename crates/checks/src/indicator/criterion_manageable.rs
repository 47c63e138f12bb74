//! # What it finds
//! An indicator of a result that has more than six of them.
//!
//! # Why it matters
//! Every indicator costs somebody days each year; too many are reported badly or not at all.
//!
//! # Example
//! Seven indicators for one outcome.
//!
//! # What to do
//! Keep the two or three that say most about the result, and retire the others.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND006: Code = Code { id: "IND006", name: "criterion-manageable", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Manageable, &IND006, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND006, run, file: include_str!("criterion_manageable.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        indicators | id | result | status
                   | I1 | O      | confirmed
                   | I2 | O      | confirmed
                   | I3 | O      | confirmed
                   | I4 | O      | confirmed
                   | I5 | O      | confirmed
                   | I6 | O      | confirmed",
    wrong: "indicators | id | result | status
                    | I7 | O      | confirmed",
    right: "",
};
