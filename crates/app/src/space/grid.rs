//! The degree of urbanisation of cells and of units, and statistics of zones.

use std::{
    fs,
    path::{Path, PathBuf},
};

use diag::Diagnostic;
use grids::{
    command::{ClassifyRequest, classify_files, units_files, zonal_files},
    degurba::Levels,
    entities::Place,
    units::{Base, Cut, Edition},
    zonal::Rule,
};
use serde_json::{Map, Value as Json, json};

use super::{Watch, codes::GEO005, layer, of_grids, properties};
use crate::{error::AppError, observatory::number};

/// A population grid to be classified.
#[derive(Clone, Debug)]
pub struct GridClassify {
    /// Persons per cell: one file, or the tiles of one grid.
    pub population: Vec<PathBuf>,
    /// Land per cell, m²; all land when empty.
    pub land: Vec<PathBuf>,
    /// Built-up surface per cell, m²; without it the built-up rules are off.
    pub built: Vec<PathBuf>,
    /// A file with options.
    pub params: Option<PathBuf>,
    /// 1 or 2.
    pub level: u8,
    /// Where the raster goes.
    pub out: Option<PathBuf>,
    /// Where the GeoPackage of urban centres and clusters goes.
    pub entities: Option<PathBuf>,
    /// Named points by which entities are named.
    pub places: Option<PathBuf>,
}

/// Classifies a grid.
///
/// Errors: grids that cannot be read, do not align or are not of equal area, options that there are not; nothing is written then.
pub fn grid_classify(asked: &GridClassify, watch: Watch<'_>) -> Result<Json, AppError> {
    let params = match &asked.params {
        Some(path) => fs::read_to_string(path).map_err(|e| AppError::file(path, &e))?,
        None => String::new(),
    };
    let places = asked.places.as_deref().map(|path| places(path, &asked.population)).transpose()?.unwrap_or_default();
    let (levels, level_1, level_2) = match asked.level {
        1 => (Levels::One, asked.out.as_deref(), None),
        2 => (Levels::Two, None, asked.out.as_deref()),
        other => {
            let found = Diagnostic::new(&GEO005).arg("detail", format!("--level {other}: 1, 2"));
            return Err(AppError::Refused(vec![found]));
        }
    };
    let request = ClassifyRequest {
        population: &asked.population,
        land: &asked.land,
        built: &asked.built,
        params: &params,
        levels,
        level_1,
        level_2,
        entities: asked.entities.as_deref(),
        places: &places,
    };
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found = classify_files(&request, &progress).map_err(of_grids)?;
    let mut out = serde_json::to_value(&found).unwrap_or_default();
    out["level"] = asked.level.into();
    // One level was asked for: its classes stand under one name.
    out["classes"] = out[if asked.level == 1 { "level_1" } else { "level_2" }].clone();
    if let Some(map) = out.as_object_mut() {
        map.retain(|key, _| key != "level_1" && key != "level_2" && key != "levels");
    }
    Ok(out)
}

/// Points with a name, in the reference system of the grid.
fn places(path: &Path, grid: &[PathBuf]) -> Result<Vec<Place>, AppError> {
    let layer = layer(path, None)?;
    let frame = grids::raster::open(grid).map_err(of_grids)?.frame().clone();
    let projected = shapes::project::project(&layer, &frame.crs).map_err(|e| of_grids(e.into()))?;
    grids::entities::places(&projected).map_err(of_grids)
}

/// Units to be classified over a raster of level 2.
#[derive(Clone, Debug)]
pub struct GridUnits {
    /// Persons per cell.
    pub population: Vec<PathBuf>,
    /// The raster of level 2.
    pub class: Vec<PathBuf>,
    /// The polygons.
    pub units: PathBuf,
    /// Their layer, where the file has several.
    pub layer: Option<String>,
    /// Small cells on a side of a cell, for the cut by raster; exact without.
    pub raster_cut: Option<u32>,
    /// Whether level 2 is that of the rules of 2021.
    pub rules_2021: bool,
}

/// Classifies polygons by the people in them.
///
/// Errors: files that cannot be read or do not fit.
pub fn grid_units(asked: &GridUnits, watch: Watch<'_>) -> Result<Json, AppError> {
    let units = layer(&asked.units, asked.layer.as_deref())?;
    let cut = asked.raster_cut.map_or(Cut::Exact, |ratio| Cut::Raster { ratio });
    let edition = if asked.rules_2021 { Edition::Rules2021 } else { Edition::Rules2024 };
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found =
        units_files(&asked.population, &asked.class, &units, None, cut, edition, &progress).map_err(of_grids)?;
    let row = |(feature, row): (&shapes::Feature, &grids::command::UnitRow)| {
        let mut out = Map::new();
        out.insert("id".into(), feature.id.into());
        out.insert("properties".into(), properties(&units, feature));
        out.insert("base".into(), base(row.unit.base).into());
        out.insert("population".into(), number(row.unit.population));
        out.insert("area_cells".into(), number(row.unit.area_cells));
        for (at, class) in found.classes.iter().enumerate() {
            let share = row.shares.map_or(Json::Null, |shares| number(shares[at]));
            out.insert(format!("share_{class}"), share);
        }
        out.insert("l1".into(), row.unit.level_1.into());
        out.insert("l2".into(), row.level_2.into());
        out.insert("l2_2024".into(), row.unit.level_2_2024.into());
        out.insert("l2_2021".into(), row.unit.level_2_2021.into());
        out.insert("class".into(), row.class.into());
        out.insert("tied".into(), row.unit.tied.into());
        Json::Object(out)
    };
    let rows: Vec<Json> = units.features.iter().zip(&found.rows).map(row).collect();
    Ok(json!({ "units": rows, "warnings": found.warnings }))
}

fn base(base: Base) -> &'static str {
    match base {
        Base::Population => "pop",
        Base::Area => "area",
        Base::None => "none",
    }
}

/// Zones of which statistics are wanted.
#[derive(Clone, Debug)]
pub struct GridZonal {
    /// The raster.
    pub raster: Vec<PathBuf>,
    /// A raster of weights.
    pub weights: Vec<PathBuf>,
    /// The polygons.
    pub zones: PathBuf,
    /// Their layer, where the file has several.
    pub layer: Option<String>,
    /// Names of statistics.
    pub statistics: Vec<String>,
    /// Whether cells count whole by their centre.
    pub by_centre: bool,
}

/// Statistics of a raster by zone.
///
/// Errors: files that cannot be read or do not fit, statistics that there are not.
pub fn grid_zonal(asked: &GridZonal, watch: Watch<'_>) -> Result<Json, AppError> {
    let zones = layer(&asked.zones, asked.layer.as_deref())?;
    let rule = if asked.by_centre { Rule::Centre } else { Rule::Exact };
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found = zonal_files(&asked.raster, &asked.weights, &zones, None, &asked.statistics, rule, &progress)
        .map_err(of_grids)?;
    let row = |(feature, row): (&shapes::Feature, &grids::command::ZoneRow)| {
        let mut out = Map::new();
        out.insert("id".into(), feature.id.into());
        out.insert("properties".into(), properties(&zones, feature));
        for (name, value) in asked.statistics.iter().zip(&row.values) {
            out.insert(name.clone(), value.map_or(Json::Null, number));
        }
        out.insert("covered".into(), number(row.covered));
        Json::Object(out)
    };
    let rows: Vec<Json> = zones.features.iter().zip(&found.rows).map(row).collect();
    Ok(json!({ "zones": rows, "statistics": found.statistics, "warnings": found.warnings }))
}
