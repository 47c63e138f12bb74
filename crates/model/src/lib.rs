//! The field's nouns: values, records, the list of kinds, and the figures computed from them.
//!
//! A record type is written once as a struct; its table (workbook sheet, CSV, SQL), its JSON body and
//! its history follow from the definition ([`record::RecordDef`]).
//!
//! Invariant: nothing here reads a file, a clock or a database, and nothing computes a figure.

pub mod cells;
pub mod figure;
pub mod form;
pub mod index;
pub mod instrument;
pub mod kinds;
pub mod microdata;
pub mod observations;
pub mod order;
pub mod publicity;
pub mod record;
pub mod sparse;
pub mod table;
pub mod value;

pub use kinds::{Kind, Records};
pub use publicity::{Audience, Publicity};
pub use record::{Record, RecordDef};
