//! What the observatory computes from rasters, boundaries and street networks: files in, answers as JSON out.

mod access;
mod boundaries;
pub(crate) mod codes;
mod cover;
mod grid;
mod growth;
mod land;
mod people;
mod sample;

pub use access::{AccessRequest, access_case};
pub use boundaries::{
    BoundaryFormat, ImportedBoundaries, LARGEST_BOUNDARIES, NewBoundaries, ReadBoundaries, ReadBoundary,
    boundary_layer, boundary_on, boundary_shape, export_boundaries, import_boundaries, read_boundaries,
};
pub(crate) use boundaries::{boundary_among, found_boundary, kept, of_shapes, polygons, shape_name};
pub use codes::CODES;
pub use cover::{CoverRequest, land_cover};
pub(crate) use grid::named_places;
pub use grid::{GridClassify, GridUnits, GridZonal, grid_classify, grid_units, grid_zonal};
pub use growth::{GrowthRequest, land_growth};
pub use land::{LandRequest, land_rates};
pub use people::{PeopleRequest, grid_people};
pub use sample::{StreetSample, street_sample, street_sample_mean};

use std::path::Path;

use diag::Diagnostic;
use serde_json::{Map, Value as Json};
use shapes::{Feature, Layer, Value};

use crate::error::AppError;

/// Is told what is being done and which share of it is, from 0 to 1, and answers whether to go on.
pub type Watch<'a> = &'a (dyn Fn(&str, f64) -> bool + Sync);

/// What is wrong with a raster.
pub(crate) fn of_grids(found: grids::Fault) -> AppError {
    let code = match &found {
        grids::Fault::Stopped => &codes::GEO004,
        _ => &codes::GEO002,
    };
    AppError::Refused(vec![Diagnostic::new(code).arg("detail", found.to_string())])
}

/// What is wrong with a file of a street network.
pub(crate) fn of_streets(found: &streets::StreetsError) -> AppError {
    let code = match found {
        streets::StreetsError::Stopped { .. } => &codes::GEO004,
        _ => &codes::GEO003,
    };
    AppError::Refused(vec![Diagnostic::new(code).arg("detail", found.to_string())])
}

/// The layer of a file.
fn layer(path: &Path, name: Option<&str>) -> Result<Layer, AppError> {
    let wrong = |found: shapes::Fault| Diagnostic::new(&codes::GEO001).arg("detail", found.to_string());
    shapes::read(path, name).map_err(|found| AppError::Refused(vec![wrong(found)]))
}

/// The attributes of a feature.
fn properties(layer: &Layer, feature: &Feature) -> Json {
    let of = |value: &Value| match value {
        Value::Missing => Json::Null,
        Value::Whole(n) => (*n).into(),
        Value::Number(n) => (*n).into(),
        Value::Text(text) => text.clone().into(),
        Value::Flag(flag) => (*flag).into(),
    };
    let named = layer.fields.iter().zip(&feature.values).map(|(field, value)| (field.name.clone(), of(value)));
    named.collect::<Map<String, Json>>().into()
}
