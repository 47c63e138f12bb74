//! # What it finds
//! An indicator that cannot be measured: no unit, a share without numerator and denominator, a stage count
//! without a scale.
//!
//! # Why it matters
//! What has no unit or no base cannot be added, compared or checked.
//!
//! # Example
//! A share that does not say of what.
//!
//! # What to do
//! Fill the unit, and what the type of measure needs: numerator and denominator, scale, way of reporting.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND002: Code = Code { id: "IND002", name: "criterion-measurable", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Measurable, &IND002, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND002, run, file: include_str!("criterion_measurable.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status    | measure | unit
                    | I  | O      | confirmed | share   | percent",
    right: "indicators | id | result | status    | measure | unit    | numerator | denominator
                    | I  | O      | confirmed | share   | percent | cities with a plan | cities",
};
