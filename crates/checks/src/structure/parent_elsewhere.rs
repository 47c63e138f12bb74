//! # What it finds
//! A result whose parent belongs to another plan.
//!
//! # Why it matters
//! The tree of a plan must be whole in itself; what links two plans is the crosswalk, with a relation
//! and a reason.
//!
//! # Example
//! An outcome of the programme hangs from an area of the plan.
//!
//! # What to do
//! Hang the result from one of its own plan and record the link between the plans in the crosswalk.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN040: Code = Code { id: "PLN040", name: "parent-in-other-plan", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for result in context.records.results.iter() {
        let Some(parent) = result.parent.as_ref().and_then(|p| context.records.results.of(p)) else { continue };
        if parent.plan != result.plan {
            out.push(
                Diagnostic::new(&PLN040)
                    .on("result", result.id.as_str())
                    .field("parent")
                    .related("result", parent.id.as_str())
                    .arg("result", title(&result.title))
                    .arg("plan", result.plan.as_str())
                    .arg("other", parent.plan.as_str()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN040, run, file: include_str!("parent_elsewhere.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "results | id | plan
                | A  | P",
    wrong: "results | id | plan | parent
                | B  | W    | A",
    right: "results | id | plan | parent
                | B  | P    | A",
};
