//! # What it finds
//! A marker scored 2 or 3 without a justification.
//!
//! # Why it matters
//! A high score claims that the issue shapes the project; without a reason it is decoration.
//!
//! # Example
//! A project scores 3 for gender and says nothing more.
//!
//! # What to do
//! Write one sentence that says what in the project earns the score, or lower it.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ007: Code = Code { id: "PRJ007", name: "marker-unjustified", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for marker in context.records.markers.iter().filter(|m| m.score.0 >= 2 && m.justification.is_none()) {
        out.push(
            Diagnostic::new(&PRJ007)
                .on("marker", marker.id())
                .field("justification")
                .arg("marker", marker.marker.0.as_str())
                .arg("project", marker.project.as_str())
                .arg("score", marker.score.0),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ007, run, file: include_str!("marker_unjustified.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "markers | project | marker | score
                | J       | gender | 3",
    right: "markers | project | marker | score | justification
                | J       | gender | 3     | Women hold the titles",
};
