//! Green areas: the share of zones that classes of a land cover take, or values of a vegetation index from a threshold on.

use std::path::PathBuf;

use diag::Diagnostic;
use grids::command::{Cover, CoverRow, cover_files};
use serde_json::{Map, Value as Json, json};

use super::{Watch, codes::GEO005, of_grids, properties, zones as zones_of};
use crate::{error::AppError, observatory::number};

/// Trees, shrubs, grass, wetland, mangroves, moss and lichen in the legend of ESA WorldCover (2020 and 2021): what is green and
/// is no field.
const GREEN: [f64; 6] = [10.0, 20.0, 30.0, 90.0, 95.0, 100.0];

/// Zones and a raster of land cover or of a vegetation index.
#[derive(Clone, Debug, Default)]
pub struct CoverRequest {
    /// The raster.
    pub raster: Vec<PathBuf>,
    /// Classes that count; those of ESA WorldCover that are green when left out.
    pub classes: Vec<f64>,
    /// In place of classes: cells of this value or more.
    pub from: Option<f64>,
    /// The zones.
    pub zones: PathBuf,
    /// Their layer, where the file has several.
    pub layer: Option<String>,
    /// Persons per cell, for the area by person.
    pub population: Vec<PathBuf>,
}

/// The covered area of every zone, its share, and by person where people are given.
///
/// Errors: classes and a threshold at once; files that cannot be read or do not fit.
pub fn land_cover(asked: &CoverRequest, watch: Watch<'_>) -> Result<Json, AppError> {
    let cover = match (asked.from, asked.classes.is_empty()) {
        (Some(_), false) => {
            let found = Diagnostic::new(&GEO005).arg("detail", "--classes | --from");
            return Err(AppError::Refused(vec![found]));
        }
        (Some(from), true) => Cover::From(from),
        (None, true) => Cover::Classes(GREEN.to_vec()),
        (None, false) => Cover::Classes(asked.classes.clone()),
    };
    let zones = zones_of(&asked.zones, asked.layer.as_deref())?;
    let people = (!asked.population.is_empty()).then_some(&asked.population[..]);
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found = cover_files(&asked.raster, &cover, &zones, None, people, &progress).map_err(of_grids)?;
    let maybe = |n: Option<f64>| n.map_or(Json::Null, number);
    let row = |(feature, row): (&shapes::Feature, &CoverRow)| {
        let mut out = Map::new();
        out.insert("id".into(), feature.id.into());
        out.insert("properties".into(), properties(&zones, feature));
        out.insert("area_km2".into(), number(row.area_km2));
        out.insert("known".into(), number(row.known));
        out.insert("cover_km2".into(), number(row.cover_km2));
        out.insert("share".into(), maybe(row.share));
        if row.people.is_some() {
            out.insert("population".into(), maybe(row.people));
            out.insert("m2_per_person".into(), maybe(row.m2_per_person));
        }
        Json::Object(out)
    };
    let rows: Vec<Json> = zones.features.iter().zip(&found.rows).map(row).collect();
    let rule = match &cover {
        Cover::Classes(classes) => json!({ "classes": classes }),
        Cover::From(least) => json!({ "from": least }),
    };
    Ok(json!({ "zones": rows, "rule": rule, "warnings": found.warnings }))
}
