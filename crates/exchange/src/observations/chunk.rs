//! A piece of an observation file, parsed into columns of its own.

use std::borrow::Cow;

use jiff::civil::Date;
use model::{
    kinds::{ObservationState, ObservationStatus, Scope},
    record::RecordDef,
    value::{CellFault, CellKind, Period, Raw, Value, parse_cell},
};

use super::{lexicon::Lexicon, number::plain_number, split::for_each_row};
use crate::write::unguarded;

/// The text columns, in the order in which a chunk keeps them.
pub(super) const TEXTS: [&str; 9] =
    ["indicator", "place", "breakdown", "project", "entity", "stage", "source", "evidence", "comment"];
/// The number columns, in the order in which a chunk keeps them.
pub(super) const NUMBERS: [&str; 4] = ["value", "numerator", "denominator", "standard_error"];

/// Where a position of the file goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// A column that is none of ours.
    Unknown,
    /// A column without a name.
    Blank,
    /// One of [`TEXTS`].
    Text(usize),
    Period,
    Scope,
    /// One of [`NUMBERS`].
    Number(usize),
    SampleSize,
    Status,
    State,
    MeasuredOn,
}

impl Slot {
    pub(super) fn of(name: &str) -> Slot {
        let text = TEXTS.iter().position(|t| *t == name).map(Slot::Text);
        let number = || NUMBERS.iter().position(|t| *t == name).map(Slot::Number);
        text.or_else(number).unwrap_or(match name {
            "period" => Slot::Period,
            "scope" => Slot::Scope,
            "sample_size" => Slot::SampleSize,
            "status" => Slot::Status,
            "state" => Slot::State,
            "measured_on" => Slot::MeasuredOn,
            _ => Slot::Unknown,
        })
    }
}

/// What a row may be short of or have too much of, and what a cell may have wrong.
#[derive(Clone, Debug)]
pub(super) enum Fault {
    /// A cell's fault, and the text that stood there.
    Cell(usize, CellFault, String),
    /// So many cells.
    Ragged(usize),
    /// A value under a blank header.
    Blank(usize),
    /// White space around a value; told once for each column.
    Trimmed(usize, String),
}

/// How the file is laid out; shared by all chunks.
pub(super) struct Layout<'d> {
    pub(super) def: &'d RecordDef,
    /// For each position of the file where it goes.
    pub(super) slots: Vec<Slot>,
    /// For each position of the file the table's column.
    pub(super) columns: Vec<Option<usize>>,
    /// Positions that must be filled.
    pub(super) required: Vec<usize>,
    pub(super) delimiter: u8,
    /// Whether rows can be taken at all.
    pub(super) usable: bool,
    /// How many faults and rejected rows a chunk keeps one by one.
    pub(super) limit: usize,
}

/// A parsed piece. Rows count from 0 at the start of the piece, blank rows included.
pub(super) struct Chunk<'a> {
    pub(super) n_rows: u32,
    pub(super) n_filled: usize,
    pub(super) len: usize,
    pub(super) texts: [Vec<u32>; 9],
    pub(super) lexicons: [Lexicon<'a, String>; 9],
    pub(super) period: Vec<Period>,
    pub(super) scope: Vec<Scope>,
    pub(super) numbers: [Vec<Option<f64>>; 4],
    pub(super) sample_size: Vec<Option<i64>>,
    pub(super) status: Vec<ObservationStatus>,
    pub(super) state: Vec<ObservationState>,
    pub(super) measured_on: Vec<Option<Date>>,
    /// First index and first row of runs of rows that were taken.
    pub(super) runs: Vec<(usize, u32)>,
    pub(super) faults: Vec<(u32, Fault)>,
    /// Faults beyond the limit.
    pub(super) n_faults_beyond: usize,
    pub(super) rejected: Vec<(u32, Vec<String>)>,
    pub(super) n_rejected: usize,
}

