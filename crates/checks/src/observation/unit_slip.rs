//! # What it finds
//! A value about a thousand or a million times as large or as small as the other values of the same place, group
//! and project, which agree among each other within a factor of twenty.
//!
//! # Why it matters
//! One figure was written in thousands or in millions and the others were not. In a sum, it is the sum.
//!
//! # Example
//! A city reports 12,400 people one year, 13,100 the next, and then 14.
//!
//! # What to do
//! Write the value in the unit of the indicator.

use super::{Case, Shown, finding, median};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS005: Code = Code { id: "OBS005", name: "value-unit-slip", severity: Severity::Error, since: "0.1" };

/// How far a ratio may be from the factor.
const ABOUT: f64 = 2.0;
/// How far the other values may be apart.
const APART: f64 = 20.0;

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    for indicator in context.records.indicators.iter() {
        let mut cases = Vec::new();
        for series in context.series_of(&indicator.id) {
            let sizes: Vec<(usize, f64)> =
                series.iter().filter_map(|r| Some((*r, o.value[*r]?))).filter(|(_, v)| *v != 0.0).collect();
            cases.extend(slip(&sizes));
        }
        out.extend(finding(context, &OBS005, indicator, cases));
    }
}

/// The value of a series that stands apart by such a factor; at most one, since the others must agree.
fn slip(values: &[(usize, f64)]) -> Option<Case> {
    if values.len() < 3 {
        return None;
    }
    let size = |v: &f64| v.abs();
    let smallest = values.iter().min_by(|a, b| size(&a.1).total_cmp(&size(&b.1)))?;
    let largest = values.iter().max_by(|a, b| size(&a.1).total_cmp(&size(&b.1)))?;
    // Most series are steady, and are done with here.
    if size(&largest.1) < size(&smallest.1) * 1000.0 / ABOUT {
        return None;
    }
    [smallest, largest].into_iter().find_map(|(row, value)| {
        let mut others: Vec<f64> = values.iter().filter(|(r, _)| r != row).map(|(_, v)| v.abs()).collect();
        let usual = median(&mut others)?;
        let (low, high) = (*others.first()?, *others.last()?);
        let ratio = (value.abs() / usual).max(usual / value.abs());
        let is_factor = [1e3, 1e6].into_iter().any(|f| (f / ABOUT..=f * ABOUT).contains(&ratio));
        (is_factor && high <= low * APART).then_some(Case {
            row: *row,
            weight: ratio,
            shown: Shown::Against(*value, usual),
        })
    })
}

pub(super) const CHECK: Check = Check { code: &OBS005, run, file: include_str!("unit_slip.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2024, 6, 30),
    both: "indicators | id | measure | unit
                   | I  | flow    | person
        observations | indicator | place | period | value
                     | I         | KEN   | 2014   | 12400
                     | I         | KEN   | 2015   | 13100",
    wrong: "observations | indicator | place | period | value
                         | I         | KEN   | 2016   | 14",
    right: "observations | indicator | place | period | value
                         | I         | KEN   | 2016   | 14000",
};
