//! What the observatory computes from rasters, boundaries and street networks: files in, answers as JSON out.

mod access;
mod boundaries;
pub(crate) mod codes;
mod cover;
pub(crate) mod faults;
mod functional;
mod grid;
mod growth;
mod land;
mod outputs;
mod people;
mod sample;
mod two_dates;

pub use access::{AccessRequest, access_case};
pub use boundaries::{
    BoundaryBecomes, BoundaryBefore, BoundaryCounts, BoundaryFile, BoundaryFormat, BoundaryLine, BoundaryMap,
    BoundaryPreview, ImportedBoundaries, LARGEST_BOUNDARIES, NewBoundaries, ReadBoundaries, ReadBoundary,
    boundary_layer, boundary_map, boundary_on, boundary_preview, boundary_shape, confirm_boundaries, export_boundaries,
    import_boundaries, preview_boundaries, read_boundaries,
};
pub(crate) use boundaries::{Shelf, boundary_among, found_boundary, kept, polygons, shape_name};
pub use codes::CODES;
pub use cover::{CoverRequest, land_cover};
use faults::text_of;
pub(crate) use faults::{grids_finding, not_json, of_grids, of_shapes, of_streets, setting_finding, unknown_option};
pub use functional::{FunctionalAsked, functional_areas};
pub use grid::{GridClassify, GridUnits, GridZonal, grid_classify, grid_units, grid_zonal};
pub(crate) use grid::{cities, named_places};
pub use growth::{GrowthRequest, land_growth};
pub use land::{LandRequest, land_rates};
pub use people::{PeopleRequest, grid_people};
pub use sample::{StreetSample, street_sample, street_sample_mean};
pub use two_dates::TwoDates;

use std::path::Path;

use diag::Diagnostic;
use serde_json::{Map, Value as Json};
use shapes::{Feature, Layer, Value};

use crate::error::AppError;

/// Is told what is being done and which share of it is, from 0 to 1, and answers whether to go on.
pub type Watch<'a> = &'a (dyn Fn(&str, f64) -> bool + Sync);

/// The layer of a file.
fn layer(path: &Path, name: Option<&str>) -> Result<Layer, AppError> {
    shapes::read(path, name).map_err(|found| of_shapes(&found))
}

/// The polygons of a file.
///
/// Errors: as [`layer`]; a layer without any polygon.
fn zones(path: &Path, name: Option<&str>) -> Result<Layer, AppError> {
    let layer = layer(path, name)?;
    let has_area = |feature: &Feature| {
        matches!(
            feature.shape,
            Some(
                geo::Geometry::Polygon(_)
                    | geo::Geometry::MultiPolygon(_)
                    | geo::Geometry::Rect(_)
                    | geo::Geometry::GeometryCollection(_)
            )
        )
    };
    if layer.features.iter().any(has_area) {
        return Ok(layer);
    }
    let found = Diagnostic::new(&codes::GEO001).arg("problem", "no_polygon").arg("file", path.display().to_string());
    Err(AppError::Refused(vec![found.arg("detail", format!("{}: there is no polygon", path.display()))]))
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
