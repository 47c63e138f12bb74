//! From bytes to a table whose columns are known: what the file is, whether it fits the limits, and
//! which of its columns are ours.

use std::panic::{AssertUnwindSafe, catch_unwind};

use arrow_schema::DataType;
use bytes::Bytes;
use model::{Record, kinds::Observation};
use parquet::{
    arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions},
    basic::Compression,
};

use super::{ParquetLimits, codes, findings::Findings};
use crate::columns::{OURS, with_dictionaries};

/// A file whose columns are known.
pub(super) struct Table {
    pub bytes: Bytes,
    pub arrow: ArrowReaderMetadata,
    /// For each column of the definition its position in the file.
    pub positions: Vec<Option<usize>>,
}

const MAGIC: &[u8] = b"PAR1";
const MAGIC_ENCRYPTED: &[u8] = b"PARE";

/// Opens a file; `None` when no row can be taken, with the finding that says why.
pub(super) fn open(bytes: Bytes, limits: &ParquetLimits, findings: &mut Findings) -> Option<Table> {
    if let Err(code) = recognise(&bytes) {
        let mut finding = findings.file(code);
        if std::ptr::eq(code, &codes::XCH301) {
            finding = finding.arg("found", kind_of(&bytes));
        }
        findings.push(finding);
        return None;
    }
    // The Arrow schema that some programs add is passed over: what the file stores decides, so that a column of
    // large text, of text views or of a dictionary is simply text.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let opened = guarded(|| {
        let plain = ArrowReaderMetadata::load(&bytes, options.clone())?;
        let schema = with_dictionaries(plain.schema());
        ArrowReaderMetadata::try_new(plain.metadata().clone(), options.with_schema(schema))
    });
    let arrow = match opened {
        Ok(arrow) => arrow,
        Err(detail) => {
            let finding = findings.file(&codes::XCH304).arg("detail", detail);
            findings.push(finding);
            return None;
        }
    };
    if !fits(&arrow, limits, findings) {
        return None;
    }
    let positions = positions(&arrow, findings)?;
    readable(&arrow, &positions, findings).then_some(Table { bytes, arrow, positions })
}

/// Runs a decoder on bytes from elsewhere; it reports most damage, and what it does not expect makes it
/// panic, which must not take the program with it.
pub(crate) fn guarded<T>(work: impl FnOnce() -> Result<T, parquet::errors::ParquetError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result.map_err(|e| e.to_string()),
        Err(_) => Err("its pages contradict each other".to_owned()),
    }
}

fn recognise(bytes: &[u8]) -> Result<(), &'static diag::Code> {
    if bytes.is_empty() {
        Err(&codes::XCH300)
    } else if bytes.ends_with(MAGIC_ENCRYPTED) {
        Err(&codes::XCH303)
    } else if !bytes.starts_with(MAGIC) {
        Err(&codes::XCH301)
    } else if !bytes.ends_with(MAGIC) || bytes.len() < 12 {
        Err(&codes::XCH302)
    } else {
        Ok(())
    }
}

/// What the bytes are instead; a message selects its words by it.
fn kind_of(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(1024)];
    let start: Vec<u8> = head.iter().copied().skip_while(u8::is_ascii_whitespace).take(64).collect();
    let start = String::from_utf8_lossy(&start).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}');
    if start.starts_with("<!doctype html") || start.starts_with("<html") {
        "html"
    } else if head.starts_with(b"PK\x03\x04") {
        "zip"
    } else if head.starts_with(b"ARROW1") || head.starts_with(b"FEA1") {
        "arrow"
    } else if head.starts_with(b"SQLite format 3") {
        "sqlite"
    } else if head.starts_with(b"%PDF") {
        "pdf"
    } else if head.starts_with(b"\x1f\x8b") {
        "gzip"
    } else if !head.contains(&0) && std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true) {
        "text"
    } else {
        "other"
    }
}

fn fits(arrow: &ArrowReaderMetadata, limits: &ParquetLimits, findings: &mut Findings) -> bool {
    let footer = arrow.metadata();
    let n_rows: i128 = footer.row_groups().iter().map(|g| i128::from(g.num_rows().max(0))).sum();
    let n_bytes: i128 = footer.row_groups().iter().map(|g| i128::from(g.total_byte_size().max(0))).sum();
    let n_columns = arrow.schema().fields().len();
    for (what, n, limit) in [
        ("rows", n_rows, limits.rows as i128),
        ("columns", n_columns as i128, limits.columns as i128),
        ("bytes", n_bytes, i128::from(limits.unpacked_bytes)),
    ] {
        if n > limit {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let finding = findings.file(&codes::XCH305).arg("what", what).arg("n", n).arg("limit", limit);
            findings.push(finding);
            return false;
        }
    }
    true
}

