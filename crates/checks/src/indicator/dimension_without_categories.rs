//! # What it finds
//! A dimension by which an indicator is broken down and that has no categories.
//!
//! # Why it matters
//! Reporters will invent their own categories, and nothing adds up.
//!
//! # Example
//! The indicator is broken down by tier; no tiers are listed.
//!
//! # What to do
//! List the categories of the dimension.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND036: Code =
    Code { id: "IND036", name: "dimension-without-categories", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for dimension in context.records.dimensions.iter().filter(|d| !context.categories.any(&d.id)) {
        let used = context.all_seen().find(|s| s.indicator.dimensions.contains(&dimension.id));
        let Some(seen) = used else { continue };
        let finding = Diagnostic::new(&IND036).on("dimension", dimension.id.as_str()).field("id");
        let finding = finding.arg("dimension", title(&dimension.title)).arg("indicator", title(&seen.indicator.title));
        out.push(finding.related("indicator", seen.indicator.id.as_str()));
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND036, run, file: include_str!("dimension_without_categories.rs"), example: EXAMPLE };

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
        dimensions | id   | partition
                   | tier | true
        indicators | id | result | dimensions
                   | I  | O      | tier",
    wrong: "",
    right: "categories | dimension | code
                   | tier      | local",
};
