//! Questions over the latest rows: current observations, compaction and roll-ups.

mod current;
mod latest;
mod partition;
mod rollup;

pub use rollup::{RollUp, RollUpAnswer, RollUpRow, Rule};
