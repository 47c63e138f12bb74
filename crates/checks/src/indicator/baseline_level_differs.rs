//! # What it finds
//! A target for a place or a group that has no baseline of its own, while the indicator has one at another
//! level.
//!
//! # Why it matters
//! Start and end must be measured at the same level, or the distance between them means nothing.
//!
//! # Example
//! The target is for women, the only baseline is for everybody.
//!
//! # What to do
//! Record a baseline of the same place and group, or set the target at the level of the baseline.

use model::{Record, kinds::TargetKind};

use super::seen::none;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND016: Code = Code { id: "IND016", name: "baseline-of-other-level", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let baselines: Vec<_> = seen.planned(context, TargetKind::Baseline).collect();
        for target in seen.planned(context, TargetKind::Target).filter(|_| !baselines.is_empty()) {
            if baselines.iter().any(|b| b.place == target.place && b.breakdown == target.breakdown) {
                continue;
            }
            let place = target.place.as_ref().and_then(|p| context.records.places.of(p));
            let level = match (&target.place, target.breakdown.is_total()) {
                (Some(_), true) => "place",
                (Some(_), false) => "both",
                (None, false) => "group",
                (None, true) => "whole",
            };
            let finding = Diagnostic::new(&IND016).on("target", target.id()).field("value");
            let finding = finding.arg("indicator", title(&seen.indicator.title)).arg("level", level);
            let finding = finding.arg("place", place.map_or_else(none, |p| title(&p.title)));
            out.push(finding.arg("group", target.breakdown.to_string()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND016, run, file: include_str!("baseline_level_differs.rs"), example: EXAMPLE };

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
        targets | indicator | kind     | on         | breakdown  | value
                | I         | baseline | 2013-12-31 |            | 10",
    wrong: "targets | indicator | kind     | on         | breakdown  | value
                | I         | target   | 2019-12-31 | sex=female | 20",
    right: "targets | indicator | kind     | on         | breakdown  | value
                | I         | target   | 2019-12-31 |            | 20",
};
