//! # What it finds
//! A results framework that was finished after the governing body had adopted the plan.
//!
//! # Why it matters
//! A governing body that adopts a plan without its framework does not know what it approves.
//!
//! # Example
//! The plan was adopted in April 2007; its framework is of April 2009.
//!
//! # What to do
//! Bring plan and framework to the governing body together.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN015: Code = Code { id: "PLN015", name: "framework-after-adoption", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter() {
        let (Some(framework), Some(adopted)) = (plan.framework_on, plan.adopted_on) else { continue };
        if framework > adopted {
            out.push(
                Diagnostic::new(&PLN015)
                    .on("plan", plan.id.as_str())
                    .field("framework_on")
                    .arg("framework", framework.to_string())
                    .arg("adopted", adopted.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN015, run, file: include_str!("framework_after_adoption.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "plans | id | adopted_on | framework_on
              | P  | 2007-04-20 | 2009-04-01",
    right: "plans | id | adopted_on | framework_on
              | P  | 2007-04-20 | 2007-04-20",
};
