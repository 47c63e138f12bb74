//! # What it finds
//! A plan that was adopted after it had started.
//!
//! # Why it matters
//! Until the governing body adopts it, a plan binds nobody and no money may be spent on it.
//!
//! # Example
//! A plan starts in January 2014 and is adopted in April 2014.
//!
//! # What to do
//! Correct the dates, or record the version that was in force from the start.

use crate::context::is_own;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN038: Code = Code { id: "PLN038", name: "adopted-after-start", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_own(p)) {
        // A revision is adopted in the middle of the cycle that it revises.
        let before = plan.predecessor.as_ref().and_then(|p| context.records.plans.of(p));
        let revises = before.is_some_and(|b| b.starts_on == plan.starts_on);
        if let Some(adopted) = plan.adopted_on.filter(|a| *a > plan.starts_on && !revises) {
            out.push(
                Diagnostic::new(&PLN038)
                    .on("plan", plan.id.as_str())
                    .field("adopted_on")
                    .arg("adopted", adopted.to_string())
                    .arg("start", plan.starts_on.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN038, run, file: include_str!("adopted_after_start.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "plans | id | kind           | starts_on  | adopted_on
              | P  | strategic_plan | 2014-01-01 | 2014-04-19",
    right: "plans | id | kind           | starts_on  | adopted_on
              | P  | strategic_plan | 2014-01-01 | 2013-04-19",
};
