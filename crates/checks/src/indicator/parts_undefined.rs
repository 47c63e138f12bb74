//! # What it finds
//! A share without a numerator or denominator; a mean, index or score without a denominator to weight it by.
//!
//! # Why it matters
//! Shares and means are rolled up from their numerators and denominators; without them they cannot be put
//! together.
//!
//! # Example
//! A share of cities, or of people?
//!
//! # What to do
//! Say what the numerator and the denominator are.

use model::kinds::Measure;

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND027: Code = Code { id: "IND027", name: "parts-undefined", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND027,
        "denominator",
        |seen| {
            let i = seen.indicator;
            let is_there = match i.measure {
                Measure::Share => i.numerator.is_some() && i.denominator.is_some(),
                Measure::Mean | Measure::Index | Measure::Score => i.denominator.is_some(),
                _ => return Look::NotAsked,
            };
            Look::at(is_there, seen.severity(Severity::Warning))
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND027, run, file: include_str!("parts_undefined.rs"), example: EXAMPLE };

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
    wrong: "indicators | id | result | status    | measure
                   | I  | O      | confirmed | share",
    right: "indicators | id | result | status    | measure | numerator          | denominator
                   | I  | O      | confirmed | share   | cities with a plan | cities",
};
