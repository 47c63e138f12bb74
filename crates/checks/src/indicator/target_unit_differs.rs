//! # What it finds
//! A baseline, milestone or target in another unit than its indicator, and than any version of its definition.
//!
//! # Why it matters
//! Values in two units cannot lie on one path; progress computed from them is nonsense.
//!
//! # Example
//! The indicator is in per cent, the target in persons.
//!
//! # What to do
//! Convert the value, or correct the unit.

use model::Record;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND044: Code = Code { id: "IND044", name: "target-unit-differs", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(unit) = &seen.indicator.unit else { continue };
        let versions = context.definitions.of(&seen.indicator.id);
        for target in context.targets.of(&seen.indicator.id) {
            let Some(other) = target.unit.as_ref().filter(|u| *u != unit) else { continue };
            if versions.iter().any(|v| v.unit.as_ref() == Some(other)) {
                continue;
            }
            let finding = Diagnostic::new(&IND044).on("target", target.id()).field("unit");
            let finding = finding.arg("indicator", title(&seen.indicator.title));
            out.push(finding.arg("unit", unit.0.as_str()).arg("other", other.0.as_str()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND044, run, file: include_str!("target_unit_differs.rs"), example: EXAMPLE };

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
    wrong: "targets | indicator | kind   | on         | value | unit
                | I         | target | 2019-12-31 | 20    | person",
    right: "targets | indicator | kind   | on         | value | unit
                | I         | target | 2019-12-31 | 20    | percent",
};
