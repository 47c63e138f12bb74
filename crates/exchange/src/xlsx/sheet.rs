//! A sheet as a stream of rows.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{
    archive::{Archive, Broken, Part, Share},
    refs::{Range, cell_ref, row_ref},
    strings::TextState,
    workbook::{Sheet, Workbook},
    xml,
};
use crate::read::Offered;

/// What a cell holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum CellValue {
    #[default]
    Empty,
    /// A shared text by its index.
    Shared(usize),
    Text(String),
    Number(f64),
    Bool(bool),
    /// An error such as `#N/A`.
    Error(String),
}

/// A cell that stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub(super) column: u32,
    pub(super) value: CellValue,
    pub(super) formula: bool,
    pub(super) style: usize,
}

/// A row that has at least one cell.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// As a spreadsheet shows it: the first is 1.
    pub(super) number: u32,
    cells: Vec<Cell>,
}

impl Row {
    /// Up to the last cell that is not empty.
    pub(super) fn width(&self) -> usize {
        let filled = self.cells.iter().filter(|c| c.value != CellValue::Empty || c.formula);
        filled.map(|c| c.column as usize + 1).max().unwrap_or(0)
    }
    /// The cells by position: at least `width`, and further if further ones are filled.
    pub(super) fn offered<'a>(&'a self, workbook: &'a Workbook, width: usize) -> Vec<Offered<'a>> {
        let mut all = vec![Offered::Typed(model::value::Raw::Empty); width];
        for cell in &self.cells {
            let at = cell.column as usize;
            let offered = super::offered(cell, workbook);
            if at >= all.len() {
                if offered.is_empty() {
                    continue;
                }
                all.resize(at + 1, Offered::Typed(model::value::Raw::Empty));
            }
            all[at] = offered;
        }
        all
    }
}

/// Reads the rows of a sheet in order.
pub(super) struct SheetReader<'z, 'a> {
    xml: Reader<Part<'z, 'a>>,
    declared: u64,
    n_strings: usize,
    buffer: Vec<u8>,
    /// The row whose cells come next, counted from 0.
    next_row: u32,
    /// Sheet data have been read to their end.
    done: bool,
    merged: Vec<Range>,
    n_hidden_rows: usize,
}

impl<'z, 'a> SheetReader<'z, 'a> {
    pub(super) fn open(archive: &'z mut Archive<'a>, workbook: &Workbook, sheet: &Sheet) -> Result<Self, Broken> {
        let (part, declared) = archive.part(&sheet.path, Share::Whole)?;
        Ok(SheetReader {
            xml: xml::reader(part),
            declared,
            n_strings: workbook.strings.len(),
            buffer: Vec::new(),
            next_row: 0,
            done: false,
            merged: Vec::new(),
            n_hidden_rows: 0,
        })
    }
    /// Bytes read so far.
    pub(super) fn n_bytes(&self) -> u64 {
        self.xml.buffer_position()
    }
    /// Bytes that the archive declares; may be a lie.
    pub(super) fn declared_bytes(&self) -> u64 {
        self.declared
    }
    /// Ranges of merged cells, known once all rows were read.
    pub(super) fn merged(&self) -> &[Range] {
        &self.merged
    }
    /// How many filled rows are hidden.
    pub(super) fn n_hidden_rows(&self) -> usize {
        self.n_hidden_rows
    }

    /// Reads the next row that has a filled cell; `false` at the end.
    pub(super) fn next_row(&mut self, row: &mut Row) -> Result<bool, Broken> {
        while !self.done {
            self.buffer.clear();
            match self.xml.read_event_into(&mut self.buffer)? {
                Event::Start(start) => match start.local_name().as_ref() {
                    "row" => {
                        let number = match xml::attribute(&start, "r") {
                            Some(r) => row_ref(&r).ok_or_else(|| Broken::Damaged(format!("row {r}")))?,
                            None => self.next_row,
                        };
                        if number < self.next_row {
                            return Err(Broken::Damaged(format!("row {} stands out of order", number + 1)));
                        }
                        let hidden = xml::attribute(&start, "hidden").is_some_and(|h| h == "1" || h == "true");
                        self.next_row = number + 1;
                        row.number = number + 1;
                        self.cells(row)?;
                        if row.width() > 0 {
                            self.n_hidden_rows += usize::from(hidden);
                            return Ok(true);
                        }
                    }
                    // The list is as long as the file makes it; a few tell enough.
                    "mergeCell" if self.merged.len() < 1_000 => {
                        self.merged.extend(xml::attribute(&start, "ref").as_deref().and_then(Range::parse));
                    }
                    _ => {}
                },
                Event::Eof => self.done = true,
                _ => {}
            }
        }
        Ok(false)
    }

