//! # What it finds
//! A target that the measure does not allow, that points the wrong way or asks for change more than twice as
//! fast as it ever was; and, as a note, a target of which nobody can tell.
//!
//! # Why it matters
//! A target that nobody believes steers nobody; it is explained away from the first year on.
//!
//! # Example
//! The share fell by half a point a year at best; the target asks for two points a year.
//!
//! # What to do
//! Set a target that the past or a reviewer supports, and record the reviewer’s assessment with its reason.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND003: Code = Code { id: "IND003", name: "criterion-achievable", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Achievable, &IND003, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND003, run, file: include_str!("criterion_achievable.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        places | id | kind
               | W  | world
        indicators | id | result | status    | measure | unit    | direction
                   | I  | O      | confirmed | share   | percent | increase
        observations | indicator | place | period | scope  | value
                     | I         | W     | 2008   | global | 8
                     | I         | W     | 2012   | global | 10",
    wrong: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10
                | I         | target   | 2018-12-31 | 20",
    right: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10
                | I         | target   | 2018-12-31 | 12",
};
