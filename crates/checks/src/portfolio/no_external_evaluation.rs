//! # What it finds
//! A completed or closed project of more than 3,000,000 dollars without an external evaluation that was
//! done. Exactly 3,000,000 passes.
//!
//! # Why it matters
//! Large projects owe an outside view of what they achieved; without it their lessons are only their
//! own.
//!
//! # Example
//! A project of 3,000,001 dollars is closed; its own staff evaluated it.
//!
//! # What to do
//! Have the project evaluated by outsiders and record the evaluation.

use model::kinds::ProjectStatus;
use rustc_hash::FxHashSet;

use super::{exceeds_usd, no_evaluation_money::THRESHOLD};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ005: Code = Code { id: "PRJ005", name: "no-external-evaluation", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let evaluations = context.records.evaluations.iter();
    let evaluated: FxHashSet<&str> = evaluations
        .filter(|e| e.external == Some(true) && e.done_on.is_some_and(|d| d <= context.on))
        .filter_map(|e| e.project.as_ref())
        .map(|p| p.as_str())
        .collect();
    for project in context.records.projects.iter() {
        let ended = matches!(project.status, ProjectStatus::Completed | ProjectStatus::Closed);
        if ended && exceeds_usd(project.budget, THRESHOLD) && !evaluated.contains(project.id.as_str()) {
            out.push(
                Diagnostic::new(&PRJ005)
                    .on("project", project.id.as_str())
                    .field("status")
                    .arg("project", title(&project.title))
                    .arg("budget", project.budget.major())
                    .arg("threshold", THRESHOLD),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ005, run, file: include_str!("no_external_evaluation.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "evaluations | id | kind    | project | done_on    | external
                    | E  | project | J       | 2016-01-31 | false",
    wrong: "projects | id | status | budget
                 | J  | closed | 3000001",
    right: "projects | id | status | budget
                 | J  | closed | 3000000",
};
