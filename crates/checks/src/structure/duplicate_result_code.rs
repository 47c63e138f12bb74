//! # What it finds
//! Two results of one plan with the same code.
//!
//! # Why it matters
//! Reports and budgets name results by their code; a code that means two results sends money to the
//! wrong one.
//!
//! # Example
//! Two areas of a plan have the code FA1.
//!
//! # What to do
//! Give one of the two another code.

use rustc_hash::FxHashMap;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN030: Code = Code { id: "PLN030", name: "duplicate-result-code", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<(&str, &str), &str> = FxHashMap::default();
    for result in context.records.results.iter() {
        let key = (result.plan.as_str(), result.code.0.as_str());
        match seen.get(&key) {
            None => {
                seen.insert(key, result.id.as_str());
            }
            Some(first) => out.push(
                Diagnostic::new(&PLN030)
                    .on("result", result.id.as_str())
                    .field("code")
                    .related("result", *first)
                    .arg("code", key.1)
                    .arg("other", *first),
            ),
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN030, run, file: include_str!("duplicate_result_code.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "results | id  | plan | code
                | P.1 | P    | FA1",
    wrong: "results | id  | plan | code
                | P.2 | P    | FA1",
    right: "results | id  | plan | code
                | P.2 | P    | FA2",
};
