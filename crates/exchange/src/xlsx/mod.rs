//! XLSX: a zip archive of XML parts, read part by part within limits.
//!
//! The parts are parsed here rather than by a general spreadsheet library because a file is
//! an attack until it was read: what is unpacked is counted as it is unpacked, a declared size or index
//! reserves nothing, and a cell reference that overflows is a finding.

pub(crate) mod archive;
mod format;
mod grids;
mod refs;
mod sheet;
mod strings;
mod workbook;
mod xml;

use std::sync::Arc;

use diag::{Diagnostic, Pointer};
use model::{Kind, record::SheetOrigin, value::Raw};

use crate::{
    ERRORS_COLUMN, SCHEMA_NAME, SCHEMA_VERSION, codes,
    csv::{kind_of_name, version_differs},
    read::{
        Guard, Header, Limits, NamedBytes, Offered, Output, TableReader, cell_pointer, is_labels, nearest,
        sheet_pointer,
    },
};
use archive::{Archive, Broken};
pub(crate) use grids::grids;
use sheet::{Cell, Row, SheetReader};
use workbook::{Sheet, Workbook};

/// Sheets of ours that hold no records.
const OUR_OWN: [&str; 3] = ["readme", "lists", SCHEMA_SHEET];
/// The hidden sheet with the schema's name and version.
pub(crate) const SCHEMA_SHEET: &str = "_schema";

/// Reads a workbook.
pub(crate) fn read(file: &NamedBytes, limits: &Limits, progress: &(dyn Fn(u64, u64) + Sync), out: &mut Output) {
    if let Err(broken) = read_sheets(file, limits, progress, out) {
        let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
        out.findings.push(broken.finding(file, limits).at(at));
    }
}

fn read_sheets(
    file: &NamedBytes,
    limits: &Limits,
    progress: &(dyn Fn(u64, u64) + Sync),
    out: &mut Output,
) -> Result<(), Broken> {
    let mut archive = Archive::open(&file.bytes, limits)?;
    let workbook = Workbook::read(&mut archive)?;
    if let Some(found) = schema_version(&mut archive, &workbook)?
        && found != SCHEMA_VERSION
    {
        let at = Pointer { file: Some(file.name.clone()), sheet: Some(SCHEMA_SHEET.to_owned()), ..Pointer::default() };
        out.findings.push(version_differs(&file.name, found, at));
        return Ok(());
    }
    let mut n_tables = 0;
    let n_sheets = workbook.sheets.len().max(1) as u64;
    for (i, sheet) in workbook.sheets.iter().enumerate() {
        if OUR_OWN.contains(&sheet.name.as_str()) {
            continue;
        }
        let at = || Pointer { file: Some(file.name.clone()), sheet: Some(sheet.name.clone()), ..Pointer::default() };
        let Some(kind) = kind_of_name(&sheet.name) else {
            let near = nearest(&sheet.name, Kind::ALL.iter().map(|k| k.sheet()));
            let finding = Diagnostic::new(&codes::XCH008).arg("sheet", &sheet.name);
            let finding = finding.arg("near", if near.is_some() { "yes" } else { "no" });
            out.findings.push(finding.arg("nearest", near.unwrap_or_default()).at(at()));
            continue;
        };
        n_tables += 1;
        if sheet.hidden {
            out.findings.push(Diagnostic::new(&codes::XCH009).arg("sheet", &sheet.name).at(at()));
        }
        // Sheets differ in size; what is told is how far each of equal shares has come.
        let share = |done: u64, whole: u64| {
            let whole = whole.max(1);
            progress(i as u64 * whole + done.min(whole), n_sheets * whole);
        };
        // A broken sheet does not hide the sheets after it.
        if let Err(broken) = read_sheet(file, &mut archive, &workbook, sheet, kind, limits, &share, out) {
            out.findings.push(broken.finding(file, limits).at(at()));
            if broken.ends_reading() {
                return Ok(());
            }
        }
    }
    if n_tables == 0 {
        let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
        out.findings.push(Diagnostic::new(&codes::XCH010).arg("file", &file.name).at(at));
    }
    Ok(())
}

/// The version that the hidden sheet names, if there is one and it is ours.
fn schema_version(archive: &mut Archive<'_>, workbook: &Workbook) -> Result<Option<i64>, Broken> {
    let Some(sheet) = workbook.sheets.iter().find(|s| s.name == SCHEMA_SHEET) else { return Ok(None) };
    let mut reader = SheetReader::open(archive, workbook, sheet)?;
    let mut row = Row::default();
    let (mut ours, mut version) = (false, None);
    for _ in 0..20 {
        if !reader.next_row(&mut row)? {
            break;
        }
        let offered = row.offered(workbook, 2);
        match offered.as_slice() {
            [Offered::Typed(Raw::Text("schema")), Offered::Typed(Raw::Text(name))] => ours = *name == SCHEMA_NAME,
            [Offered::Typed(Raw::Text("version")), Offered::Typed(Raw::Number(n))] => version = Some(*n as i64),
            _ => {}
        }
    }
    Ok(version.filter(|_| ours))
}

