//! # What it finds
//! A stage count without a scale, or whose scale has fewer than two stages.
//!
//! # Why it matters
//! Its value is a distribution over stages; without stages there is nothing to distribute.
//!
//! # Example
//! Countries are counted by stage, but no stages are defined.
//!
//! # What to do
//! Define the stages of the scale in order, and name the scale at the indicator.

use model::kinds::Measure;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND026: Code = Code { id: "IND026", name: "stages-without-scale", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| s.indicator.measure == Measure::StageCount) {
        let scale = seen.indicator.scale.as_ref().map_or("", |s| s.0.as_str());
        let n = context.stages.of(scale).len();
        if n < 2 {
            let finding = seen.finding(&IND026).severity(seen.severity(Severity::Error)).field("scale");
            out.push(
                finding.arg("scale", scale).arg("n", n).arg("state", if scale.is_empty() { "none" } else { "few" }),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &IND026, run, file: include_str!("without_scale.rs"), example: EXAMPLE };

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
        stages | scale | code    | position
               | steps | drafted | 0
               | steps | adopted | 1",
    wrong: "indicators | id | result | status    | measure
                   | I  | O      | confirmed | stage_count",
    right: "indicators | id | result | status    | measure     | scale
                   | I  | O      | confirmed | stage_count | steps",
};
