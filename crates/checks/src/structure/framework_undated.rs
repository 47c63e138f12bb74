//! # What it finds
//! A strategic plan that does not say when its results framework was finished.
//!
//! # Why it matters
//! A plan is complete only with a results framework at adoption; without a date nobody can tell that
//! there was one.
//!
//! # Example
//! The plan for 2014–2019 has no date of a framework.
//!
//! # What to do
//! Record the day on which the results framework was finished.

use model::kinds::PlanStatus;

use crate::context::is_strategic;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN016: Code = Code { id: "PLN016", name: "framework-undated", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // A draft may still be writing its framework.
    for plan in context.records.plans.iter().filter(|p| is_strategic(p) && p.status != PlanStatus::Draft) {
        if plan.framework_on.is_none() {
            out.push(Diagnostic::new(&PLN016).on("plan", plan.id.as_str()).field("framework_on"));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN016, run, file: include_str!("framework_undated.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "plans | id | kind           | status   | starts_on
              | P  | strategic_plan | in_force | 2014-01-01",
    right: "plans | id | kind           | status   | starts_on  | framework_on
              | P  | strategic_plan | in_force | 2014-01-01 | 2013-10-01",
};
