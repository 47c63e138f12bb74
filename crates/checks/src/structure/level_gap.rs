//! # What it finds
//! Levels of a plan whose positions leave one out.
//!
//! # Why it matters
//! A missing level is usually one that was forgotten, and the levels below it get the wrong tier of
//! reporting.
//!
//! # Example
//! A plan defines levels 1, 2 and 4.
//!
//! # What to do
//! Define the missing level, or number the levels without a gap from 1.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN006: Code = Code { id: "PLN006", name: "level-gap", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (plan, levels) in context.levels.sorted() {
        let mut expected = 1;
        for level in levels {
            if level.position.0 > expected {
                out.push(
                    Diagnostic::new(&PLN006)
                        .on("level", level.id())
                        .field("position")
                        .related("plan", plan)
                        .arg("position", level.position.0)
                        .arg("missing", expected),
                );
            }
            expected = level.position.0 + 1;
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN006, run, file: include_str!("level_gap.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P",
    wrong: "levels | plan | position
               | P    | 1
               | P    | 2
               | P    | 4",
    right: "levels | plan | position
               | P    | 1
               | P    | 2
               | P    | 3",
};
