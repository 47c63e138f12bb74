//! The gap matrix as pages, files and the command line show it.

use engine::frameworks::{Gap, GapMatrix, GapState, Tally, gaps};
use jiff::civil::Date;
use model::{
    kinds::{Indicator, Place, PlaceKind, Source, Unit},
    value::{Id, Lang, Value},
};
use serde_json::{Value as Json, json};

use super::frameworks;
use crate::world::World;

/// Which columns are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasuredColumns {
    /// All.
    All,
    /// Those that an indicator of the register measures.
    Measured,
    /// Those that none does.
    Unmeasured,
}

/// What the matrix is asked about.
#[derive(Clone, Debug)]
pub struct GapQuestion {
    /// The framework, e.g. `sdg`.
    pub framework: String,
    /// These places; all cities when empty.
    pub places: Vec<Id<Place>>,
    /// Only what lies within this place, e.g. a country.
    pub within: Option<Id<Place>>,
    /// Which columns.
    pub columns: MeasuredColumns,
}

/// Who could supply what is missing in a column: the register's indicator names source and unit, else its custodian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Supplier {
    /// The register's indicator that measures it.
    pub indicator: Option<Id<Indicator>>,
    /// Its source.
    pub source: Option<Id<Source>>,
    /// The unit that answers for it.
    pub owner: Option<Id<Unit>>,
    /// Who answers for the framework's indicator in the world.
    pub custodian: String,
}

/// A matrix with who could supply its columns.
#[derive(Clone, Debug)]
pub struct Gaps {
    /// Cities by indicators.
    pub matrix: GapMatrix,
    /// By column.
    pub suppliers: Vec<Supplier>,
}

impl Gaps {
    /// How many cells of a column are in a state.
    pub fn n_in(&self, column: usize, state: GapState) -> usize {
        self.matrix.cells.iter().filter(|line| line.get(column).is_some_and(|c| c.state == state)).count()
    }
}

/// The matrix on a day. None for a framework that is not in the list.
pub fn gap_matrix(world: &World, question: &GapQuestion, on: Date) -> Option<Gaps> {
    let list = frameworks();
    if !list.names().contains(&question.framework.as_str()) {
        return None;
    }
    let records = world.records();
    let within = |place: &Place| {
        question.within.as_ref().is_none_or(|wanted| ancestors(world, place).iter().any(|p| p.id == *wanted))
    };
    let asked = |place: &Place| match question.places.is_empty() {
        true => place.kind == PlaceKind::City,
        false => question.places.contains(&place.id),
    };
    let places = records.places.iter().filter(|p| asked(p) && within(p)).map(|p| p.id.clone()).collect();
    let measures = list.measures(records);
    let wanted = |at: usize| match question.columns {
        MeasuredColumns::All => true,
        MeasuredColumns::Measured => !measures[at].is_empty(),
        MeasuredColumns::Unmeasured => measures[at].is_empty(),
    };
    let columns: Vec<usize> = list.of(&question.framework).map(|(at, _)| at).filter(|at| wanted(*at)).collect();
    let suppliers = columns.iter().map(|at| {
        // One that says where its data come from can be asked; else the first, else the custodian.
        let told = measures[*at].iter().find(|i| i.source.is_some() || i.owner.is_some());
        let by = told.or(measures[*at].first());
        Supplier {
            indicator: by.map(|i| i.id.clone()),
            source: by.and_then(|i| i.source.clone()),
            owner: by.and_then(|i| i.owner.clone()),
            custodian: list.indicators()[*at].custodian.clone(),
        }
    });
    let suppliers = suppliers.collect();
    let matrix = gaps(world.prepared(), list, columns, places, on, |indicator| world.rows_of(indicator));
    Some(Gaps { matrix, suppliers })
}

/// The places above a place, the nearest first. A register holds no cycle; the bound is for files that are looked at
/// before they are taken.
pub(crate) fn ancestors<'w>(world: &'w World, place: &Place) -> Vec<&'w Place> {
    let places = &world.records().places;
    let mut above: Vec<&Place> = Vec::new();
    let mut next = place.parent.as_ref();
    while let Some(parent) = next.and_then(|id| places.of(id)).filter(|_| above.len() < 20) {
        above.push(parent);
        next = parent.parent.as_ref();
    }
    above
}

