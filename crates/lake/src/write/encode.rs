//! Encoding sorted rows as Parquet: row groups of about 128 000 rows that end where the place ends, each
//! encoded by its own thread, appended in order. Memory: one row group for each thread.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use model::{observations::Observations, order::same_key, value::Period};
use parquet::{
    arrow::ArrowSchemaConverter,
    errors::ParquetError,
    file::{
        metadata::{KeyValue, SortingColumn},
        properties::WriterProperties,
        writer::SerializedFileWriter,
    },
    schema::types::{SchemaDescPtr, SchemaDescriptor},
};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{columns::encode_group, pages::Chunk};
use crate::{
    LakeError,
    columns::{self, CHANGE, SORTED_BY},
    segment::{SCHEMA_VERSION, meta},
};

/// Rows that one thread judges before it takes the next ones.
const ROWS_AT_ONCE: usize = 1 << 16;

/// A Parquet file that is being written.
pub(crate) struct Encoder<W: Write + Send> {
    file: SerializedFileWriter<Watched<W>>,
    failure: Failure,
    schema: SchemaDescPtr,
    spans: Vec<[String; 4]>,
    last_key: Option<String>,
    unique: bool,
    n_rows: u64,
    rows_in_group: usize,
}

impl<W: Write + Send> Encoder<W> {
    /// Starts a file with row groups of at most so many rows.
    pub fn new(sink: W, rows_in_group: usize) -> Result<Self, LakeError> {
        let failure = Failure::default();
        let sink = Watched { sink, failure: failure.clone() };
        let schema = ArrowSchemaConverter::new().convert(&columns::schema()).map_err(|e| failure.or(e))?;
        let file = SerializedFileWriter::new(sink, schema.root_schema_ptr(), Arc::new(properties(&schema)))
            .map_err(|e| failure.or(e))?;
        Ok(Encoder {
            file,
            failure,
            schema: Arc::new(schema),
            spans: Vec::new(),
            last_key: None,
            unique: true,
            n_rows: 0,
            rows_in_group: rows_in_group.max(1),
        })
    }

    /// Appends rows in the order given, which is the order of a segment and continues what was appended before.
    pub fn append(&mut self, obs: &Observations, order: &[u32]) -> Result<(), LakeError> {
        check_periods(obs, order)?;
        self.note_keys(obs, order);
        let groups = cut(obs, order, self.rows_in_group);
        for wave in groups.chunks(rayon::current_num_threads().max(1)) {
            let schema = &self.schema;
            let encoded: Vec<Result<Vec<Chunk>, ParquetError>> =
                wave.par_iter().map(|rows| encode_group(schema, obs, rows)).collect();
            for (chunks, rows) in encoded.into_iter().zip(wave) {
                let failure = &self.failure;
                let mut group = self.file.next_row_group().map_err(|e| failure.or(e))?;
                for chunk in chunks.map_err(|e| failure.or(e))? {
                    group.append_column(&chunk.bytes, chunk.close).map_err(|e| failure.or(e))?;
                }
                group.close().map_err(|e| failure.or(e))?;
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
        self.unique &= order.par_windows(2).all(|w| !same_key(obs, w[0] as usize, w[1] as usize));
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

fn properties(schema: &SchemaDescriptor) -> WriterProperties {
    let index = |name: &&str| schema.columns().iter().position(|column| column.name() == *name);
    let sorted_by = SORTED_BY.iter().chain([&CHANGE]).filter_map(index);
    let sorting =
        sorted_by.map(|idx| SortingColumn { column_idx: idx as i32, descending: false, nulls_first: true }).collect();
    WriterProperties::builder()
        .set_created_by("ekistics".to_owned())
        .set_offset_index_disabled(true)
        .set_sorting_columns(Some(sorting))
        .build()
}

/// A period that does not read back equal would change its row's identity.
fn check_periods(obs: &Observations, order: &[u32]) -> Result<(), LakeError> {
    order.par_chunks(ROWS_AT_ONCE).try_for_each(|rows| {
        let mut last: Option<Period> = None;
        let mut known: FxHashSet<Period> = FxHashSet::default();
        for row in rows {
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
    })
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
        for n_bytes in [0, 10, 500, 1000, 1500] {
            let full = write(n_bytes);
            let told =
                matches!(&full, Err(LakeError::Io { source, .. }) if source.kind() == io::ErrorKind::StorageFull);
            assert!(told, "{n_bytes} bytes: {full:?}");
        }
    }
}
