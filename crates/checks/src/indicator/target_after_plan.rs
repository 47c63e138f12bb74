//! # What it finds
//! A target or milestone that is due after the plan has ended.
//!
//! # Why it matters
//! The plan will be closed and evaluated before its promise is due.
//!
//! # Example
//! The plan ends in 2019, the target is due in 2020.
//!
//! # What to do
//! Set a target for the last day of the plan; a later one belongs to the next plan.

use model::{Record, kinds::TargetKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND021: Code = Code { id: "IND021", name: "target-after-plan", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(end) = seen.plan.and_then(|p| p.ends_on) else { continue };
        for kind in [TargetKind::Milestone, TargetKind::Target] {
            for target in seen.planned(context, kind) {
                let Some(on) = target.on.filter(|on| *on > end) else { continue };
                let finding = Diagnostic::new(&IND021).on("target", target.id()).field("on");
                let finding = finding.arg("indicator", title(&seen.indicator.title));
                out.push(finding.arg("date", on.to_string()).arg("end", end.to_string()));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND021, run, file: include_str!("target_after_plan.rs"), example: EXAMPLE };

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
                | I         | target | 2020-12-31 | 20",
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
