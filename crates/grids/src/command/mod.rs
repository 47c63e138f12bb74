//! What a command line calls: files in, files and summaries out.

mod classify;
mod land;
mod notice;
mod zones;

pub use classify::{ClassifyRequest, EntityCount, Summary, classify_files};
pub use land::{LandRow, LandTable, land_from_grids, land_from_table};
pub use notice::{Notice, Units};
pub use zones::{UnitRow, UnitTable, ZoneRow, ZoneTable, units_files, zonal_files};

use shapes::{Feature, Layer, Value};

use crate::Fault;
use crate::raster::Frame;

/// A layer in the reference system of a grid; projected where it has another one.
fn in_frame(layer: &Layer, frame: &Frame) -> Result<Layer, Fault> {
    if layer.crs == frame.crs { Ok(layer.clone()) } else { Ok(shapes::project::project(layer, &frame.crs)?) }
}

/// What a feature is called in a table: the value of the attribute `key`, else its number.
fn key_of(feature: &Feature, key: Option<usize>) -> String {
    match key.and_then(|k| feature.values.get(k)) {
        Some(Value::Text(t)) => t.clone(),
        Some(Value::Whole(n)) => n.to_string(),
        Some(Value::Number(n)) => n.to_string(),
        Some(Value::Flag(f)) => f.to_string(),
        _ => feature.id.to_string(),
    }
}

/// The place of an attribute, which must exist if it is named.
fn field(layer: &Layer, name: Option<&str>) -> Result<Option<usize>, Fault> {
    let Some(name) = name else { return Ok(None) };
    let at = layer.fields.iter().position(|f| f.name == name);
    at.map(Some).ok_or_else(|| Fault::Unknown {
        what: "attribute",
        name: name.to_owned(),
        nearest: crate::fault::nearest(name, layer.fields.iter().map(|f| f.name.as_str())),
    })
}
