//! # What it finds
//! A task that is said to be done without any evidence.
//!
//! # Why it matters
//! Whoever reviews the plan later cannot tell a done task from one that was ticked off.
//!
//! # Example
//! A gate item was done in November 2013; no document shows it.
//!
//! # What to do
//! Name the document, decision or page that shows that the task was done.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN032: Code = Code { id: "PLN032", name: "task-without-evidence", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for task in context.records.tasks.iter() {
        let Some(done) = task.done_on.filter(|_| task.evidence.is_none()) else { continue };
        out.push(
            Diagnostic::new(&PLN032)
                .on("task", task.id.as_str())
                .field("evidence")
                .arg("task", title(&task.title))
                .arg("done", done.to_string()),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN032, run, file: include_str!("task_without_evidence.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "tasks | id | plan | done_on
              | T  | P    | 2013-11-30",
    right: "tasks | id | plan | done_on    | evidence
              | T  | P    | 2013-11-30 | Minutes of November 2013",
};
