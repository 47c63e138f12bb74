//! # What it finds
//! Values that a project reports as delivered in a period that ended before the project began or began after it
//! ended. What stands after the work is done (adopted plans, bodies with a strategy, shares) may be looked at again
//! for a year after the end; amounts of a period may not.
//!
//! # Why it matters
//! A project cannot deliver when it is not there. The period is wrong, or the value belongs to another project.
//!
//! # Example
//! A project of 2010–2013 reports people with safe water in 2015.
//!
//! # What to do
//! Correct the period, the project or its dates.

use jiff::Span;
use model::kinds::{Measure, Scope};
use rustc_hash::FxHashMap;

use super::{Case, Naming, filled, reports_by_project};
use crate::{Check, Code, Context, Diagnostic, Example, Severity, context::title};

static OBS016: Code = Code { id: "OBS016", name: "report-outside-project", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let measures: FxHashMap<u32, Measure> =
        context.records.indicators.iter().filter_map(|i| Some((o.dict.code(i.id.as_str())?, i.measure))).collect();
    let measure_of = |indicator: u32| measures.get(&indicator).copied();
    for (project, rows) in reports_by_project(context) {
        let is_outside = |row: &usize| {
            let period = o.period[*row];
            let is_flow = measure_of(o.indicator[*row]) == Some(Measure::Flow);
            let last = project.ends_on.map(|e| if is_flow { e } else { e.saturating_add(Span::new().years(1)) });
            o.scope[*row] == Scope::Delivered
                && (period.ends_on() < project.starts_on || last.is_some_and(|l| period.starts_on() > l))
        };
        let cases = rows.into_iter().filter(is_outside).map(Case::plain).collect();
        let one = Diagnostic::new(&OBS016)
            .on("project", project.id.as_str())
            .arg("project", title(&project.title))
            .arg("first", project.starts_on.to_string())
            .arg("last", project.ends_on.map_or_else(|| "…".to_owned(), |d| d.to_string()));
        out.extend(filled(context, one, cases, Naming::Indicator));
    }
}

pub(super) const CHECK: Check =
    Check { code: &OBS016, run, file: include_str!("before_or_after_project.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure
                   | I  | flow
        projects | id | starts_on  | ends_on    | indicators
                 | P  | 2010-03-01 | 2013-12-31 | I",
    wrong: "observations | indicator | place | period | scope     | project | value
                         | I         | KEN   | 2015   | delivered | P       | 1200",
    right: "observations | indicator | place | period | scope     | project | value
                         | I         | KEN   | 2013   | delivered | P       | 1200",
};
