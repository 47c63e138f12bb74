//! # What it finds
//! An assignment that runs on after its project has ended.
//!
//! # Why it matters
//! A team lives as long as its project; then its people are free for other work.
//!
//! # Example
//! A project ended in June 2015; an assignment runs until December.
//!
//! # What to do
//! End the assignment with the project and reassign the person.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ013: Code = Code { id: "PRJ013", name: "team-outlives-project", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for assignment in context.records.assignments.iter() {
        let Some(end) = context.records.projects.of(&assignment.project).and_then(|p| p.ends_on) else { continue };
        // Without a last day of its own an assignment ends with the project.
        if let Some(last) = assignment.ends_on.filter(|last| *last > end) {
            out.push(
                Diagnostic::new(&PRJ013)
                    .on("assignment", assignment.id())
                    .field("ends_on")
                    .related("project", assignment.project.as_str())
                    .arg("person", assignment.person.0.as_str())
                    .arg("last", last.to_string())
                    .arg("end", end.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ013, run, file: include_str!("team_outlives_project.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "projects | id | starts_on  | ends_on
                 | J  | 2014-01-01 | 2015-06-30",
    wrong: "assignments | person | project | starts_on  | ends_on    | share
                    | A7     | J       | 2014-01-01 | 2015-12-31 | 0.5",
    right: "assignments | person | project | starts_on  | ends_on    | share
                    | A7     | J       | 2014-01-01 | 2015-06-30 | 0.5",
};
