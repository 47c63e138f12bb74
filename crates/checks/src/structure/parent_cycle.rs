//! # What it finds
//! A result that stands above itself through the results above it.
//!
//! # Why it matters
//! A circle has no top; figures rolled up along it would never end.
//!
//! # Example
//! A stands below B, and B stands below A.
//!
//! # What to do
//! Break the circle: one of the results stands below another one.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN039: Code = Code { id: "PLN039", name: "results-in-a-circle", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for result in context.records.results.iter() {
        let Some(highest) = context.ancestors(result).last().copied().or(Some(result)) else { continue };
        // The chain ends where it meets itself: then its highest result has a parent, which is this one.
        if highest.parent.as_ref() == Some(&result.id) {
            out.push(
                Diagnostic::new(&PLN039)
                    .on("result", result.id.as_str())
                    .field("parent")
                    .related("result", highest.id.as_str())
                    .arg("result", title(&result.title))
                    .arg("other", title(&highest.title)),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN039, run, file: include_str!("parent_cycle.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "results | id | plan | parent
                | A  | P    | B
                | B  | P    | A",
    right: "results | id | plan | parent
                | A  | P    | B
                | B  | P    |",
};
