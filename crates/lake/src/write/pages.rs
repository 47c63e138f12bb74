//! Finished column chunks: a dictionary page and a page of keys, or a page of plain values.
//!
//! The rows are codes already when they come here. The crate's own writer takes texts and would look each of them up
//! in a dictionary once more, which costs more than everything else about a segment; its page writer takes pages as
//! they are.

use bytes::Bytes;
use parquet::{
    basic::{Compression, Encoding, Type},
    column::{
        page::{CompressedPage, Page, PageWriter},
        writer::ColumnCloseResult,
    },
    data_type::ByteArray,
    errors::{ParquetError, Result},
    file::{
        metadata::ColumnChunkMetaData,
        statistics::Statistics,
        writer::{SerializedPageWriter, TrackedWrite},
    },
    schema::types::ColumnDescPtr,
};

use super::hybrid;

/// The key of a row that has no value.
pub(super) const NULL: u32 = u32::MAX;

/// Bytes of a text beyond which it is no bound of a chunk: readers compare bounds, nobody wants to read a novel there.
const MOST_BOUND_BYTES: usize = 64;

/// One column of one row group, ready to be appended.
pub(super) struct Chunk {
    pub bytes: Bytes,
    pub close: ColumnCloseResult,
}

/// The distinct values of a chunk in the format's plain encoding, and their bounds.
pub(super) struct Values {
    n_values: usize,
    plain: Vec<u8>,
    bounds: Bounds,
}

enum Bounds {
    None,
    Text(Vec<u8>, Vec<u8>),
    Days(i32, i32),
}

impl Values {
    pub fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut n_values, mut plain) = (0, Vec::new());
        let mut bounds: Option<(&str, &str)> = None;
        for text in texts {
            n_values += 1;
            plain.extend_from_slice(&(text.len() as u32).to_le_bytes());
            plain.extend_from_slice(text.as_bytes());
            bounds = Some(bounds.map_or((text, text), |(low, high)| (low.min(text), high.max(text))));
        }
        let bounds = match bounds {
            Some((low, high)) if low.len().max(high.len()) <= MOST_BOUND_BYTES => {
                Bounds::Text(low.as_bytes().to_vec(), high.as_bytes().to_vec())
            }
            _ => Bounds::None,
        };
        Values { n_values, plain, bounds }
    }
    /// Days since 1970-01-01.
    pub fn days(days: &[i32]) -> Self {
        let bounds = days.iter().min().zip(days.iter().max()).map_or(Bounds::None, |(a, b)| Bounds::Days(*a, *b));
        Values { n_values: days.len(), plain: days.iter().flat_map(|d| d.to_le_bytes()).collect(), bounds }
    }
}

/// A chunk of rows none of which has a value.
pub(super) fn absent(column: &ColumnDescPtr, n_rows: usize) -> Result<Chunk> {
    let mut data = Vec::new();
    put_presence(&mut data, true, n_rows, std::iter::empty(), n_rows);
    let mut pages = Pages::new(column);
    pages.data(data, n_rows, Encoding::PLAIN)?;
    pages.finish(n_rows, no_bounds(column, n_rows))
}

/// A chunk of keys into a dictionary; [`NULL`] for no value.
pub(super) fn coded(column: &ColumnDescPtr, keys: &[u32], values: &Values) -> Result<Chunk> {
    let nullable = column.max_def_level() > 0;
    let n_nulls = if nullable { keys.iter().filter(|k| **k == NULL).count() } else { 0 };
    if n_nulls == keys.len() {
        return absent(column, keys.len());
    }
    let mut data = Vec::new();
    put_presence(&mut data, nullable, n_nulls, keys.iter().map(|k| *k != NULL), keys.len());
    let mut pages = Pages::new(column);
    let width = hybrid::width_of(values.n_values.saturating_sub(1) as u32);
    data.push(width);
    match n_nulls {
        0 => hybrid::put(&mut data, keys, width),
        _ => hybrid::put(&mut data, &keys.iter().copied().filter(|k| *k != NULL).collect::<Vec<_>>(), width),
    }
    pages.dictionary(values)?;
    pages.data(data, keys.len(), Encoding::RLE_DICTIONARY)?;
    pages.finish(keys.len(), statistics(column, &values.bounds, n_nulls))
}

/// A chunk of eight-byte values; without statistics but for the count of nulls, because numbers of different
/// indicators have no bounds in common worth knowing.
pub(super) fn plain<T: Copy>(column: &ColumnDescPtr, rows: &[Option<T>], bytes: fn(T) -> [u8; 8]) -> Result<Chunk> {
    let n_nulls = rows.iter().filter(|v| v.is_none()).count();
    let mut data = Vec::with_capacity(8 * (rows.len() - n_nulls) + 16);
    put_presence(&mut data, true, n_nulls, rows.iter().map(Option::is_some), rows.len());
    rows.iter().flatten().for_each(|v| data.extend_from_slice(&bytes(*v)));
    let mut pages = Pages::new(column);
    pages.data(data, rows.len(), Encoding::PLAIN)?;
    pages.finish(rows.len(), no_bounds(column, n_nulls))
}

