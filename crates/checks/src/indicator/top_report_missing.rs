//! # What it finds
//! In a plan that pledges the pyramid: an indicator of a strategic result without a figure from the first half
//! of a plan that is past its middle, or from the second half of one that has ended.
//!
//! # Why it matters
//! The mid-term and the final evaluation rest on the top indicators; without a figure they judge by impression.
//!
//! # Example
//! The plan has ended, and nothing was reported after its middle.
//!
//! # What to do
//! Plan the survey in time, or record why there is no figure.

use model::kinds::LevelRole;

use super::tiers::{missing, of_pyramid, reported_years, spans_due};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND050: Code = Code { id: "IND050", name: "top-report-missing", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (seen, plan) in of_pyramid(context).filter(|(s, _)| s.role == Some(LevelRole::StrategicResult)) {
        let Some(end) = plan.ends_on.filter(|_| seen.is_confirmed()) else { continue };
        // The report of the middle may come a year after it: it waits for the mid-term evaluation.
        let n_years = end.year() - plan.starts_on.year() + 1;
        let halves = spans_due(plan, (n_years + 1) / 2, context.on);
        let mut years = reported_years(context, seen, plan);
        let middle = plan.starts_on.year() + (n_years + 1) / 2;
        if years.contains(&middle) && years.iter().filter(|y| **y >= middle).count() > 1 {
            years.push(middle - 1);
        }
        let missing = missing(&halves, &years);
        if !missing.is_empty() {
            out.push(seen.finding(&IND050).field("cadence").arg("years", missing));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND050, run, file: include_str!("top_report_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2020, 8, 31),
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
                     | I         | KEN   | 2016   | supported | 10",
    wrong: "",
    right: "observations | indicator | place | period | scope     | value
                     | I         | KEN   | 2019   | supported | 11",
};
