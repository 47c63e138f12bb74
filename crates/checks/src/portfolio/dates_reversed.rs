//! # What it finds
//! A project that ends before it starts.
//!
//! # Why it matters
//! No day lies in such a project, so nothing is due from it.
//!
//! # Example
//! A project starts in 2016 and ends in 2015.
//!
//! # What to do
//! Correct the first or the last day.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ018: Code = Code { id: "PRJ018", name: "project-ends-before-start", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter() {
        if let Some(end) = project.ends_on.filter(|e| *e < project.starts_on) {
            out.push(
                Diagnostic::new(&PRJ018)
                    .on("project", project.id.as_str())
                    .field("ends_on")
                    .arg("project", title(&project.title))
                    .arg("start", project.starts_on.to_string())
                    .arg("end", end.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PRJ018, run, file: include_str!("dates_reversed.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id | starts_on  | ends_on
                 | J  | 2016-01-01 | 2015-12-31",
    right: "projects | id | starts_on  | ends_on
                 | J  | 2016-01-01 | 2017-12-31",
};
