//! # What it finds
//! A strategic plan that names no plan before it, although an earlier one is recorded.
//!
//! # Why it matters
//! Series run from plan to plan along this link; without it each plan begins at zero.
//!
//! # Example
//! The plan for 2014–2019 does not name the plan for 2008–2013.
//!
//! # What to do
//! Name the plan before it in the same line.

use crate::context::{is_strategic, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN023: Code =
    Code { id: "PLN023", name: "plan-without-predecessor", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p) && p.predecessor.is_none()) {
        let earlier = context.records.plans.iter().filter(|p| is_strategic(p) && p.starts_on < plan.starts_on);
        if let Some(latest) = earlier.max_by_key(|p| p.starts_on) {
            out.push(
                Diagnostic::new(&PLN023)
                    .on("plan", plan.id.as_str())
                    .field("predecessor")
                    .related("plan", latest.id.as_str())
                    .arg("other", title(&latest.title)),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN023, run, file: include_str!("plan_unlinked.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on
              | P  | strategic_plan | 2008-01-01",
    wrong: "plans | id | kind           | starts_on
              | Q  | strategic_plan | 2014-01-01",
    right: "plans | id | kind           | starts_on  | predecessor
              | Q  | strategic_plan | 2014-01-01 | P",
};
