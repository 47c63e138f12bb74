//! The columns of a row group, from observations to finished chunks.

use jiff::civil::Date;
use model::{observations::Observations, sparse::Sparse, value::Period};
use parquet::{
    errors::{ParquetError, Result},
    schema::types::{ColumnDescPtr, SchemaDescriptor},
};
use rustc_hash::FxHashMap;

use super::{
    day_number,
    pages::{self, Chunk, NULL, Values},
};
use crate::columns::{CHANGE, PERIOD_END, PERIOD_START};

/// Encodes the rows, in order, column after column.
pub(super) fn encode_group(schema: &SchemaDescriptor, obs: &Observations, rows: &[u32]) -> Result<Vec<Chunk>> {
    let periods = Periods::of(obs, rows);
    let mut texts = Texts { obs, rows, key_of: vec![NULL; obs.dict.texts().len()], keys: Vec::new() };
    schema.columns().iter().map(|column| encode_column(column, obs, rows, &periods, &mut texts)).collect()
}

fn encode_column(
    column: &ColumnDescPtr,
    obs: &Observations,
    rows: &[u32],
    periods: &Periods,
    texts: &mut Texts,
) -> Result<Chunk> {
    let number = |values: Vec<Option<f64>>| pages::plain(column, &values, |v: f64| v.to_le_bytes());
    let sparse = |values: &Sparse<f64>| match values.is_absent() {
        true => pages::absent(column, rows.len()),
        false => number(rows.iter().map(|r| values[*r as usize]).collect()),
    };
    let whole = |values: Vec<Option<i64>>| pages::plain(column, &values, |v: i64| v.to_le_bytes());
    let listed = |code: fn(&Observations, usize) -> &'static str| -> Result<Chunk> {
        let (keys, values) = listed(obs, rows, code);
        pages::coded(column, &keys, &Values::texts(values))
    };
    match column.name() {
        "indicator" => texts.encode(column, &obs.indicator),
        "place" => texts.encode(column, &obs.place),
        "period" => periods.encode(column, &Values::texts(periods.texts().iter().map(String::as_str))),
        PERIOD_START => periods.encode(column, &periods.days(Period::starts_on)),
        PERIOD_END => periods.encode(column, &periods.days(Period::ends_on)),
        "breakdown" => texts.encode(column, &obs.breakdown),
        "scope" => listed(|o, r| o.scope[r].as_str()),
        "project" => texts.encode(column, &obs.project),
        "entity" => texts.encode(column, &obs.entity),
        "stage" => texts.encode(column, &obs.stage),
        "value" => number(rows.iter().map(|r| obs.value[*r as usize]).collect()),
        "numerator" => sparse(&obs.numerator),
        "denominator" => sparse(&obs.denominator),
        "standard_error" => sparse(&obs.standard_error),
        "sample_size" if obs.sample_size.is_absent() => pages::absent(column, rows.len()),
        "sample_size" => whole(rows.iter().map(|r| obs.sample_size[*r as usize]).collect()),
        "status" => listed(|o, r| o.status[r].as_str()),
        "state" => listed(|o, r| o.state[r].as_str()),
        "source" => texts.encode(column, &obs.source),
        "evidence" => texts.encode(column, &obs.evidence),
        "measured_on" if obs.measured_on.is_absent() => pages::absent(column, rows.len()),
        "measured_on" => {
            let (keys, days) = numbered(rows.iter().map(|r| obs.measured_on[*r as usize]));
            pages::coded(column, &keys, &Values::days(&days.into_iter().map(day_number).collect::<Vec<_>>()))
        }
        "comment" => texts.encode(column, &obs.comment),
        CHANGE if rows.iter().all(|r| obs.change[*r as usize] == 0) => pages::absent(column, rows.len()),
        CHANGE => whole(rows.iter().map(|r| i64::try_from(obs.change[*r as usize]).ok().filter(|c| *c > 0)).collect()),
        name => Err(ParquetError::General(format!("the column {name} has no writer"))),
    }
}

/// The text columns of a row group, each with its own small dictionary; the empty text is null.
struct Texts<'a> {
    obs: &'a Observations,
    rows: &'a [u32],
    /// The key of each text of the observations in the column at hand; all [`NULL`] between two columns.
    key_of: Vec<u32>,
    keys: Vec<u32>,
}

impl Texts<'_> {
    fn encode(&mut self, column: &ColumnDescPtr, codes: &[u32]) -> Result<Chunk> {
        let mut used: Vec<u32> = Vec::new();
        self.keys.clear();
        self.keys.extend(self.rows.iter().map(|row| {
            let code = codes[*row as usize];
            if code == 0 {
                return NULL;
            }
            let key = &mut self.key_of[code as usize];
            if *key == NULL {
                *key = used.len() as u32;
                used.push(code);
            }
            *key
        }));
        used.iter().for_each(|code| self.key_of[*code as usize] = NULL);
        let texts = Values::texts(used.iter().map(|code| self.obs.dict.text(*code)));
        pages::coded(column, &self.keys, &texts)
    }
}

/// Distinct values in the order in which they come, and the index of each row's own; [`NULL`] for none.
fn numbered<T: Copy + Eq + std::hash::Hash>(rows: impl Iterator<Item = Option<T>>) -> (Vec<u32>, Vec<T>) {
    let mut known: FxHashMap<T, u32> = FxHashMap::default();
    let mut distinct: Vec<T> = Vec::new();
    let keys = rows.map(|value| {
        let Some(value) = value else { return NULL };
        *known.entry(value).or_insert_with(|| {
            distinct.push(value);
            distinct.len() as u32 - 1
        })
    });
    (keys.collect(), distinct)
}

/// A column of a code list.
fn listed(
    obs: &Observations,
    rows: &[u32],
    code: fn(&Observations, usize) -> &'static str,
) -> (Vec<u32>, Vec<&'static str>) {
    let mut values: Vec<&str> = Vec::new();
    let keys = rows.iter().map(|row| {
        let text = code(obs, *row as usize);
        let at = values.iter().position(|v| *v == text).unwrap_or_else(|| {
            values.push(text);
            values.len() - 1
        });
        at as u32
    });
    (keys.collect(), values)
}

/// The periods of a row group: three columns with the same keys.
struct Periods {
    keys: Vec<u32>,
    distinct: Vec<Period>,
}

impl Periods {
    fn of(obs: &Observations, rows: &[u32]) -> Self {
        let (keys, distinct) = numbered(rows.iter().map(|row| Some(obs.period[*row as usize])));
        Periods { keys, distinct }
    }
    fn texts(&self) -> Vec<String> {
        self.distinct.iter().map(Period::to_string).collect()
    }
    fn days(&self, day: fn(Period) -> Date) -> Values {
        Values::days(&self.distinct.iter().map(|p| day_number(day(*p))).collect::<Vec<_>>())
    }
    fn encode(&self, column: &ColumnDescPtr, values: &Values) -> Result<Chunk> {
        pages::coded(column, &self.keys, values)
    }
}
