//! Land consumption and population growth (SDG 11.3.1), from a table or from grids.

use std::{fs, path::PathBuf};

use diag::Diagnostic;
use grids::{
    command::{LandRow, LandTable, land_from_grids, land_from_table},
    land::{LandRates, Variant},
};
use serde_json::{Map, Value as Json, json};

use super::{Watch, codes::GEO005, layer, of_grids, properties};
use crate::{error::AppError, observatory::number};

/// Where areas and people come from.
#[derive(Clone, Debug, Default)]
pub struct LandRequest {
    /// A table: CSV or JSON with built-up area and people at two dates.
    pub table: Option<PathBuf>,
    /// Built-up surface at the first and the second date.
    pub built: (Vec<PathBuf>, Vec<PathBuf>),
    /// Population at the first and the second date.
    pub population: (Vec<PathBuf>, Vec<PathBuf>),
    /// The cities.
    pub zones: Option<PathBuf>,
    /// Years between the dates.
    pub years: Option<f64>,
    /// `linear` (the metadata since 2021) or `log`.
    pub variant: Option<String>,
}

/// The rates of every city, and of all of them as one.
///
/// Errors: neither a table nor grids with zones and years; files that cannot be read or do not fit; dates that do not follow.
pub fn land_rates(asked: &LandRequest, watch: Watch<'_>) -> Result<Json, AppError> {
    let variant: Variant = asked.variant.as_deref().unwrap_or("linear").parse().map_err(of_grids)?;
    if let Some(path) = &asked.table {
        let text = fs::read_to_string(path).map_err(|e| AppError::file(path, &e))?;
        let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
        let found = land_from_table(&name, &text, variant).map_err(of_grids)?;
        return Ok(told(&found, &|_| Json::Null));
    }
    let (Some(zones), Some(years)) = (&asked.zones, asked.years) else {
        let detail = "--table | --built --built-later --population --population-later --zones --years";
        return Err(AppError::Refused(vec![Diagnostic::new(&GEO005).arg("detail", detail)]));
    };
    let zones = layer(zones, None)?;
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found = land_from_grids(
        (&asked.built.0, &asked.built.1),
        (&asked.population.0, &asked.population.1),
        &zones,
        None,
        years,
        variant,
        &progress,
    )
    .map_err(of_grids)?;
    Ok(told(&found, &|at| zones.features.get(at).map_or(Json::Null, |feature| properties(&zones, feature))))
}

fn told(found: &LandTable, properties: &dyn Fn(usize) -> Json) -> Json {
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
    json!({ "cities": cities, "pooled": pooled, "warnings": found.warnings })
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
