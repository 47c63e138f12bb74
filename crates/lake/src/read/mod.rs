//! Reading: footers, row groups as chunks of codes and numbers, and which of them a question needs.

mod append;
mod chunk;
mod filter;
mod footer;
mod load;

pub(crate) use append::{Pick, append, append_rows};
pub(crate) use chunk::{Chunk, Fields, NumberField, TextField};
pub(crate) use filter::Mask;
pub use filter::{Filter, Spans};
pub(crate) use footer::SegmentFile;
