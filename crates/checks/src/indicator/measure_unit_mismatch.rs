//! # What it finds
//! A share whose unit is neither per cent nor a ratio, or a count, flow or stock in per cent.
//!
//! # Why it matters
//! Percentages must not be added and numbers must not be averaged; the unit and the type of measure must say
//! the same.
//!
//! # Example
//! A number of cities, in per cent.
//!
//! # What to do
//! Correct the unit or the type of measure.

use model::kinds::Measure;

use super::bounds::is_percent;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND058: Code = Code { id: "IND058", name: "measure-unit-mismatch", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(unit) = seen.indicator.unit.as_ref().map(|u| u.0.as_str()) else { continue };
        let is_relative =
            is_percent(unit) || unit.contains("ratio") || unit.contains("share") || unit.starts_with("per_");
        let fits = match seen.indicator.measure {
            Measure::Share => is_relative,
            Measure::Flow | Measure::Stock | Measure::DistinctCount | Measure::StageCount => !is_percent(unit),
            _ => true,
        };
        if !fits {
            let finding = seen.finding(&IND058).severity(seen.severity(Severity::Warning)).field("unit");
            out.push(finding.arg("unit", unit).arg("measure", seen.indicator.measure.as_str()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND058, run, file: include_str!("measure_unit_mismatch.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        results | id | plan | level
                | O  | P    | 1",
    wrong: "indicators | id | result | status    | measure        | unit
                   | I  | O      | confirmed | distinct_count | percent",
    right: "indicators | id | result | status    | measure        | unit
                   | I  | O      | confirmed | distinct_count | city",
};
