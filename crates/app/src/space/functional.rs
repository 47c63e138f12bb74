//! Functional areas from grids, local units and commuters, and as files for the register.

use std::path::{Path, PathBuf};

use exchange::csv_row;
use grids::{
    command::{AreaRow, FunctionalRequest, FunctionalTable, functional_files},
    functional::FunctionalRule,
};
use jiff::civil::Date;
use model::value::Value as Cell;
use serde_json::{Value as Json, json};
use shapes::{Field, FieldKind, Layer, Value};

use super::{Watch, of_grids, of_shapes, outputs, zones as zones_of};
use crate::error::AppError;

/// What functional areas are made of, and where they go.
#[derive(Clone, Debug, Default)]
pub struct FunctionalAsked {
    /// Persons per cell.
    pub population: Vec<PathBuf>,
    /// Classes of the same cells.
    pub class: Vec<PathBuf>,
    /// The local units.
    pub units: PathBuf,
    /// Their layer, where the file has several.
    pub layer: Option<String>,
    /// Their attribute with the code that the table of commuters uses.
    pub key: String,
    /// Commuters: `origin`, `destination`, `people`.
    pub flows: PathBuf,
    /// From which share of its people in urban centres on a unit is a city; a half when left out.
    pub city: Option<f64>,
    /// From which share of commuters on a unit belongs to a city; 0.15 when left out.
    pub commuters: Option<f64>,
    /// Write the areas as a GeoPackage.
    pub out: Option<PathBuf>,
    /// Write `places.csv` and `area_members.csv` for the register into this folder, from this day on.
    pub records: Option<(PathBuf, Date)>,
}

/// Makes functional areas.
///
/// Errors: files that cannot be read or do not fit, shares outside of 0 to 1, outputs that cannot be written; nothing is
/// written then.
pub fn functional_areas(asked: &FunctionalAsked, watch: Watch<'_>) -> Result<Json, AppError> {
    let usual = FunctionalRule::default();
    let rule =
        FunctionalRule { city: share(asked.city, usual.city)?, commuters: share(asked.commuters, usual.commuters)? };
    let tables = asked.records.as_ref().map(|(folder, _)| [folder.join("places.csv"), folder.join("area_members.csv")]);
    let outs: Vec<&Path> = asked.out.iter().chain(tables.iter().flatten()).map(PathBuf::as_path).collect();
    let single = [asked.units.clone(), asked.flows.clone()];
    outputs::check(&outs, &[&asked.population, &asked.class, &single])?;
    let units = zones_of(&asked.units, asked.layer.as_deref())?;
    let progress = |share: f64, stage: &str| watch(stage, share);
    let request = FunctionalRequest {
        population: &asked.population,
        class: &asked.class,
        units: &units,
        key: &asked.key,
        flows: asked.flows.clone(),
        rule,
    };
    let FunctionalTable { rows, layer, warnings } = functional_files(&request, &progress).map_err(of_grids)?;
    if let Some(path) = &asked.out {
        write_areas(path, with_places(layer, &rows))?;
    }
    if let (Some((_, from)), Some([places, members])) = (&asked.records, &tables) {
        for (path, text) in [(places, places_csv(&rows)), (members, members_csv(&rows, *from))] {
            shapes::write_whole(path, &text).map_err(|e| AppError::file(path, &e))?;
        }
    }
    Ok(json!({ "areas": rows, "warnings": warnings }))
}

fn share(given: Option<f64>, usual: f64) -> Result<f64, AppError> {
    let share = given.unwrap_or(usual);
    if share > 0.0 && share <= 1.0 {
        return Ok(share);
    }
    let wanted = "a share above 0 and up to 1".to_owned();
    Err(of_grids(grids::Fault::Value { name: "share".to_owned(), found: share.to_string(), wanted }))
}

fn write_areas(path: &Path, layer: Layer) -> Result<(), AppError> {
    let is_geojson =
        path.extension().is_some_and(|e| e.eq_ignore_ascii_case("geojson") || e.eq_ignore_ascii_case("json"));
    let written =
        if is_geojson { shapes::write_geojson(path, &layer) } else { shapes::write_geopackage(path, &[layer]) };
    written.map_err(|found| of_shapes(&found))
}

/// The shapes with the code of their place, as an import of boundaries expects it.
fn with_places(mut layer: Layer, rows: &[AreaRow]) -> Layer {
    layer.fields.insert(0, Field { name: "place".to_owned(), kind: FieldKind::Text });
    for (feature, row) in layer.features.iter_mut().zip(rows) {
        feature.values.insert(0, Value::Text(area_id(row)));
    }
    layer
}

/// The code of an area in the register, after its most populous city.
fn area_id(row: &AreaRow) -> String {
    format!("FUA-{}", row.key)
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<Cell>>) -> Vec<u8> {
    let mut out = Vec::new();
    csv_row(&mut out, &head.iter().map(|name| Cell::Text((*name).to_owned())).collect::<Vec<_>>());
    rows.for_each(|row| csv_row(&mut out, &row));
    out
}

fn places_csv(rows: &[AreaRow]) -> Vec<u8> {
    let row = |area: &AreaRow| {
        vec![
            Cell::Text(area_id(area)),
            Cell::Text("functional_area".to_owned()),
            Cell::Text(area.key.clone()),
            Cell::Whole(area.population.round() as i64),
        ]
    };
    table(&["id", "kind", "title_en", "population"], rows.iter().map(row))
}

fn members_csv(rows: &[AreaRow], from: Date) -> Vec<u8> {
    let of = |area: &AreaRow| {
        let id = area_id(area);
        area.members
            .iter()
            .map(|member| {
                vec![
                    Cell::Text(id.clone()),
                    Cell::Text(member.unit.clone()),
                    Cell::Date(from),
                    Cell::Text(member.role.to_owned()),
                    member.commuters_percent.map_or(Cell::Null, Cell::Number),
                ]
            })
            .collect::<Vec<_>>()
    };
    table(&["area", "member", "valid_from", "role", "commuters_percent"], rows.iter().flat_map(of))
}
