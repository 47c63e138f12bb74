//! # What it finds
//! A result that does not stand deeper than the result above it.
//!
//! # Why it matters
//! Figures are rolled up from deep levels to high ones; a chain that runs sideways or upwards would
//! count a result into its own part.
//!
//! # Example
//! An area at level 2 hangs from an outcome at level 3.
//!
//! # What to do
//! Hang the result from one at a higher level, or correct the levels.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN005: Code = Code { id: "PLN005", name: "child-not-below-parent", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for result in context.records.results.iter() {
        let Some(parent) = result.parent.as_ref().and_then(|p| context.records.results.of(p)) else { continue };
        if parent.plan == result.plan && result.level.0 <= parent.level.0 {
            out.push(
                Diagnostic::new(&PLN005)
                    .on("result", result.id.as_str())
                    .field("parent")
                    .related("result", parent.id.as_str())
                    .arg("result", title(&result.title))
                    .arg("level", result.level.0)
                    .arg("parent", title(&parent.title))
                    .arg("parent_level", parent.level.0),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN005, run, file: include_str!("level_order.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | statement
               | P    | 2        | area
               | P    | 3        | outcome",
    wrong: "results | id  | plan | level | parent
                | P.1 | P    | 3     |
                | P.2 | P    | 2     | P.1",
    right: "results | id  | plan | level | parent
                | P.1 | P    | 2     |
                | P.2 | P    | 3     | P.1",
};
