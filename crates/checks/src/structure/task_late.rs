//! # What it finds
//! A task of a plan or phase that was done after its day, or whose day has passed while it is not done.
//!
//! # Why it matters
//! Later phases build on the tasks of earlier ones; a late task moves everything after it.
//!
//! # Example
//! A task was due at the end of 2015 and is not done in June 2016.
//!
//! # What to do
//! Record when the task was done, or agree a new day and say why.

use model::kinds::TaskKind;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN031: Code = Code { id: "PLN031", name: "task-late", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for task in context.records.tasks.iter().filter(|t| t.kind == TaskKind::Task) {
        let Some(due) = task.due_on else { continue };
        if task.done_on.map_or(due < context.on, |done| done > due) {
            out.push(
                Diagnostic::new(&PLN031)
                    .on("task", task.id.as_str())
                    .field("done_on")
                    .arg("task", title(&task.title))
                    .arg("due", due.to_string())
                    .arg("state", if task.done_on.is_some() { "late" } else { "open" })
                    .arg("done", task.done_on.map(|d| d.to_string()).unwrap_or_default()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN031, run, file: include_str!("task_late.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "tasks | id | plan | kind | due_on
              | T  | P    | task | 2015-12-31",
    right: "tasks | id | plan | kind | due_on     | done_on
              | T  | P    | task | 2015-12-31 | 2015-10-01",
};
