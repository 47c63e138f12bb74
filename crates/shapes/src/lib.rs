//! Boundaries and points: what a place looks like, in the files that people have it in.
//!
//! Invariant: nothing here knows a record, an indicator or a raster; a layer in, a layer out.

pub mod antimeridian;
mod arcs;
mod crs;
mod fault;
mod label;
mod layer;
mod limits;
pub mod project;
mod read;
mod simplify;
mod wkb;
mod write;

pub use crs::Crs;
pub use fault::{Fault, Place};
pub use label::label_point;
pub use layer::{Feature, Field, FieldKind, Layer, Value};
pub use read::{read, read_bytes};
pub use simplify::simplify;
pub use write::{geopackage_bytes, write_geojson, write_geojson_to, write_geopackage};
