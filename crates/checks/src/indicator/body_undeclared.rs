//! # What it finds
//! A distinct count or stage count that does not say what sort of body is counted.
//!
//! # Why it matters
//! A body is counted once; without its sort a city and its government may be counted as two.
//!
//! # Example
//! Bodies are counted; authorities or countries?
//!
//! # What to do
//! Say whether authorities, cities, countries or other bodies are counted.

use model::kinds::Measure;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND054: Code = Code { id: "IND054", name: "body-undeclared", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let counts_bodies = matches!(seen.indicator.measure, Measure::DistinctCount | Measure::StageCount);
        if counts_bodies && seen.indicator.counts.is_none() {
            out.push(seen.finding(&IND054).severity(seen.severity(Severity::Warning)).field("counts"));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND054, run, file: include_str!("body_undeclared.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        results | id | plan | level
                | O  | P    | 1",
    wrong: "indicators | id | result | status    | measure
                   | I  | O      | confirmed | distinct_count",
    right: "indicators | id | result | status    | measure        | counts
                   | I  | O      | confirmed | distinct_count | authority",
};