#[allow(clippy::too_many_arguments, reason = "the parts of a workbook that a sheet needs, each used once")]
fn read_sheet(
    file: &NamedBytes,
    archive: &mut Archive<'_>,
    workbook: &Workbook,
    sheet: &Sheet,
    kind: Kind,
    limits: &Limits,
    progress: &(dyn Fn(u64, u64) + Sync),
    out: &mut Output,
) -> Result<(), Broken> {
    let mut reader = SheetReader::open(archive, workbook, sheet)?;
    let mut row = Row::default();
    let origin =
        |header: Vec<String>| Arc::new(SheetOrigin { file: file.name.clone(), sheet: sheet.name.clone(), header });
    // An empty sheet of a template says nothing.
    let mut more = reader.next_row(&mut row)?;
    if more && row.number > 1 {
        let at = Pointer { row: Some(1), ..sheet_pointer(&origin(Vec::new())) };
        out.findings.push(Diagnostic::new(&codes::XCH020).arg("sheet", &sheet.name).at(at));
        return Ok(());
    }
    if !more {
        return Ok(());
    }
    let width = row.width();
    if width > limits.columns {
        let finding = Diagnostic::new(&codes::XCH025).arg("n", width).arg("limit", limits.columns);
        let at = Pointer { row: Some(1), ..sheet_pointer(&origin(Vec::new())) };
        out.findings.push(finding.arg("sheet", &sheet.name).at(at));
        return Ok(());
    }
    let names: Vec<String> = row.offered(workbook, width).iter().map(Offered::text).collect();
    let origin = origin(names);
    let header = Header::resolve(kind, &origin, 1, &mut out.findings);
    let errors_at = origin.header.iter().position(|n| n.trim() == ERRORS_COLUMN);
    let table = TableReader::new(kind, origin.clone(), header, 1, Guard::None);
    let mut n = 0;
    more = reader.next_row(&mut row)?;
    while more {
        let cells = row.offered(workbook, width);
        let blank = cells.iter().enumerate().all(|(i, c)| c.is_empty() || Some(i) == errors_at);
        let labels = row.number == 2 && matches!(cells.first(), Some(Offered::Typed(Raw::Text(t))) if is_labels(t));
        if !blank && !labels {
            n += 1;
            if n > limits.rows {
                let finding = Diagnostic::new(&codes::XCH026).arg("n", n).arg("limit", limits.rows);
                out.findings.push(finding.arg("sheet", &sheet.name).at(sheet_pointer(&origin)));
                return Ok(());
            }
            table.row(row.number, &cells, out);
        }
        if n % 4096 == 1 {
            progress(reader.n_bytes(), reader.declared_bytes());
        }
        more = reader.next_row(&mut row)?;
    }
    for range in reader.merged() {
        let at = Pointer {
            row: Some(range.first_row + 1),
            column: Some(range.first_column + 1),
            ..cell_pointer(&origin, 1, 0, "")
        };
        let finding = Diagnostic::new(&codes::XCH030).arg("range", range.to_string()).arg("sheet", &sheet.name);
        out.findings.push(finding.at(Pointer { value: None, ..at }));
    }
    if reader.n_hidden_rows() > 0 {
        let finding = Diagnostic::new(&codes::XCH038).arg("n", reader.n_hidden_rows()).arg("sheet", &sheet.name);
        out.findings.push(finding.at(sheet_pointer(&origin)));
    }
    Ok(())
}

/// What a cell offers, in the words that all containers share.
fn offered<'a>(cell: &'a Cell, workbook: &'a Workbook) -> Offered<'a> {
    let raw = match &cell.value {
        sheet::CellValue::Empty if cell.formula => return Offered::NotComputed,
        sheet::CellValue::Empty => Raw::Empty,
        sheet::CellValue::Shared(i) => Raw::Text(workbook.strings.get(*i)),
        sheet::CellValue::Text(t) => Raw::Text(t),
        sheet::CellValue::Number(n) => format::raw_number(*n, cell.style, workbook),
        sheet::CellValue::Bool(b) => Raw::Bool(*b),
        sheet::CellValue::Error(e) => return Offered::ErrorValue(e),
    };
    if cell.formula { Offered::Computed(raw) } else { Offered::Typed(raw) }
}
