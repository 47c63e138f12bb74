//! # What it finds
//! An approved project whose host authorities were consulted after its approval or not at all.
//!
//! # Why it matters
//! Authorities who first hear of a project when it is approved do not carry it on when it ends.
//!
//! # Example
//! A project was approved in March; the authorities were consulted in May.
//!
//! # What to do
//! Consult the authorities of the host country while the project is formulated, and record the day.

use super::is_approved;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ008: Code = Code { id: "PRJ008", name: "host-not-consulted", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| is_approved(p)) {
        let late = match (project.consulted_on, project.approved_on) {
            (None, _) => true,
            (Some(consulted), Some(approved)) => consulted > approved,
            (Some(_), None) => false,
        };
        if late {
            let day = |d: Option<jiff::civil::Date>| d.map_or_else(|| "–".to_owned(), |d| d.to_string());
            out.push(
                Diagnostic::new(&PRJ008)
                    .on("project", project.id.as_str())
                    .field("consulted_on")
                    .arg("project", title(&project.title))
                    .arg("state", if project.consulted_on.is_some() { "late" } else { "never" })
                    .arg("consulted", day(project.consulted_on))
                    .arg("approved", day(project.approved_on)),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ008, run, file: include_str!("host_not_consulted.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "projects | id | status   | approved_on | consulted_on
                 | J  | approved | 2016-03-01  | 2016-05-01",
    right: "projects | id | status   | approved_on | consulted_on
                 | J  | approved | 2016-03-01  | 2015-12-01",
};
