//! # What it finds
//! A project with a team in which nobody answers for the cross-cutting issues.
//!
//! # Why it matters
//! Gender, youth, climate and human rights are named in every project and worked on where somebody is
//! paid to.
//!
//! # Example
//! A team of two, neither of whom answers for the cross-cutting issues.
//!
//! # What to do
//! Add a cross-cutting member to the team, or mark the one who answers for it.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ014: Code = Code { id: "PRJ014", name: "no-cross-cutting-staff", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter() {
        let team = context.assignments.of(&project.id);
        if !team.is_empty() && !team.iter().any(|a| a.cross_cutting == Some(true)) {
            out.push(
                Diagnostic::new(&PRJ014)
                    .on("project", project.id.as_str())
                    .arg("project", title(&project.title))
                    .arg("n", team.len()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ014, run, file: include_str!("no_cross_cutting_staff.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "projects | id
                 | J",
    wrong: "assignments | person | project | share
                    | A7     | J       | 0.5
                    | B2     | J       | 0.5",
    right: "assignments | person | project | share | cross_cutting
                    | A7     | J       | 0.5   | true",
};
