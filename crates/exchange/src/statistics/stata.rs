//! Stata's files, of every release since Stata 5.

use std::{
    cell::Cell,
    io::{self, Cursor, Read, Seek, SeekFrom},
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
};

use diag::Diagnostic;
use dta::stata::dta::{
    byte_order::ByteOrder, dta_error::DtaError, dta_reader::DtaReader, header::Header, long_string::LongString,
    long_string_ref::LongStringRef, long_string_table::LongStringTable, release::Release, value::Value,
    value_label_table::ValueLabelTable, variable_type::VariableType,
};
use model::microdata::{MISSING, Table, Values, Variable};
use rustc_hash::FxHashMap;

use super::{MOST_VALUES, damaged};
use crate::read::NamedBytes;

/// Whether bytes begin as such a file does: a tag, or the release, the order of bytes and a constant.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    bytes.starts_with(b"<stata_dta>")
        || matches!(bytes, [102..=115, 1 | 2, 1, _, ..]) && !bytes[..4].iter().all(u8::is_ascii_graphic)
}

/// A column while it is read.
enum Column {
    Numbers(Vec<f64>),
    Texts { known: FxHashMap<String, u32>, levels: Vec<String>, codes: Vec<u32> },
    Long(Vec<LongStringRef>),
}

impl Column {
    fn texts() -> Column {
        Column::Texts { known: FxHashMap::default(), levels: Vec::new(), codes: Vec::new() }
    }

    fn push_text(&mut self, text: &str) {
        if let Column::Texts { known, levels, codes } = self {
            let text = text.trim();
            let code = match known.get(text) {
                _ if text.is_empty() => MISSING,
                Some(code) => *code,
                None => {
                    let code = levels.len() as u32;
                    known.insert(text.to_owned(), code);
                    levels.push(text.to_owned());
                    code
                }
            };
            codes.push(code);
        }
    }

    fn push(&mut self, value: Value<'_>) {
        let number = match value {
            Value::Byte(v) => v.present().map(f64::from),
            Value::Int(v) => v.present().map(f64::from),
            Value::Long(v) => v.present().map(f64::from),
            Value::Float(v) => v.present().map(f64::from),
            Value::Double(v) => v.present(),
            Value::String(text) => return self.push_text(&text),
            Value::LongStringRef(at) => {
                if let Column::Long(all) = self {
                    all.push(at);
                }
                return;
            }
        };
        if let Column::Numbers(all) = self {
            all.push(number.filter(|n| n.is_finite()).unwrap_or(f64::NAN));
        }
    }
}

/// Reads a file. Every kind of missing value (`.`, `.a` to `.z`) is missing.
pub(super) fn read(file: &NamedBytes) -> Result<Table, Box<Diagnostic>> {
    // What the library does not expect in damaged bytes must not take the program with it.
    match catch_unwind(AssertUnwindSafe(|| opened(file))) {
        Ok(found) => found,
        Err(_) => Err(damaged(file, "its sections contradict each other")),
    }
}

fn opened(file: &NamedBytes) -> Result<Table, Box<Diagnostic>> {
    let wrong = |e: DtaError| damaged(file, e);
    let at = Rc::new(Cell::new(0));
    let tracked = Tracked { bytes: Cursor::new(&file.bytes[..]), at: at.clone() };
    let reader = DtaReader::new().from_reader(tracked).read_header().map_err(wrong)?;
    let lengths = Lengths::of(reader.header(), &file.bytes, at);
    let (n_variables, n_rows) = (u64::from(reader.header().variable_count()), reader.header().observation_count());
    // A variable takes some bytes of the schema, so there cannot be more of them than bytes.
    let n_bytes = file.bytes.len() as u64;
    if n_variables > n_bytes || n_rows > n_bytes || n_variables.saturating_mul(n_rows) > MOST_VALUES {
        return Err(damaged(file, format!("{n_rows} × {n_variables}: {n_bytes} B")));
    }
    let mut reader = reader.read_schema().map_err(wrong)?;
    lengths.check_notes().map_err(|detail| damaged(file, detail))?;
    reader.skip_to_end().map_err(wrong)?;
    let mut reader = reader.into_record_reader().map_err(wrong)?;
    let schema = reader.schema().clone();
    let column = |kind: VariableType| match kind {
        VariableType::FixedString(_) => Column::texts(),
        VariableType::LongString => Column::Long(Vec::new()),
        _ => Column::Numbers(Vec::new()),
    };
    let mut columns: Vec<Column> = schema.variables().iter().map(|v| column(v.variable_type())).collect();
    let mut n_read = 0;
    while let Some(record) = reader.read_record().map_err(wrong)? {
        for (column, value) in columns.iter_mut().zip(record.values()) {
            column.push(value.clone());
        }
        n_read += 1;
    }
    if n_read != n_rows {
        return Err(damaged(file, format!("{n_read} ≠ {n_rows}")));
    }
    let mut reader = reader.into_long_string_reader().map_err(wrong)?;
    let encoding = reader.encoding();
    let mut long = LongStringTable::for_reading();
    loop {
        lengths.check_text().map_err(|detail| damaged(file, detail))?;
        let Some(text) = reader.read_long_string().map_err(wrong)? else { break };
        let (variable, observation) = (text.variable(), text.observation());
        long.get_or_insert(variable, observation, text.into_content());
    }
    let mut reader = reader.into_value_label_reader().map_err(wrong)?;
    let mut labels = ValueLabelTable::new();
    loop {
        lengths.check_labels().map_err(|detail| damaged(file, detail))?;
        let Some(set) = reader.read_value_label_set().map_err(wrong)? else { break };
        if labels.get(set.name()).is_none() {
            labels.insert(set);
        }
    }
    let mut variables = Vec::with_capacity(columns.len());
    for (variable, column) in schema.variables().iter().zip(columns) {
        let values = match column {
            Column::Numbers(numbers) => Values::Numbers(numbers),
            Column::Texts { levels, codes, .. } => Values::Texts { levels, codes },
            Column::Long(all) => {
                let mut texts = Column::texts();
                for at in all {
                    let told: Option<LongString<'_>> = long.get(&at);
                    let text = told.as_ref().and_then(|t| t.data_str(encoding));
                    texts.push_text(text.as_deref().unwrap_or_default());
                }
                match texts {
                    Column::Texts { levels, codes, .. } => Values::Texts { levels, codes },
                    _ => Values::Numbers(Vec::new()),
                }
            }
        };
        let of_value = labels.get(variable.value_label_name()).map_or(&[][..], |set| set.entries());
        variables.push(Variable {
            label: variable.label().to_owned(),
            labels: of_value.iter().map(|e| (e.value().to_string(), e.label().to_owned())).collect(),
            ..Variable::new(variable.name(), values)
        });
    }
    Ok(Table { name: file.name.clone(), variables, n_rows: n_read as usize, origin: None })
}

