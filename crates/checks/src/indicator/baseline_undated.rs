//! # What it finds
//! A baseline without a day.
//!
//! # Why it matters
//! Nobody can tell whether it was measured before the plan, and the path to the target has no beginning.
//!
//! # Example
//! The share stood at 10 per cent; nobody knows when.
//!
//! # What to do
//! Record the day on which it was measured.

use model::{Record, kinds::TargetKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND014: Code = Code { id: "IND014", name: "baseline-undated", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        for baseline in seen.planned(context, TargetKind::Baseline).filter(|b| b.on.is_none()) {
            let finding = Diagnostic::new(&IND014).on("target", baseline.id()).field("on");
            out.push(finding.arg("indicator", title(&seen.indicator.title)));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND014, run, file: include_str!("baseline_undated.rs"), example: EXAMPLE };

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
    wrong: "targets | indicator | kind     | value
                | I         | baseline | 10",
    right: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10",
};
