//! CSV: which encoding, which separator, which table, and the rows.

mod encoding;
mod grid;
mod microdata;
mod package;

use std::sync::Arc;

use diag::{Diagnostic, Pointer};
use model::{Kind, record::SheetOrigin, value::Raw};

use crate::{
    codes, observations,
    read::{
        Findings, Guard, Header, Limits, NamedBytes, Offered, Output, TableReader, is_labels, nearest, sheet_pointer,
    },
};

pub(crate) use encoding::utf16_of;
pub(crate) use grid::{grid, header};
pub use microdata::read_microdata;
pub(crate) use package::{FILE, PREFIX, Package, version_differs};

/// Reads one CSV file.
pub(crate) fn read(
    file: &NamedBytes,
    package: Option<&Package>,
    limits: &Limits,
    progress: &(dyn Fn(u64, u64) + Sync),
    out: &mut Output,
) {
    let resource = package.and_then(|p| p.resource(&file.name));
    let declared = resource.and_then(|r| r.encoding.as_deref());
    let Some(text) = encoding::decode(file, declared, &mut out.findings) else { return };
    let mut body: &[u8] = text.as_bytes();
    let mut header_row = 1;
    let mut delimiter = resource.and_then(|r| r.delimiter);
    // A first line `sep=;` is how some spreadsheets tell their separator.
    if let Some(rest) = body.strip_prefix(b"sep=")
        && let Some((sign, rest)) = rest.split_first()
        && let Some(rest) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))
    {
        (delimiter, body, header_row) = (Some(*sign), rest, 2);
    }
    let delimiter = delimiter.unwrap_or_else(|| detect_delimiter(body));
    let Some(head) = Rows::new(body, delimiter).next() else {
        let at = Pointer { file: Some(file.name.clone()), ..Pointer::default() };
        out.findings.push(Diagnostic::new(&codes::XCH001).arg("file", &file.name).at(at));
        return;
    };
    header_row += head.row;
    let names: Vec<String> = head.cells().map(str::to_owned).collect();
    let kind = resource.and_then(|r| r.kind).or_else(|| kind_of_name(&file.name));
    if refuse_width(&names, kind, file, limits, &mut out.findings) {
        return;
    }
    let Some(kind) = kind.or_else(|| kind_of_header(&names)) else {
        let at = Pointer { file: Some(file.name.clone()), row: Some(header_row), ..Pointer::default() };
        let stem = stem(&file.name);
        let near = nearest(stem, Kind::ALL.iter().map(|k| k.sheet()));
        out.findings.push(
            Diagnostic::new(&codes::XCH011)
                .arg("file", &file.name)
                .arg("near", if near.is_some() { "yes" } else { "no" })
                .arg("nearest", near.unwrap_or_default())
                .at(at),
        );
        return;
    };
    let sheet = Arc::new(SheetOrigin { file: file.name.clone(), sheet: kind.sheet().to_owned(), header: names });
    if sheet.header.iter().all(|n| n.trim().is_empty()) {
        let at = Pointer { row: Some(header_row), ..sheet_pointer(&sheet) };
        out.findings.push(Diagnostic::new(&codes::XCH020).arg("sheet", kind.sheet()).at(at));
        return;
    }
    let header = Header::resolve(kind, &sheet, header_row, &mut out.findings);
    let below = &body[head.end..];
    if kind == Kind::Observation
        && observations::read_fast(below, delimiter, &sheet, &header, header_row, limits, progress, out)
    {
        return;
    }
    general(below, delimiter, &sheet, kind, header, header_row, limits, progress, out);
}

/// Reads rows of any kind, one after another.
#[allow(clippy::too_many_arguments, reason = "the parts of a file's layout, each used once")]
fn general(
    body: &[u8],
    delimiter: u8,
    sheet: &Arc<SheetOrigin>,
    kind: Kind,
    header: Header,
    header_row: u32,
    limits: &Limits,
    progress: &(dyn Fn(u64, u64) + Sync),
    out: &mut Output,
) {
    let width = sheet.header.len();
    let table = TableReader::new(kind, sheet.clone(), header, header_row, Guard::Remove);
    let mut n = 0usize;
    let mut last = None;
    for found in Rows::new(body, delimiter) {
        let row = header_row + 1 + found.row;
        if n.is_multiple_of(4096) {
            progress(found.end as u64, body.len() as u64);
        }
        let cells: Vec<Offered<'_>> = found.cells().map(|t| Offered::Typed(Raw::Text(t))).collect();
        if cells.iter().all(Offered::is_empty) || row == header_row + 1 && found.cells().next().is_some_and(is_labels) {
            continue;
        }
        n += 1;
        if n > limits.rows {
            let finding = Diagnostic::new(&codes::XCH026).arg("n", n).arg("limit", limits.rows);
            out.findings.push(finding.arg("sheet", kind.sheet()).at(sheet_pointer(sheet)));
            return;
        }
        let extra = cells.get(width..).is_some_and(|more| more.iter().any(|c| !c.is_empty()));
        if cells.len() < width || extra {
            out.n_rows_read += 1;
            out.findings.push(ragged(cells.len(), width, row, sheet));
            out.reject(kind, sheet, row, found.cells().take(width).map(str::to_owned).collect());
        } else {
            table.row(row, &cells[..width], out);
        }
        last = Some((row, cells.len() != width || found.cells().any(|c| c.contains('\n'))));
    }
    // A mark that is never closed swallows the rest of the file into one cell.
    let odd = memchr::memchr_iter(b'"', body).count() % 2 == 1;
    if let Some((row, true)) = last
        && odd
    {
        let at = Pointer { row: Some(row), ..sheet_pointer(sheet) };
        out.findings.push(Diagnostic::new(&codes::XCH037).arg("row", row.to_string()).at(at));
    }
}