/// The values of one row.
struct Values {
    texts: [u32; 9],
    period: Period,
    scope: Scope,
    numbers: [Option<f64>; 4],
    sample_size: Option<i64>,
    status: ObservationStatus,
    state: ObservationState,
    measured_on: Option<Date>,
}

/// No text: the number of a lexicon that stands for an empty cell.
pub(super) const NO_TEXT: u32 = u32::MAX;

const EMPTY: Values = Values {
    texts: [NO_TEXT; 9],
    period: Period::year(0),
    scope: Scope::Global,
    numbers: [None; 4],
    sample_size: None,
    status: ObservationStatus::Measured,
    state: ObservationState::Provisional,
    measured_on: None,
};

#[derive(Default)]
struct Lexicons<'a> {
    texts: [Lexicon<'a, String>; 9],
    period: Lexicon<'a, Option<Period>>,
    scope: Lexicon<'a, Option<Scope>>,
    status: Lexicon<'a, Option<ObservationStatus>>,
    state: Lexicon<'a, Option<ObservationState>>,
    measured_on: Lexicon<'a, Option<Date>>,
}

/// Parses a piece.
pub(super) fn parse<'a>(bytes: &'a [u8], layout: &Layout<'_>, first: bool) -> Chunk<'a> {
    let mut chunk = Chunk {
        n_rows: 0,
        n_filled: 0,
        len: 0,
        texts: Default::default(),
        lexicons: Default::default(),
        period: Vec::new(),
        scope: Vec::new(),
        numbers: Default::default(),
        sample_size: Vec::new(),
        status: Vec::new(),
        state: Vec::new(),
        measured_on: Vec::new(),
        runs: Vec::new(),
        faults: Vec::new(),
        n_faults_beyond: 0,
        rejected: Vec::new(),
        n_rejected: 0,
    };
    let mut lexicons = Lexicons::default();
    let mut trimmed = vec![false; layout.slots.len()];
    let present = Present::of(layout);
    present.reserve(&mut chunk, likely_rows(bytes));
    let mut expected_row = u32::MAX;
    chunk.n_rows = for_each_row(bytes, layout.delimiter, |row, cells| {
        if cells.iter().all(|c| c.iter().all(u8::is_ascii_whitespace)) {
            return;
        }
        // The second row of a file may carry labels.
        if first && row == 0 && cells.first().is_some_and(|c| crate::read::is_labels(&String::from_utf8_lossy(c))) {
            return;
        }
        chunk.n_filled += 1;
        let mut values = EMPTY;
        let good = read_row(row, cells, layout, &mut lexicons, &mut trimmed, &mut values, &mut chunk);
        if !good || !layout.usable {
            chunk.n_rejected += 1;
            if chunk.rejected.len() < layout.limit {
                let text = |c: &Cow<'_, [u8]>| String::from_utf8_lossy(c).into_owned();
                chunk.rejected.push((row, cells.iter().map(text).collect()));
            }
            return;
        }
        if row != expected_row {
            chunk.runs.push((chunk.len, row));
        }
        expected_row = row + 1;
        chunk.len += 1;
        present.push(&values, &mut chunk);
    });
    chunk.lexicons = lexicons.texts;
    chunk
}

/// How many rows a piece probably has, by its first lines.
fn likely_rows(bytes: &[u8]) -> usize {
    let sample = &bytes[..bytes.len().min(1 << 14)];
    let n_lines = memchr::memchr_iter(b'\n', sample).count();
    // A little more than measured, so that a piece of slightly shorter lines does not double for its last ones.
    n_lines * (bytes.len() / sample.len().max(1) + 1) * 17 / 16
}

/// Which columns a file has; the others are filled when chunks are merged.
struct Present {
    texts: Vec<usize>,
    numbers: Vec<usize>,
    sample_size: bool,
    status: bool,
    state: bool,
    measured_on: bool,
}

