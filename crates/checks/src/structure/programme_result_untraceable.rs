//! # What it finds
//! An area or outcome of a programme that nothing ties to a result of the plan that it carries out: no
//! link, no alignment, no common name, neither of itself nor of a result above it.
//!
//! # Why it matters
//! Every programme must match the plan in force; work that cannot be traced to the plan has no mandate
//! in it.
//!
//! # Example
//! A subprogramme is linked to no area of the plan.
//!
//! # What to do
//! Link the result to the result of the plan that it carries out, or take it out of the programme.

use model::kinds::{LevelRole, Plan, Result};
use rustc_hash::FxHashSet;

use super::is_programme;
use crate::context::{folded, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN011: Code =
    Code { id: "PLN011", name: "programme-result-untraceable", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let aligned: FxHashSet<&str> =
        context.records.alignments.iter().filter_map(|a| a.subprogramme.as_ref()).map(|s| s.as_str()).collect();
    for programme in context.records.plans.iter().filter(|p| is_programme(p)) {
        let Some(plan) = programme.part_of.as_ref().and_then(|p| context.records.plans.of(p)) else { continue };
        let above = context.results.of(&plan.id);
        if above.is_empty() {
            continue;
        }
        let names: FxHashSet<String> =
            above.iter().flat_map(|r| r.title.iter().map(|(_, t)| folded(t)).collect::<Vec<_>>()).collect();
        let tied = |r: &Result| {
            aligned.contains(r.id.as_str())
                || linked(context, r, plan)
                || r.title.iter().any(|(_, t)| names.contains(&folded(t)))
        };
        for result in context.results.of(&programme.id) {
            let role = context.role(result);
            if matches!(role, Some(LevelRole::Area | LevelRole::Outcome | LevelRole::StrategicResult))
                && !tied(result)
                && !context.ancestors(result).into_iter().any(tied)
            {
                out.push(
                    Diagnostic::new(&PLN011)
                        .on("result", result.id.as_str())
                        .related("plan", plan.id.as_str())
                        .arg("result", title(&result.title))
                        .arg("plan", title(&plan.title)),
                );
            }
        }
    }
}

fn linked(context: &Context<'_>, result: &Result, plan: &Plan) -> bool {
    let of_plan = |id: &str| context.records.results.get(id).is_some_and(|r| r.plan == plan.id);
    context.links_from.of(&result.id).iter().filter_map(|l| l.to_result.as_ref()).any(|t| of_plan(t.as_str()))
        || context.links_to.of(&result.id).iter().any(|l| of_plan(l.from_result.as_str()))
}

pub(super) const CHECK: Check =
    Check { code: &PLN011, run, file: include_str!("programme_result_untraceable.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind             | part_of
              | P  | strategic_plan   |
              | W  | annual_programme | P
        levels | plan | position | role
               | P    | 1        | area
               | W    | 1        | area
        results | id  | plan | level
                | P.1 | P    | 1
                | W.1 | W    | 1",
    wrong: "",
    right: "crosswalk | id | from_result | to_result | relation
                  | X  | W.1         | P.1       | leads",
};
