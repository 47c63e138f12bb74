//! # What it finds
//! Values that a project reports for an indicator that is not among those it reports on.
//!
//! # Why it matters
//! What a project reports is agreed when it is approved. A value outside of that has no plan behind it, and nobody
//! asks for the values that were agreed.
//!
//! # Example
//! A water project reports households with title deeds.
//!
//! # What to do
//! Add the indicator to the project, or correct the indicator or the project of the values.

use super::{Case, Naming, filled, reports_by_project};
use crate::{Check, Code, Context, Diagnostic, Example, Severity, context::title};

static OBS017: Code = Code { id: "OBS017", name: "undeclared-indicator", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    for (project, rows) in reports_by_project(context) {
        let declared: Vec<u32> = project.indicators.iter().filter_map(|i| o.dict.code(i.as_str())).collect();
        let is_undeclared = |row: &usize| !declared.contains(&o.indicator[*row]);
        let cases = rows.into_iter().filter(is_undeclared).map(Case::plain).collect();
        let one = Diagnostic::new(&OBS017)
            .on("project", project.id.as_str())
            .field("indicators")
            .arg("project", title(&project.title));
        out.extend(filled(context, one, cases, Naming::Indicator));
    }
}

pub(super) const CHECK: Check =
    Check { code: &OBS017, run, file: include_str!("undeclared_indicator.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure
                   | I  | flow
                   | J  | flow
        projects | id | starts_on  | indicators
                 | P  | 2010-03-01 | I",
    wrong: "observations | indicator | place | period | scope     | project | value
                         | J         | KEN   | 2015   | delivered | P       | 1200",
    right: "observations | indicator | place | period | scope     | project | value
                         | I         | KEN   | 2015   | delivered | P       | 1200",
};
