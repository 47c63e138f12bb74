//! # What it finds
//! A plan with more than three indicators for each result that it measures, or with more than a hundred in all.
//!
//! # Why it matters
//! More than three for a result, or a hundred in all, cost more to collect than anybody reads.
//!
//! # Example
//! Four indicators for the only measured result.
//!
//! # What to do
//! Keep the ones that say most about each result, and retire the others.

use rustc_hash::FxHashSet;

use super::smart::MOST_PER_RESULT;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND039: Code = Code { id: "IND039", name: "too-many-indicators", severity: Severity::Note, since: "0.1" };

/// Indicators in all above which nobody keeps up.
const MOST: usize = 100;

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for group in &context.seen {
        let Some(plan) = group.first().and_then(|s| s.plan) else { continue };
        let results: FxHashSet<&str> = group.iter().map(|s| s.indicator.result.as_str()).collect();
        let (n, n_results) = (group.len(), results.len());
        if n > MOST || n > MOST_PER_RESULT * n_results {
            let finding = Diagnostic::new(&IND039).on("plan", plan.id.as_str());
            let finding = finding.arg("plan", title(&plan.title)).arg("n", n).arg("results", n_results);
            out.push(finding.arg("ratio", (n as f64 / n_results as f64 * 10.0).round() / 10.0));
        }
    }
}

pub(super) const CHECK: Check = Check { code: &IND039, run, file: include_str!("too_many.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        indicators | id | result
                   | I1 | O
                   | I2 | O
                   | I3 | O",
    wrong: "indicators | id | result
                   | I4 | O",
    right: "",
};
