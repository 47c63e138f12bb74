//! Parquet files of observations that other programs wrote, read with the meaning of the CSV reader.
//!
//! Values are judged by [`model::value::parse_cell`], once for each distinct text of a row group. A row
//! with a fault is left out and named; a file that is none is a finding, never a panic.

mod assemble;
mod cells;
pub mod codes;
mod findings;
mod open;

pub(crate) use open::guarded;

use bytes::Bytes;
use diag::Diagnostic;
use model::observations::Observations;

pub use codes::CODES;

/// How much the reader takes before it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParquetLimits {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    /// Bytes that the columns yield when unpacked, as the file declares them.
    pub unpacked_bytes: u64,
    /// Findings that are kept one by one; the rest is counted.
    pub findings: usize,
}

impl ParquetLimits {
    /// The limits of the other readers: 20 million rows, 1,000 columns, 2 GiB, 100,000 findings.
    pub const STANDARD: ParquetLimits =
        ParquetLimits { rows: 20_000_000, columns: 1_000, unpacked_bytes: 2 << 30, findings: 100_000 };
}

/// What came out of a reading.
#[derive(Clone, Debug, Default)]
pub struct ParquetReading {
    /// The observations whose rows have no fault, in the order of the file; their change is 0.
    pub observations: Observations,
    /// For each observation its row, counted as a spreadsheet of the file would show it: the first row of
    /// values is row 2.
    pub row_numbers: Vec<u32>,
    /// Their order by natural key, as [`model::order::key_order`] gives it.
    pub order: Vec<u32>,
    /// Rows that were read, good and bad.
    pub n_rows_read: usize,
    /// Rows that were not taken.
    pub n_rejected: usize,
    /// What was found. Equal values at fault in one column are one finding with the number of further rows.
    pub diagnostics: Vec<Diagnostic>,
}

impl ParquetReading {
    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::blocks)
    }
}

/// Reads a file's bytes; `name` is how the user calls it.
///
/// Columns are found by the names of the observation's definition, in any order; `period_start`,
/// `period_end` and `change`, which our own files carry, are passed over. Text may be stored as text or as a
/// dictionary, numbers as integers, floats or decimals, days as dates or as timestamps at midnight.
pub fn read_parquet(name: &str, bytes: Vec<u8>, limits: &ParquetLimits) -> ParquetReading {
    let mut findings = findings::Findings::new(name, limits.findings);
    let mut reading = ParquetReading::default();
    if let Some(table) = open::open(Bytes::from(bytes), limits, &mut findings) {
        assemble::read(&table, &mut findings, &mut reading);
    }
    reading.diagnostics = findings.finish();
    reading
}
