//! Land in streets by sampling, for a city too large to be mapped: where to look, and what the findings say of the city.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};
use streets::{City, SAMPLE_M2, SampledShare, read_sampled_shares, sample_circle, sample_points};

use super::{of_shapes, of_streets, outputs};
use crate::{error::AppError, observatory::number};

/// Most points of a sample: nobody digitises more.
const MOST_POINTS: u32 = 10_000;

/// The two-sided 95 % quantile of the normal distribution.
const Z_95: f64 = 1.959_963_984_540_054;

/// A city in which streets are to be sampled.
#[derive(Clone, Debug)]
pub struct StreetSample {
    /// The boundary.
    pub area: PathBuf,
    /// How many points.
    pub points: u32,
    /// Where the circles go: a GeoPackage, with a column for what is found in each.
    pub out: PathBuf,
}

/// Writes circles of 10 ha around the points of a Halton sequence, to draw the streets in.
///
/// Errors: no boundary that can be read; more points than anybody digitises.
pub fn street_sample(asked: &StreetSample) -> Result<Json, AppError> {
    outputs::check(&[&asked.out], &[std::slice::from_ref(&asked.area)])?;
    let city = City::read(&asked.area, None).map_err(|e| of_streets(&e))?;
    let n = asked.points.clamp(1, MOST_POINTS);
    let points = sample_points(&city, n as usize);
    let feature = |(at, point): (usize, &[f64; 2])| Feature {
        id: at as i64 + 1,
        shape: Some(geo::Geometry::Polygon(sample_circle(&city, *point))),
        values: vec![Value::Number(point[0]), Value::Number(point[1]), Value::Missing],
    };
    let field = |name: &str| Field { name: name.to_owned(), kind: FieldKind::Number };
    let layer = Layer {
        name: "samples".to_owned(),
        crs: Crs::Wgs84,
        fields: ["lon", "lat", "share_percent"].map(field).into(),
        features: points.iter().enumerate().map(feature).collect(),
    };
    shapes::write_geopackage(&asked.out, &[layer]).map_err(|e| of_shapes(&e))?;
    let mut warnings = Vec::new();
    if points.len() < n as usize {
        let text = format!("the city fills so little of its box that {} of {n} points were found", points.len());
        warnings.push(json!({"code": "few_points_found", "n": points.len(), "all": n, "text": text}));
    }
    if asked.points > MOST_POINTS {
        let text = format!("{MOST_POINTS} points are drawn at most");
        warnings.push(json!({"code": "most_points", "most": MOST_POINTS, "text": text}));
    }
    Ok(json!({
        "points": points.len(), "circle_m2": SAMPLE_M2, "city_km2": number(city.geodesic_km2()), "warnings": warnings,
    }))
}

/// The mean of the shares that were found, its standard error and its 95 % interval.
///
/// Errors: a file without a column `share_percent`.
pub fn street_sample_mean(path: &Path) -> Result<Json, AppError> {
    let (shares, refused) = read_sampled_shares(path).map_err(|e| of_streets(&e))?;
    let found = SampledShare::of(&shares);
    let error = found.and_then(|found| found.standard_error);
    let maybe = |n: Option<f64>| n.map_or(Json::Null, number);
    let end = |sign: f64| found.zip(error).map(|(found, error)| (found.mean + sign * Z_95 * error).clamp(0.0, 100.0));
    Ok(json!({
        "points": shares.len(),
        "mean_percent": maybe(found.map(|found| found.mean)),
        "standard_error": maybe(error),
        "low": maybe(end(-1.0)),
        "high": maybe(end(1.0)),
        "refused": refused,
        "warnings": [],
    }))
}
