//! Encoding sorted rows as Parquet: row groups of about 128 000 rows that end where the place ends, each
//! encoded by its own thread, appended in order. Memory: one row group for each thread.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use arrow_array::{
    ArrayRef, Date32Array, DictionaryArray, Float64Array, Int32Array, Int64Array, StringArray, types::Int32Type,
};
use arrow_schema::SchemaRef;
use jiff::civil::{Date, date};
use model::{observations::Observations, order::same_key, value::Period};
use parquet::{
    arrow::{
        ArrowWriter,
        arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, ArrowWriterOptions, compute_leaves},
    },
    basic::Compression,
    errors::ParquetError,
    file::{
        metadata::{KeyValue, SortingColumn},
        properties::{EnabledStatistics, WriterProperties},
        writer::SerializedFileWriter,
    },
    schema::types::ColumnPath,
};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    LakeError,
    columns::{self, CHANGE, PERIOD_END, PERIOD_START, SORTED_BY},
    segment::{SCHEMA_VERSION, meta},
};

/// A Parquet file that is being written.
pub(crate) struct Encoder<W: Write + Send> {
    file: SerializedFileWriter<Watched<W>>,
    failure: Failure,
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    spans: Vec<[String; 4]>,
    last_key: Option<String>,
    unique: bool,
    n_rows: u64,
    n_groups: usize,
    rows_in_group: usize,
}

impl<W: Write + Send> Encoder<W> {
    /// Starts a file with row groups of at most so many rows.
    pub fn new(sink: W, rows_in_group: usize) -> Result<Self, LakeError> {
        let schema = columns::with_dictionaries(&columns::schema());
        // Without the Arrow schema in its metadata the file says of itself what every reader must see: text is text.
        let options = ArrowWriterOptions::new().with_properties(properties(&schema)).with_skip_arrow_metadata(true);
        let failure = Failure::default();
        let sink = Watched { sink, failure: failure.clone() };
        let writer = ArrowWriter::try_new_with_options(sink, schema.clone(), options).map_err(|e| failure.or(e))?;
        let (file, factory) = writer.into_serialized_writer().map_err(|e| failure.or(e))?;
        Ok(Encoder {
            file,
            failure,
            factory,
            schema,
            spans: Vec::new(),
            last_key: None,
            unique: true,
            n_rows: 0,
            n_groups: 0,
            rows_in_group: rows_in_group.max(1),
        })
    }

    /// Appends rows in the order given, which is the order of a segment and continues what was appended before.
    pub fn append(&mut self, obs: &Observations, order: &[u32]) -> Result<(), LakeError> {
        check_periods(obs, order)?;
        self.note_keys(obs, order);
        let groups = cut(obs, order, self.rows_in_group);
        for wave in groups.chunks(rayon::current_num_threads().max(1)) {
            let first_group = self.n_groups;
            let (factory, schema) = (&self.factory, &self.schema);
            let encoded: Vec<Result<Vec<ArrowColumnChunk>, ParquetError>> = wave
                .par_iter()
                .enumerate()
                .map(|(i, rows)| encode_group(factory, schema, first_group + i, obs, rows))
                .collect();
            for (chunks, rows) in encoded.into_iter().zip(wave) {
                let failure = &self.failure;
                let mut group = self.file.next_row_group().map_err(|e| failure.or(e))?;
                for chunk in chunks.map_err(|e| failure.or(e))? {
                    chunk.append_to_row_group(&mut group).map_err(|e| failure.or(e))?;
                }
                group.close().map_err(|e| failure.or(e))?;
                self.n_groups += 1;
                self.n_rows += rows.len() as u64;
                if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
                    let (first, last) = (obs.row(*first as usize), obs.row(*last as usize));
                    self.spans
                        .push([first.indicator(), first.place(), last.indicator(), last.place()].map(str::to_owned));
                }
            }
        }
        Ok(())
    }

    /// Writes the footer; the sink and the number of rows.
    pub fn finish(mut self) -> Result<(W, u64), LakeError> {
        let spans = serde_json::to_string(&self.spans).map_err(|e| LakeError::Encode(e.to_string()))?;
        for (name, value) in [
            (meta::TABLE, "observations".to_owned()),
            (meta::VERSION, SCHEMA_VERSION.to_string()),
            (meta::SPANS, spans),
            (meta::UNIQUE, self.unique.to_string()),
        ] {
            self.file.append_key_value_metadata(KeyValue::new(name.to_owned(), value));
        }
        let n_rows = self.n_rows;
        let watched = self.file.into_inner().map_err(|e| self.failure.or(e))?;
        Ok((watched.sink, n_rows))
    }

    /// Remembers whether a key came twice, also across two calls.
    fn note_keys(&mut self, obs: &Observations, order: &[u32]) {
        let (Some(first), Some(last)) = (order.first(), order.last()) else { return };
        self.unique &= self.last_key.as_deref() != Some(&obs.row(*first as usize).id());
        self.unique &= order.windows(2).all(|w| !same_key(obs, w[0] as usize, w[1] as usize));
        self.last_key = Some(obs.row(*last as usize).id());
    }
}

