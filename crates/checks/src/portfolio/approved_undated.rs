//! # What it finds
//! A project that is approved, running or ended without a day of approval.
//!
//! # Why it matters
//! Consultation, safeguards and markers must come before the approval; without its day nobody can tell
//! whether they did.
//!
//! # Example
//! A running project has no day of approval.
//!
//! # What to do
//! Record the day on which the review group approved the project.

use super::is_approved;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ021: Code = Code { id: "PRJ021", name: "approval-undated", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| is_approved(p) && p.approved_on.is_none()) {
        out.push(
            Diagnostic::new(&PRJ021)
                .on("project", project.id.as_str())
                .field("approved_on")
                .arg("project", title(&project.title)),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ021, run, file: include_str!("approved_undated.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id | status
                 | J  | running",
    right: "projects | id | status  | approved_on
                 | J  | running | 2015-11-01",
};