fn quality(gap: &Gap) -> Vec<&'static str> {
    gap.found.iter().flat_map(|f| &f.weaknesses).map(|w| w.as_str()).collect()
}

/// The matrix as CSV, a row a cell.
pub fn gaps_csv(world: &World, gaps: &Gaps, lang: Lang) -> Vec<u8> {
    let mut out = Vec::new();
    let text = |t: &str| Value::Text(t.to_owned());
    let names = [
        "place",
        "place_title",
        "framework",
        "code",
        "title",
        "listing",
        "state",
        "value",
        "unit",
        "period",
        "scope",
        "standard_error",
        "quality",
        "indicator",
        "source",
        "owner",
        "custodian",
    ];
    exchange::csv_row(&mut out, &names.map(text));
    for (place, line) in gaps.matrix.places.iter().zip(&gaps.matrix.cells) {
        let title = world.records().places.of(place).map_or("", |p| p.title.show(lang));
        for ((cell, at), supplier) in line.iter().zip(&gaps.matrix.indicators).zip(&gaps.suppliers) {
            let asked = &frameworks().indicators()[*at];
            let key = cell.found.as_ref().map(|f| &f.key);
            let indicator = key.map(|k| &k.indicator).or(supplier.indicator.as_ref());
            let unit = indicator.and_then(|i| world.records().indicators.of(i)).and_then(|i| i.unit.as_ref());
            let number = |n: Option<f64>| n.map_or(Value::Null, Value::Number);
            let row = [
                text(place.as_str()),
                text(title),
                text(&asked.framework),
                text(&asked.code),
                text(asked.title.show(lang)),
                text(asked.listing.as_str()),
                text(cell.state.as_str()),
                number(cell.found.as_ref().map(|f| f.value)),
                text(unit.map_or("", |u| u.0.as_str())),
                text(&key.map_or(String::new(), |k| k.period.to_string())),
                text(key.map_or("", |k| k.scope.as_str())),
                number(cell.found.as_ref().and_then(|f| f.standard_error)),
                text(&quality(cell).join(";")),
                text(indicator.map_or("", |i| i.as_str())),
                text(supplier.source.as_ref().map_or("", |s| s.as_str())),
                text(supplier.owner.as_ref().map_or("", |u| u.as_str())),
                text(&supplier.custodian),
            ];
            exchange::csv_row(&mut out, &row);
        }
    }
    out
}

/// The matrix as JSON: rows of cells, and how much of each row and column is filled.
pub fn gaps_json(gaps: &Gaps, on: Date) -> Json {
    let matrix = &gaps.matrix;
    let tally =
        |t: &Tally| json!({"filled": t.n_filled, "there": t.n_there, "applicable": t.n_applicable, "share": t.share()});
    let codes: Vec<String> = matrix.indicators.iter().map(|at| frameworks().indicators()[*at].name()).collect();
    let cell = |cell: &Gap| {
        let found = cell.found.as_ref().map(|f| {
            json!({"derivation": f.key.to_string(), "value": f.value, "standard_error": f.standard_error,
                "period": f.key.period.to_string()})
        });
        json!({"state": cell.state.as_str(), "figure": found, "weak": quality(cell),
            "reason": cell.reason.map(|r| r.as_str())})
    };
    let line = |((place, cells), filled): ((&Id<Place>, &Vec<Gap>), &Tally)| json!({"place": place.as_str(), "filled": tally(filled), "cells": cells.iter().map(cell).collect::<Vec<_>>()});
    let column = |((code, supplier), filled): ((&String, &Supplier), &Tally)| {
        json!({"code": code, "filled": tally(filled), "indicator": supplier.indicator.as_ref().map(Id::as_str),
            "source": supplier.source.as_ref().map(Id::as_str), "owner": supplier.owner.as_ref().map(Id::as_str),
            "custodian": supplier.custodian})
    };
    json!({
        "on": on.to_string(), "filled": tally(&matrix.all),
        "columns": codes.iter().zip(&gaps.suppliers).zip(&matrix.by_indicator).map(column).collect::<Vec<_>>(),
        "rows": matrix.places.iter().zip(&matrix.cells).zip(&matrix.by_place).map(line).collect::<Vec<_>>(),
    })
}
