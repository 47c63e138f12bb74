//! Tests of the crate through its public face.

mod common;
mod formats;
mod geojson;
mod geopackage;
mod hostile;
mod maps;
mod properties;
