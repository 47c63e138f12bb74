//! # What it finds
//! An area or other top result of a strategic plan that no link carries into a later plan and that no
//! link ends on purpose.
//!
//! # Why it matters
//! When a plan's results are rewritten without a crosswalk, the series breaks and nobody can say what
//! became of the work and the money.
//!
//! # Example
//! The plan for 2020–2025 follows the one for 2014–2019, and nothing says what became of one of the
//! older plan's areas.
//!
//! # What to do
//! Link the result to the one that continues it, or record on purpose that it ended.

use model::kinds::{CrosswalkRelation, Plan};

use super::is_top;
use crate::context::{is_strategic, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN019: Code = Code { id: "PLN019", name: "result-vanishes", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p)) {
        let Some(next) = next_with_results(context, plan) else { continue };
        for result in context.results.of(&plan.id).iter().filter(|r| is_top(context.role(r))) {
            let goes_on = context.links_from.of(&result.id).iter().any(|l| {
                let elsewhere = l.to_result.as_ref().and_then(|t| context.records.results.of(t));
                l.relation == CrosswalkRelation::Ended
                    || (l.relation.carries_series() && elsewhere.is_some_and(|to| to.plan != plan.id))
            });
            if !goes_on {
                out.push(
                    Diagnostic::new(&PLN019)
                        .on("result", result.id.as_str())
                        .related("plan", next.id.as_str())
                        .arg("result", title(&result.title))
                        .arg("next", title(&next.title)),
                );
            }
        }
    }
}

/// The next plan of the line that has results; a version that was replaced by its revision may have none.
fn next_with_results<'a>(context: &Context<'a>, plan: &'a Plan) -> Option<&'a Plan> {
    let mut seen = vec![plan];
    let mut at = 0;
    while let Some(current) = seen.get(at).copied() {
        for next in context.successors.of(&current.id) {
            if !context.results.of(&next.id).is_empty() && next.id != plan.id {
                return Some(next);
            }
            if !seen.iter().any(|s| s.id == next.id) {
                seen.push(next);
            }
        }
        at += 1;
    }
    None
}

pub(super) const CHECK: Check =
    Check { code: &PLN019, run, file: include_str!("result_vanishes.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2022, 1, 1),
    both: "plans | id | kind           | predecessor
              | P  | strategic_plan |
              | Q  | strategic_plan | P
        levels | plan | position | role
               | P    | 1        | area
               | Q    | 1        | area
        results | id  | plan | level
                | P.1 | P    | 1
                | Q.1 | Q    | 1",
    wrong: "",
    right: "crosswalk | id | from_result | to_result | relation
                  | X  | P.1         | Q.1       | merged_into",
};
