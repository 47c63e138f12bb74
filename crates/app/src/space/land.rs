//! Land consumption and population growth (SDG 11.3.1), from a table or from grids.

use std::path::PathBuf;

use engine::cities::{SizeClass, size_classes};
use grids::{
    command::{BuiltArea, LandRow, LandTable, land_from_grids, land_from_table},
    land::{City, LandRates, Variant, mean_ratio, pooled},
};
use serde_json::{Map, Value as Json, json};
use shapes::{Feature, Layer};

use super::{
    Watch, of_grids, properties, text_of,
    two_dates::{Built, TwoDates},
    zones as zones_of,
};
use crate::{error::AppError, observatory::number};

/// Where areas and people come from.
#[derive(Clone, Debug, Default)]
pub struct LandRequest {
    /// A table: CSV or JSON with built-up area and people at two dates.
    pub table: Option<PathBuf>,
    /// In place of a table: land and people at the two dates.
    pub land: TwoDates,
    /// The cities; all that the grid covers as one when left out.
    pub zones: Option<PathBuf>,
    /// Their layer, where the file has several.
    pub layer: Option<String>,
    /// The attribute that names a city.
    pub key: Option<String>,
    /// `linear` (the metadata since 2021) or `log`.
    pub variant: Option<String>,
    /// Classes of size by people at the second date, as `100-250k, 250-500k, 0.5-1M, 1M+`.
    pub size_classes: Option<String>,
}

/// Classes of size, where none are named: those of the World Urbanization Prospects and of the plans.
const SIZE_CLASSES: &str = "0-100k, 100-250k, 250-500k, 0.5-1M, 1-5M, 5-10M, 10-20M, 20M+";

/// The rates of every city, of all of them as one, of classes of size, and their means.
///
/// Errors: neither a table nor grids with years; files that cannot be read or do not fit; dates that do not follow.
pub fn land_rates(asked: &LandRequest, watch: Watch<'_>) -> Result<Json, AppError> {
    let variant: Variant = asked.variant.as_deref().unwrap_or("linear").parse().map_err(of_grids)?;
    let classes = asked.size_classes.as_deref().unwrap_or(SIZE_CLASSES);
    let classes = size_classes(classes).map_err(|found| AppError::Refused(vec![*found]))?;
    if let Some(path) = &asked.table {
        let text = text_of(path)?;
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let found = land_from_table(&name, &text, variant).map_err(of_grids)?;
        return Ok(told(&found, &classes, variant, &|_| Json::Null));
    }
    let (given, years) = asked.land.built()?;
    let built = match given {
        Built::FirstYear(raster, years) => BuiltArea::FirstYear(raster, years),
        Built::Surfaces(before, after) => BuiltArea::Surfaces(before, after),
    };
    let people = asked.land.people()?;
    let zones = match &asked.zones {
        Some(path) => zones_of(path, asked.layer.as_deref())?,
        None => all_of_it(given.one())?,
    };
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found =
        land_from_grids(built, people, &zones, asked.key.as_deref(), years, variant, &progress).map_err(of_grids)?;
    let properties = |at: usize| zones.features.get(at).map_or(Json::Null, |feature| properties(&zones, feature));
    let mut out = told(&found, &classes, variant, &properties);
    if people.is_none() {
        // Nobody is known; nobody would be another thing.
        for city in out["cities"].as_array_mut().into_iter().flatten() {
            (city["pop_t1"], city["pop_t2"]) = (Json::Null, Json::Null);
        }
        out["size_classes"] = json!([]);
    }
    Ok(out)
}

/// All that a grid covers, as one zone.
fn all_of_it(grid: &[PathBuf]) -> Result<Layer, AppError> {
    let source = grids::raster::open(grid).map_err(of_grids)?;
    let frame = source.frame();
    let whole = geo::Rect::new((frame.left, frame.bottom()), (frame.right(), frame.top)).to_polygon();
    let feature = Feature { id: 1, shape: Some(geo::Geometry::Polygon(whole)), values: Vec::new() };
    Ok(Layer { name: "all".to_owned(), crs: frame.crs.clone(), fields: Vec::new(), features: vec![feature] })
}

