//! # What it finds
//! Values broken down by a dimension that the indicator does not declare, or by a category that the dimension does
//! not have.
//!
//! # Why it matters
//! Such values are in no table and in no comparison; nobody sees that the group was reported at all.
//!
//! # Example
//! An indicator that is broken down by sex has a value for `age=15-24`.
//!
//! # What to do
//! Declare the dimension at the indicator or the category at the dimension, or correct the code.

use model::{kinds::Indicator, value::Breakdown};
use rustc_hash::FxHashMap;

use super::{Case, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS008: Code = Code { id: "OBS008", name: "undeclared-category", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    each_indicator(context, &OBS008, out, |indicator, rows| {
        let mut known: FxHashMap<u32, bool> = FxHashMap::from_iter([(0, true)]);
        rows.iter()
            .copied()
            .filter(|row| {
                let code = o.breakdown[*row];
                !*known.entry(code).or_insert_with(|| is_declared(context, indicator, o.dict.text(code)))
            })
            .map(Case::plain)
            .collect()
    });
}

fn is_declared(context: &Context<'_>, indicator: &Indicator, breakdown: &str) -> bool {
    let breakdown = Breakdown::parse(breakdown).unwrap_or_default();
    breakdown.parts().all(|(dimension, category)| {
        indicator.dimensions.iter().any(|d| d.as_str() == dimension)
            && context.categories.of(dimension).iter().any(|c| c.code.0 == category)
    })
}

pub(super) const CHECK: Check =
    Check { code: &OBS008, run, file: include_str!("undeclared_category.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "dimensions | id  | partition
                   | sex | true
        categories | dimension | code
                   | sex       | female
        indicators | id | measure | dimensions
                   | I  | flow    | sex",
    wrong: "observations | indicator | place | period | breakdown | value
                         | I         | KEN   | 2015   | age=15-24 | 600",
    right: "observations | indicator | place | period | breakdown  | value
                         | I         | KEN   | 2015   | sex=female | 600",
};
