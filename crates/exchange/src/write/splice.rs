//! Long tables: rows streamed into the sheets of a workbook that is otherwise finished.
//!
//! The workbook writer keeps every cell in memory until it saves; a million observations would
//! take gigabytes. So a long table's sheet is first written with one row of empty cells that carry the
//! columns' styles; then the archive is copied and that row is replaced by the table's rows.

use std::io::{self, Cursor, Read, Write};

use model::{record::Column, value::Value};
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{Table, WriteError, xlsx::serial};

/// The row of empty cells that is replaced, as a spreadsheet counts it.
pub(super) const FIRST_ROW: usize = 3;

/// A table's rows and the sheets that take them, in order.
pub(super) struct Splice<'a> {
    pub(super) table: Table<'a>,
    /// Numbers of the sheets, counted from 1, and how many rows each takes.
    pub(super) sheets: Vec<(usize, usize)>,
}

/// Copies the workbook with the rows in their places.
pub(super) fn splice(workbook: &[u8], splices: Vec<Splice<'_>>) -> Result<Vec<u8>, WriteError> {
    let broken = |e: ZipError| WriteError::DoesNotFit(e.to_string());
    let mut from = ZipArchive::new(Cursor::new(workbook)).map_err(broken)?;
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let part = |sheet: usize| format!("xl/worksheets/sheet{sheet}.xml");
    let replaced: Vec<String> = splices.iter().flat_map(|s| &s.sheets).map(|(sheet, _)| part(*sheet)).collect();
    for at in 0..from.len() {
        let entry = from.by_index_raw(at).map_err(broken)?;
        let keep = entry.name().is_ok_and(|name| !replaced.contains(&name.into_owned()));
        if keep {
            to.raw_copy_file(entry).map_err(broken)?;
        }
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .large_file(true);
    for mut splice in splices {
        let columns = &splice.table.kind.def().columns;
        for (sheet, n_rows) in &splice.sheets {
            let mut xml = String::new();
            from.by_name(&part(*sheet)).map_err(broken)?.read_to_string(&mut xml).map_err(|e| broken(e.into()))?;
            let frame = Frame::of(&xml).ok_or_else(|| WriteError::DoesNotFit(part(*sheet)))?;
            to.start_file(part(*sheet), options).map_err(broken)?;
            // The rows are small pieces; the packer works on large ones.
            let mut out = io::BufWriter::with_capacity(1 << 18, &mut to);
            let mut rows = splice.table.rows.by_ref().take(*n_rows);
            frame.fill(&mut out, *n_rows, columns, &mut rows).map_err(|e| broken(e.into()))?;
            out.flush().map_err(|e| broken(e.into()))?;
        }
    }
    Ok(to.finish().map_err(broken)?.into_inner())
}

/// A sheet's XML around its rows.
struct Frame<'x> {
    before: &'x str,
    /// Letters and style of each column.
    columns: Vec<(String, &'x str)>,
    after: &'x str,
}

impl<'x> Frame<'x> {
    fn of(xml: &'x str) -> Option<Frame<'x>> {
        let start = xml.find(&format!("<row r=\"{FIRST_ROW}\""))?;
        let end = start + xml[start..].find("</row>")? + "</row>".len();
        let columns = xml[start..end]
            .split("<c r=\"")
            .skip(1)
            .map(|cell| {
                let letters = cell.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_owned();
                let style = cell.split(" s=\"").nth(1).and_then(|s| s.split('"').next()).unwrap_or("0");
                (letters, style)
            })
            .collect();
        Some(Frame { before: &xml[..start], columns, after: &xml[end..] })
    }

    fn fill(
        &self,
        out: &mut impl Write,
        n: usize,
        columns: &[Column],
        rows: &mut dyn Iterator<Item = Vec<Value>>,
    ) -> io::Result<()> {
        // Some readers believe the used range that a sheet declares.
        let last = self.columns.last().map_or("A", |(letters, _)| letters);
        let declared = format!("{last}{FIRST_ROW}\"/>");
        let actual = format!("{last}{}\"/>", FIRST_ROW + n - 1);
        out.write_all(self.before.replacen(&declared, &actual, 1).as_bytes())?;
        for (i, values) in rows.enumerate() {
            let row = FIRST_ROW + i;
            write!(out, "<row r=\"{row}\">")?;
            for (at, ((letters, style), value)) in self.columns.iter().zip(&values).enumerate() {
                // An empty cell has the look of its column, unless it is locked.
                if value.is_null() && !columns.get(at).is_some_and(|column| column.key) {
                    continue;
                }
                cell(out, &format_args!("r=\"{letters}{row}\" s=\"{style}\""), value)?;
            }
            out.write_all(b"</row>")?;
        }
        out.write_all(self.after.as_bytes())
    }
}

fn cell(out: &mut impl Write, head: &std::fmt::Arguments<'_>, value: &Value) -> io::Result<()> {
    let number = match value {
        Value::Whole(n) => Some(*n as f64),
        Value::Number(n) => Some(*n),
        Value::Date(day) => serial(*day),
        _ => None,
    };
    match (number, value) {
        (Some(n), _) => write!(out, "<c {head}><v>{n}</v></c>"),
        (None, Value::Null) => write!(out, "<c {head}/>"),
        (None, Value::Bool(b)) => write!(out, "<c {head} t=\"b\"><v>{}</v></c>", u8::from(*b)),
        (None, _) => {
            write!(out, "<c {head} t=\"inlineStr\"><is><t xml:space=\"preserve\">")?;
            escape(out, &value.to_text())?;
            out.write_all(b"</t></is></c>")
        }
    }
}

/// A text inside of XML. What looks like an escape of a spreadsheet is escaped itself, and so are the
/// signs that XML cannot carry.
fn escape(out: &mut impl Write, text: &str) -> io::Result<()> {
    let plain = |b: u8| !matches!(b, b'&' | b'<' | b'>' | b'_' | b'\r') && b < 0x80;
    if text.bytes().all(plain) {
        return out.write_all(text.as_bytes());
    }
    for (at, sign) in text.char_indices() {
        match sign {
            '&' => out.write_all(b"&amp;")?,
            '<' => out.write_all(b"&lt;")?,
            '>' => out.write_all(b"&gt;")?,
            '\r' => out.write_all(b"_x000D_")?,
            '\u{fffe}' => out.write_all(b"_xFFFE_")?,
            '\u{ffff}' => out.write_all(b"_xFFFF_")?,
            '_' if text[at..].starts_with("_x") => out.write_all(b"_x005F_")?,
            sign => write!(out, "{sign}")?,
        }
    }
    Ok(())
}