/// The first failure of a sink. The encoder turns some of them into text, but a full disk must be told from
/// a bad row.
#[derive(Clone, Default)]
struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    fn keep(&self, error: &io::Error) {
        let copy = error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(copy);
    }
    /// The sink's failure if there was one, else the encoder's own.
    fn or(&self, error: ParquetError) -> LakeError {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).take() {
            Some(source) => LakeError::Io { path: "segment".into(), source },
            None => LakeError::Encode(error.to_string()),
        }
    }
}

/// A sink whose failure is remembered.
struct Watched<W> {
    sink: W,
    failure: Failure,
}

impl<W: Write> Write for Watched<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.sink.write(bytes).inspect_err(|e| self.failure.keep(e))
    }
    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush().inspect_err(|e| self.failure.keep(e))
    }
}

fn properties(schema: &SchemaRef) -> WriterProperties {
    let sorted_by = SORTED_BY.iter().chain([&CHANGE]).filter_map(|name| schema.index_of(name).ok());
    let sorting =
        sorted_by.map(|idx| SortingColumn { column_idx: idx as i32, descending: false, nulls_first: true }).collect();
    let mut properties = WriterProperties::builder()
        .set_created_by("ekistics".to_owned())
        .set_compression(Compression::SNAPPY)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_offset_index_disabled(true)
        // Entities and projects can be as many as rows; as plain text they would have to be hashed again on reading.
        .set_dictionary_page_size_limit(8 << 20)
        .set_sorting_columns(Some(sorting));
    for number in ["value", "numerator", "denominator", "standard_error"] {
        // Measured numbers rarely repeat.
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(number), false);
    }
    properties.build()
}

/// A period that does not read back equal would change its row's identity.
fn check_periods(obs: &Observations, order: &[u32]) -> Result<(), LakeError> {
    let mut last: Option<Period> = None;
    let mut known: FxHashSet<Period> = FxHashSet::default();
    for row in order {
        let period = obs.period[*row as usize];
        if last != Some(period) && known.insert(period) {
            let text = period.to_string();
            if Period::parse(&text) != Some(period) {
                return Err(LakeError::PeriodWithoutText { row_idx: *row as usize, period: text });
            }
        }
        last = Some(period);
    }
    Ok(())
}

/// Cuts rows into groups that end with a place where they can, so that a place is not read twice when the
/// work is parted between threads.
fn cut<'a>(obs: &Observations, order: &'a [u32], rows_in_group: usize) -> Vec<&'a [u32]> {
    let mut groups = Vec::new();
    let mut rest = order;
    while !rest.is_empty() {
        let at = if rest.len() <= rows_in_group {
            rest.len()
        } else {
            let changes = |i: &usize| {
                let (a, b) = (rest[*i - 1] as usize, rest[*i] as usize);
                obs.place[a] != obs.place[b] || obs.indicator[a] != obs.indicator[b]
            };
            (rows_in_group.div_ceil(2)..=rows_in_group).rev().find(changes).unwrap_or(rows_in_group)
        };
        let (group, after) = rest.split_at(at);
        groups.push(group);
        rest = after;
    }
    groups
}

fn encode_group(
    factory: &ArrowRowGroupWriterFactory,
    schema: &SchemaRef,
    group: usize,
    obs: &Observations,
    rows: &[u32],
) -> Result<Vec<ArrowColumnChunk>, ParquetError> {
    let writers = factory.create_column_writers(group)?;
    let mut chunks = Vec::with_capacity(writers.len());
    for (field, mut writer) in schema.fields().iter().zip(writers) {
        let column = column(obs, field.name(), rows)
            .ok_or_else(|| ParquetError::General(format!("the column {} has no writer", field.name())))?;
        for leaf in compute_leaves(field, &column)? {
            writer.write(&leaf)?;
        }
        chunks.push(writer.close()?);
    }
    Ok(chunks)
}

