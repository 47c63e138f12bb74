//! # What it finds
//! A programme that does not use the same indicators as the plan that it carries out. Indicators are
//! the same when they have the same name in any language.
//!
//! # Why it matters
//! When a plan and its programme measure different things, every figure is collected twice and neither
//! report can be read with the other.
//!
//! # Example
//! The plan measures one indicator, its programme another.
//!
//! # What to do
//! Use one set of indicators in the plan and in its programmes.

use model::kinds::{Plan, Result};
use rustc_hash::FxHashSet;

use super::is_programme;
use crate::context::folded;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN010: Code = Code { id: "PLN010", name: "indicator-sets-differ", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for programme in context.records.plans.iter().filter(|p| is_programme(p)) {
        let Some(plan) = programme.part_of.as_ref().and_then(|p| context.records.plans.of(p)) else { continue };
        // Two empty frames say nothing; a plan that has no results yet is another finding.
        if context.results.of(&plan.id).is_empty() || context.results.of(&programme.id).is_empty() {
            continue;
        }
        let (of_plan, n_plan) = names(context, plan);
        let (of_programme, n_programme) = names(context, programme);
        let common = indicators(context, programme).filter(|i| i.iter().any(|name| of_plan.contains(name))).count();
        let common_back =
            indicators(context, plan).filter(|i| i.iter().any(|name| of_programme.contains(name))).count();
        if common < n_programme || common_back < n_plan {
            out.push(
                Diagnostic::new(&PLN010)
                    .on("plan", programme.id.as_str())
                    .field("part_of")
                    .related("plan", plan.id.as_str())
                    .arg("programme", n_programme)
                    .arg("plan", n_plan)
                    .arg("common", common),
            );
        }
    }
}

fn names(context: &Context<'_>, plan: &Plan) -> (FxHashSet<String>, usize) {
    (indicators(context, plan).flatten().collect(), indicators(context, plan).count())
}

/// The folded names, in all languages, of each indicator of a plan.
fn indicators<'a>(context: &'a Context<'_>, plan: &Plan) -> impl Iterator<Item = Vec<String>> + 'a {
    let of_result = |r: &&Result| context.indicators.of(&r.id).to_vec();
    let all: Vec<_> = context.results.of(&plan.id).iter().flat_map(of_result).collect();
    all.into_iter().map(|i| i.title.iter().map(|(_, t)| folded(t)).collect())
}

pub(super) const CHECK: Check =
    Check { code: &PLN010, run, file: include_str!("indicator_sets_differ.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind               | part_of
              | P  | strategic_plan     |
              | W  | biennial_programme | P
        results | id  | plan
                | P.1 | P
                | W.1 | W
        indicators | id | result | title_en
                   | I1 | P.1    | Cities with a plan",
    wrong: "indicators | id | result | title_en
                   | I2 | W.1    | Countries with a policy",
    right: "indicators | id | result | title_en
                   | I2 | W.1    | cities with a plan",
};
