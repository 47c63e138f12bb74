//! Tests of the crate through its public face.

mod common;
mod geojson;
mod geopackage;
