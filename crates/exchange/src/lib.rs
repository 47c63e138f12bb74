//! Readers and writers of the workbook: one tabular schema in three containers (an XLSX file, a CSV
//! file, a folder of CSV files with a `datapackage.json`), from bytes and to bytes.
//!
//! A reader judges cells, rows and headers, finds everything in one pass, and returns what it could
//! take beside what it found. Whether a reference points somewhere is the register's affair.
//!
//! Invariant: nothing here opens a file, knows the time or decides what is accepted; no cell of data
//! is ever written as a formula.

pub mod codes;
mod container;
mod csv;
mod forms;
mod observations;
mod read;
mod statistics;
mod write;
mod xlsx;

pub use codes::CODES;
pub use forms::{Collection, Repeat, collected, read_form};
pub use observations::ObservationOrigins;
pub use read::{Draft, Limits, NamedBytes, Reading, Rejected, read};
pub use statistics::read_microdata;
pub use write::{
    Meta, Table, TemplateText, WriteError, csv_row, observation_rows, record_rows, write_corrections, write_csv_folder,
    write_template, write_xlsx, write_xlsx_with,
};

/// The name that our workbooks and packages carry, so that a reader knows whose schema they follow.
pub const SCHEMA_NAME: &str = "ekistics-workbook";

/// The version of the tabular schema that this program reads and writes.
pub const SCHEMA_VERSION: i64 = 1;

/// The column in which a workbook of corrections carries its messages; readers pass over it.
pub const ERRORS_COLUMN: &str = "_errors";
