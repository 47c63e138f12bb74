//! Boundaries and points: what a place looks like, in the files that people have it in.
//!
//! Invariant: nothing here knows a record, an indicator or a raster; a layer in, a layer out.

mod crs;
mod fault;
mod layer;
mod limits;
mod read;
mod wkb;
mod write;

pub use crs::Crs;
pub use fault::{Fault, Place};
pub use layer::{Feature, Field, FieldKind, Layer, Value};
pub use read::{read, read_bytes};
pub use write::{geopackage_bytes, write_geojson, write_geojson_to, write_geopackage};
