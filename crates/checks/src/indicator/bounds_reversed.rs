//! # What it finds
//! An indicator whose smallest possible value is larger than its largest.
//!
//! # Why it matters
//! No value lies within such bounds, so every observation is refused.
//!
//! # Example
//! Smallest 100, largest 0.
//!
//! # What to do
//! Exchange the two.

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND055: Code = Code { id: "IND055", name: "bounds-reversed", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        if let (Some(low), Some(high)) = (seen.indicator.minimum, seen.indicator.maximum)
            && low > high
        {
            out.push(seen.finding(&IND055).field("minimum").arg("minimum", low).arg("maximum", high));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND055, run, file: include_str!("bounds_reversed.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        results | id | plan | level
                | O  | P    | 1",
    wrong: "indicators | id | result | minimum | maximum
                   | I  | O      | 100     | 0",
    right: "indicators | id | result | minimum | maximum
                   | I  | O      | 0       | 100",
};
