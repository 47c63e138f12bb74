//! Observation rows: many, so they are read into columns and their origins are kept as runs.

mod chunk;
mod duplicates;
mod lexicon;
mod merge;
mod number;
mod origins;
mod read;
mod rows;
mod split;

pub(crate) use duplicates::duplicates;
pub use origins::ObservationOrigins;
pub(crate) use read::read_fast;
pub(crate) use rows::{push_values, retain};
