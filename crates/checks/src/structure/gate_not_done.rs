//! # What it finds
//! An item of the preparation gate that was not done before the plan started.
//!
//! # Why it matters
//! The gate exists so that a plan does not start without its steering, papers, baselines, money and
//! monitoring; what is late there is missing in all years after.
//!
//! # Example
//! The baselines were due before 1 January 2014 and are not done.
//!
//! # What to do
//! Finish the item and record when, or move the start of the plan.

use model::kinds::TaskKind;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN017: Code = Code { id: "PLN017", name: "gate-not-done", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for task in context.records.tasks.iter().filter(|t| t.kind == TaskKind::Gate) {
        let Some(plan) = context.records.plans.of(&task.plan) else { continue };
        // The gate of a preparatory phase is the gate of the plan that the phase prepares.
        let whole = plan.part_of.as_ref().and_then(|p| context.records.plans.of(p)).unwrap_or(plan);
        let late = task.done_on.map_or(context.on >= whole.starts_on, |done| done >= whole.starts_on);
        if late {
            out.push(
                Diagnostic::new(&PLN017)
                    .on("task", task.id.as_str())
                    .field("done_on")
                    .related("plan", whole.id.as_str())
                    .arg("task", title(&task.title))
                    .arg("start", whole.starts_on.to_string())
                    .arg("state", if task.done_on.is_some() { "late" } else { "open" })
                    .arg("done", task.done_on.map(|d| d.to_string()).unwrap_or_default()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN017, run, file: include_str!("gate_not_done.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on
              | P  | strategic_plan | 2014-01-01",
    wrong: "tasks | id | plan | kind
              | T  | P    | gate",
    right: "tasks | id | plan | kind | done_on
              | T  | P    | gate | 2013-11-30",
};
