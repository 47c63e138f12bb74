//! # What it finds
//! A milestone that does not lie between baseline and target.
//!
//! # Why it matters
//! A path that overshoots and comes back makes the status at the milestone wrong.
//!
//! # Example
//! From 10 to 20, by way of 30.
//!
//! # What to do
//! Correct the milestone or the target.

use model::{
    Record,
    kinds::{Target, TargetKind},
};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND056: Code = Code { id: "IND056", name: "milestone-off-path", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        for milestone in seen.planned(context, TargetKind::Milestone) {
            let same = |t: &&Target| t.place == milestone.place && t.breakdown == milestone.breakdown;
            let target = seen.planned(context, TargetKind::Target).filter(same).max_by_key(|t| t.on);
            let (Some(target), Some(baseline)) = (target, seen.baseline_of(context, milestone)) else { continue };
            let (low, high) = (baseline.value.min(target.value), baseline.value.max(target.value));
            if milestone.value < low || milestone.value > high {
                let finding = Diagnostic::new(&IND056).on("target", milestone.id()).field("value");
                let finding = finding.arg("indicator", title(&seen.indicator.title)).arg("value", milestone.value);
                out.push(finding.arg("baseline", baseline.value).arg("target", target.value));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND056, run, file: include_str!("milestone_off_path.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        results | id | plan | level
                | O  | P    | 1
        indicators | id | result
                   | I  | O
        targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10
                | I         | target   | 2019-12-31 | 20",
    wrong: "targets | indicator | kind      | on         | value
                | I         | milestone | 2016-12-31 | 30",
    right: "targets | indicator | kind      | on         | value
                | I         | milestone | 2016-12-31 | 15",
};
