//! # What it finds
//! An area or other top result of a strategic plan to which no link leads from an earlier plan.
//!
//! # Why it matters
//! A new result has no history; if it is an old one under a new name, its series begins too late.
//!
//! # Example
//! The plan for 2020–2025 has an area that no area of 2014–2019 leads to.
//!
//! # What to do
//! If the result continues an older one, link the two; if it is new, leave it.

use super::is_top;
use crate::context::{is_strategic, title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN020: Code = Code { id: "PLN020", name: "result-appears", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p)) {
        let Some(before) = &plan.predecessor else { continue };
        // The version before a revision may hold no results of its own; then the plan before that one counts.
        let further = context.records.plans.of(before).and_then(|p| p.predecessor.as_ref());
        if context.results.of(before).is_empty() && further.is_none_or(|f| context.results.of(f).is_empty()) {
            continue;
        }
        for result in context.results.of(&plan.id).iter().filter(|r| is_top(context.role(r))) {
            let comes = context.links_to.of(&result.id).iter().any(|l| {
                let from = context.records.results.of(&l.from_result);
                l.relation.carries_series() && from.is_some_and(|f| f.plan != plan.id)
            });
            if !comes {
                out.push(Diagnostic::new(&PLN020).on("result", result.id.as_str()).arg("result", title(&result.title)));
            }
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN020, run, file: include_str!("result_appears.rs"), example: EXAMPLE };

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
                  | X  | P.1         | Q.1       | restated_as",
};
