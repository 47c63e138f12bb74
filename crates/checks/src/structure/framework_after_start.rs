//! # What it finds
//! A results framework that was finished after its plan had started.
//!
//! # Why it matters
//! Until the framework exists nothing can be measured against it, and baselines made afterwards already
//! hold the plan's own effect.
//!
//! # Example
//! The plan starts on 1 January 2008; its framework is of April 2009.
//!
//! # What to do
//! Finish the results framework before the plan starts; for a past plan, waive the finding with the
//! reason.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN014: Code = Code { id: "PLN014", name: "framework-after-start", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter() {
        let Some(framework) = plan.framework_on.filter(|f| *f > plan.starts_on) else { continue };
        out.push(
            Diagnostic::new(&PLN014)
                .on("plan", plan.id.as_str())
                .field("framework_on")
                .arg("framework", framework.to_string())
                .arg("start", plan.starts_on.to_string()),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN014, run, file: include_str!("framework_after_start.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "plans | id | starts_on  | framework_on
              | P  | 2008-01-01 | 2009-04-01",
    right: "plans | id | starts_on  | framework_on
              | P  | 2008-01-01 | 2007-11-01",
};
