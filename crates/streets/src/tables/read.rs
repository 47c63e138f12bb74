//! A CSV table read by the names of its columns.

use crate::error::StreetsError;
use csv::ByteRecord;
use serde::Serialize;
use std::{borrow::Cow, cell::Cell, io::Read, rc::Rc};

/// Bytes of one row that are read. A zip of some kilobytes can hold a row of gigabytes.
const ROW_LIMIT: usize = 1 << 20;

/// A row that is left out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    /// The file.
    pub file: String,
    /// The line in it, from 1 with the header.
    pub line: u64,
    /// What the row calls itself, where it says so.
    pub id: String,
    /// Why it cannot be used.
    pub why: String,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Column(usize);

/// A table that is being read.
pub(crate) struct Table<R> {
    file: String,
    reader: csv::Reader<Guard<R>>,
    /// Bytes read since the last row began.
    of_row: Rc<Cell<usize>>,
    /// Whether lines end with two characters, as the first one does; unknown before its end.
    is_crlf: Rc<Cell<Option<bool>>>,
    headers: Vec<String>,
    record: ByteRecord,
}

impl<R: Read> Table<R> {
    /// Reads the header.
    pub fn open(file: &str, from: R) -> Result<Self, StreetsError> {
        let of_row = Rc::new(Cell::new(0));
        let is_crlf = Rc::new(Cell::new(None));
        let guard = Guard { from, of_row: Rc::clone(&of_row), is_crlf: Rc::clone(&is_crlf), last: 0 };
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(guard);
        let headers = reader.byte_headers().map_err(|e| broken(file, e))?;
        if headers.iter().any(|header| header.contains(&0)) {
            let why = "it is no table: its first line holds bytes that no text has; a CSV file is expected".to_owned();
            return Err(StreetsError::Csv { file: file.to_owned(), why });
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').trim().to_owned();
        let headers = headers.iter().map(text).collect();
        Ok(Self { file: file.to_owned(), reader, of_row, is_crlf, headers, record: ByteRecord::new() })
    }

    /// The names of the columns.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// A column that may be missing.
    pub fn optional(&self, name: &str) -> Option<Column> {
        self.headers.iter().position(|header| header == name).map(Column)
    }

    /// A column that must be there.
    pub fn column(&self, name: &str) -> Result<Column, StreetsError> {
        self.optional(name).ok_or_else(|| StreetsError::NoColumn {
            file: self.file.clone(),
            column: name.to_owned(),
            found: self.headers.join(", "),
        })
    }

    /// Reads the next row.
    pub fn advance(&mut self) -> Result<bool, StreetsError> {
        self.of_row.set(0);
        self.reader.read_byte_record(&mut self.record).map_err(|e| broken(&self.file, e))
    }

    /// The bytes of a field of this row, trimmed; empty where the row ends early.
    pub fn bytes(&self, column: Column) -> &[u8] {
        self.record.get(column.0).unwrap_or_default().trim_ascii()
    }

    /// A field as text.
    pub fn text(&self, column: Column) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(column))
    }

    /// A field as a number; `None` when it is none. NaN and infinities are numbers here.
    pub fn number(&self, column: Column) -> Option<f64> {
        std::str::from_utf8(self.bytes(column)).ok()?.parse().ok()
    }

    /// The line of this row, from 1 with the header.
    pub fn line(&self) -> u64 {
        // The reader takes the line before the end of the one above is read where that has two characters.
        self.record.position().map_or(0, |at| at.line() + u64::from(self.is_crlf.get() == Some(true)))
    }

    /// What this row calls itself in the column `id`; its line where there is no such column.
    pub fn name(&self) -> String {
        self.optional("id").map_or_else(|| self.line().to_string(), |id| self.text(id).into_owned())
    }

    /// This row as one that is left out.
    pub fn refuse(&self, id: &str, why: impl Into<String>) -> Refused {
        Refused { file: self.file.clone(), line: self.line(), id: id.to_owned(), why: why.into() }
    }
}

fn broken(file: &str, error: csv::Error) -> StreetsError {
    StreetsError::Csv { file: file.to_owned(), why: error.to_string() }
}

/// Longitude and latitude of a row, or why they are none.
pub(crate) fn place_of<R: Read>(table: &Table<R>, lon: Column, lat: Column) -> Result<[f64; 2], String> {
    let (Some(x), Some(y)) = (table.number(lon), table.number(lat)) else {
        return Err(format!("longitude `{}`, latitude `{}` are no numbers", table.text(lon), table.text(lat)));
    };
    let on_earth = (-180.0..=180.0).contains(&x) && (-90.0..=90.0).contains(&y);
    if on_earth { Ok([x, y]) } else { Err(format!("longitude {x}, latitude {y} is not on Earth")) }
}

/// Ends a row that does not end, and looks how the first one ends.
struct Guard<R> {
    from: R,
    of_row: Rc<Cell<usize>>,
    is_crlf: Rc<Cell<Option<bool>>>,
    /// The last byte of what was read before.
    last: u8,
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        if self.of_row.get() > ROW_LIMIT {
            return Err(std::io::Error::other(format!("a row has more than {ROW_LIMIT} bytes")));
        }
        let n = self.from.read(into)?;
        self.of_row.set(self.of_row.get() + n);
        if let (None, Some(read)) = (self.is_crlf.get(), into.get(..n)) {
            if let Some(at) = read.iter().position(|byte| *byte == b'\n') {
                let before = at.checked_sub(1).and_then(|at| read.get(at)).copied().unwrap_or(self.last);
                self.is_crlf.set(Some(before == b'\r'));
            }
            self.last = read.last().copied().unwrap_or(self.last);
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_without_end_is_refused() {
        let text = format!("id,lon\n\"a,{}\n", "1,\n".repeat(ROW_LIMIT));
        let mut table = Table::open("x.csv", text.as_bytes()).expect("a header");
        let error = table.advance().expect_err("no end").to_string();
        assert!(error.contains("x.csv") && error.contains("bytes"), "{error}");
    }

    #[test]
    fn lines_are_counted_however_they_end() {
        for text in ["lon,id\n1,a\n2,b\n", "lon,id\r\n1,a\r\n2,b\r\n"] {
            let mut table = Table::open("x.csv", text.as_bytes()).expect("a header");
            let mut told = Vec::new();
            while table.advance().expect("a row") {
                told.push((table.line(), table.name()));
            }
            assert_eq!(told, [(2, "a".to_owned()), (3, "b".to_owned())], "{text:?}");
        }
    }

    #[test]
    fn many_short_rows_are_read() {
        let text = format!("\u{feff}id, lon \n{}", "a,1\n".repeat(ROW_LIMIT));
        let mut table = Table::open("x.csv", text.as_bytes()).expect("a header");
        let (id, lon) = (table.column("id").expect("id"), table.column("lon").expect("lon"));
        let mut n = 0;
        while table.advance().expect("a row") {
            n += 1;
            assert_eq!((table.bytes(id), table.number(lon)), (&b"a"[..], Some(1.0)));
        }
        assert_eq!(n, ROW_LIMIT);
    }
}
