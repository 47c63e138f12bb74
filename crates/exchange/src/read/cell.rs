//! What a container offers for a cell, and the finding that a faulty cell becomes.

use diag::{Diagnostic, Pointer};
use model::{
    record::Column,
    value::{CellFault, CellKind, Raw},
};

use crate::codes;

/// A cell as a container offers it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Offered<'a> {
    /// A value that somebody typed.
    Typed(Raw<'a>),
    /// The last result of a formula.
    Computed(Raw<'a>),
    /// A formula that was never computed.
    NotComputed,
    /// An error value such as `#N/A`.
    ErrorValue(&'a str),
}

impl Offered<'_> {
    /// Whether there is nothing in the cell.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Offered::Typed(Raw::Empty) => true,
            Offered::Typed(Raw::Text(t)) => t.trim().is_empty(),
            _ => false,
        }
    }
    /// The cell as text, for messages and for the workbook of corrections.
    pub(crate) fn text(&self) -> String {
        match self {
            Offered::Typed(raw) | Offered::Computed(raw) => match raw {
                Raw::Empty => String::new(),
                Raw::Text(t) => (*t).to_owned(),
                Raw::Number(n) => n.to_string(),
                Raw::Bool(b) => b.to_string(),
                Raw::Date(d) => d.to_string(),
            },
            Offered::NotComputed => "=".to_owned(),
            Offered::ErrorValue(e) => (*e).to_owned(),
        }
    }
}

/// Longest text that a message repeats, in characters.
const LONGEST_SHOWN: usize = 200;

/// A value as messages show it: cut when it is long.
pub(crate) fn shown(value: &str) -> String {
    match value.char_indices().nth(LONGEST_SHOWN) {
        None => value.to_owned(),
        Some((at, _)) => format!("{}…", &value[..at]),
    }
}

/// The finding that a faulty cell becomes. `pointer.value` is what stood there.
pub(crate) fn cell_finding(fault: &CellFault, column: &Column, pointer: Pointer) -> Diagnostic {
    let value = pointer.value.clone().unwrap_or_default();
    let base = |code| Diagnostic::new(code).field(&column.name).arg("column", &column.name).arg("value", &value);
    let finding = match fault {
        CellFault::Type(expected) => base(&codes::XCH040).arg("expected", *expected),
        CellFault::NotInList(nearest) => base(&codes::XCH041)
            .arg("near", if nearest.is_some() { "yes" } else { "no" })
            .arg("nearest", nearest.unwrap_or_default())
            .arg("allowed", allowed(column.kind)),
        CellFault::OutOfBounds(low, high) => {
            base(&codes::XCH042).arg("low", low.to_string()).arg("high", high.to_string())
        }
        CellFault::TooLong(longest) => base(&codes::XCH043).arg("longest", *longest),
        CellFault::AmbiguousNumber => base(&codes::XCH044),
        CellFault::Required => base(&codes::XCH045),
        CellFault::Repeated(code) => base(&codes::XCH046).arg("code", code),
        CellFault::ControlCharacter => base(&codes::XCH047),
    };
    finding.at(pointer)
}

/// The codes of a list, for a message.
fn allowed(kind: CellKind) -> String {
    match kind {
        CellKind::OneOf(_, items) => items.iter().map(|i| i.code).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}
