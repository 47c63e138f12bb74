//! What can be asked of a column, and how its values are written.

use std::cmp::Ordering;

use model::value::{CellKind, Period, Value};

use crate::Operator;

/// The operators that a column takes.
pub fn operators(kind: CellKind) -> &'static [Operator] {
    use Operator::{Eq, Ge, Gt, In, Le, Lt, Ne, Null, Prefix};
    match kind {
        CellKind::Number | CellKind::Whole(..) | CellKind::Date => &[Eq, Ne, Lt, Le, Gt, Ge, In, Null],
        CellKind::Code | CellKind::Text | CellKind::TextIn(_) | CellKind::Ref(_) | CellKind::Period => {
            &[Eq, Ne, Lt, Le, Gt, Ge, In, Prefix, Null]
        }
        CellKind::Breakdown | CellKind::Refs(_) | CellKind::Codes => &[Eq, Ne, In, Prefix, Null],
        CellKind::Currency | CellKind::OneOf(..) => &[Eq, Ne, In, Null],
        CellKind::YesNo => &[Eq, Ne, Null],
    }
}

/// The type of a column in one word, as the schema names it.
pub fn type_word(kind: CellKind) -> &'static str {
    match kind {
        CellKind::Code => "code",
        CellKind::Text | CellKind::TextIn(_) => "text",
        CellKind::Whole(..) => "whole",
        CellKind::Number => "number",
        CellKind::Currency => "currency",
        CellKind::Date => "date",
        CellKind::Period => "period",
        CellKind::YesNo => "yes-no",
        CellKind::Breakdown => "breakdown",
        CellKind::Ref(_) => "reference",
        CellKind::Refs(_) => "references",
        CellKind::Codes => "codes",
        CellKind::OneOf(..) => "one-of",
    }
}

/// A value that the column takes, for whoever wrote one that it does not.
pub(crate) fn example(kind: CellKind) -> String {
    match kind {
        CellKind::Number => "12.5".to_owned(),
        CellKind::Whole(low, high) => format!("{low}…{high}"),
        CellKind::Date => "2018-06-30".to_owned(),
        CellKind::Period => "2016, 2016-S1, 2016-Q2, 2016-03, 2014/2015".to_owned(),
        CellKind::YesNo => "true, false".to_owned(),
        CellKind::Currency => "USD".to_owned(),
        CellKind::Breakdown => "sex=female;age=15-24".to_owned(),
        CellKind::OneOf(_, items) => items.iter().map(|i| i.code).collect::<Vec<_>>().join(", "),
        CellKind::Code | CellKind::Codes | CellKind::Ref(_) | CellKind::Refs(_) => "I-1".to_owned(),
        CellKind::Text | CellKind::TextIn(_) => "…".to_owned(),
    }
}

/// The order of two values of one column: numbers by size, days and periods by time, texts by their characters.
pub(crate) fn order(kind: CellKind, a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
        (Value::Whole(a), Value::Whole(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) if kind == CellKind::Period => Period::parse(a).cmp(&Period::parse(b)),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::List(a), Value::List(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}
