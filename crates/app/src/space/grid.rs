//! The degree of urbanisation of cells and of units, and statistics of zones.

use std::path::{Path, PathBuf};

use diag::Diagnostic;
use geo::Geometry;
use grids::{
    Fault,
    command::{ClassifyRequest, classify_files, units_files, zonal_files},
    degurba::Levels,
    entities::Place,
    units::{Base, Cut, Edition},
    zonal::Rule,
};
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use super::{
    Watch,
    codes::{GEO001, GEO005},
    layer, of_grids, outputs, properties, text_of, zones as zones_of,
};
use crate::{
    error::AppError,
    observatory::{number, numbers, table, texts},
};

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
    let files: Vec<PathBuf> = asked.params.iter().chain(&asked.places).cloned().collect();
    let results: Vec<&Path> = asked.out.iter().chain(&asked.entities).map(PathBuf::as_path).collect();
    outputs::check(&results, &[&asked.population, &asked.land, &asked.built, &files])?;
    let params = match &asked.params {
        Some(path) => text_of(path)?,
        None => String::new(),
    };
    // Names are wanted where entities are written.
    let places = match &asked.entities {
        Some(_) => places(asked.places.as_deref(), &asked.population)?,
        None => Vec::new(),
    };
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
    let found = classify_files(&request, &progress).map_err(|found| match (found, &asked.params) {
        // The method knows options, not their file.
        (Fault::Table { place, why, .. }, Some(path)) => {
            of_grids(Fault::Table { name: path.display().to_string(), place, why })
        }
        (other, _) => of_grids(other),
    })?;
    let mut out = serde_json::to_value(&found).unwrap_or_default();
    out["level"] = asked.level.into();
    // One level was asked for: its classes stand under one name.
    out["classes"] = out[if asked.level == 1 { "level_1" } else { "level_2" }].clone();
    if let Some(map) = out.as_object_mut() {
        map.retain(|key, _| key != "level_1" && key != "level_2" && key != "levels");
    }
    Ok(out)
}

/// Points with a name in the reference system of the grid: those of a file, or the program's list of cities. A grid in a system
/// that we do not compute in gets names from a file in the same system only.
fn places(path: Option<&Path>, grid: &[PathBuf]) -> Result<Vec<Place>, AppError> {
    let crs = grids::raster::open(grid).map_err(of_grids)?.frame().crs.clone();
    let layer = match path {
        Some(path) => layer(path, None)?,
        None if matches!(crs, Crs::Other(_)) => return Ok(Vec::new()),
        None => cities()?,
    };
    let layer = match layer.crs == crs {
        true => layer,
        false => shapes::project::project(&layer, &crs).map_err(|e| of_grids(e.into()))?,
    };
    let column = |name: &str| layer.fields.iter().position(|f| f.name.eq_ignore_ascii_case(name));
    let (name, population) = (column("name"), column("population").or(column("pop")));
    let place = |feature: &Feature| {
        let Some(Geometry::Point(point)) = feature.shape else { return None };
        let Value::Text(name) = feature.values.get(name?)? else { return None };
        let population = match population.and_then(|at| feature.values.get(at)) {
            Some(Value::Whole(n)) => *n as f64,
            Some(Value::Number(n)) => *n,
            _ => 0.0,
        };
        Some(Place { name: name.clone(), x: point.x(), y: point.y(), population })
    };
    Ok(layer.features.iter().filter_map(place).collect())
}

/// The program's cities as points in the reference system of a grid.
pub(crate) fn named_places(grid: &[PathBuf]) -> Result<Vec<Place>, AppError> {
    places(None, grid)
}

/// The program's list of cities as points.
pub(crate) fn cities() -> Result<Layer, AppError> {
    let refused = |found: Box<Diagnostic>| AppError::Refused(vec![*found]);
    let table = table("cities.csv", &[], &GEO001).map_err(refused)?;
    let (lon, lat) = (numbers(&table, "lon").map_err(refused)?, numbers(&table, "lat").map_err(refused)?);
    let (names, population) = (texts(&table, "name"), numbers(&table, "population").map_err(refused)?);
    let feature = |(row, name): (usize, String)| Feature {
        id: row as i64 + 1,
        shape: Some(Geometry::Point((lon[row], lat[row]).into())),
        values: vec![Value::Text(name), Value::Number(population[row])],
    };
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    Ok(Layer {
        name: "cities".to_owned(),
        crs: Crs::Wgs84,
        fields: vec![field("name", FieldKind::Text), field("population", FieldKind::Number)],
        features: names.into_iter().enumerate().map(feature).collect(),
    })
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
    /// A file with options: `{"rules": "2024" | "2021", "cut": "exact" | "raster", "ratio": 20}`.
    pub params: Option<PathBuf>,
}

/// The options of units.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct UnitOptions {
    rules: UnitRules,
    cut: UnitCut,
    ratio: Option<u32>,
}

#[derive(Default, Deserialize)]
enum UnitRules {
    #[default]
    #[serde(rename = "2024")]
    July2024,
    #[serde(rename = "2021")]
    Of2021,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum UnitCut {
    #[default]
    Exact,
    Raster,
}

/// Small cells on a side of a cell of 1 km: 50 m.
const SMALL_CELLS: u32 = 20;

/// Classifies polygons by the people in them.
///
/// Errors: files that cannot be read or do not fit.
pub fn grid_units(asked: &GridUnits, watch: Watch<'_>) -> Result<Json, AppError> {
    let units = zones_of(&asked.units, asked.layer.as_deref())?;
    let options: UnitOptions = match &asked.params {
        None => UnitOptions::default(),
        Some(path) => {
            let text = text_of(path)?;
            let wrong = |e: serde_json::Error| {
                let detail = format!("{}: {e}", path.display());
                AppError::Refused(vec![Diagnostic::new(&GEO005).arg("detail", detail)])
            };
            serde_json::from_str(&text).map_err(wrong)?
        }
    };
    let cut = match options.cut {
        UnitCut::Exact => Cut::Exact,
        UnitCut::Raster => Cut::Raster { ratio: options.ratio.unwrap_or(SMALL_CELLS) },
    };
    let edition = match options.rules {
        UnitRules::July2024 => Edition::Rules2024,
        UnitRules::Of2021 => Edition::Rules2021,
    };
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found =
        units_files(&asked.population, &asked.class, &units, None, cut, edition, &progress).map_err(of_grids)?;
    let row = |(feature, row): (&Feature, &grids::command::UnitRow)| {
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
    let zones = zones_of(&asked.zones, asked.layer.as_deref())?;
    let rule = if asked.by_centre { Rule::Centre } else { Rule::Exact };
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found = zonal_files(&asked.raster, &asked.weights, &zones, None, &asked.statistics, rule, &progress)
        .map_err(of_grids)?;
    let row = |(feature, row): (&Feature, &grids::command::ZoneRow)| {
        let mut out = Map::new();
        out.insert("id".into(), feature.id.into());
        out.insert("properties".into(), properties(&zones, feature));
        for (name, value) in asked.statistics.iter().map(|name| name.trim()).zip(&row.values) {
            out.insert(name.to_owned(), value.map_or(Json::Null, number));
        }
        out.insert("covered".into(), number(row.covered));
        Json::Object(out)
    };
    let rows: Vec<Json> = zones.features.iter().zip(&found.rows).map(row).collect();
    Ok(json!({ "zones": rows, "statistics": found.statistics, "warnings": found.warnings }))
}
