//! Checks of observations: the world taken for one's own result, figures that cannot be, breaks and slips in a
//! history, parts that do not make their whole, and what nobody can verify.

use diag::Code;
use model::kinds::{Indicator, Measure, Project};
use rustc_hash::FxHashMap;

use crate::{Check, Context, Diagnostic};

mod before_or_after_project;
mod breakdown_sum;
mod carried_forward;
mod closed_period;
mod cumulative_falls;
mod entity_elsewhere;
mod estimated_without_basis;
mod finding;
mod future_period;
mod jump;
mod out_of_range;
mod place_and_parent;
mod ratio_mismatch;
mod same_claim_twice;
mod stage_order;
mod standard_error_missing;
mod still_provisional;
mod undeclared_category;
mod undeclared_indicator;
mod unit_slip;
mod without_source;
mod world_as_own;
mod zero_for_missing;
mod zero_in_series;

pub(crate) mod series;

use finding::{Case, Naming, Shown, filled, finding};

/// The checks of observations.
pub const CHECKS: &[Check] = &[
    world_as_own::CHECK,
    out_of_range::CHECK,
    jump::CHECK,
    carried_forward::CHECK,
    unit_slip::CHECK,
    future_period::CHECK,
    breakdown_sum::CHECK,
    undeclared_category::CHECK,
    ratio_mismatch::CHECK,
    zero_in_series::CHECK,
    without_source::CHECK,
    estimated_without_basis::CHECK,
    standard_error_missing::CHECK,
    stage_order::CHECK,
    entity_elsewhere::CHECK,
    before_or_after_project::CHECK,
    undeclared_indicator::CHECK,
    cumulative_falls::CHECK,
    still_provisional::CHECK,
    same_claim_twice::CHECK,
    closed_period::CHECK,
    place_and_parent::CHECK,
    zero_for_missing::CHECK,
];

/// Looks at the rows of each indicator; the rows at fault become one finding.
fn each_indicator<'a>(
    context: &Context<'a>,
    code: &'static Code,
    out: &mut Vec<Diagnostic>,
    look: impl Fn(&'a Indicator, &[usize]) -> Vec<Case>,
) {
    for indicator in context.records.indicators.iter() {
        let rows = context.rows_of(&indicator.id);
        if !rows.is_empty() {
            out.extend(finding(context, code, indicator, look(indicator, rows)));
        }
    }
}

/// The rows that each project reports, project by project in order of the records.
fn reports_by_project<'a>(context: &Context<'a>) -> Vec<(&'a Project, Vec<usize>)> {
    let o = context.observations;
    let mut by_code: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for (row, project) in o.project.iter().enumerate().filter(|(_, p)| **p != 0) {
        by_code.entry(*project).or_default().push(row);
    }
    let projects = context.records.projects.iter();
    projects.filter_map(|p| Some((p, by_code.remove(&o.dict.code(p.id.as_str())?)?))).collect()
}

/// Whether a measure describes a state and is never summed: a share, a mean, an index, a score.
fn is_state(measure: Measure) -> bool {
    matches!(measure, Measure::Share | Measure::Mean | Measure::Index | Measure::Score)
}

/// Whether values are stated in percent.
fn is_percent(indicator: &Indicator) -> bool {
    indicator.unit.as_ref().is_some_and(|u| matches!(u.0.as_str(), "percent" | "%"))
}

/// Whether values are amounts of money: the unit is a currency.
fn is_money(indicator: &Indicator) -> bool {
    indicator.unit.as_ref().is_some_and(|u| u.0.len() == 3 && u.0.bytes().all(|b| b.is_ascii_uppercase()))
}

/// The median; `None` of nothing.
fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let high = *values.get(middle)?;
    if values.len() % 2 == 1 { Some(high) } else { values.get(middle - 1).map(|low| (low + high) / 2.0) }
}

/// The places that contain each place, as codes of the observations' dictionary. Places that no observation names
/// are left out, and a chain that turns in a circle ends.
fn places_above(context: &Context<'_>) -> FxHashMap<u32, Vec<u32>> {
    let (places, dict) = (&context.records.places, &context.observations.dict);
    let mut above = FxHashMap::default();
    for place in places.iter() {
        let Some(code) = dict.code(place.id.as_str()) else { continue };
        let mut chain = Vec::new();
        let mut next = place.parent.as_ref();
        // The tree is at most as deep as there are kinds of places, with some regions within regions.
        for _ in 0..16 {
            let Some(parent) = next else { break };
            chain.extend(dict.code(parent.as_str()));
            next = places.of(parent).and_then(|p| p.parent.as_ref());
        }
        above.insert(code, chain);
    }
    above
}
