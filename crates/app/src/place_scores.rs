//! What a place's own figures make of the indices that the program carries, and of the Global Urban Monitoring Framework.

use engine::frameworks::{CellMeans, cell_means};
use model::{
    kinds::{Direction, Scope},
    value::{Lang, Text},
};
use serde_json::json;

use crate::{
    frameworks::{frameworks, umf_cells},
    observatory::{evaluate_shipped_index, index_card},
    place::Measured,
    world::World,
};

/// Indices whose indicators have codes in a framework, and that framework.
const INDICES: [(&str, &str); 3] = [("cpi-2016", "cpi"), ("cpi-2012", "cpi"), ("ugi", "ugi")];
/// The framework of cells.
const CELLS: &str = "umf";
/// What has this unit runs from 0 to 100 and needs no bounds that somebody must confirm.
const PERCENT: &str = "percent";

/// The scores of a place in an index or a framework.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceScore {
    /// Its name, e.g. `cpi-2016` or `umf`.
    pub id: String,
    /// What it is called; none for a framework, whose name the pages know.
    pub title: Option<Text>,
    /// Its parts with their scores, 0 to 100; none where nothing was measured.
    pub axes: Vec<ScoreAxis>,
    /// The score of the whole.
    pub overall: Option<f64>,
    /// Indicators with a figure that could be used.
    pub n_present: usize,
    /// Indicators that it has.
    pub n_all: usize,
    /// Means of cells; for the framework of cells only.
    pub cells: Option<CellMeans>,
}

/// A part of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreAxis {
    /// What it is called.
    pub name: AxisName,
    /// Its score.
    pub score: Option<f64>,
}

/// What a part is called.
#[derive(Clone, Debug, PartialEq)]
pub enum AxisName {
    /// The part of an index, by its code.
    Part(String),
    /// A domain of the framework.
    Domain(Text),
}

/// The indices for which a place has at least one figure in the unit that they ask for.
///
/// What projects delivered is not the state of a place and is left out. A figure in another unit is left out too: a share is
/// not silently taken for a ratio.
pub fn place_scores(world: &World, measured: &[Measured]) -> Vec<PlaceScore> {
    let list = frameworks();
    let by = list.measures(world.records());
    // The figure of a framework's indicator: by the register's indicators that measure it, the world's state first.
    let value = |at: usize| -> Option<f64> {
        let unit = list.indicators()[at].unit.as_str();
        by[at].iter().find_map(|indicator| {
            [Scope::Global, Scope::Supported].into_iter().find_map(|scope| {
                let is_it = |m: &&Measured| {
                    m.scope == scope
                        && m.indicator.id == indicator.id
                        && m.indicator.unit.as_ref().is_some_and(|u| u.0 == unit)
                };
                measured.iter().find(is_it)?.latest.answer.value()
            })
        })
    };
    let indices = INDICES.into_iter().filter_map(|(id, framework)| {
        let of = |code: &str| value(list.at(&format!("{}:{code}", framework.to_uppercase()))?);
        index_score(id, &of)
    });
    umf_score(&value).into_iter().chain(indices).collect()
}

fn index_score(id: &str, value: &dyn Fn(&str) -> Option<f64>) -> Option<PlaceScore> {
    let card = index_card(id)?;
    let raw: serde_json::Map<String, serde_json::Value> =
        card.codes.iter().filter_map(|code| Some((code.clone(), value(code)?.into()))).collect();
    if raw.is_empty() {
        return None;
    }
    let n_present = raw.len();
    let file = json!({"cities": [{"city": "place", "raw": raw}]}).to_string();
    let found = evaluate_shipped_index(id, &file, &[], Lang::En).ok()?;
    let city = &found["cities"][0];
    let axis = |(part, _): &(String, f64)| ScoreAxis {
        score: city["dimensions"][part].as_f64(),
        name: AxisName::Part(part.clone()),
    };
    Some(PlaceScore {
        axes: card.parts.iter().map(axis).collect(),
        overall: city["index"].as_f64(),
        n_present,
        n_all: card.n_indicators,
        cells: None,
        title: Some(card.title),
        id: card.id,
    })
}

/// Percentages with a direction only: the bounds of everything else are not confirmed.
fn umf_score(value: &dyn Fn(usize) -> Option<f64>) -> Option<PlaceScore> {
    let list = frameworks();
    let scores: Vec<(&str, f64)> = list
        .of(CELLS)
        .filter(|(_, indicator)| indicator.unit == PERCENT)
        .filter_map(|(at, indicator)| {
            let share = value(at)?.clamp(0.0, 100.0);
            match indicator.direction? {
                Direction::Increase => Some((indicator.code.as_str(), share)),
                Direction::Decrease => Some((indicator.code.as_str(), 100.0 - share)),
                Direction::Maintain => None,
            }
        })
        .collect();
    if scores.is_empty() {
        return None;
    }
    let n_present = scores.len();
    let means = cell_means(scores);
    let mut axes: Vec<ScoreAxis> = Vec::new();
    for cell in umf_cells() {
        let domain = cell.code.split('.').next().unwrap_or_default();
        let name = AxisName::Domain(cell.domain.clone());
        if axes.iter().all(|axis| axis.name != name) {
            axes.push(ScoreAxis { name, score: means.domains.get(domain).copied() });
        }
    }
    Some(PlaceScore {
        id: CELLS.to_owned(),
        title: None,
        axes,
        overall: means.overall,
        n_present,
        n_all: list.of(CELLS).count(),
        cells: Some(means),
    })
}
