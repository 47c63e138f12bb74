//! # What it finds
//! A baseline, milestone or target that the measure cannot take: a share over 100 per cent, a count below zero,
//! a value outside the smallest and largest value of the indicator.
//!
//! # Why it matters
//! A value that cannot be makes every percentage of progress wrong.
//!
//! # Example
//! The target is 120 per cent.
//!
//! # What to do
//! Correct the value, its unit, or the bounds of the indicator.

use model::Record;

use super::bounds::{Bounds, bounds};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND022: Code = Code { id: "IND022", name: "target-out-of-bounds", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        for target in context.targets.of(&seen.indicator.id) {
            let Bounds::Outside(bound) = bounds(seen.indicator, target.value) else { continue };
            let finding = Diagnostic::new(&IND022).on("target", target.id()).field("value");
            let finding = finding.arg("indicator", title(&seen.indicator.title));
            out.push(finding.arg("value", target.value).arg("bound", bound));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND022, run, file: include_str!("target_out_of_bounds.rs"), example: EXAMPLE };

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
        indicators | id | result | status    | measure | unit    | direction
                   | I  | O      | confirmed | share   | percent | increase",
    wrong: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 120",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 90",
};
