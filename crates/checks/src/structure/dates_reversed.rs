//! # What it finds
//! A plan that ends before it starts.
//!
//! # Why it matters
//! No year falls into such a plan, so nothing is due in it and nothing is reported.
//!
//! # Example
//! A plan starts in 2014 and ends in 2013.
//!
//! # What to do
//! Correct the first or the last day.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN036: Code = Code { id: "PLN036", name: "plan-ends-before-start", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter() {
        if let Some(end) = plan.ends_on.filter(|e| *e < plan.starts_on) {
            out.push(
                Diagnostic::new(&PLN036)
                    .on("plan", plan.id.as_str())
                    .field("ends_on")
                    .arg("start", plan.starts_on.to_string())
                    .arg("end", end.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN036, run, file: include_str!("dates_reversed.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "plans | id | starts_on  | ends_on
              | P  | 2014-01-01 | 2013-12-31",
    right: "plans | id | starts_on  | ends_on
              | P  | 2014-01-01 | 2019-12-31",
};
