//! # What it finds
//! An indicator that is reported twice in its plan, and has been reported for more than two of its years.
//!
//! # Why it matters
//! The top of the pyramid takes exactly two reports, at the middle and at the end; a third one is refused.
//!
//! # Example
//! Reports for 2016, 2018 and 2019.
//!
//! # What to do
//! Keep the figures of the mid-term and the final year; record the others under the world indicator or an
//! indicator of a lower tier.

use model::kinds::Cadence;

use super::tiers::reported_years;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND047: Code = Code { id: "IND047", name: "third-report", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| s.indicator.cadence == Some(Cadence::TwicePerPlan)) {
        let Some(plan) = seen.plan else { continue };
        let years = reported_years(context, seen, plan);
        if years.len() > 2 {
            let text: Vec<String> = years.iter().map(i16::to_string).collect();
            let finding = seen.finding(&IND047).field("cadence");
            out.push(finding.arg("n", years.len()).arg("years", text.join(", ")));
        }
    }
}

pub(super) const CHECK: Check = Check { code: &IND047, run, file: include_str!("third_report.rs"), example: EXAMPLE };

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
                | O  | P    | A      | 3
        indicators | id | result | status    | cadence
                   | I  | S      | confirmed | twice_per_plan
        observations | indicator | place | period | scope     | value
                     | I         | KEN   | 2016   | supported | 10
                     | I         | KEN   | 2019   | supported | 12",
    wrong: "observations | indicator | place | period | scope     | value
                     | I         | KEN   | 2018   | supported | 11",
    right: "",
};
