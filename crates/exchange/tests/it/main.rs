//! Tests of the readers and writers, in one binary.

mod bad_cells;
mod bad_csv;
mod bad_xlsx;
mod build;
mod containers;
mod corrections;
mod forms;
mod headers;
mod many;
mod roundtrip;
mod rows;
mod statistics;
mod written;
