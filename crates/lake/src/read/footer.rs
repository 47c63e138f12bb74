//! The footer of a segment: its row groups, what they span, and whether this program can read it.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use model::value::Period;
use parquet::{
    arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions},
    file::{
        metadata::{ColumnChunkMetaData, ParquetMetaData},
        statistics::Statistics,
    },
};

use crate::{
    LakeError, SegmentId,
    columns::{self, CHANGE, PERIOD_END, PERIOD_START},
    error::at,
    segment::{SCHEMA_VERSION, meta},
    write::day_of,
};

/// Indicator and place: the first two columns of the order.
pub(crate) type Prefix = (String, String);

/// What a row group holds, known without reading it.
#[derive(Clone, Debug)]
pub(crate) struct GroupSpan {
    /// Indicator and place of the first row.
    pub first: Prefix,
    /// Indicator and place of the last row.
    pub last: Prefix,
    /// Months that the periods span: the first one, and the one after the last; `None` without statistics.
    pub months: Option<Period>,
    /// How many rows.
    pub n_rows: usize,
}

/// A segment whose footer was read.
#[derive(Debug)]
pub(crate) struct SegmentFile {
    pub id: SegmentId,
    pub path: PathBuf,
    pub arrow: ArrowReaderMetadata,
    pub groups: Vec<GroupSpan>,
    /// No natural key occurs twice.
    pub unique: bool,
    /// Some rows carry the number of their own change.
    pub own_changes: bool,
}

impl SegmentFile {
    pub fn open(id: &SegmentId, path: &Path) -> Result<Self, LakeError> {
        let damaged = |detail: String| LakeError::Damaged { id: id.clone(), detail };
        let file = File::open(path).map_err(at(path))?;
        let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let plain = ArrowReaderMetadata::load(&file, options.clone()).map_err(|e| damaged(e.to_string()))?;
        let schema = columns::with_dictionaries(plain.schema());
        let footer = plain.metadata().clone();
        let arrow = ArrowReaderMetadata::try_new(footer.clone(), options.with_schema(schema))
            .map_err(|e| damaged(e.to_string()))?;

        let version: i64 = text(&footer, meta::VERSION).and_then(|v| v.parse().ok()).unwrap_or(0);
        if version > SCHEMA_VERSION {
            return Err(LakeError::NewerSchema { id: id.clone(), found: version, known: SCHEMA_VERSION });
        }
        let spans: Vec<[String; 4]> = text(&footer, meta::SPANS)
            .and_then(|json| serde_json::from_str(json).ok())
            .filter(|spans: &Vec<_>| version > 0 && spans.len() == footer.num_row_groups())
            .ok_or_else(|| damaged("it does not say what its row groups hold".to_owned()))?;
        let groups = spans
            .into_iter()
            .zip(footer.row_groups())
            .map(|([a, b, c, d], group)| GroupSpan {
                first: (a, b),
                last: (c, d),
                months: months(&footer, group.columns()),
                n_rows: usize::try_from(group.num_rows()).unwrap_or(0),
            })
            .collect();
        let unique = text(&footer, meta::UNIQUE) == Some("true");
        let own_changes = footer.row_groups().iter().any(|group| !all_null(&footer, group.columns(), CHANGE));
        Ok(SegmentFile { id: id.clone(), path: path.to_owned(), arrow, groups, unique, own_changes })
    }
}

fn text<'a>(footer: &'a ParquetMetaData, name: &str) -> Option<&'a str> {
    let pairs = footer.file_metadata().key_value_metadata()?;
    pairs.iter().find(|pair| pair.key == name).and_then(|pair| pair.value.as_deref())
}

/// The months between the smallest start and the largest end, from the statistics.
fn months(footer: &ParquetMetaData, columns: &[ColumnChunkMetaData]) -> Option<Period> {
    let bound = |name: &str, pick: fn(&Statistics) -> Option<i32>| {
        let day = day_of(pick(statistics(footer, columns, name)?.0)?)?;
        Some(i32::from(day.year()) * 12 + i32::from(day.month()) - 1)
    };
    let first = bound(PERIOD_START, |s| match s {
        Statistics::Int32(v) => v.min_opt().copied(),
        _ => None,
    })?;
    let last = bound(PERIOD_END, |s| match s {
        Statistics::Int32(v) => v.max_opt().copied(),
        _ => None,
    })?;
    Period::of_months(first, last + 1)
}

fn all_null(footer: &ParquetMetaData, columns: &[ColumnChunkMetaData], name: &str) -> bool {
    statistics(footer, columns, name).is_some_and(|(held, n)| held.null_count_opt() == u64::try_from(n).ok())
}

/// The statistics of a column and how many values they are of.
fn statistics<'a>(
    footer: &ParquetMetaData,
    columns: &'a [ColumnChunkMetaData],
    name: &str,
) -> Option<(&'a Statistics, i64)> {
    let schema = footer.file_metadata().schema_descr();
    let column = columns.get(schema.columns().iter().position(|c| c.name() == name)?)?;
    Some((column.statistics()?, column.num_values()))
}
