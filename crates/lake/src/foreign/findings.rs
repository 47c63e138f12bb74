//! Findings of one file: equal causes are joined, and there is a limit to how many are kept.

use diag::{Code, Diagnostic, Pointer};
use model::{
    record::Column,
    value::{CellFault, CellKind},
};
use rustc_hash::FxHashMap;

use super::codes;

/// Distinct values of one column and one cause that are named one by one.
const NAMED_EACH: usize = 20;

/// Longest text that a message repeats, in characters.
const LONGEST_SHOWN: usize = 200;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fault {
    /// As in any other file.
    Cell(CellFault),
    /// A whole number beyond 2⁵³.
    NotExact,
}

/// What was found so far.
pub(super) struct Findings {
    file: String,
    limit: usize,
    kept: Vec<Diagnostic>,
    n_cut: usize,
    /// By column, code and value.
    known: FxHashMap<(usize, &'static str, String), usize>,
    /// Distinct values by column and code, and the last one of them that is named.
    named: FxHashMap<(usize, &'static str), (usize, usize)>,
}

impl Findings {
    pub fn new(file: &str, limit: usize) -> Self {
        let (known, named) = Default::default();
        Findings { file: file.to_owned(), limit: limit.max(1), kept: Vec::new(), n_cut: 0, known, named }
    }

    /// A finding about the file.
    pub fn file(&mut self, code: &'static Code) -> Diagnostic {
        let pointer = Pointer { file: Some(self.file.clone()), ..Pointer::default() };
        Diagnostic::new(code).arg("file", &self.file).at(pointer)
    }

    /// A finding about a column; `position` counts from 0.
    pub fn column(&mut self, code: &'static Code, position: Option<usize>, name: &str) -> Diagnostic {
        let pointer = Pointer {
            file: Some(self.file.clone()),
            row: Some(1),
            column: position.map(|p| p as u32 + 1),
            ..Pointer::default()
        };
        Diagnostic::new(code).field(name).arg("column", name).at(pointer)
    }

    /// Keeps a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        if self.kept.len() < self.limit {
            self.kept.push(finding);
        } else {
            self.n_cut += 1;
        }
    }

    /// Keeps a finding about a value, or counts it with its like.
    pub fn value(&mut self, fault: &Fault, column: &Column, position: usize, row: u32, value: &str) {
        let code = code_of(fault);
        let key = (position, code.id, shown(value));
        if let Some(at) = self.known.get(&key) {
            self.kept[*at].n_more += 1;
            return;
        }
        let (n, last) = self.named.get(&(position, code.id)).copied().unwrap_or((0, 0));
        if n >= NAMED_EACH {
            self.kept[last].n_more += 1;
            return;
        }
        let at = self.kept.len();
        if at >= self.limit {
            self.n_cut += 1;
            return;
        }
        self.named.insert((position, code.id), (n + 1, at));
        let pointer = Pointer {
            file: Some(self.file.clone()),
            sheet: None,
            row: Some(row),
            column: Some(position as u32 + 1),
            value: Some(key.2.clone()),
        };
        let finding = Diagnostic::new(code)
            .field(&column.name)
            .arg("column", &column.name)
            .arg("row", i64::from(row))
            .arg("value", &key.2)
            .at(pointer);
        self.kept.push(with_reason(finding, fault, column));
        self.known.insert(key, at);
    }

    /// Everything, with a last word about what was not kept.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        if self.n_cut > 0 {
            let n = self.n_cut;
            let cut = self.file(&codes::XCH320).arg("n", n);
            self.kept.push(cut);
        }
        self.kept
    }
}

fn code_of(fault: &Fault) -> &'static Code {
    match fault {
        Fault::NotExact => &codes::XCH318,
        Fault::Cell(fault) => match fault {
            CellFault::Type(_) | CellFault::Repeated(_) => &codes::XCH311,
            CellFault::NotInList(_) => &codes::XCH312,
            CellFault::OutOfBounds(..) => &codes::XCH313,
            CellFault::TooLong(_) => &codes::XCH314,
            CellFault::AmbiguousNumber => &codes::XCH315,
            CellFault::Required => &codes::XCH316,
            CellFault::ControlCharacter => &codes::XCH317,
        },
    }
}

fn with_reason(finding: Diagnostic, fault: &Fault, column: &Column) -> Diagnostic {
    match fault {
        Fault::Cell(CellFault::Type(expected)) => finding.arg("expected", *expected),
        Fault::Cell(CellFault::Repeated(_)) => finding.arg("expected", "code"),
        Fault::Cell(CellFault::NotInList(nearest)) => finding
            .arg("near", if nearest.is_some() { "yes" } else { "no" })
            .arg("nearest", nearest.unwrap_or_default())
            .arg("allowed", allowed(column.kind)),
        Fault::Cell(CellFault::OutOfBounds(low, high)) => finding.arg("low", *low).arg("high", *high),
        Fault::Cell(CellFault::TooLong(longest)) => finding.arg("longest", *longest),
        _ => finding,
    }
}

/// The codes of a list, for a message.
fn allowed(kind: CellKind) -> String {
    match kind {
        CellKind::OneOf(_, items) => items.iter().map(|i| i.code).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

/// A value as messages show it: cut when it is long.
fn shown(value: &str) -> String {
    match value.char_indices().nth(LONGEST_SHOWN) {
        None => value.to_owned(),
        Some((at, _)) => format!("{}…", &value[..at]),
    }
}
