//! # What it finds
//! A baseline dated on or after the day the plan starts; for an indicator that was added later, on or after
//! that day.
//!
//! # Why it matters
//! A baseline made after the start already holds part of the effect that it should be compared with.
//!
//! # Example
//! The plan starts on 1 January 2014, the baseline is of 30 June 2014.
//!
//! # What to do
//! Use the last value before the start, if need be an estimate marked as such, or waive the finding with the
//! reason.

use model::{Record, kinds::TargetKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND013: Code = Code { id: "IND013", name: "baseline-after-start", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(plan) = seen.plan else { continue };
        let start = seen.indicator.added_on.filter(|a| *a > plan.starts_on).unwrap_or(plan.starts_on);
        for baseline in seen.planned(context, TargetKind::Baseline) {
            let Some(on) = baseline.on.filter(|on| *on >= start) else { continue };
            let finding = Diagnostic::new(&IND013).on("target", baseline.id()).field("on");
            let finding = finding.arg("indicator", title(&seen.indicator.title));
            out.push(finding.arg("date", on.to_string()).arg("start", start.to_string()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND013, run, file: include_str!("baseline_after_start.rs"), example: EXAMPLE };

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
    wrong: "targets | indicator | kind     | on         | value
                | I         | baseline | 2014-06-30 | 10",
    right: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10",
};
