//! # What it finds
//! A target that equals its baseline although the value should move.
//!
//! # Why it matters
//! A target that is already reached promises nothing, and progress has no path to be measured on.
//!
//! # Example
//! More is better, baseline and target are 10.
//!
//! # What to do
//! Set a target that moves, or declare that the value should be maintained.

use model::{
    Record,
    kinds::{Direction, TargetKind},
};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND020: Code = Code { id: "IND020", name: "target-equals-baseline", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| s.indicator.direction != Some(Direction::Maintain)) {
        for target in seen.planned(context, TargetKind::Target) {
            let Some(baseline) = seen.baseline_of(context, target) else { continue };
            if baseline.value == target.value {
                let finding = Diagnostic::new(&IND020).on("target", target.id()).field("value");
                let finding = finding.arg("indicator", title(&seen.indicator.title)).arg("value", target.value);
                out.push(finding.related("target", baseline.id()));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND020, run, file: include_str!("target_equals_baseline.rs"), example: EXAMPLE };

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
                | I         | target | 2019-12-31 | 10",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
