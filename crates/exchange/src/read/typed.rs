//! Rows through their struct: what a record keeps of a row is what can be written out again.

use model::{Kind, for_each_kind, record::Record, value::Value};

/// What becomes of a row that passes through its struct.
pub(crate) struct Typed {
    /// The row in canonical form; empty when a required field is missing.
    pub(crate) row: Vec<Value>,
    /// Names of required columns that are empty.
    pub(crate) missing: Vec<String>,
    /// Columns whose value the record cannot hold.
    pub(crate) lost: Vec<usize>,
    /// Columns whose number was rounded.
    pub(crate) rounded: Vec<usize>,
}

macro_rules! pass_through {
    ($($variant:ident $field:ident,)+) => {
        fn pass(kind: Kind, row: &[Value]) -> Result<Vec<Value>, Vec<String>> {
            match kind {
                $(Kind::$variant => <model::kinds::$variant as Record>::from_row(row).map(|r| r.to_row()),)+
                Kind::Observation => <model::kinds::Observation as Record>::from_row(row).map(|r| r.to_row()),
            }
        }
    };
}
for_each_kind!(pass_through);

/// Passes a row through its struct.
pub(crate) fn typed(kind: Kind, row: Vec<Value>) -> Typed {
    let kept = match pass(kind, &row) {
        Ok(kept) => kept,
        Err(missing) => return Typed { row: Vec::new(), missing, lost: Vec::new(), rounded: Vec::new() },
    };
    let mut lost = Vec::new();
    let mut rounded = Vec::new();
    for (at, (before, after)) in row.iter().zip(&kept).enumerate() {
        match (before, after) {
            (Value::Null, _) => {}
            (_, Value::Null) => lost.push(at),
            (Value::Number(a), Value::Number(b)) if a != b => rounded.push(at),
            _ => {}
        }
    }
    Typed { row: kept, missing: Vec::new(), lost, rounded }
}

/// Names of the columns without which no row of the kind can be taken; a text in languages counts by its
/// first column.
pub(crate) fn required(kind: Kind) -> Vec<String> {
    pass(kind, &vec![Value::Null; kind.def().columns.len()]).err().unwrap_or_default()
}
