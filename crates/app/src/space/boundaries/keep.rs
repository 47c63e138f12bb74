//! Shapes of boundaries as files of evidence, and which version of a boundary holds on a day.

use geo::{Geometry, MultiPolygon};
use jiff::civil::Date;
use model::{
    Records,
    kinds::{Boundary, BoundaryDefinition, Place},
    record::{Code, Record},
    value::Id,
};
use register::Edit;
use shapes::{Crs, Feature, Layer, write_geojson_to};

use super::read::{ReadBoundary, kept_shape, polygons};
use crate::{App, analyses::evidence_shapes, enter::attach_evidence, error::AppError, space::faults::of_shapes};

/// Keeps the shapes of boundaries; their records as edits.
pub(crate) async fn kept(app: &App, boundaries: Vec<ReadBoundary>) -> Result<Vec<Edit>, AppError> {
    let mut edits = Vec::with_capacity(boundaries.len());
    for ReadBoundary { mut record, shape, .. } in boundaries {
        record.shape = Code(attach_evidence(app, "boundary.geojson", shape_bytes(&shape)?).await?);
        edits.push(Edit::Put { kind: Boundary::KIND, row: record.to_row(), origin: None });
    }
    Ok(edits)
}

/// What the shape of a boundary would be kept as.
pub(crate) fn shape_name(shape: &MultiPolygon<f64>) -> Result<String, AppError> {
    Ok(format!("evidence/{}.geojson", blake3::hash(&shape_bytes(&kept_shape(shape))?).to_hex()))
}

/// A shape as a file: the same shape gives the same bytes.
fn shape_bytes(shape: &MultiPolygon<f64>) -> Result<Vec<u8>, AppError> {
    let layer = Layer {
        name: "boundary".to_owned(),
        crs: Crs::Wgs84,
        fields: Vec::new(),
        features: vec![Feature { id: 1, shape: Some(Geometry::MultiPolygon(shape.clone())), values: Vec::new() }],
    };
    let mut out = Vec::new();
    write_geojson_to(&mut out, "boundary.geojson", &layer).map_err(|found| of_shapes(&found))?;
    Ok(out)
}

/// The shape of a boundary of the register, in longitude and latitude.
///
/// Errors: a file that is not there or damaged.
pub fn boundary_shape(app: &App, boundary: &Boundary) -> Result<MultiPolygon<f64>, AppError> {
    let missing = || AppError::File { path: boundary.shape.0.clone().into(), detail: boundary.id().to_owned() };
    let name = boundary.shape.0.strip_prefix("evidence/").ok_or_else(missing)?;
    let layer = match evidence_shapes(app, name) {
        Err(AppError::Unknown) => return Err(missing()),
        read => read?.shapes,
    };
    let shape = layer.features.iter().find_map(|feature| feature.shape.clone()).ok_or_else(missing)?;
    polygons(shape).ok_or_else(missing)
}

/// The boundary of a place by a definition that holds on a day: the newest that began by then. Where none did, the oldest.
pub fn boundary_on<'w>(
    records: &'w Records,
    place: &Id<Place>,
    definition: BoundaryDefinition,
    on: Date,
) -> Option<&'w Boundary> {
    let of = records.boundaries.iter().filter(|b| b.place == *place && b.definition == definition);
    boundary_among(&of.collect::<Vec<_>>(), on)
}

/// Of all versions of one boundary the one that holds on a day.
pub(crate) fn boundary_among<'w>(all: &[&'w Boundary], on: Date) -> Option<&'w Boundary> {
    let begun = all.iter().filter(|b| b.valid_from <= on).max_by_key(|b| b.valid_from);
    begun.or_else(|| all.iter().min_by_key(|b| b.valid_from)).copied()
}
