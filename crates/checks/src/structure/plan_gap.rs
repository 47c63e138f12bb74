//! # What it finds
//! Days between the end of a plan and the start of the one that follows it in its line.
//!
//! # Why it matters
//! In a gap nobody has a plan to work by, and series lose years.
//!
//! # Example
//! A plan ends with 2013; the next one starts with 2015.
//!
//! # What to do
//! Correct the dates, or extend the earlier plan by a revision.

use crate::context::is_own;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN021: Code = Code { id: "PLN021", name: "gap-between-plans", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_own(p)) {
        let Some(before) = plan.predecessor.as_ref().and_then(|p| context.records.plans.of(p)) else { continue };
        let Some(end) = before.ends_on else { continue };
        if end.tomorrow().is_ok_and(|next| plan.starts_on > next) {
            out.push(
                Diagnostic::new(&PLN021)
                    .on("plan", plan.id.as_str())
                    .field("starts_on")
                    .related("plan", before.id.as_str())
                    .arg("start", plan.starts_on.to_string())
                    .arg("end", end.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN021, run, file: include_str!("plan_gap.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | starts_on  | ends_on
              | P  | 2008-01-01 | 2013-12-31",
    wrong: "plans | id | starts_on  | predecessor
              | Q  | 2015-01-01 | P",
    right: "plans | id | starts_on  | predecessor
              | Q  | 2014-01-01 | P",
};