    fn cells(&mut self, row: &mut Row) -> Result<(), Broken> {
        row.cells.clear();
        let mut next_column = 0;
        loop {
            self.buffer.clear();
            match self.xml.read_event_into(&mut self.buffer)? {
                Event::Start(start) if start.local_name().as_ref() == "c" => {
                    let head = Head::of(&start, row.number - 1, next_column)?;
                    next_column = head.column + 1;
                    let cell = self.cell(head)?;
                    if cell.value != CellValue::Empty || cell.formula {
                        row.cells.push(cell);
                    }
                }
                Event::End(end) if end.local_name().as_ref() == "row" => return Ok(()),
                Event::Eof => return Err(Broken::damaged("a row has no end")),
                _ => {}
            }
            // A sheet has 16,384 columns at most, but cells may come again and again.
            if row.cells.len() > 16_384 {
                return Err(Broken::damaged("a row repeats its cells"));
            }
        }
    }

    /// Reads a cell from behind its opening tag to its end.
    fn cell(&mut self, head: Head) -> Result<Cell, Broken> {
        let mut cell = Cell { column: head.column, style: head.style, ..Cell::default() };
        let mut value: Option<String> = None;
        let mut inline: Option<String> = None;
        let mut texts = TextState::default();
        let mut in_value = false;
        loop {
            self.buffer.clear();
            let event = self.xml.read_event_into(&mut self.buffer)?;
            match &event {
                Event::Start(start) => match start.local_name().as_ref() {
                    "v" => {
                        in_value = true;
                        value.get_or_insert_default();
                    }
                    "f" => cell.formula = true,
                    "is" => inline = Some(String::new()),
                    _ => {}
                },
                Event::End(end) => match end.local_name().as_ref() {
                    "v" => in_value = false,
                    "c" => break,
                    _ => {}
                },
                Event::Text(text) if in_value => value.get_or_insert_default().push_str(&text.xml10_content()),
                Event::GeneralRef(r) if in_value => xml::push_reference(r, value.get_or_insert_default()),
                Event::Eof => return Err(Broken::damaged("a cell has no end")),
                _ => {}
            }
            if let Some(inline) = &mut inline {
                texts.take(&event, inline);
            }
        }
        cell.value = match (inline, value) {
            (Some(mut text), _) => {
                xml::unescape(&mut text);
                CellValue::Text(text)
            }
            (None, None) => CellValue::Empty,
            (None, Some(value)) => self.value(head.kind, value)?,
        };
        Ok(cell)
    }

    fn value(&self, kind: Kind, mut value: String) -> Result<CellValue, Broken> {
        let broken = |value: &str| Broken::Damaged(format!("a cell of type {kind:?} holds {value:?}"));
        Ok(match kind {
            Kind::Shared => {
                let index = value.trim().parse().ok().filter(|i| *i < self.n_strings);
                CellValue::Shared(index.ok_or_else(|| broken(&value))?)
            }
            Kind::Text => {
                xml::unescape(&mut value);
                CellValue::Text(value)
            }
            Kind::IsoDay => CellValue::Text(value),
            Kind::Bool => match value.trim() {
                "1" | "true" => CellValue::Bool(true),
                "0" | "false" => CellValue::Bool(false),
                "" => CellValue::Empty,
                _ => return Err(broken(&value)),
            },
            Kind::Error => CellValue::Error(value),
            _ if value.trim().is_empty() => CellValue::Empty,
            _ => match value.trim().parse::<f64>() {
                Ok(n) if n.is_finite() => CellValue::Number(n),
                // Some programs write a text without saying so.
                _ => CellValue::Text(value),
            },
        })
    }
}

/// What sort of value a cell says it has.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Number,
    Shared,
    Text,
    IsoDay,
    Bool,
    Error,
}

impl Kind {
    fn of(text: &str) -> Kind {
        match text {
            "s" => Kind::Shared,
            "str" | "inlineStr" => Kind::Text,
            "d" => Kind::IsoDay,
            "b" => Kind::Bool,
            "e" => Kind::Error,
            _ => Kind::Number,
        }
    }
}

/// What the opening tag of a cell says.
struct Head {
    column: u32,
    style: usize,
    kind: Kind,
}

impl Head {
    fn of(start: &BytesStart<'_>, row: u32, next_column: u32) -> Result<Head, Broken> {
        let mut head = Head { column: next_column, style: 0, kind: Kind::Number };
        for attribute in start.attributes().with_checks(false).flatten() {
            match attribute.key.as_ref() {
                "r" => {
                    let found = cell_ref(&attribute.value).filter(|(r, _)| *r == row);
                    let broken = || Broken::Damaged(format!("cell {:?} in row {}", attribute.value, row + 1));
                    head.column = found.ok_or_else(broken)?.1;
                }
                "s" => head.style = attribute.value.parse().unwrap_or(0),
                "t" => head.kind = Kind::of(&attribute.value),
                _ => {}
            }
        }
        Ok(head)
    }
}
