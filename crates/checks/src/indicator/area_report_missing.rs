//! # What it finds
//! In a plan that pledges the pyramid: an area indicator without any figure for a period of two years whose
//! report is due.
//!
//! # Why it matters
//! The governing body is owed the results of each area every two years.
//!
//! # Example
//! Nothing was reported for 2014 and 2015; it is 2017.
//!
//! # What to do
//! Report the missing figures, or record why they are not to be had.

use model::kinds::LevelRole;

use super::tiers::find_missing;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND048: Code = Code { id: "IND048", name: "area-report-missing", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    find_missing(context, &IND048, LevelRole::Area, 2, out);
}

pub(super) const CHECK: Check =
    Check { code: &IND048, run, file: include_str!("area_report_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2017, 6, 30),
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
                   | I  | A      | confirmed | biennial",
    wrong: "",
    right: "observations | indicator | place | period | scope     | value
                     | I         | KEN   | 2015   | delivered | 11",
};
