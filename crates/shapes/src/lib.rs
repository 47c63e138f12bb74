//! Boundaries and points: what a place looks like, in the files that people have it in.
//!
//! Invariant: nothing here knows a record, an indicator or a raster; a layer in, a layer out.

mod layer;

pub use layer::{Crs, Feature, Field, FieldKind, Layer, Value};
