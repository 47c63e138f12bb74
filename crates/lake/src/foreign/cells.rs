//! One column of one row group: from what the file stores to values, by the rules of every other reader.

use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal32Array, Decimal64Array, Decimal128Array, Decimal256Array,
    DictionaryArray, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, StringArray,
    TimestampMicrosecondArray, TimestampMillisecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt8Array,
    UInt16Array, UInt32Array, UInt64Array, types::Int32Type,
};
use jiff::civil::Date;
use model::value::{CellFault, CellKind, Raw, Value, parse_cell};
use rustc_hash::FxHashMap;

use super::findings::Fault;
use crate::write::day_of;

/// The values of a column.
pub(super) enum Cells {
    /// Canonical texts by code; code 0 is the empty text.
    Text(Vec<String>, Vec<u32>),
    /// Numbers.
    Number(Vec<Option<f64>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Days.
    Date(Vec<Option<Date>>),
}

/// A row of the row group, what is wrong in it, and what stood there.
pub(super) type RowFault = (u32, Fault, String);

/// The largest whole number up to which every one has its own float: 2⁵³.
const EXACT: u64 = 1 << 53;

/// Reads a column. `None` for a type that was refused when the file was opened.
pub(super) fn read(array: &ArrayRef, kind: CellKind) -> Option<(Cells, Vec<RowFault>)> {
    let mut column = Column::new(kind, array.len());
    macro_rules! each {
        ($type:ty, |$values:ident, $i:ident| $push:expr) => {
            if let Some($values) = array.as_any().downcast_ref::<$type>() {
                for $i in 0..$values.len() {
                    if $values.is_null($i) {
                        column.empty();
                    } else {
                        $push
                    }
                }
                return Some(column.finish());
            }
        };
    }
    macro_rules! integers {
        ($($type:ty)*) => { $(each!($type, |values, i| column.whole(i128::from(values.value(i))));)* };
    }
    macro_rules! decimals {
        ($($type:ty)*) => { $(each!($type, |values, i| column.decimal(&values.value_as_string(i)));)* };
    }
    macro_rules! timestamps {
        ($($type:ty, $in_a_day:expr;)*) => {
            $(each!($type, |values, i| column.moment(values.value(i), $in_a_day));)*
        };
    }
    if let Some(values) = array.as_any().downcast_ref::<DictionaryArray<Int32Type>>() {
        return column.dictionary(values);
    }
    each!(Float64Array, |values, i| column.raw(Raw::Number(values.value(i))));
    each!(Float32Array, |values, i| column.raw(Raw::Number(f64::from(values.value(i)))));
    integers!(Int64Array Int32Array Int16Array Int8Array UInt64Array UInt32Array UInt16Array UInt8Array);
    decimals!(Decimal128Array Decimal256Array Decimal64Array Decimal32Array);
    each!(Date32Array, |values, i| column.day(values.value(i)));
    each!(BooleanArray, |values, i| column.raw(Raw::Bool(values.value(i))));
    timestamps! {
        TimestampSecondArray, 86_400;
        TimestampMillisecondArray, 86_400_000;
        TimestampMicrosecondArray, 86_400_000_000;
        TimestampNanosecondArray, 86_400_000_000_000;
    }
    if array.null_count() == array.len() || *array.data_type() == arrow_schema::DataType::Null {
        (0..array.len()).for_each(|_| column.empty());
        return Some(column.finish());
    }
    None
}

/// A column that is being filled.
struct Column {
    kind: CellKind,
    cells: Cells,
    codes: FxHashMap<String, u32>,
    faults: Vec<RowFault>,
    n: u32,
}

impl Column {
    fn new(kind: CellKind, n_rows: usize) -> Self {
        let cells = match kind {
            CellKind::Number => Cells::Number(Vec::with_capacity(n_rows)),
            CellKind::Whole(..) => Cells::Whole(Vec::with_capacity(n_rows)),
            CellKind::Date => Cells::Date(Vec::with_capacity(n_rows)),
            _ => Cells::Text(vec![String::new()], Vec::with_capacity(n_rows)),
        };
        Column { kind, cells, codes: FxHashMap::default(), faults: Vec::new(), n: 0 }
    }
    fn finish(self) -> (Cells, Vec<RowFault>) {
        (self.cells, self.faults)
    }
    fn empty(&mut self) {
        self.push(Value::Null);
    }
    fn raw(&mut self, raw: Raw<'_>) {
        match parse_cell(self.kind, raw) {
            Ok(value) => self.push(value),
            Err(fault) => self.fault(Fault::Cell(fault), shown(raw)),
        }
    }
    fn whole(&mut self, n: i128) {
        let exact = n.unsigned_abs() <= u128::from(EXACT);
        match self.kind {
            CellKind::Number | CellKind::Whole(..) | CellKind::Date | CellKind::YesNo if exact => {
                self.raw(Raw::Number(n as f64));
            }
            CellKind::Number => self.fault(Fault::NotExact, n.to_string()),
            CellKind::Whole(low, high) => {
                self.fault(Fault::Cell(CellFault::OutOfBounds(low, high)), n.to_string());
            }
            // A code or a year that is stored as a number keeps all of its digits.
            _ => self.raw(Raw::Text(&n.to_string())),
        }
    }
    fn decimal(&mut self, text: &str) {
        match (self.kind, text.parse::<f64>()) {
            // The nearest float to the decimal, as for a number typed in a CSV file.
            (CellKind::Number | CellKind::Whole(..), Ok(n)) => self.raw(Raw::Number(n)),
            _ => self.raw(Raw::Text(text)),
        }
    }
    fn day(&mut self, days: i32) {
        match day_of(days) {
            Some(day) => self.raw(Raw::Date(day)),
            None => self.fault(Fault::Cell(CellFault::Type("date")), days.to_string()),
        }
    }
    /// A moment is a day only at midnight; any other one would lose its time.
    fn moment(&mut self, at: i64, in_a_day: i64) {
        let day = i32::try_from(at.div_euclid(in_a_day)).ok().and_then(day_of);
        match day {
            Some(day) if at.rem_euclid(in_a_day) == 0 => self.raw(Raw::Date(day)),
            day => {
                let shown = day.map_or_else(|| at.to_string(), |day| format!("{day} T…"));
                self.fault(Fault::Cell(CellFault::Type(expected(self.kind))), shown);
            }
        }
    }
    /// Each distinct text is judged once.
    fn dictionary(mut self, array: &DictionaryArray<Int32Type>) -> Option<(Cells, Vec<RowFault>)> {
        let texts = array.values().as_any().downcast_ref::<StringArray>()?;
        let mut judged: Vec<Option<Result<Value, CellFault>>> = vec![None; texts.len()];
        for i in 0..array.len() {
            let Some(at) = array.key(i).filter(|at| !texts.is_null(*at)) else {
                self.empty();
                continue;
            };
            let text = texts.value(at);
            let kind = self.kind;
            let value = judged[at].get_or_insert_with(|| parse_cell(kind, Raw::Text(text))).clone();
            match value {
                Ok(value) => self.push(value),
                Err(fault) => self.fault(Fault::Cell(fault), text.to_owned()),
            }
        }
        Some(self.finish())
    }
    fn fault(&mut self, fault: Fault, value: String) {
        self.faults.push((self.n, fault, value));
        self.push(Value::Null);
    }
    fn push(&mut self, value: Value) {
        self.n += 1;
        match (&mut self.cells, value) {
            (Cells::Number(column), Value::Number(n)) => column.push(Some(n)),
            (Cells::Number(column), _) => column.push(None),
            (Cells::Whole(column), Value::Whole(n)) => column.push(Some(n)),
            (Cells::Whole(column), _) => column.push(None),
            (Cells::Date(column), Value::Date(d)) => column.push(Some(d)),
            (Cells::Date(column), _) => column.push(None),
            (Cells::Text(texts, column), Value::Text(text)) => {
                let code = match self.codes.get(&text) {
                    Some(code) => *code,
                    None => {
                        texts.push(text.clone());
                        self.codes.insert(text, texts.len() as u32 - 1);
                        texts.len() as u32 - 1
                    }
                };
                column.push(code);
            }
            (Cells::Text(_, column), _) => column.push(0),
        }
    }
}

fn expected(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Number => "number",
        CellKind::Whole(..) => "whole",
        CellKind::Date => "date",
        CellKind::Period => "period",
        CellKind::Breakdown => "breakdown",
        _ => "code",
    }
}

fn shown(raw: Raw<'_>) -> String {
    match raw {
        Raw::Empty => String::new(),
        Raw::Text(t) => t.to_owned(),
        Raw::Number(n) => n.to_string(),
        Raw::Bool(b) => b.to_string(),
        Raw::Date(d) => d.to_string(),
    }
}
