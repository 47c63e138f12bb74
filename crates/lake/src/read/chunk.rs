//! One row group in memory: text as codes of its own small dictionary, numbers as Arrow arrays.

use std::{fs::File, ops::Range};

use arrow_array::{
    Array, ArrayRef, Date32Array, DictionaryArray, Float64Array, Int64Array, StringArray, types::Int32Type,
};
use model::{
    kinds::{ObservationState, ObservationStatus, Scope},
    value::Period,
};
use parquet::arrow::{ProjectionMask, arrow_reader::ParquetRecordBatchReaderBuilder};

use super::SegmentFile;
use crate::{LakeError, columns::CHANGE, error::at};

/// The text columns of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the columns")]
pub(crate) enum TextField {
    Indicator,
    Place,
    Period,
    Breakdown,
    Scope,
    Project,
    Entity,
    Stage,
    Status,
    State,
    Source,
    Evidence,
    Comment,
}

impl TextField {
    pub const ALL: [TextField; 13] = [
        TextField::Indicator,
        TextField::Place,
        TextField::Period,
        TextField::Breakdown,
        TextField::Scope,
        TextField::Project,
        TextField::Entity,
        TextField::Stage,
        TextField::Status,
        TextField::State,
        TextField::Source,
        TextField::Evidence,
        TextField::Comment,
    ];
    /// The natural key, in the order of the rows.
    pub const KEY: [TextField; 7] = [
        TextField::Indicator,
        TextField::Place,
        TextField::Period,
        TextField::Breakdown,
        TextField::Scope,
        TextField::Project,
        TextField::Entity,
    ];
    fn name(self) -> &'static str {
        match self {
            TextField::Indicator => "indicator",
            TextField::Place => "place",
            TextField::Period => "period",
            TextField::Breakdown => "breakdown",
            TextField::Scope => "scope",
            TextField::Project => "project",
            TextField::Entity => "entity",
            TextField::Stage => "stage",
            TextField::Status => "status",
            TextField::State => "state",
            TextField::Source => "source",
            TextField::Evidence => "evidence",
            TextField::Comment => "comment",
        }
    }
}

/// The number columns of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named like the columns")]
pub(crate) enum NumberField {
    Value,
    Numerator,
    Denominator,
    StandardError,
}

impl NumberField {
    const ALL: [(NumberField, &'static str); 4] = [
        (NumberField::Value, "value"),
        (NumberField::Numerator, "numerator"),
        (NumberField::Denominator, "denominator"),
        (NumberField::StandardError, "standard_error"),
    ];
}

/// Which columns a question needs beside the natural key and the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fields {
    /// Every column.
    All,
    /// Status and the three numbers that are rolled up.
    RolledUp,
}

impl Fields {
    fn wants(self, name: &str) -> bool {
        match self {
            Fields::All => !matches!(name, crate::columns::PERIOD_START | crate::columns::PERIOD_END),
            Fields::RolledUp => {
                matches!(name, "status" | "value" | "numerator" | "denominator" | CHANGE)
                    || TextField::KEY.iter().any(|f| f.name() == name)
            }
        }
    }
}

/// A text column as codes. Code 0 is the empty text.
#[derive(Debug)]
pub(crate) struct TextColumn {
    values: StringArray,
    codes: Codes,
}

#[derive(Debug)]
enum Codes {
    /// Every row has this code.
    Same(u32),
    /// One code a row.
    Each(Vec<u32>),
}

