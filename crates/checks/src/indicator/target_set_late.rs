//! # What it finds
//! A target that was set after the plan had started.
//!
//! # Why it matters
//! A target set when part of the result is known is easily set where it will be met.
//!
//! # Example
//! The plan starts in 2014, its target was set in 2016.
//!
//! # What to do
//! Keep the first target beside the new one, and say why it changed.

use model::{Record, kinds::TargetKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND059: Code = Code { id: "IND059", name: "target-set-late", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(plan) = seen.plan else { continue };
        for target in seen.planned(context, TargetKind::Target) {
            let Some(set) = target.set_on.filter(|on| *on > plan.starts_on) else { continue };
            let finding = Diagnostic::new(&IND059).on("target", target.id()).field("set_on");
            let finding = finding.arg("indicator", title(&seen.indicator.title));
            out.push(finding.arg("date", set.to_string()).arg("start", plan.starts_on.to_string()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND059, run, file: include_str!("target_set_late.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        results | id | plan | level
                | O  | P    | 1
        indicators | id | result
                   | I  | O",
    wrong: "targets | indicator | kind   | on         | value | set_on
                | I         | target | 2019-12-31 | 20    | 2016-03-01",
    right: "targets | indicator | kind   | on         | value | set_on
                | I         | target | 2019-12-31 | 20    | 2013-11-01",
};
