//! Writing: rows are sorted by their natural key, cut into row groups and encoded in parallel.

mod encode;

pub(crate) use encode::{Encoder, day_of};