impl TextColumn {
    fn absent() -> Self {
        TextColumn { values: StringArray::from(Vec::<&str>::new()), codes: Codes::Same(0) }
    }
    fn read(array: &ArrayRef) -> Option<Self> {
        let array = array.as_any().downcast_ref::<DictionaryArray<Int32Type>>()?;
        let values = array.values().as_any().downcast_ref::<StringArray>()?.clone();
        let keys = array.keys();
        let n_null = keys.null_count();
        let codes = if n_null == keys.len() {
            Codes::Same(0)
        } else if n_null == 0 {
            let first = keys.value(0);
            if keys.values().iter().all(|k| *k == first) {
                Codes::Same(first as u32 + 1)
            } else {
                Codes::Each(keys.values().iter().map(|k| *k as u32 + 1).collect())
            }
        } else {
            Codes::Each((0..keys.len()).map(|i| if keys.is_null(i) { 0 } else { keys.value(i) as u32 + 1 }).collect())
        };
        Some(TextColumn { values, codes })
    }
    /// The code of a row.
    #[inline]
    pub fn code(&self, row: usize) -> u32 {
        match &self.codes {
            Codes::Same(code) => *code,
            Codes::Each(codes) => codes[row],
        }
    }
    /// The codes of all rows, unless they are all the same.
    pub fn each(&self) -> Option<&[u32]> {
        match &self.codes {
            Codes::Same(_) => None,
            Codes::Each(codes) => Some(codes),
        }
    }
    /// The text of a code.
    pub fn text(&self, code: u32) -> &str {
        match code {
            0 => "",
            code => self.values.value(code as usize - 1),
        }
    }
    /// The texts in order of their codes; the first is empty.
    pub fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.values.len() + 1).map(|code| self.text(code as u32))
    }
}

/// One row group, or the columns of it that are needed.
#[derive(Debug)]
pub(crate) struct Chunk {
    pub n_rows: usize,
    text: [TextColumn; 13],
    numbers: [Option<Float64Array>; 4],
    sample_size: Option<Int64Array>,
    measured_on: Option<Date32Array>,
    /// `None` when every row belongs to the segment's change.
    changes: Option<Int64Array>,
    segment_change: u64,
    /// By code of the period column.
    pub periods: Vec<Option<Period>>,
    /// By code of the scope column.
    pub scopes: Vec<Option<Scope>>,
    /// By code of the status column.
    pub statuses: Vec<Option<ObservationStatus>>,
    /// By code of the state column.
    pub states: Vec<Option<ObservationState>>,
}

impl Chunk {
    /// Reads a row group of a segment that was registered by `segment_change`.
    pub fn read(file: &SegmentFile, group: usize, fields: Fields, segment_change: u64) -> Result<Chunk, LakeError> {
        let damaged = |detail: String| LakeError::Damaged { id: file.id.clone(), detail };
        let handle = File::open(&file.path).map_err(at(&file.path))?;
        let n_rows = file.groups.get(group).map_or(0, |g| g.n_rows);
        let schema = file.arrow.schema();
        let wanted = schema.fields().iter().enumerate().filter(|(_, f)| fields.wants(f.name())).map(|(i, _)| i);
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(handle, file.arrow.clone());
        let mask = ProjectionMask::roots(builder.parquet_schema(), wanted);
        let mut reader = builder
            .with_projection(mask)
            .with_row_groups(vec![group])
            .with_batch_size(n_rows.max(1))
            .build()
            .map_err(|e| damaged(e.to_string()))?;
        let batch = match reader.next() {
            Some(batch) => batch.map_err(|e| damaged(e.to_string()))?,
            None => return Err(damaged(format!("row group {group} is empty"))),
        };
        if batch.num_rows() != n_rows {
            return Err(damaged(format!("row group {group} has {} rows instead of {n_rows}", batch.num_rows())));
        }

        let column = |name: &str| batch.column_by_name(name);
        let mut chunk = Chunk {
            n_rows,
            text: std::array::from_fn(|_| TextColumn::absent()),
            numbers: [None, None, None, None],
            sample_size: column("sample_size").and_then(|a| a.as_any().downcast_ref().cloned()),
            measured_on: column("measured_on").and_then(|a| a.as_any().downcast_ref().cloned()),
            changes: column(CHANGE)
                .and_then(|a| a.as_any().downcast_ref::<Int64Array>().cloned())
                .filter(|a| a.null_count() < a.len()),
            segment_change,
            periods: Vec::new(),
            scopes: Vec::new(),
            statuses: Vec::new(),
            states: Vec::new(),
        };
        for field in TextField::ALL {
            if let Some(array) = column(field.name()) {
                chunk.text[field as usize] = TextColumn::read(array)
                    .ok_or_else(|| damaged(format!("the column {} is not text", field.name())))?;
            }
        }
        for (field, name) in NumberField::ALL {
            chunk.numbers[field as usize] = column(name).and_then(|a| a.as_any().downcast_ref().cloned());
        }
        chunk.periods = chunk.text(TextField::Period).texts().map(Period::parse).collect();
        chunk.scopes = chunk.text(TextField::Scope).texts().map(Scope::parse).collect();
        chunk.statuses = chunk.text(TextField::Status).texts().map(ObservationStatus::parse).collect();
        chunk.states = chunk.text(TextField::State).texts().map(ObservationState::parse).collect();
        // Codes are used as they are below, so each of these must mean something; code 0 must not occur.
        for (field, known) in [
            (TextField::Period, chunk.periods.iter().skip(1).all(Option::is_some)),
            (TextField::Scope, chunk.scopes.iter().skip(1).all(Option::is_some)),
            (TextField::Status, chunk.statuses.iter().skip(1).all(Option::is_some)),
            (TextField::State, chunk.states.iter().skip(1).all(Option::is_some)),
        ] {
            if !known {
                return Err(damaged(format!("the column {} holds a code that is none", field.name())));
            }
        }
        Ok(chunk)
    }