impl Present {
    fn of(layout: &Layout<'_>) -> Present {
        let has = |slot: Slot| layout.slots.contains(&slot);
        Present {
            texts: (0..TEXTS.len()).filter(|i| has(Slot::Text(*i))).collect(),
            numbers: (0..NUMBERS.len()).filter(|i| has(Slot::Number(*i))).collect(),
            sample_size: has(Slot::SampleSize),
            status: has(Slot::Status),
            state: has(Slot::State),
            measured_on: has(Slot::MeasuredOn),
        }
    }
    /// Makes room at once: a column that grows step by step touches twice the memory.
    fn reserve(&self, chunk: &mut Chunk<'_>, n_rows: usize) {
        self.texts.iter().for_each(|i| chunk.texts[*i].reserve(n_rows));
        self.numbers.iter().for_each(|i| chunk.numbers[*i].reserve(n_rows));
        chunk.period.reserve(n_rows);
        chunk.scope.reserve(n_rows);
        chunk.sample_size.reserve(if self.sample_size { n_rows } else { 0 });
        chunk.status.reserve(if self.status { n_rows } else { 0 });
        chunk.state.reserve(if self.state { n_rows } else { 0 });
        chunk.measured_on.reserve(if self.measured_on { n_rows } else { 0 });
    }
    #[inline]
    fn push(&self, values: &Values, chunk: &mut Chunk<'_>) {
        for i in &self.texts {
            chunk.texts[*i].push(values.texts[*i]);
        }
        for i in &self.numbers {
            chunk.numbers[*i].push(values.numbers[*i]);
        }
        chunk.period.push(values.period);
        chunk.scope.push(values.scope);
        if self.sample_size {
            chunk.sample_size.push(values.sample_size);
        }
        if self.status {
            chunk.status.push(values.status);
        }
        if self.state {
            chunk.state.push(values.state);
        }
        if self.measured_on {
            chunk.measured_on.push(values.measured_on);
        }
    }
}

/// Reads the cells of a row; whether all of them are good.
fn read_row<'a>(
    row: u32,
    cells: &[Cow<'a, [u8]>],
    layout: &Layout<'_>,
    lexicons: &mut Lexicons<'a>,
    trimmed: &mut [bool],
    values: &mut Values,
    chunk: &mut Chunk<'_>,
) -> bool {
    let width = layout.slots.len();
    let mut good = true;
    let mut fault = |fault: Fault| {
        if chunk.faults.len() < layout.limit {
            chunk.faults.push((row, fault));
        } else {
            chunk.n_faults_beyond += 1;
        }
    };
    if cells.len() != width {
        // A comma at the end of every row is common and harmless.
        if cells.len() < width || cells[width..].iter().any(|c| !c.iter().all(u8::is_ascii_whitespace)) {
            fault(Fault::Ragged(cells.len()));
            return false;
        }
    }
    for (position, (cell, slot)) in cells.iter().zip(&layout.slots).enumerate() {
        if cell.is_empty() {
            continue;
        }
        let kind = || layout.columns[position].and_then(|at| layout.def.columns.get(at)).map(|c| c.kind);
        let result: Result<(), CellFault> = match slot {
            Slot::Unknown => continue,
            Slot::Blank => {
                if !cell.iter().all(u8::is_ascii_whitespace) {
                    fault(Fault::Blank(position));
                    good = false;
                }
                continue;
            }
            Slot::Text(i) => {
                let lexicon = &mut lexicons.texts[*i];
                let number = lexicon.number(cell, |b| judged(kind(), b).map(|v| v.to_text()));
                let keep = |t: &String| values.texts[*i] = if t.is_empty() { NO_TEXT } else { number };
                lexicon.get(number).map(keep).map_err(Clone::clone)
            }
            Slot::Number(i) => match plain_number(cell) {
                Some(n) => {
                    values.numbers[*i] = Some(n);
                    continue;
                }
                None => judged(kind(), cell).map(|v| values.numbers[*i] = number_of(&v)),
            },
            Slot::SampleSize => whole(kind(), cell).map(|n| values.sample_size = n),
            Slot::Period => {
                let read = |b: &[u8]| judged(kind(), b).map(|v| Period::parse(&v.to_text()));
                let keep = |p: &Option<Period>| values.period = p.unwrap_or(values.period);
                lexicons.period.meaning(cell, read).map(keep)
            }
            Slot::Scope => {
                let read = |b: &[u8]| judged(kind(), b).map(|v| Scope::parse(&v.to_text()));
                let keep = |s: &Option<Scope>| values.scope = s.unwrap_or(values.scope);
                lexicons.scope.meaning(cell, read).map(keep)
            }
            Slot::Status => {
                let read = |b: &[u8]| judged(kind(), b).map(|v| ObservationStatus::parse(&v.to_text()));
                let keep = |s: &Option<ObservationStatus>| values.status = s.unwrap_or(values.status);
                lexicons.status.meaning(cell, read).map(keep)
            }
            Slot::State => {
                let read = |b: &[u8]| judged(kind(), b).map(|v| ObservationState::parse(&v.to_text()));
                let keep = |s: &Option<ObservationState>| values.state = s.unwrap_or(values.state);
                lexicons.state.meaning(cell, read).map(keep)
            }
            Slot::MeasuredOn => {
                let day = |v: Value| if let Value::Date(d) = v { Some(d) } else { None };
                let read = |b: &[u8]| judged(kind(), b).map(day);
                lexicons.measured_on.meaning(cell, read).map(|d| values.measured_on = *d)
            }
        };
        if let Err(found) = result {
            fault(Fault::Cell(position, found, shown(cell)));
            good = false;
        }
        if !trimmed[position] && has_outer_space(cell) {
            trimmed[position] = true;
            fault(Fault::Trimmed(position, shown(cell)));
        }
    }
    for position in &layout.required {
        if cells.get(*position).is_none_or(|c| is_blank(c)) {
            fault(Fault::Cell(*position, CellFault::Required, String::new()));
            good = false;
        }
    }
    good
}

