//! # What it finds
//! A plan or programme with more outputs than the one before it in its line. Outputs are the results at
//! the output level; where there are none, the outputs of projects that serve the plan's results.
//!
//! # Why it matters
//! The promise is fewer and more meaningful outputs; a longer list spreads the same people thinner.
//!
//! # Example
//! The programme before had one output, this one has two.
//!
//! # What to do
//! Merge or drop outputs, beginning with those of the lowest priority.

use model::kinds::{LevelRole, Plan};
use rustc_hash::FxHashMap;

use super::is_measured;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN035: Code =
    Code { id: "PLN035", name: "more-outputs-than-before", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut delivered: FxHashMap<&str, usize> = FxHashMap::default();
    for output in context.records.outputs.iter() {
        let result = output.result.as_ref().and_then(|r| context.records.results.of(r));
        if let Some(result) = result {
            *delivered.entry(result.plan.as_str()).or_default() += 1;
        }
    }
    let count = |plan: &Plan| match context.with_role(plan, LevelRole::Output).len() {
        0 => delivered.get(plan.id.as_str()).copied().unwrap_or(0),
        n => n,
    };
    for plan in context.records.plans.iter().filter(|p| is_measured(p)) {
        let Some(before) = plan.predecessor.as_ref().and_then(|p| context.records.plans.of(p)) else { continue };
        let (now, then) = (count(plan), count(before));
        if then > 0 && now > then {
            out.push(
                Diagnostic::new(&PLN035)
                    .on("plan", plan.id.as_str())
                    .related("plan", before.id.as_str())
                    .arg("now", now)
                    .arg("then", then)
                    .arg("before", title(&before.title)),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &PLN035, run, file: include_str!("more_outputs.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind               | predecessor
              | W1 | biennial_programme |
              | W2 | biennial_programme | W1
        levels | plan | position | role
               | W1   | 1        | output
               | W2   | 1        | output
        results | id   | plan | level
                | W1.1 | W1   | 1
                | W2.1 | W2   | 1",
    wrong: "results | id   | plan | level
                | W2.2 | W2   | 1",
    right: "",
};
