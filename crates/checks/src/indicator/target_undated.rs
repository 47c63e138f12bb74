//! # What it finds
//! A target or milestone without a day.
//!
//! # Why it matters
//! A target without a day is never missed and never reached.
//!
//! # Example
//! The target is 20 per cent, at no time in particular.
//!
//! # What to do
//! Say by which day it is due.

use model::{Record, kinds::TargetKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND018: Code = Code { id: "IND018", name: "target-undated", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        for kind in [TargetKind::Milestone, TargetKind::Target] {
            for target in seen.planned(context, kind).filter(|t| t.on.is_none()) {
                let finding = Diagnostic::new(&IND018).on("target", target.id()).field("on");
                out.push(finding.arg("indicator", title(&seen.indicator.title)).arg("value", target.value));
            }
        }
    }
}

pub(super) const CHECK: Check = Check { code: &IND018, run, file: include_str!("target_undated.rs"), example: EXAMPLE };

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
    wrong: "targets | indicator | kind   | value
                | I         | target | 20",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
