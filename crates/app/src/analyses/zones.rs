//! The boundaries within which a job measures, and how figures name them.

use std::collections::BTreeMap;

use diag::Diagnostic;
use geo::Geometry;
use model::{
    kinds::{Boundary, Place},
    value::Id,
};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use super::run::Bench;
use crate::{
    error::AppError,
    place::place_is_below,
    space::{boundary_among, boundary_shape, codes::GEO014},
};

/// How figures name a boundary: its code, and the beginning of the fingerprint of its shape.
pub(super) fn boundary_name(boundary: &Boundary) -> String {
    use model::record::Record as _;
    let shape = boundary.shape.0.strip_prefix("evidence/").unwrap_or(&boundary.shape.0);
    format!("{}@{}", boundary.id(), shape.get(..8).unwrap_or_default())
}

/// The boundaries by the definition asked for, of the place itself and of all places below it, on the last day of the period.
pub(super) fn boundaries_below<'w>(bench: &Bench<'w>) -> Vec<&'w Boundary> {
    let (world, above) = (bench.world, bench.request.place());
    let Some(period) = bench.request.period() else { return Vec::new() };
    let definition = bench.request.definition();
    let mut of_place: BTreeMap<&Id<Place>, Vec<&Boundary>> = BTreeMap::new();
    for boundary in world.records().boundaries.iter().filter(|boundary| boundary.definition == definition) {
        of_place.entry(&boundary.place).or_default().push(boundary);
    }
    let below = of_place.into_iter().filter(|(place, _)| place_is_below(world, place, &above));
    below.filter_map(|(_, all)| boundary_among(&all, period.ends_on())).collect()
}

/// A layer of boundaries with the code of their place as the attribute `place`.
pub(super) fn boundary_zones(bench: &Bench<'_>, boundaries: &[&Boundary]) -> Result<Layer, AppError> {
    let feature = |(at, boundary): (usize, &&Boundary)| {
        Ok(Feature {
            id: i64::try_from(at + 1).unwrap_or(i64::MAX),
            shape: Some(Geometry::MultiPolygon(boundary_shape(bench.app, boundary)?)),
            values: vec![Value::Text(boundary.place.as_str().to_owned())],
        })
    };
    Ok(Layer {
        name: "zones".to_owned(),
        crs: Crs::Wgs84,
        fields: vec![Field { name: "place".to_owned(), kind: FieldKind::Text }],
        features: boundaries.iter().enumerate().map(feature).collect::<Result<_, AppError>>()?,
    })
}

/// What stopped a computation for want of boundaries.
pub(super) fn no_boundaries(bench: &Bench<'_>) -> AppError {
    let found = Diagnostic::new(&GEO014).arg("place", &bench.request.place);
    AppError::Refused(vec![found.arg("definition", &bench.request.definition)])
}
