//! # What it finds
//! An approved project whose budget does not say how much of it is administrative cost. No threshold is
//! printed, so none is checked.
//!
//! # Why it matters
//! Administrative cost is compared with each project's total; a project that does not state it drops
//! out of the comparison.
//!
//! # Example
//! A project of 500,000 dollars is approved and states no administrative cost.
//!
//! # What to do
//! Record the administrative cost within the budget.

use super::is_approved;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ015: Code = Code { id: "PRJ015", name: "administration-missing", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| is_approved(p) && p.administration.is_none()) {
        out.push(
            Diagnostic::new(&PRJ015)
                .on("project", project.id.as_str())
                .field("administration")
                .arg("project", title(&project.title))
                .arg("budget", project.budget.major())
                .arg("currency", project.budget.currency.as_str()),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ015, run, file: include_str!("administration_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id | status   | budget
                 | J  | approved | 500000",
    right: "projects | id | status   | budget | administration
                 | J  | approved | 500000 | 40000",
};