/// Finds our columns; `None` when one is missing or comes twice.
fn positions(arrow: &ArrowReaderMetadata, findings: &mut Findings) -> Option<Vec<Option<usize>>> {
    let def = Observation::def();
    let mut positions: Vec<Option<usize>> = vec![None; def.columns.len()];
    let mut usable = true;
    for (position, field) in arrow.schema().fields().iter().enumerate() {
        let name = field.name().trim();
        match def.column(name) {
            Some(at) if positions[at].is_some() => {
                let finding = findings.column(&codes::XCH309, Some(position), name);
                findings.push(finding);
                usable = false;
            }
            Some(at) => positions[at] = Some(position),
            None if OURS.contains(&name) => {}
            None => {
                let near = nearest(name);
                let finding = findings
                    .column(&codes::XCH308, Some(position), name)
                    .arg("near", if near.is_some() { "yes" } else { "no" })
                    .arg("nearest", near.unwrap_or_default());
                findings.push(finding);
            }
        }
    }
    for (column, position) in def.columns.iter().zip(&positions) {
        if column.required && position.is_none() {
            let finding = findings.column(&codes::XCH307, None, &column.name);
            findings.push(finding);
            usable = false;
        }
    }
    usable.then_some(positions)
}

/// The column whose name differs only in case, blanks or an ending.
fn nearest(name: &str) -> Option<&'static str> {
    let plain = name.to_lowercase().replace([' ', '-', '.'], "_");
    let columns = Observation::def().columns.iter().map(|c| c.name.as_str());
    let mut near =
        columns.filter(|c| plain == *c || plain.starts_with(c) || (plain.len() > 3 && c.starts_with(&plain)));
    near.next()
}

/// Whether the types and the compression of our columns can be read.
fn readable(arrow: &ArrowReaderMetadata, positions: &[Option<usize>], findings: &mut Findings) -> bool {
    let mut readable = true;
    let mut codecs: Vec<String> = Vec::new();
    for (column, position) in Observation::def().columns.iter().zip(positions) {
        let Some(position) = position else { continue };
        let found = arrow.schema().field(*position).data_type();
        if !is_plain(found) {
            let finding =
                findings.column(&codes::XCH310, Some(*position), &column.name).arg("found", found.to_string());
            findings.push(finding);
            readable = false;
            continue;
        }
        // Leaves come in the order of the columns; those before may have several when they are nested.
        let leaf =
            arrow.parquet_schema().columns().iter().position(|c| {
                c.path().parts().first().is_some_and(|root| root == arrow.schema().field(*position).name())
            });
        let chunks = arrow.metadata().row_groups().iter().filter_map(|g| g.columns().get(leaf?));
        for codec in chunks.map(|c| c.compression()).filter(|c| !is_built_in(*c)) {
            let name = codec.to_string();
            let name = name.split('(').next().unwrap_or_default().to_owned();
            if !codecs.contains(&name) {
                codecs.push(name);
            }
        }
    }
    for codec in codecs {
        let finding = findings.file(&codes::XCH306).arg("codec", codec);
        findings.push(finding);
        readable = false;
    }
    readable
}

/// The compressions that the build of `parquet` knows, as its features in the workspace's manifest say.
fn is_built_in(codec: Compression) -> bool {
    matches!(
        codec,
        Compression::UNCOMPRESSED
            | Compression::SNAPPY
            | Compression::GZIP(_)
            | Compression::LZ4
            | Compression::LZ4_RAW
            | Compression::ZSTD(_)
    )
}

/// Whether a column holds one plain value a row.
fn is_plain(data_type: &DataType) -> bool {
    match data_type {
        DataType::Dictionary(_, values) => matches!(**values, DataType::Utf8),
        other => {
            other.is_integer()
                || other.is_floating() && *other != DataType::Float16
                || matches!(
                    other,
                    DataType::Null
                        | DataType::Boolean
                        | DataType::Date32
                        | DataType::Timestamp(..)
                        | DataType::Decimal32(..)
                        | DataType::Decimal64(..)
                        | DataType::Decimal128(..)
                        | DataType::Decimal256(..)
                )
        }
    }
}
