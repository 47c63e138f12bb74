//! # What it finds
//! An approved project for which not all four markers (gender, youth, climate, human rights) are
//! scored.
//!
//! # Why it matters
//! The markers are the quality assurance of the cross-cutting issues; scored after approval they change
//! nothing.
//!
//! # Example
//! An approved project has scores for gender, youth and climate only.
//!
//! # What to do
//! Score the missing markers from 0 to 3 with a reason, and do not approve before.

use super::is_approved;
use crate::context::title;

/// The four cross-cutting issues that every project is scored on.
const MARKERS: [&str; 4] = ["gender", "youth", "climate", "human_rights"];

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ006: Code = Code { id: "PRJ006", name: "markers-incomplete", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| is_approved(p)) {
        let scored = context.markers.of(&project.id);
        let missing: Vec<&str> = MARKERS.into_iter().filter(|m| !scored.iter().any(|s| s.marker.0 == *m)).collect();
        if !missing.is_empty() {
            out.push(
                Diagnostic::new(&PRJ006)
                    .on("project", project.id.as_str())
                    .field("approved_on")
                    .arg("project", title(&project.title))
                    .arg("n", MARKERS.len() - missing.len())
                    .arg("all", MARKERS.len())
                    .arg("missing", missing.join(", ")),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ006, run, file: include_str!("markers_incomplete.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "projects | id | status
                 | J  | approved
        markers | project | marker  | score
                | J       | gender  | 1
                | J       | youth   | 0
                | J       | climate | 2",
    wrong: "",
    right: "markers | project | marker       | score
                | J       | human_rights | 1",
};
