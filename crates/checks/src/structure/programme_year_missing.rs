//! # What it finds
//! Years of a strategic plan that no biennial or annual programme carries out.
//!
//! # Why it matters
//! The programme and budget is the only statutory document of execution; in a year without one the plan
//! has no money and no duty behind it.
//!
//! # Example
//! The plan runs 2014–2017; programmes exist for 2014–2015 only.
//!
//! # What to do
//! Record the missing programme, or set the plan that it is a part of.

use super::is_programme;
use crate::context::is_strategic;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN034: Code = Code { id: "PLN034", name: "programme-year-missing", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for plan in context.records.plans.iter().filter(|p| is_strategic(p)) {
        let Some(end) = plan.ends_on else { continue };
        let programmes: Vec<_> = context.programmes.of(&plan.id).iter().filter(|p| is_programme(p)).collect();
        let years = plan.starts_on.year()..=end.year();
        let covered = |year: i16| {
            programmes.iter().any(|p| p.starts_on.year() <= year && p.ends_on.is_none_or(|e| e.year() >= year))
        };
        let missing: Vec<String> = years.clone().filter(|y| !covered(*y)).map(|y| y.to_string()).collect();
        if !missing.is_empty() {
            out.push(
                Diagnostic::new(&PLN034)
                    .on("plan", plan.id.as_str())
                    .arg("missing", missing.join(", "))
                    .arg("n", missing.len())
                    .arg("years", years.count()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN034, run, file: include_str!("programme_year_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind               | starts_on  | ends_on    | part_of
              | P  | strategic_plan     | 2014-01-01 | 2017-12-31 |
              | W1 | biennial_programme | 2014-01-01 | 2015-12-31 | P",
    wrong: "",
    right: "plans | id | kind               | starts_on  | ends_on    | part_of
              | W2 | biennial_programme | 2016-01-01 | 2017-12-31 | P",
};
