//! The lake: observations in immutable, content-addressed Parquet segments, and the embedded executor
//! that reads them by row groups in parallel.
//!
//! A segment is written whole, never changed, and registered by a change of the register; which segments
//! count, and in which order, is the register's knowledge and comes in as an argument.
//!
//! Invariant: nothing here knows which observation is true, who may see it, or what an indicator means;
//! no file of the lake is ever opened for writing twice.

mod columns;
mod error;
mod export;
mod foreign;
mod microdata;
mod query;
mod read;
mod segment;
mod store;
mod write;

pub use error::LakeError;
pub use export::write_parquet;
pub use foreign::{CODES, ParquetLimits, ParquetReading, codes, read_parquet};
pub use microdata::MicrodataFile;
pub use query::{RollUp, RollUpAnswer, RollUpRow, Rule};
pub use read::{Filter, Spans};
pub use segment::{Segment, SegmentId};
pub use store::{Lake, Sizes};