/// One column of the rows as an Arrow array; `None` for a name that is none of ours.
fn column(obs: &Observations, name: &str, rows: &[u32]) -> Option<ArrayRef> {
    let text = |codes: &[u32]| -> ArrayRef { texts(obs, codes, rows) };
    let number = |values: &[Option<f64>]| -> ArrayRef {
        Arc::new(Float64Array::from_iter(rows.iter().map(|r| values[*r as usize])))
    };
    let codes = |code: fn(&Observations, usize) -> &'static str| -> ArrayRef { listed(obs, rows, code) };
    Some(match name {
        "indicator" => text(&obs.indicator),
        "place" => text(&obs.place),
        "period" => periods(obs, rows),
        PERIOD_START => period_days(obs, rows, Period::starts_on),
        PERIOD_END => period_days(obs, rows, Period::ends_on),
        "breakdown" => text(&obs.breakdown),
        "scope" => codes(|o, r| o.scope[r].as_str()),
        "project" => text(&obs.project),
        "entity" => text(&obs.entity),
        "stage" => text(&obs.stage),
        "value" => number(&obs.value),
        "numerator" => number(&obs.numerator),
        "denominator" => number(&obs.denominator),
        "standard_error" => number(&obs.standard_error),
        "sample_size" => Arc::new(Int64Array::from_iter(rows.iter().map(|r| obs.sample_size[*r as usize]))),
        "status" => codes(|o, r| o.status[r].as_str()),
        "state" => codes(|o, r| o.state[r].as_str()),
        "source" => text(&obs.source),
        "evidence" => text(&obs.evidence),
        "measured_on" => {
            Arc::new(Date32Array::from_iter(rows.iter().map(|r| obs.measured_on[*r as usize].map(day_number))))
        }
        "comment" => text(&obs.comment),
        CHANGE => Arc::new(Int64Array::from_iter(rows.iter().map(|r| match obs.change[*r as usize] {
            0 => None,
            change => i64::try_from(change).ok(),
        }))),
        _ => return None,
    })
}

/// A text column: the row group's own small dictionary; the empty text is null.
fn texts(obs: &Observations, codes: &[u32], rows: &[u32]) -> ArrayRef {
    let mut local: FxHashMap<u32, i32> = FxHashMap::default();
    let mut values: Vec<&str> = Vec::new();
    let mut last = (0u32, None);
    let keys: Int32Array = rows
        .iter()
        .map(|row| {
            let code = codes[*row as usize];
            if code == 0 {
                return None;
            }
            if code != last.0 {
                let key = *local.entry(code).or_insert_with(|| {
                    values.push(obs.dict.text(code));
                    values.len() as i32 - 1
                });
                last = (code, Some(key));
            }
            last.1
        })
        .collect();
    dictionary(keys, values)
}

/// A column of a code list.
fn listed(obs: &Observations, rows: &[u32], code: fn(&Observations, usize) -> &'static str) -> ArrayRef {
    let mut values: Vec<&str> = Vec::new();
    let keys: Int32Array = rows
        .iter()
        .map(|row| {
            let text = code(obs, *row as usize);
            let at = values.iter().position(|v| *v == text).unwrap_or_else(|| {
                values.push(text);
                values.len() - 1
            });
            Some(at as i32)
        })
        .collect();
    dictionary(keys, values)
}

fn periods(obs: &Observations, rows: &[u32]) -> ArrayRef {
    let mut local: FxHashMap<Period, i32> = FxHashMap::default();
    let mut values: Vec<String> = Vec::new();
    let keys: Int32Array = rows
        .iter()
        .map(|row| {
            let period = obs.period[*row as usize];
            Some(*local.entry(period).or_insert_with(|| {
                values.push(period.to_string());
                values.len() as i32 - 1
            }))
        })
        .collect();
    dictionary(keys, values.iter().map(String::as_str).collect())
}

fn dictionary(keys: Int32Array, values: Vec<&str>) -> ArrayRef {
    Arc::new(DictionaryArray::<Int32Type>::new(keys, Arc::new(StringArray::from(values))))
}

fn period_days(obs: &Observations, rows: &[u32], day: fn(Period) -> Date) -> ArrayRef {
    let mut known: FxHashMap<Period, i32> = FxHashMap::default();
    Arc::new(Date32Array::from_iter_values(rows.iter().map(|row| {
        let period = obs.period[*row as usize];
        *known.entry(period).or_insert_with(|| day_number(day(period)))
    })))
}

/// Days since 1970-01-01.
fn day_number(day: Date) -> i32 {
    day.since(date(1970, 1, 1)).map_or(0, |span| span.get_days())
}

/// The day of a number of days since 1970-01-01; `None` outside of the calendar.
pub(crate) fn day_of(days: i32) -> Option<Date> {
    date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use model::{kinds::Scope, observations::NewRow};

    use super::*;

    /// A disk with room for so many bytes.
    struct SmallDisk(usize);

    impl Write for SmallDisk {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if bytes.len() > self.0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.0 -= bytes.len();
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_full_disk_is_told_from_a_bad_row() {
        let mut obs = Observations::default();
        obs.push(&NewRow::new("I", "KEN", Period::year(2016), Scope::Global, Some(1.0)));
        let write = |n_bytes: usize| -> Result<u64, LakeError> {
            let mut encoder = Encoder::new(SmallDisk(n_bytes), 10)?;
            encoder.append(&obs, &[0])?;
            Ok(encoder.finish()?.1)
        };
        assert_eq!(write(100_000).ok(), Some(1));
        for n_bytes in [0, 10, 500, 1500, 2500] {
            let full = write(n_bytes);
            let told =
                matches!(&full, Err(LakeError::Io { source, .. }) if source.kind() == io::ErrorKind::StorageFull);
            assert!(told, "{n_bytes} bytes: {full:?}");
        }
    }
}
