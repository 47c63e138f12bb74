//! # What it finds
//! A lead and support area without an indicator of its own or below it.
//!
//! # Why it matters
//! Management and support use a large share of the core money; without results and indicators nobody
//! can say what for.
//!
//! # Example
//! The lead and support area of partnerships has priorities, but nothing measures it.
//!
//! # What to do
//! Give the lead and support area at least one result indicator.

use model::kinds::LevelRole;

use super::is_measured;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN003: Code =
    Code { id: "PLN003", name: "support-area-without-indicator", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_measured(p)) {
        let results = context.results.of(&plan.id);
        if !results.iter().any(|r| context.indicators.any(&r.id)) {
            continue;
        }
        for area in context.with_role(plan, LevelRole::Support) {
            let below = context.children.of(&area.id).iter().any(|c| context.indicators.any(&c.id));
            if !below && !context.indicators.any(&area.id) {
                out.push(Diagnostic::new(&PLN003).on("result", area.id.as_str()).arg("result", title(&area.title)));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN003, run, file: include_str!("support_without_indicator.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind
              | P  | strategic_plan
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | support
        results | id  | plan | level | code
                | P.A | P    | 1     | A
                | P.L | P    | 2     | L
        indicators | id | result
                   | I1 | P.A",
    wrong: "",
    right: "indicators | id | result
                   | I2 | P.L",
};