fn shown(cell: &[u8]) -> String {
    crate::read::shown(&String::from_utf8_lossy(cell))
}

/// A quick look at the ends: only a byte below `!` or above ASCII can begin or end white space.
fn has_outer_space(cell: &[u8]) -> bool {
    let suspicious = |b: Option<&u8>| b.is_some_and(|b| *b <= b' ' || *b >= 0x80);
    (suspicious(cell.first()) || suspicious(cell.last()))
        && std::str::from_utf8(cell).is_ok_and(|t| t.trim().len() != t.len() && !t.trim().is_empty())
}

/// Whether there is nothing but white space; a first sign in plain ASCII answers at once.
fn is_blank(cell: &[u8]) -> bool {
    cell.first().is_none_or(|b| *b <= b' ' || *b >= 0x80)
        && std::str::from_utf8(cell).is_ok_and(|t| t.trim().is_empty())
}

/// A cell through the general reader.
fn judged(kind: Option<CellKind>, cell: &[u8]) -> Result<Value, CellFault> {
    let Some(kind) = kind else { return Ok(Value::Null) };
    let text = std::str::from_utf8(cell).map_err(|_| CellFault::ControlCharacter)?;
    parse_cell(kind, Raw::Text(unguarded(kind, text)))
}

/// A whole number; ten digits in plain ASCII need no general reader.
fn whole(kind: Option<CellKind>, cell: &[u8]) -> Result<Option<i64>, CellFault> {
    if let Some(CellKind::Whole(low, high)) = kind
        && cell.len() <= 10
        && cell.iter().all(u8::is_ascii_digit)
    {
        let n = cell.iter().fold(0, |n, b| n * 10 + i64::from(b - b'0'));
        return if (low..=high).contains(&n) { Ok(Some(n)) } else { Err(CellFault::OutOfBounds(low, high)) };
    }
    judged(kind, cell).map(|v| if let Value::Whole(n) = v { Some(n) } else { None })
}

fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => Some(*n),
        _ => None,
    }
}
