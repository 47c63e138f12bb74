//! # What it finds
//! A project of more than 300,000 dollars without both a normative and an operational output. Exactly
//! 300,000 passes. Budgets in other currencies are not compared, because no rate is recorded.
//!
//! # Why it matters
//! Large projects must turn their work on the ground into norms and test norms on the ground; one
//! without the other changes one place or none.
//!
//! # Example
//! A project of 300,001 dollars has an operational output only.
//!
//! # What to do
//! Add the missing kind of output, or split off what needs none.

use model::kinds::OutputKind;

use super::exceeds_usd;
use crate::context::title;

/// Dollars above which both kinds of output are due.
const THRESHOLD: i64 = 300_000;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ003: Code = Code { id: "PRJ003", name: "outputs-of-one-kind", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| exceeds_usd(p.budget, THRESHOLD)) {
        let outputs = context.outputs.of(&project.id);
        let has = |kind| outputs.iter().any(|o| o.kind == kind);
        let missing = match (has(OutputKind::Normative), has(OutputKind::Operational)) {
            (true, true) => continue,
            (false, true) => "normative",
            (true, false) => "operational",
            (false, false) => "both",
        };
        out.push(
            Diagnostic::new(&PRJ003)
                .on("project", project.id.as_str())
                .field("budget")
                .arg("project", title(&project.title))
                .arg("budget", project.budget.major())
                .arg("threshold", THRESHOLD)
                .arg("missing", missing),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ003, run, file: include_str!("both_output_kinds.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "outputs | id | project | kind
                | O  | J       | operational",
    wrong: "projects | id | budget
                 | J  | 300001",
    right: "projects | id | budget
                 | J  | 300000",
};
