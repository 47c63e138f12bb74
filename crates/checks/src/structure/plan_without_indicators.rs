//! # What it finds
//! A plan in which no result has an indicator. It is said once for the plan, not for each of its results.
//!
//! # Why it matters
//! Nobody can tell whether a plan without indicators works; the mid-term review and the final evaluation
//! have nothing to measure.
//!
//! # Example
//! The plan for 2014–2019 has an area, and no indicator at all.
//!
//! # What to do
//! Add at least one indicator to each strategic result, area and outcome, with a baseline and a target.

use model::kinds::PlanKind;

use crate::{Check, Code, Context, Diagnostic, Example, Severity, context::is_own};

static PLN001: Code = Code { id: "PLN001", name: "plan-without-indicators", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    // Phases and programmes of internal change are followed by their tasks.
    let measured = |k| !matches!(k, PlanKind::Phase | PlanKind::ChangeProgramme);
    for plan in context.records.plans.iter().filter(|p| is_own(p) && measured(p.kind)) {
        let results = context.results.of(&plan.id);
        if !results.is_empty() && !results.iter().any(|r| context.indicators.any(&r.id)) {
            out.push(Diagnostic::new(&PLN001).on("plan", plan.id.as_str()).arg("n", results.len()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN001, run, file: include_str!("plan_without_indicators.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans  | id | kind           | status   | starts_on  | ends_on
                  | P  | strategic_plan | in_force | 2014-01-01 | 2019-12-31
           levels | plan | position | role
                  | P    | 1        | area
           results | id  | plan | level | code
                   | P.A | P    | 1     | A",
    wrong: "",
    right: "indicators | id | result
                       | I  | P.A",
};
