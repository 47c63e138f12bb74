//! Boundaries and points: what a place looks like, in the files that people have it in.
//!
//! Invariant: nothing here knows a record, an indicator or a raster; a layer in, a layer out.

pub mod antimeridian;
mod arcs;
mod crs;
pub mod draw;
mod extent;
mod fault;
mod label;
mod layer;
mod limits;
pub mod project;
mod read;
mod simplify;
pub mod topology;
mod wkb;
mod wkt;
mod world;
mod write;

pub use crs::Crs;
pub use extent::{Extent, crop, extent};
pub use fault::{Fault, Place};
pub use label::label_point;
pub use layer::{Feature, Field, FieldKind, Layer, Value};
pub use read::{read, read_bytes};
pub use simplify::simplify;
pub use world::{Boundary, BoundaryClass, Country, World};
pub use write::{
    destination, geopackage_bytes, topojson_bytes, write_geojson, write_geojson_to, write_geopackage, write_geoparquet,
    write_geoparquet_to, write_whole,
};
