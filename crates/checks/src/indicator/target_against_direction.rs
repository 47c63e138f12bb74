//! # What it finds
//! A target or milestone on the wrong side of its baseline.
//!
//! # Why it matters
//! Either the direction or a value is wrong; until it is mended, progress shows as regress.
//!
//! # Example
//! More is better, the baseline is 10, the target 5.
//!
//! # What to do
//! Correct the direction, the baseline or the target.

use model::{
    Record,
    kinds::{Direction, TargetKind},
};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND019: Code = Code { id: "IND019", name: "target-against-direction", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        for kind in [TargetKind::Milestone, TargetKind::Target] {
            for target in seen.planned(context, kind) {
                let Some(baseline) = seen.baseline_of(context, target) else { continue };
                let (from, to) = (baseline.value, target.value);
                let way = match seen.indicator.direction {
                    Some(Direction::Increase) if to < from => "increase",
                    Some(Direction::Decrease) if to > from => "decrease",
                    _ => continue,
                };
                let finding = Diagnostic::new(&IND019).on("target", target.id()).field("value");
                let finding = finding.arg("indicator", title(&seen.indicator.title)).arg("direction", way);
                out.push(finding.arg("baseline", from).arg("value", to).related("target", baseline.id()));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND019, run, file: include_str!("target_against_direction.rs"), example: EXAMPLE };

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
                   | I  | O      | confirmed | share   | percent | increase
        targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10",
    wrong: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 5",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
