//! # What it finds
//! An approved project that was screened for environmental and social safeguards after its approval or
//! not at all.
//!
//! # Why it matters
//! Harm that is found after approval has a budget line already.
//!
//! # Example
//! A project is running and was never screened.
//!
//! # What to do
//! Screen the project for safeguards before it is approved, and record the day.

use super::is_approved;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ009: Code = Code { id: "PRJ009", name: "safeguards-not-screened", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| is_approved(p)) {
        let late = match (project.safeguards_on, project.approved_on) {
            (None, _) => true,
            (Some(screened), Some(approved)) => screened > approved,
            (Some(_), None) => false,
        };
        if late {
            out.push(
                Diagnostic::new(&PRJ009)
                    .on("project", project.id.as_str())
                    .field("safeguards_on")
                    .arg("project", title(&project.title))
                    .arg("screened", project.safeguards_on.map_or_else(|| "–".to_owned(), |d| d.to_string()))
                    .arg("approved", project.approved_on.map_or_else(|| "–".to_owned(), |d| d.to_string())),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ009, run, file: include_str!("safeguards_not_screened.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id | status  | approved_on
                 | J  | running | 2016-03-01",
    right: "projects | id | status  | approved_on | safeguards_on
                 | J  | running | 2016-03-01  | 2016-02-01",
};
