//! Boundaries of the register given out: as a layer, and as a file.

use std::path::Path;

use geo::Geometry;
use model::{Records, kinds::Boundary};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value, geopackage_bytes, write_geojson_to, write_geoparquet_to};

use super::keep::boundary_shape;
use crate::{App, error::AppError, space::faults::of_shapes};

/// How a boundary is given out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundaryFormat {
    /// GeoJSON.
    GeoJson,
    /// GeoPackage.
    GeoPackage,
    /// GeoParquet.
    GeoParquet,
}

impl BoundaryFormat {
    /// All, in the order of menus.
    pub const ALL: [BoundaryFormat; 3] = [Self::GeoJson, Self::GeoPackage, Self::GeoParquet];

    /// The ending of such a file.
    pub fn ending(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::GeoParquet => "parquet",
        }
    }

    /// What such a file is called on the wire.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::GeoJson => "application/geo+json",
            Self::GeoPackage => "application/geopackage+sqlite3",
            Self::GeoParquet => "application/vnd.apache.parquet",
        }
    }

    /// The format of a file by its ending.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        if ending == "json" {
            return Some(Self::GeoJson);
        }
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }
}

/// Boundaries of the register as one layer, with what their records say.
///
/// Errors: a shape whose file is not there.
pub fn boundary_layer(app: &App, records: &Records, boundaries: &[&Boundary]) -> Result<Layer, AppError> {
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let mut features = Vec::with_capacity(boundaries.len());
    for (at, boundary) in boundaries.iter().enumerate() {
        let title = records.places.of(&boundary.place).map_or("", |p| p.title.show(model::value::Lang::En));
        features.push(Feature {
            id: i64::try_from(at + 1).unwrap_or(i64::MAX),
            shape: Some(Geometry::MultiPolygon(boundary_shape(app, boundary)?)),
            values: vec![
                Value::Text(boundary.place.as_str().to_owned()),
                Value::Text(title.to_owned()),
                Value::Text(boundary.definition.as_str().to_owned()),
                Value::Text(boundary.valid_from.to_string()),
                boundary.class.as_ref().map_or(Value::Missing, |class| Value::Text(class.0.clone())),
                Value::Number(boundary.area_km2),
                boundary.source.as_ref().map_or(Value::Missing, |source| Value::Text(source.as_str().to_owned())),
            ],
        });
    }
    let names = ["place", "name", "definition", "valid_from", "class", "area_km2", "source"];
    let kind = |name: &str| if name == "area_km2" { FieldKind::Number } else { FieldKind::Text };
    Ok(Layer {
        name: "boundaries".to_owned(),
        crs: Crs::Wgs84,
        fields: names.into_iter().map(|name| field(name, kind(name))).collect(),
        features,
    })
}

/// Boundaries of the register as a file.
///
/// Errors: a shape whose file is not there, or that the format cannot hold.
pub fn export_boundaries(
    app: &App,
    records: &Records,
    boundaries: &[&Boundary],
    format: BoundaryFormat,
) -> Result<Vec<u8>, AppError> {
    let layer = boundary_layer(app, records, boundaries)?;
    layer_bytes(&layer, format)
}

/// A layer as a file.
fn layer_bytes(layer: &Layer, format: BoundaryFormat) -> Result<Vec<u8>, AppError> {
    let name = format!("{}.{}", layer.name, format.ending());
    let mut out = Vec::new();
    let done = match format {
        BoundaryFormat::GeoJson => write_geojson_to(&mut out, &name, layer),
        BoundaryFormat::GeoParquet => write_geoparquet_to(&mut out, &name, layer),
        BoundaryFormat::GeoPackage => geopackage_bytes(&name, std::slice::from_ref(layer)).map(|bytes| out = bytes),
    };
    done.map_err(|found| of_shapes(&found))?;
    Ok(out)
}
