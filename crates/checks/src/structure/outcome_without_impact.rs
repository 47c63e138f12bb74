//! # What it finds
//! An outcome that hangs from no impact or area and contributes to none.
//!
//! # Why it matters
//! An outcome that changes nothing in people's lives is activity for its own sake; no effect of it can
//! ever be shown.
//!
//! # Example
//! An outcome stands under a means of implementation and contributes to no impact area.
//!
//! # What to do
//! Say to which impact areas the outcome contributes.

use model::kinds::{CrosswalkRelation, LevelRole, Result};

use super::is_measured;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN013: Code =
    Code { id: "PLN013", name: "outcome-without-impact-area", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_measured(p)) {
        for outcome in context.with_role(plan, LevelRole::Outcome) {
            let above = context.ancestors(outcome);
            let hangs = above.iter().any(|r| is_area(context, r));
            let contributes = std::iter::once(outcome).chain(above).any(|r| contributes(context, r));
            if !hangs && !contributes {
                out.push(
                    Diagnostic::new(&PLN013).on("result", outcome.id.as_str()).arg("result", title(&outcome.title)),
                );
            }
        }
    }
}

fn is_area(context: &Context<'_>, result: &Result) -> bool {
    matches!(context.role(result), Some(LevelRole::Impact | LevelRole::Area | LevelRole::Support))
}

fn contributes(context: &Context<'_>, result: &Result) -> bool {
    let links = context.links_from.of(&result.id).iter();
    links
        .filter(|l| l.relation == CrosswalkRelation::ContributesTo)
        .filter_map(|l| l.to_result.as_ref().and_then(|t| context.records.results.of(t)))
        .any(|to| is_area(context, to))
}

pub(super) const CHECK: Check =
    Check { code: &PLN013, run, file: include_str!("outcome_without_impact.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id
              | P
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | means
               | P    | 3        | outcome
        results | id  | plan | level | parent
                | P.A | P    | 1     |
                | P.M | P    | 2     |
                | P.O | P    | 3     | P.M",
    wrong: "",
    right: "crosswalk | id | from_result | to_result | relation
                  | X  | P.O         | P.A       | contributes_to",
};
