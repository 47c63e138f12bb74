//! Monitoring frameworks: the list that the program carries, what of it the register measures, and where the gaps are.

mod matrix;
mod shipped;

pub(crate) use matrix::ancestors;
pub use matrix::{GapQuestion, Gaps, MeasuredColumns, Supplier, gap_matrix, gaps_csv, gaps_json};
pub use shipped::{Cell, frameworks, umf_cells};

use engine::frameworks::FrameworkIndicator;
use model::value::Lang;
use serde_json::{Value as Json, json};

use crate::world::World;

/// A framework with how much of it the register measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkCard {
    /// Its name, e.g. `sdg`; also the end of the key of its title.
    pub name: String,
    /// Indicators in our list.
    pub n_indicators: usize,
    /// Of these, confirmed ones.
    pub n_confirmed: usize,
    /// Of these, those that an indicator of the register measures.
    pub n_measured: usize,
}

/// Every framework in the order of the list.
pub fn framework_cards(world: &World) -> Vec<FrameworkCard> {
    let list = frameworks();
    let measures = list.measures(world.records());
    let card = |name: &str| FrameworkCard {
        name: name.to_owned(),
        n_indicators: list.of(name).count(),
        n_confirmed: list.of(name).filter(|(_, i)| i.listing == engine::frameworks::Listing::Confirmed).count(),
        n_measured: list.of(name).filter(|(at, _)| !measures[*at].is_empty()).count(),
    };
    list.names().into_iter().map(card).collect()
}

/// A framework's indicators as JSON, or those of all: with their status, what measures them and what they correspond to.
pub fn frameworks_json(world: &World, framework: Option<&str>, lang: Lang) -> Json {
    let list = frameworks();
    let measures = list.measures(world.records());
    let row = |(at, i): (usize, &FrameworkIndicator)| {
        let crosswalk = list.crosswalk(at).map(|(other, r)| json!({"code": other.name(), "relation": r.as_str()}));
        json!({
            "framework": i.framework, "code": i.code, "title": i.title.show(lang), "unit": i.unit,
            "direction": i.direction.map(|d| d.as_str()), "tier": i.tier, "custodian": i.custodian,
            "disaggregations": i.disaggregations, "unit_of_collection": i.unit_of_collection,
            "status": i.listing.as_str(),
            "measured_by": measures[at].iter().map(|m| m.id.as_str()).collect::<Vec<_>>(),
            "crosswalk": crosswalk.collect::<Vec<_>>(),
        })
    };
    let wanted = |i: &FrameworkIndicator| framework.is_none_or(|f| f == i.framework);
    let rows = list.indicators().iter().enumerate().filter(|(_, i)| wanted(i)).map(row);
    json!({ "indicators": rows.collect::<Vec<_>>() })
}