/// Bytes whose place is known to somebody else too.
struct Tracked<'b> {
    bytes: Cursor<&'b [u8]>,
    at: Rc<Cell<u64>>,
}

impl Read for Tracked<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.bytes.read(into)?;
        self.at.set(self.bytes.position());
        Ok(n)
    }
}

impl Seek for Tracked<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.bytes.seek(to)?;
        self.at.set(at);
        Ok(at)
    }
}

/// Looks at lengths before they are believed: the library makes room for what a file declares, and a few wrong bytes
/// declare gigabytes.
struct Lengths<'b> {
    bytes: &'b [u8],
    at: Rc<Cell<u64>>,
    is_little: bool,
    release: Release,
}

impl<'b> Lengths<'b> {
    fn of(header: &Header, bytes: &'b [u8], at: Rc<Cell<u64>>) -> Self {
        Lengths { bytes, at, is_little: header.byte_order() == ByteOrder::LittleEndian, release: header.release() }
    }

    /// A length of four bytes, so far behind the place; an error when it reaches beyond the end. What is not there is 0, and
    /// the library says that the file breaks off.
    fn length(&self, behind: u64) -> Result<u64, String> {
        let from = usize::try_from(self.at.get() + behind).unwrap_or(usize::MAX);
        let Some(&[a, b, c, d]) = self.bytes.get(from..from.saturating_add(4)) else { return Ok(0) };
        let n = if self.is_little { u32::from_le_bytes([a, b, c, d]) } else { u32::from_be_bytes([a, b, c, d]) };
        let left = self.bytes.len() - from;
        if n as usize <= left { Ok(u64::from(n)) } else { Err(format!("{n} > {left} B")) }
    }

    /// How far behind the place a tag begins, the section's own tag before it or not; `None` when it does not come next.
    fn tag(&self, section: &[u8], tag: &[u8]) -> Option<u64> {
        self.tag_from(0, section, tag)
    }

    /// The same, looked for so far behind the place.
    fn tag_from(&self, behind: u64, section: &[u8], tag: &[u8]) -> Option<u64> {
        let rest = self.bytes.get(usize::try_from(self.at.get() + behind).ok()?..)?;
        let inner = rest.strip_prefix(section).unwrap_or(rest);
        inner.starts_with(tag).then(|| behind + (rest.len() - inner.len()) as u64)
    }

    /// Of all notes that come next, one after the other: kind and length, or a tag and a length.
    fn check_notes(&self) -> Result<(), String> {
        let mut behind = 0;
        if self.release >= Release::V117 {
            while let Some(at) = self.tag_from(behind, b"<characteristics>", b"<ch>") {
                behind = at + 4 + 4 + self.length(at + 4)? + b"</ch>".len() as u64;
            }
        } else if self.release >= Release::V110 {
            loop {
                let kind = usize::try_from(self.at.get() + behind).ok().and_then(|at| self.bytes.get(at));
                let length = self.length(behind + 1)?;
                if kind.is_none_or(|kind| *kind == 0) {
                    return Ok(());
                }
                behind += 1 + 4 + length;
            }
        }
        Ok(())
    }

    /// Of the long text that comes next: `GSO`, variable, row, kind, length.
    fn check_text(&self) -> Result<(), String> {
        let row = if self.release == Release::V117 { 4 } else { 8 };
        self.tag(b"<strls>", b"GSO").map_or(Ok(0), |behind| self.length(behind + 3 + 4 + row + 1)).map(|_| ())
    }

    /// Of the set of labels that comes next. Those of the oldest releases have a length of two bytes.
    fn check_labels(&self) -> Result<(), String> {
        let length = match self.release {
            r if r < Release::V108 => Ok(0),
            r if r < Release::V117 => self.length(0),
            _ => self.tag(b"<value_labels>", b"<lbl>").map_or(Ok(0), |behind| self.length(behind + 5)),
        };
        length.map(|_| ())
    }
}
