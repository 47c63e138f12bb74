//! What the growth of cities is made of: infill, extension and leapfrog, the urban extent, densities at two dates.

use std::path::PathBuf;

use grids::{
    command::{BuiltCells, ExtentAt, GrowthRow, GrowthRule, growth_from_grids},
    degurba::AreaUnit,
    land::{Extent, LEAPFROG_LEI},
};
use serde_json::{Map, Value as Json, json};

use super::{
    Watch, layer, of_grids, properties,
    two_dates::{Built, TwoDates},
    zones as zones_of,
};
use crate::{error::AppError, observatory::number};

/// Cities and where it says what is built in them.
#[derive(Clone, Debug, Default)]
pub struct GrowthRequest {
    /// Land and people at the two dates.
    pub land: TwoDates,
    /// Whether numbers of surfaces are shares of a cell and not square metres.
    pub as_shares: bool,
    /// From which share of its area on a cell is built; a half when left out.
    pub least: Option<f64>,
    /// The cities.
    pub zones: PathBuf,
    /// Their layer, where the file has several.
    pub layer: Option<String>,
    /// Their limits at the first date.
    pub zones_before: Option<PathBuf>,
    /// The attribute that names a city in both.
    pub key: Option<String>,
    /// Cells around a patch that are looked at; one when left out.
    pub buffer: Option<usize>,
    /// At or below this index a patch leaps; 0 when left out.
    pub leapfrog: Option<f64>,
}

/// The growth of every city by kind.
///
/// Errors: neither surfaces nor a raster of years; files that cannot be read or do not fit; dates that do not follow.
pub fn land_growth(asked: &GrowthRequest, watch: Watch<'_>) -> Result<Json, AppError> {
    let (built, years) = asked.land.built()?;
    let built = match built {
        Built::FirstYear(raster, years) => BuiltCells::FirstYear { raster, years },
        Built::Surfaces(before, after) => BuiltCells::Surfaces {
            before,
            after,
            unit: if asked.as_shares { AreaUnit::Share } else { AreaUnit::SquareMetres },
            least: asked.least.unwrap_or(0.5),
        },
    };
    let people = asked.land.people()?;
    let rule = GrowthRule {
        years,
        buffer: asked.buffer.unwrap_or(1),
        leapfrog_lei: asked.leapfrog.unwrap_or(LEAPFROG_LEI),
        extent: Extent::default(),
    };
    let zones = zones_of(&asked.zones, asked.layer.as_deref())?;
    let before = asked.zones_before.as_deref().map(|path| layer(path, asked.layer.as_deref())).transpose()?;
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found = growth_from_grids(built, people, (&zones, before.as_ref()), asked.key.as_deref(), rule, &progress)
        .map_err(of_grids)?;
    let row = |(at, row): (usize, &GrowthRow)| {
        let mut out = told(row, years);
        out.insert("properties".into(), zones.features.get(at).map_or(Json::Null, |f| properties(&zones, f)));
        Json::Object(out)
    };
    let rows: Vec<Json> = found.rows.iter().enumerate().map(row).collect();
    Ok(json!({ "cities": rows, "years": number(years), "warnings": found.warnings }))
}

fn told(of: &GrowthRow, years: f64) -> Map<String, Json> {
    let maybe = |n: Option<f64>| n.map_or(Json::Null, number);
    let kinds = [
        ("infill", of.new_km2.infill, of.patches.infill, of.lcr_parts.map(|p| p.infill)),
        ("extension", of.new_km2.extension, of.patches.extension, of.lcr_parts.map(|p| p.extension)),
        ("leapfrog", of.new_km2.leapfrog, of.patches.leapfrog, of.lcr_parts.map(|p| p.leapfrog)),
    ];
    let mut out = Map::new();
    out.insert("city".into(), of.key.clone().into());
    out.insert("built_t1_km2".into(), number(of.built_km2[0]));
    out.insert("built_t2_km2".into(), number(of.built_km2[1]));
    for (kind, km2, patches, lcr) in kinds {
        out.insert(format!("{kind}_km2"), number(km2));
        out.insert(format!("{kind}_patches"), patches.into());
        out.insert(format!("lcr_{kind}"), maybe(lcr));
    }
    out.insert("lost_km2".into(), number(of.lost_km2));
    out.insert("lcr_lost".into(), maybe(of.lcr_lost));
    out.insert("included_km2".into(), maybe(of.included_km2));
    if let Some([first, second]) = of.people {
        out.insert("pop_t1".into(), number(first));
        out.insert("pop_t2".into(), number(second));
    }
    let [first, second] = of.densities();
    out.insert("density_t1".into(), maybe(first));
    out.insert("density_t2".into(), maybe(second));
    let rate = of.density_rate(years);
    out.insert("density_rate".into(), maybe(rate));
    // What differs from nothing in its last digits is nothing.
    let reading = rate.map(|rate| match rate {
        _ if rate.abs() < 1e-12 => "even",
        _ if rate > 0.0 => "densifying",
        _ => "thinning",
    });
    out.insert("reading".into(), reading.map_or(Json::Null, Json::from));
    for (at, name) in ["extent_t1", "extent_t2"].into_iter().enumerate() {
        out.insert(name.into(), of.extent.map_or(Json::Null, |extent| extent_told(&extent[at])));
    }
    out
}

fn extent_told(of: &ExtentAt) -> Json {
    serde_json::to_value(of).unwrap_or_default()
}
