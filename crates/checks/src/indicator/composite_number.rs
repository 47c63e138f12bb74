//! # What it finds
//! An indicator that puts several figures into one number: its unit says so, its unit lists several things that
//! no breakdown keeps apart, or an index without a definition lists its parts.
//!
//! # Why it matters
//! A home and a mortgage product do not add up; when the number moves nobody knows which part did.
//!
//! # Example
//! Homes, connections, mortgages and developers in one figure.
//!
//! # What to do
//! Report each part as an indicator of its own, or define an index with its parts and weights.

use super::composite::is_composite;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND045: Code = Code { id: "IND045", name: "composite-as-one-number", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| is_composite(s.indicator)) {
        let finding = seen.finding(&IND045).severity(seen.severity(Severity::Warning)).field("unit");
        out.push(finding.arg("unit", seen.indicator.unit.as_ref().map_or("", |u| u.0.as_str())));
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND045, run, file: include_str!("composite_number.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status    | unit
                   | I  | O      | confirmed | composite_of_four_counts",
    right: "indicators | id | result | status    | unit
                   | I  | O      | confirmed | home",
};
