//! # What it finds
//! A project that reports on an indicator of a result for which it does not work (neither that result
//! nor one above or below it).
//!
//! # Why it matters
//! The figure is counted for a result whose money and work lie elsewhere, and the project's own result
//! stays without figures.
//!
//! # Example
//! A project works for the area of land and reports on an indicator of the area of housing.
//!
//! # What to do
//! Add the result to the project, or report on an indicator of its own results.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PRJ022: Code =
    Code { id: "PRJ022", name: "indicator-of-other-result", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for project in context.records.projects.iter().filter(|p| !p.results.is_empty()) {
        let results: Vec<_> = project.results.iter().filter_map(|r| context.records.results.of(r)).collect();
        for indicator in project.indicators.iter().filter_map(|i| context.records.indicators.of(i)) {
            let Some(measured) = context.records.results.of(&indicator.result) else { continue };
            let works = results
                .iter()
                .any(|r| context.is_below(measured, r.id.as_str()) || context.is_below(r, measured.id.as_str()));
            if !works {
                out.push(
                    Diagnostic::new(&PRJ022)
                        .on("project", project.id.as_str())
                        .field("indicators")
                        .related("indicator", indicator.id.as_str())
                        .related("result", measured.id.as_str())
                        .arg("project", title(&project.title))
                        .arg("indicator", indicator.id.as_str())
                        .arg("result", measured.id.as_str()),
                );
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PRJ022, run, file: include_str!("indicator_of_other_result.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "results | id      | plan | parent
                | LAND    | P    |
                | HOUSING | P    |
        indicators | id | result
                   | I  | HOUSING",
    wrong: "projects | id | results | indicators
                 | J  | LAND    | I",
    right: "projects | id | results      | indicators
                 | J  | LAND;HOUSING | I",
};
