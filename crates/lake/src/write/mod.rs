//! Writing: rows are sorted by their natural key, cut into row groups and encoded in parallel.

mod encode;
mod order;

pub(crate) use encode::{Encoder, day_of};
pub(crate) use order::{key_order, same_key};
