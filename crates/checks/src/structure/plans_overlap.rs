//! # What it finds
//! Two plans of one line in force at once: a plan starts before the one before it has ended. A plan and
//! its own revision are no overlap.
//!
//! # Why it matters
//! Two plans in force at once give two targets for one year, and nobody knows which one counts.
//!
//! # Example
//! A plan runs until the end of 2019; the next one starts in 2019.
//!
//! # What to do
//! Correct the dates, or mark the earlier plan as superseded by its revision.

use model::kinds::{PlanKind, PlanStatus};

use crate::context::{is_own, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN022: Code = Code { id: "PLN022", name: "plans-overlap", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let in_line: Vec<_> =
        context.records.plans.iter().filter(|p| is_own(p) && p.status != PlanStatus::Superseded).collect();
    for (i, plan) in in_line.iter().enumerate() {
        for other in &in_line[i + 1..] {
            let follows = |a: &model::kinds::Plan, b: &model::kinds::Plan| a.predecessor.as_ref() == Some(&b.id);
            let both_lead = plan.kind == PlanKind::StrategicPlan && other.kind == PlanKind::StrategicPlan;
            if !(both_lead || follows(plan, other) || follows(other, plan)) {
                continue;
            }
            let (first, second) = if plan.starts_on <= other.starts_on { (plan, other) } else { (other, plan) };
            if first.ends_on.is_none_or(|end| second.starts_on <= end) {
                out.push(
                    Diagnostic::new(&PLN022)
                        .on("plan", second.id.as_str())
                        .field("starts_on")
                        .related("plan", first.id.as_str())
                        .arg("start", second.starts_on.to_string())
                        .arg("other", title(&first.title))
                        .arg("end", first.ends_on.map_or_else(|| "–".to_owned(), |d| d.to_string())),
                );
            }
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN022, run, file: include_str!("plans_overlap.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | status   | starts_on  | ends_on
              | P  | strategic_plan | in_force | 2014-01-01 | 2019-12-31",
    wrong: "plans | id | kind           | status   | starts_on  | predecessor
              | Q  | strategic_plan | approved | 2019-01-01 | P",
    right: "plans | id | kind           | status   | starts_on  | predecessor
              | Q  | strategic_plan | approved | 2020-01-01 | P",
};
