//! # What it finds
//! In a plan that pledges the pyramid of reporting: an indicator of a strategic result that is not reported
//! twice in the plan, of an area that is not reported each two years, of an accomplishment that is not reported
//! each year.
//!
//! # Why it matters
//! The pyramid keeps costly surveys rare and cheap counts frequent; a wrong rhythm costs money or leaves the
//! report empty.
//!
//! # Example
//! The indicator of an area is reported each year.
//!
//! # What to do
//! Set the cadence of its tier, or move the indicator to the result whose rhythm it has.

use super::tiers::{cadence_of, of_pyramid};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND046: Code = Code { id: "IND046", name: "cadence-of-other-tier", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (seen, _) in of_pyramid(context) {
        let (Some(cadence), Some(tier)) = (seen.indicator.cadence, cadence_of(seen.role)) else { continue };
        if cadence != tier {
            let finding = seen.finding(&IND046).severity(seen.severity(Severity::Error)).field("cadence");
            out.push(finding.arg("tier", tier.as_str()).arg("cadence", cadence.as_str()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND046, run, file: include_str!("cadence_of_tier.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on    | reporting_tiers
              | P  | strategic_plan | 2014-01-01 | 2019-12-31 | pyramid
        levels | plan | position | role
               | P    | 1        | strategic_result
               | P    | 2        | area
               | P    | 3        | outcome
        results | id | plan | parent | level
                | S  | P    |        | 1
                | A  | P    | S      | 2
                | O  | P    | A      | 3",
    wrong: "indicators | id | result | status    | cadence
                   | I  | A      | confirmed | yearly",
    right: "indicators | id | result | status    | cadence
                   | I  | A      | confirmed | biennial",
};
