//! # What it finds
//! A result that stands at a level which its plan does not define.
//!
//! # Why it matters
//! Nobody knows what such a result is in the results chain, so it is neither measured nor reported at
//! its tier.
//!
//! # Example
//! The plan defines levels 1 and 2; a result says that it stands at level 3.
//!
//! # What to do
//! Define the level in the plan, or correct the level of the result.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN004: Code = Code { id: "PLN004", name: "level-not-defined", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for result in context.records.results.iter().filter(|r| context.role(r).is_none()) {
        out.push(
            Diagnostic::new(&PLN004)
                .on("result", result.id.as_str())
                .field("level")
                .arg("result", title(&result.title))
                .arg("level", result.level.0),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN004, run, file: include_str!("level_not_defined.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | area",
    wrong: "results | id  | plan | level
                | P.A | P    | 3",
    right: "results | id  | plan | level
                | P.A | P    | 1",
};