    /// A text column; empty texts when it was not read.
    #[inline]
    pub fn text(&self, field: TextField) -> &TextColumn {
        &self.text[field as usize]
    }
    /// A number; `None` when there is none or when the column was not read.
    #[inline]
    pub fn number(&self, field: NumberField, row: usize) -> Option<f64> {
        self.numbers[field as usize].as_ref().filter(|a| a.is_valid(row)).map(|a| a.value(row))
    }
    /// Units observed.
    pub fn sample_size(&self, row: usize) -> Option<i64> {
        self.sample_size.as_ref().filter(|a| a.is_valid(row)).map(|a| a.value(row))
    }
    /// Day of measurement.
    pub fn measured_on(&self, row: usize) -> Option<jiff::civil::Date> {
        self.measured_on.as_ref().filter(|a| a.is_valid(row)).and_then(|a| crate::write::day_of(a.value(row)))
    }
    /// The change that recorded a row.
    #[inline]
    pub fn change(&self, row: usize) -> u64 {
        match &self.changes {
            None => self.segment_change,
            Some(changes) if changes.is_null(row) => self.segment_change,
            Some(changes) => match changes.value(row) {
                0 => self.segment_change,
                change => change.unsigned_abs(),
            },
        }
    }
    /// The period of a row.
    #[inline]
    pub fn period(&self, row: usize) -> Option<Period> {
        self.periods.get(self.text(TextField::Period).code(row) as usize).copied().flatten()
    }

    /// Indicator and place of a row.
    pub fn prefix(&self, row: usize) -> (&str, &str) {
        let (indicator, place) = (self.text(TextField::Indicator), self.text(TextField::Place));
        (indicator.text(indicator.code(row)), place.text(place.code(row)))
    }

    /// The rows from `low` (included) to `high` (not included), by indicator and place.
    pub fn between(&self, low: Option<(&str, &str)>, high: Option<(&str, &str)>) -> Range<usize> {
        let before = |limit: (&str, &str)| partition_point(self.n_rows, |row| self.prefix(row) < limit);
        low.map_or(0, before)..high.map_or(self.n_rows, before)
    }

    /// Whether a row and a row of another chunk have one natural key.
    pub fn same_key(&self, row: usize, other: &Chunk, other_row: usize) -> bool {
        TextField::KEY.into_iter().all(|field| {
            let (a, b) = (self.text(field), other.text(field));
            a.text(a.code(row)) == b.text(b.code(other_row))
        })
    }
}

/// The first index for which `before` is false; `before` holds up to there.
fn partition_point(n: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, n);
    while low < high {
        let mid = low + (high - low) / 2;
        if before(mid) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    low
}
