//! # What it finds
//! A strategic result, area or outcome without an indicator, in a plan where other results have some.
//! An area of a programme counts as measured when one of its outcomes is.
//!
//! # Why it matters
//! A result that nothing measures cannot be steered, and no report can say whether it was reached.
//!
//! # Example
//! The plan has two areas; the first has an indicator, the second has none.
//!
//! # What to do
//! Add an indicator to the result, or take the result out of the plan.

use model::kinds::{LevelRole, Result};

use super::{is_measured, is_programme};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN002: Code =
    Code { id: "PLN002", name: "result-without-indicator", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_measured(p)) {
        let results = context.results.of(&plan.id);
        // A plan without any indicator is one finding of its own.
        if !results.iter().any(|r| context.indicators.any(&r.id)) {
            continue;
        }
        for result in results {
            let must = match context.role(result) {
                Some(LevelRole::StrategicResult | LevelRole::Outcome) => true,
                Some(LevelRole::Area) => !(is_programme(plan) && measured_below(context, result, 0)),
                _ => false,
            };
            if must && !context.indicators.any(&result.id) {
                out.push(Diagnostic::new(&PLN002).on("result", result.id.as_str()).arg("result", title(&result.title)));
            }
        }
    }
}

fn measured_below(context: &Context<'_>, result: &Result, depth: usize) -> bool {
    // No chain of results is this deep; a circle is.
    depth < 20
        && context
            .children
            .of(&result.id)
            .iter()
            .any(|c| context.indicators.any(&c.id) || measured_below(context, c, depth + 1))
}

pub(super) const CHECK: Check =
    Check { code: &PLN002, run, file: include_str!("result_without_indicator.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
        results | id  | plan | level | code
                | P.1 | P    | 1     | 1
                | P.2 | P    | 1     | 2
        indicators | id | result
                   | I1 | P.1",
    wrong: "",
    right: "indicators | id | result
                   | I2 | P.2",
};
