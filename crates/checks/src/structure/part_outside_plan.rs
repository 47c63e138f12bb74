//! # What it finds
//! A programme or phase that starts before or ends after the plan that it is a part of. A preparatory
//! phase may begin before.
//!
//! # Why it matters
//! Work outside of the plan's years cannot be counted into the plan.
//!
//! # Example
//! A programme for 2020 is a part of a plan that ends with 2019.
//!
//! # What to do
//! Correct the dates, or name the plan that is in force in those years.

use model::kinds::PlanKind;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN037: Code = Code { id: "PLN037", name: "part-outside-plan", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let dated = |k| matches!(k, PlanKind::BiennialProgramme | PlanKind::AnnualProgramme | PlanKind::Phase);
    for part in context.records.plans.iter().filter(|p| dated(p.kind)) {
        let Some(plan) = part.part_of.as_ref().and_then(|p| context.records.plans.of(p)) else { continue };
        let early = part.starts_on < plan.starts_on && part.kind != PlanKind::Phase;
        let late = match (part.ends_on, plan.ends_on) {
            (Some(part_end), Some(plan_end)) => part_end > plan_end,
            (None, Some(plan_end)) => part.starts_on > plan_end,
            _ => false,
        };
        if early || late {
            out.push(
                Diagnostic::new(&PLN037)
                    .on("plan", part.id.as_str())
                    .field(if early { "starts_on" } else { "ends_on" })
                    .related("plan", plan.id.as_str())
                    .arg("first", part.starts_on.to_string())
                    .arg("last", part.ends_on.map_or_else(|| "–".to_owned(), |d| d.to_string()))
                    .arg("plan", title(&plan.title)),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN037, run, file: include_str!("part_outside_plan.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31",
    wrong: "plans | id | kind             | starts_on  | ends_on    | part_of
              | W  | annual_programme | 2020-01-01 | 2020-12-31 | P",
    right: "plans | id | kind             | starts_on  | ends_on    | part_of
              | W  | annual_programme | 2019-01-01 | 2019-12-31 | P",
};