/// The definition levels: which rows have a value.
fn put_presence(
    data: &mut Vec<u8>,
    nullable: bool,
    n_nulls: usize,
    present: impl Iterator<Item = bool>,
    n_rows: usize,
) {
    if !nullable {
        return;
    }
    data.extend_from_slice(&[0; 4]);
    let from = data.len();
    match n_nulls {
        0 => hybrid::put_run(data, 1, n_rows, 1),
        _ if n_nulls == n_rows => hybrid::put_run(data, 0, n_rows, 1),
        _ => hybrid::put(data, &present.map(u32::from).collect::<Vec<_>>(), 1),
    }
    let n_bytes = (data.len() - from) as u32;
    data[from - 4..from].copy_from_slice(&n_bytes.to_le_bytes());
}

fn statistics(column: &ColumnDescPtr, bounds: &Bounds, n_nulls: usize) -> Statistics {
    match bounds {
        Bounds::Days(low, high) => Statistics::int32(Some(*low), Some(*high), None, Some(n_nulls as u64), false),
        Bounds::Text(low, high) => {
            let bound = |text: &[u8]| Some(ByteArray::from(text.to_vec()));
            Statistics::byte_array(bound(low), bound(high), None, Some(n_nulls as u64), false)
        }
        Bounds::None => no_bounds(column, n_nulls),
    }
}

/// Statistics of how many rows have no value.
fn no_bounds(column: &ColumnDescPtr, n_nulls: usize) -> Statistics {
    let n_nulls = Some(n_nulls as u64);
    match column.physical_type() {
        Type::DOUBLE => Statistics::double(None, None, None, n_nulls, false),
        Type::INT64 => Statistics::int64(None, None, None, n_nulls, false),
        Type::INT32 => Statistics::int32(None, None, None, n_nulls, false),
        _ => Statistics::byte_array(None, None, None, n_nulls, false),
    }
}

/// The pages of one chunk, one after the other.
struct Pages<'a> {
    column: &'a ColumnDescPtr,
    sink: TrackedWrite<Vec<u8>>,
    dictionary_at: Option<u64>,
    data_at: u64,
    encodings: Vec<Encoding>,
    n_uncompressed: usize,
}

impl<'a> Pages<'a> {
    fn new(column: &'a ColumnDescPtr) -> Self {
        // RLE is that of the definition levels.
        let encodings = vec![Encoding::RLE];
        let sink = TrackedWrite::new(Vec::new());
        Pages { column, sink, dictionary_at: None, data_at: 0, encodings, n_uncompressed: 0 }
    }
    fn dictionary(&mut self, values: &Values) -> Result<()> {
        self.encodings.push(Encoding::PLAIN);
        let (buf, n) = (compressed(&values.plain)?, values.plain.len());
        let num_values = values.n_values as u32;
        let page = Page::DictionaryPage { buf, num_values, encoding: Encoding::PLAIN, is_sorted: false };
        self.dictionary_at = Some(self.put(page, n)?);
        Ok(())
    }
    fn data(&mut self, data: Vec<u8>, n_rows: usize, encoding: Encoding) -> Result<()> {
        self.encodings.push(encoding);
        let page = Page::DataPage {
            buf: compressed(&data)?,
            num_values: n_rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        self.data_at = self.put(page, data.len())?;
        Ok(())
    }
    fn put(&mut self, page: Page, n_uncompressed: usize) -> Result<u64> {
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(CompressedPage::new(page, n_uncompressed))?;
        self.n_uncompressed += spec.uncompressed_size;
        Ok(spec.offset)
    }
    fn finish(self, n_rows: usize, statistics: Statistics) -> Result<Chunk> {
        let bytes = Bytes::from(self.sink.into_inner()?);
        let metadata = ColumnChunkMetaData::builder(self.column.clone())
            .set_compression(Compression::SNAPPY)
            .set_encodings(self.encodings)
            .set_num_values(n_rows as i64)
            .set_total_compressed_size(bytes.len() as i64)
            .set_total_uncompressed_size(self.n_uncompressed as i64)
            .set_dictionary_page_offset(self.dictionary_at.map(|at| at as i64))
            .set_data_page_offset(self.data_at as i64)
            .set_statistics(statistics)
            .build()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: n_rows as u64,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(Chunk { bytes, close })
    }
}

/// The page's bytes in the codec of a segment. A page's header counts its bytes in 32 bits with a sign.
fn compressed(bytes: &[u8]) -> Result<Bytes> {
    if bytes.len() > i32::MAX as usize {
        return Err(ParquetError::General(format!("a column of one row group holds {} bytes", bytes.len())));
    }
    let packed = snap::raw::Encoder::new().compress_vec(bytes);
    packed.map(Bytes::from).map_err(|e| ParquetError::External(Box::new(e)))
}
