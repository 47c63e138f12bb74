//! # What it finds
//! A strategic plan from 2026 on that does not last four years or does not start with a review of the
//! United Nations' operational activities (2026, 2030, …).
//!
//! # Why it matters
//! From 2026 on the plan's cycle follows the four-yearly review; a plan out of step reports on
//! priorities that have just been replaced.
//!
//! # Example
//! A plan runs from 2026 to 2031.
//!
//! # What to do
//! Let the plan run four calendar years from 2026, 2030 and so on.

use jiff::civil::date;

use crate::context::is_strategic;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN029: Code = Code { id: "PLN029", name: "cycle-not-four-years", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p) && p.starts_on >= date(2026, 1, 1)) {
        let Some(end) = plan.ends_on else { continue };
        let years = i64::from(end.year()) - i64::from(plan.starts_on.year()) + 1;
        let in_step = (i64::from(plan.starts_on.year()) - 2026) % 4 == 0;
        if years != 4 || !in_step {
            out.push(
                Diagnostic::new(&PLN029)
                    .on("plan", plan.id.as_str())
                    .field("ends_on")
                    .arg("first", plan.starts_on.year().to_string())
                    .arg("last", end.year().to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN029, run, file: include_str!("cycle_not_four_years.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2026-01-01 | 2031-12-31",
    right: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2026-01-01 | 2029-12-31",
};