/// Cities of a class of size as one, and what part of the growth is theirs.
fn of_class(class: &SizeClass, all: &[City], variant: Variant) -> Json {
    let cities: Vec<City> =
        all.iter().filter(|c| class.from <= c.people_2 && c.people_2 < class.below).copied().collect();
    let sum = |cities: &[City], of: fn(&City) -> f64| cities.iter().map(of).sum::<f64>() + 0.0;
    let share = |of: fn(&City) -> f64| {
        let whole = sum(all, of);
        if whole == 0.0 { Json::Null } else { number(sum(&cities, of) / whole) }
    };
    let mut out = match pooled(&cities, variant) {
        Ok(pooled) => rates(&pooled.rates),
        // Nothing can be said of no city.
        Err(_) => Map::new(),
    };
    let below = if class.below.is_finite() { number(class.below) } else { Json::Null };
    for (key, value) in [
        ("class", class.name.clone().into()),
        ("from", number(class.from)),
        ("below", below),
        ("cities", cities.len().into()),
        ("pop_t1", number(sum(&cities, |c| c.people_1))),
        ("pop_t2", number(sum(&cities, |c| c.people_2))),
        ("share_of_people_t2", share(|c| c.people_2)),
        ("share_of_people_growth", share(|c| c.people_2 - c.people_1)),
        ("share_of_land_growth", share(|c| c.built_2 - c.built_1)),
    ] {
        out.insert(key.into(), value);
    }
    Json::Object(out)
}

/// The mean of the ratios of cities, by cities and by people at the second date.
fn means(found: &LandTable) -> Json {
    let mean = |weight: fn(&City) -> f64| {
        let cities: Vec<(LandRates, f64)> = found.rows.iter().map(|row| (row.rates, weight(&row.city))).collect();
        let mean = mean_ratio(&cities);
        let ratio = mean.ratio.map_or(Json::Null, number);
        json!({ "lcrpgr": ratio, "cities": mean.n_cities, "left_out": mean.n_left_out })
    };
    json!({ "by_cities": mean(|_| 1.0), "by_people": mean(|city| city.people_2) })
}

fn told(found: &LandTable, classes: &[SizeClass], variant: Variant, properties: &dyn Fn(usize) -> Json) -> Json {
    let row = |(at, row): (usize, &LandRow)| {
        let mut out = rates(&row.rates);
        out.insert("city".into(), row.key.clone().into());
        out.insert("built_t1".into(), number(row.city.built_1));
        out.insert("built_t2".into(), number(row.city.built_2));
        out.insert("pop_t1".into(), number(row.city.people_1));
        out.insert("pop_t2".into(), number(row.city.people_2));
        out.insert("years".into(), number(row.city.years));
        match properties(at) {
            Json::Null => {}
            known => _ = out.insert("properties".into(), known),
        }
        Json::Object(out)
    };
    let pooled = found.pooled.as_ref().map(|pooled| {
        let mut out = rates(&pooled.rates);
        out.insert("cities".into(), pooled.n_cities.into());
        Json::Object(out)
    });
    let cities: Vec<Json> = found.rows.iter().enumerate().map(row).collect();
    let all: Vec<City> = found.rows.iter().map(|row| row.city).collect();
    let classes: Vec<Json> = classes.iter().map(|class| of_class(class, &all, variant)).collect();
    json!({
        "cities": cities, "pooled": pooled, "means": means(found), "size_classes": classes, "warnings": found.warnings,
    })
}

/// Under the names of the official reporting template.
fn rates(of: &LandRates) -> Map<String, Json> {
    let maybe = |n: Option<f64>| n.map_or(Json::Null, number);
    let code = |of: Result<Json, serde_json::Error>| of.unwrap_or_default();
    let mut out = Map::new();
    out.insert("variant".into(), code(serde_json::to_value(of.variant)));
    out.insert("lcr".into(), maybe(of.lcr));
    out.insert("pgr".into(), maybe(of.pgr));
    out.insert("lcrpgr".into(), maybe(of.ratio));
    out.insert("status".into(), code(serde_json::to_value(of.status)));
    out.insert("reading".into(), code(serde_json::to_value(of.reading)));
    out.insert("built_per_capita_t1".into(), maybe(of.built_per_person_1));
    out.insert("built_per_capita_t2".into(), maybe(of.built_per_person_2));
    out.insert("total_change_built".into(), maybe(of.total_change));
    out
}
