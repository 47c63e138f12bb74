//! # What it finds
//! A baseline whose unit is stated neither beside it nor at its indicator.
//!
//! # Why it matters
//! Ten per cent, ten cities and ten million people are not the same start.
//!
//! # Example
//! The baseline is 10, of nothing in particular.
//!
//! # What to do
//! State the unit of the indicator.

use model::{Record, kinds::TargetKind};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND015: Code = Code { id: "IND015", name: "baseline-without-unit", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| s.indicator.unit.is_none() && s.is_number()) {
        for baseline in seen.planned(context, TargetKind::Baseline).filter(|b| b.unit.is_none()) {
            let finding = Diagnostic::new(&IND015).on("target", baseline.id()).field("unit");
            out.push(finding.arg("indicator", title(&seen.indicator.title)).arg("value", baseline.value));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND015, run, file: include_str!("baseline_without_unit.rs"), example: EXAMPLE };

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
        indicators | id | result
                   | I  | O",
    wrong: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10",
    right: "targets | indicator | kind     | on         | value | unit
                | I         | baseline | 2013-12-31 | 10    | percent",
};