/// The finding for a row with another number of cells than the header.
pub(crate) fn ragged(n_cells: usize, n_columns: usize, row: u32, sheet: &SheetOrigin) -> Diagnostic {
    Diagnostic::new(&codes::XCH036)
        .arg("row", row.to_string())
        .arg("n_cells", n_cells)
        .arg("n_columns", n_columns)
        .at(Pointer { row: Some(row), ..sheet_pointer(sheet) })
}

/// A row as the general reader found it.
struct Found {
    record: csv::ByteRecord,
    /// Counted from 0 with blank rows included.
    row: u32,
    /// Where the row ends in the bytes.
    end: usize,
}

impl Found {
    fn cells(&self) -> impl Iterator<Item = &str> {
        // The bytes are UTF-8 as a whole and are cut at ASCII signs, so every cell is.
        self.record.iter().map(|c| std::str::from_utf8(c).unwrap_or_default())
    }
}

/// Rows with their numbers as a spreadsheet counts them.
struct Rows<'a> {
    bytes: &'a [u8],
    reader: csv::Reader<&'a [u8]>,
    next_row: u32,
}

impl<'a> Rows<'a> {
    fn new(bytes: &'a [u8], delimiter: u8) -> Self {
        let reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(bytes);
        Rows { bytes, reader, next_row: 0 }
    }
}

impl Iterator for Rows<'_> {
    type Item = Found;

    fn next(&mut self) -> Option<Found> {
        let start = self.reader.position().byte() as usize;
        let mut record = csv::ByteRecord::new();
        // Reading from memory into bytes cannot fail.
        if !self.reader.read_byte_record(&mut record).unwrap_or(false) {
            return None;
        }
        // The reader passes over empty lines; a spreadsheet counts them.
        let mut at = start;
        let mut n_blank = 0;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            if rest.starts_with(b"\r\n") {
                at += 2;
            } else if rest.starts_with(b"\n") || rest.starts_with(b"\r") {
                at += 1;
            } else {
                break;
            }
            n_blank += 1;
        }
        // After a row that ended in CR LF the reader may still stand before the LF.
        if start > 0 && self.bytes.get(start) == Some(&b'\n') && self.bytes.get(start - 1) == Some(&b'\r') {
            n_blank -= 1;
        }
        let row = self.next_row + n_blank;
        self.next_row = row + 1;
        let mut end = self.reader.position().byte() as usize;
        if end > 0 && self.bytes.get(end) == Some(&b'\n') && self.bytes.get(end - 1) == Some(&b'\r') {
            end += 1;
        }
        Some(Found { record, row, end })
    }
}

/// The separator that the first line holds most of, outside of quotes; a comma when there is none.
fn detect_delimiter(bytes: &[u8]) -> u8 {
    let mut counts = [(b',', 0usize), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            b if !quoted => counts.iter_mut().filter(|(d, _)| d == b).for_each(|(_, n)| *n += 1),
            _ => {}
        }
    }
    // The first of equals: a comma before a semicolon before a tab.
    counts.iter().rev().max_by_key(|(_, n)| *n).map_or(b',', |(d, _)| *d)
}

/// Refuses a header with more columns than the limit; whether it did.
fn refuse_width(
    names: &[String],
    kind: Option<Kind>,
    file: &NamedBytes,
    limits: &Limits,
    findings: &mut Findings,
) -> bool {
    if names.len() <= limits.columns {
        return false;
    }
    let sheet = kind.map(|k| k.sheet().to_owned());
    let at = Pointer { file: Some(file.name.clone()), sheet: sheet.clone(), row: Some(1), ..Pointer::default() };
    findings.push(
        Diagnostic::new(&codes::XCH025)
            .arg("n", names.len())
            .arg("limit", limits.columns)
            .arg("sheet", sheet.unwrap_or_else(|| file.name.clone()))
            .at(at),
    );
    true
}

/// The file's name without folder and extension.
fn stem(name: &str) -> &str {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    last.rsplit_once('.').map_or(last, |(stem, _)| stem)
}

/// The table that a file or sheet is named after; `observations_2` is a part of `observations`.
pub(crate) fn kind_of_name(name: &str) -> Option<Kind> {
    let stem = stem(name).trim().to_ascii_lowercase();
    let whole = |t: &str| Kind::ALL.iter().copied().find(|k| k.sheet() == t);
    whole(&stem).or_else(|| {
        let (table, part) = stem.rsplit_once('_')?;
        (!part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())).then(|| whole(table)).flatten()
    })
}

/// The table whose columns a header matches best, when it matches most of the header and no other table as well.
fn kind_of_header(names: &[String]) -> Option<Kind> {
    let n_named = names.iter().filter(|n| !n.trim().is_empty()).count();
    let mut scores: Vec<(usize, Kind)> = Kind::ALL
        .iter()
        .filter(|kind| kind.def().key_columns().any(|c| names.iter().any(|n| n.trim() == c.name)))
        .map(|kind| (Header::n_matching(*kind, names), *kind))
        .collect();
    scores.sort_by_key(|(n, kind)| (std::cmp::Reverse(*n), kind.def().columns.len()));
    let (best, kind) = scores.first().copied()?;
    let rival = scores.get(1).map_or(0, |(n, _)| *n);
    (best >= 2 && best * 2 > n_named && best > rival).then_some(kind)
}
