//! Reading: from files to drafts, observation columns and findings.

mod cell;
mod findings;
mod header;
mod output;
mod table;
mod typed;

use std::sync::Arc;

use diag::{Diagnostic, Pointer};
use model::{
    Kind,
    observations::Observations,
    record::{Origin, SheetOrigin},
    value::Value,
};

use crate::{
    ObservationOrigins, codes,
    container::{Container, recognise},
    csv, xlsx,
};

pub(crate) use cell::{Offered, cell_finding, shown};
pub(crate) use findings::Findings;
pub(crate) use header::{Header, is_labels, nearest};
pub(crate) use output::Output;
pub(crate) use table::Guard;
pub(crate) use table::TableReader;
pub(crate) use typed::required;

/// A file as it was given: its name and its bytes.
#[derive(Clone, Debug)]
pub struct NamedBytes {
    /// The name, in a folder the path inside of it.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How much a reader takes before it refuses. There is no default: whoever opens a file says how much
/// he trusts it; [`Limits::STANDARD`] suits what people upload.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes that one archive may yield in all when unpacked.
    pub inflated_bytes: u64,
    /// Bytes that the shared texts of a workbook may yield when unpacked.
    pub text_bytes: u64,
    /// How many times larger than the file the unpacked parts may be, once they pass 64 MiB.
    pub inflation: u64,
    /// Entries of an archive.
    pub entries: usize,
    /// Columns of a sheet.
    pub columns: usize,
    /// Rows of a sheet or CSV file.
    pub rows: usize,
    /// Findings and rejected rows that are kept one by one; the rest is counted.
    pub findings: usize,
}

impl Limits {
    /// 2 GiB unpacked (a million observations are about a quarter of it), 20 million rows, 1,000 columns.
    pub const STANDARD: Limits = Limits {
        inflated_bytes: 2 << 30,
        text_bytes: 512 << 20,
        inflation: 250,
        entries: 2_000,
        columns: 1_000,
        rows: 20_000_000,
        findings: 100_000,
    };
}

/// A record that a file offers: checked cell by cell, not yet accepted by anybody.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its kind.
    pub kind: Kind,
    /// Its values in the order of the kind's columns, in canonical form.
    pub row: Vec<Value>,
    /// Where it stands.
    pub origin: Origin,
}

/// A row that could not be taken, as it stood in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// The kind whose table it stood in.
    pub kind: Kind,
    /// Where it stands.
    pub origin: Origin,
    /// Its cells as text, in the order of the sheet's header.
    pub cells: Vec<String>,
}

/// What came out of a reading.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The records whose rows have no fault, in the order of the files.
    pub records: Vec<Draft>,
    /// The observations whose rows have no fault, in the order of the files.
    pub observations: Observations,
    /// Where each observation stood.
    pub observation_origins: ObservationOrigins,
    /// The observations by natural key; see [`model::order::key_order`].
    pub order: Vec<u32>,
    /// What was found, by file, sheet, row and column. A cause that comes more than
    /// 20 times in one column is one diagnostic with the number of further rows.
    pub diagnostics: Vec<Diagnostic>,
    /// Every finding on its own, up to the limit.
    pub all_diagnostics: Vec<Diagnostic>,
    /// Rows with values that were read, good and bad.
    pub n_rows_read: usize,
    /// Rows that were not taken.
    pub n_rejected: usize,
    /// The rows that were not taken, up to the limit of findings.
    pub rejected: Vec<Rejected>,
}

impl Reading {
    /// Whether an error was found.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::blocks)
    }
}

/// Reads one workbook, one CSV file, or the files of a folder.
///
/// The container is told by content. Every table found is read to its end; a fault rejects its row and
/// hides nothing after it. `progress` is called with how much is done and how much there is, in bytes or
/// rows, whichever the container can tell; it may be called from several threads.
pub fn read(files: &[NamedBytes], limits: &Limits, progress: &(dyn Fn(u64, u64) + Sync)) -> Reading {
    let mut out = Output::new(limits);
    let package = csv::Package::find(files, &mut out);
    let total: u64 = files.iter().map(|f| f.bytes.len() as u64).sum();
    let mut done = 0;
    for file in files {
        let size = file.bytes.len() as u64;
        // A file's own progress is mapped onto its share of all bytes.
        let share = |part: u64, whole: u64| {
            let part = (part as f64 / whole.max(1) as f64).clamp(0.0, 1.0);
            progress(done + (size as f64 * part) as u64, total);
        };
        if package.as_ref().is_none_or(|p| p.path() != file.name) {
            read_file(file, files.len() > 1, package.as_ref(), limits, &share, &mut out);
        }
        done += size;
        progress(done, total);
    }
    out.finish()
}

fn read_file(
    file: &NamedBytes,
    in_folder: bool,
    package: Option<&csv::Package>,
    limits: &Limits,
    progress: &(dyn Fn(u64, u64) + Sync),
    out: &mut Output,
) {
    let at = || Pointer { file: Some(file.name.clone()), ..Pointer::default() };
    let is_csv = file.name.to_ascii_lowercase().ends_with(".csv");
    match recognise(&file.bytes) {
        Container::Empty => out.findings.push(Diagnostic::new(&codes::XCH001).arg("file", &file.name).at(at())),
        Container::Xlsx => xlsx::read(file, limits, progress, out),
        Container::Encrypted => out.findings.push(Diagnostic::new(&codes::XCH003).arg("file", &file.name).at(at())),
        // A folder may hold a note for its readers; what is not called a table is not judged as one.
        Container::Text | Container::Other(_) if in_folder && !is_csv => {
            out.findings.push(Diagnostic::new(&codes::XCH014).arg("file", &file.name).at(at()));
        }
        Container::Text => csv::read(file, package, limits, progress, out),
        Container::Other(what) => out.findings.push(not_a_table(file, what)),
    }
}

/// The finding for bytes of another kind of file.
pub(crate) fn not_a_table(file: &NamedBytes, what: &'static str) -> Diagnostic {
    Diagnostic::new(&codes::XCH002)
        .arg("file", &file.name)
        .arg("found", what)
        .arg("format", format_name(what))
        .at(Pointer { file: Some(file.name.clone()), ..Pointer::default() })
}

/// What a recognised format calls itself; the same in every language. Empty when a sentence must say it.
fn format_name(what: &str) -> String {
    match what {
        "html" | "png" | "jpeg" | "gif" | "pdf" | "json" | "xml" | "rtf" => what.to_uppercase(),
        "xls" => "XLS (Excel 97–2003)".to_owned(),
        "xlsb" => "XLSB (Excel binary)".to_owned(),
        "ods" => "ODS (OpenDocument)".to_owned(),
        "doc" | "docx" => "Word".to_owned(),
        "pptx" => "PowerPoint".to_owned(),
        "sevenzip" => "7z".to_owned(),
        "sqlite" => "SQLite".to_owned(),
        "parquet" => "Parquet".to_owned(),
        _ => what.to_owned(),
    }
}

/// The pointer to a sheet of a file.
pub(crate) fn sheet_pointer(sheet: &SheetOrigin) -> Pointer {
    Pointer { file: Some(sheet.file.clone()), sheet: Some(sheet.sheet.clone()), ..Pointer::default() }
}

/// The pointer to a cell; `column` counts from 0.
pub(crate) fn cell_pointer(sheet: &Arc<SheetOrigin>, row: u32, column: usize, value: &str) -> Pointer {
    Pointer { row: Some(row), column: Some(column as u32 + 1), value: Some(shown(value)), ..sheet_pointer(sheet) }
}
