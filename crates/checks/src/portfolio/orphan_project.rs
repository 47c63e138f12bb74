//! # What it finds
//! A project that works for no result, or only for results that are not recorded.
//!
//! # Why it matters
//! Work for no result is work that the plan did not ask for; its money and its figures are lost to
//! every report.
//!
//! # Example
//! A project of 200,000 dollars names no result.
//!
//! # What to do
//! Name the results that the project works for, or close it.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ001: Code = Code { id: "PRJ001", name: "orphan-project", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter() {
        if !project.results.iter().any(|r| context.records.results.of(r).is_some()) {
            out.push(
                Diagnostic::new(&PRJ001)
                    .on("project", project.id.as_str())
                    .field("results")
                    .arg("project", title(&project.title))
                    .arg("budget", project.budget.major())
                    .arg("currency", project.budget.currency.as_str()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PRJ001, run, file: include_str!("orphan_project.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "results | id | plan
                | R  | P",
    wrong: "projects | id | budget | results
                 | J  | 200000 |",
    right: "projects | id | budget | results
                 | J  | 200000 | R",
};
