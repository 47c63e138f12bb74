//! Codes, severities, places in a source, and the diagnostic that carries them.
//!
//! A diagnostic judges somebody's data; it is collected, never thrown. It holds no sentence: its
//! words are found per language by `locale` under the code, filled from the named arguments.
//!
//! Invariant: nothing here knows a record kind, a language or a file format.

use serde::Serialize;

/// How much a finding matters.
///
/// `Error` blocks (exit code 1), `Warning` asks for a word, `Note` informs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing to do at once.
    Note,
    /// Somebody should look; the work can go on.
    Warning,
    /// Wrong; must be mended or waived with a reason.
    Error,
}

impl Severity {
    /// The word used in JSON and as a message key.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A kind of finding. A code is for ever: it marks the meaning, is never reused, and a removed one
/// stays listed.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Code {
    /// Family and number, e.g. `PLN001`.
    pub id: &'static str,
    /// Name in kebab case, e.g. `result-without-indicator`.
    pub name: &'static str,
    /// Severity unless the finding says otherwise.
    pub severity: Severity,
    /// Version of the program that brought it.
    pub since: &'static str,
}

/// A named argument of a message.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// Text, shown as it is.
    Text(String),
    /// A whole number; selects the plural form.
    Whole(i64),
    /// A number, formatted for the reader's language.
    Number(f64),
    /// A name in several languages by ISO code: the reader's is shown, else English, else the first.
    Words(Vec<(&'static str, String)>),
}

impl From<&str> for Arg {
    fn from(v: &str) -> Self {
        Arg::Text(v.to_owned())
    }
}
impl From<String> for Arg {
    fn from(v: String) -> Self {
        Arg::Text(v)
    }
}
impl From<&String> for Arg {
    fn from(v: &String) -> Self {
        Arg::Text(v.clone())
    }
}
impl From<i64> for Arg {
    fn from(v: i64) -> Self {
        Arg::Whole(v)
    }
}
impl From<usize> for Arg {
    fn from(v: usize) -> Self {
        Arg::Whole(v as i64)
    }
}
impl From<f64> for Arg {
    fn from(v: f64) -> Self {
        Arg::Number(v)
    }
}

/// Where in a source a finding stands. Every part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pointer {
    /// The file as the user named it.
    pub file: Option<String>,
    /// The sheet (or the CSV file's table name).
    pub sheet: Option<String>,
    /// The row as a spreadsheet shows it: the header is row 1.
    pub row: Option<u32>,
    /// The column counted from 1.
    pub column: Option<u32>,
    /// The text that stood there.
    pub value: Option<String>,
}

impl Pointer {
    /// The cell in spreadsheet notation, e.g. `C17`; the column alone (`C`) when the row is unknown.
    pub fn cell(&self) -> Option<String> {
        match (self.column, self.row) {
            (Some(c), Some(r)) => Some(format!("{}{r}", column_letters(c))),
            (None, Some(r)) => Some(format!("{r}:{r}")),
            (Some(c), None) => Some(column_letters(c)),
            (None, None) => None,
        }
    }
}

/// Spreadsheet letters of a column counted from 1: 1 is `A`, 27 is `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = (rest - 1) % 26;
        letters.push(char::from(b'A' + digit as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A record that a finding speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct RecordRef {
    /// The kind's name, e.g. `result`.
    pub kind: &'static str,
    /// The record's id.
    pub id: String,
}

/// The waiver that silences a finding; the finding stays visible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Waived {
    /// Why.
    pub reason: String,
    /// Who takes the responsibility.
    pub author: String,
    /// The last day it holds, ISO.
    pub expires_on: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: &'static Code,
    /// Its severity here.
    pub severity: Severity,
    /// The record it is about.
    pub record: Option<RecordRef>,
    /// The field (column name) at fault.
    pub field: Option<String>,
    /// Where it stands in a source.
    pub pointer: Pointer,
    /// Arguments of the message.
    pub args: Vec<(&'static str, Arg)>,
    /// Other records that take part.
    pub related: Vec<RecordRef>,
    /// Rows that share this cause beyond the first; 0 for a single finding.
    pub n_more: usize,
    /// Set when a waiver covers it.
    pub waived: Option<Waived>,
}

impl Diagnostic {
    /// A finding with the code's own severity and nothing else.
    pub fn new(code: &'static Code) -> Self {
        Diagnostic {
            code,
            severity: code.severity,
            record: None,
            field: None,
            pointer: Pointer::default(),
            args: Vec::new(),
            related: Vec::new(),
            n_more: 0,
            waived: None,
        }
    }
    /// Says which record.
    #[must_use]
    pub fn on(mut self, kind: &'static str, id: impl Into<String>) -> Self {
        self.record = Some(RecordRef { kind, id: id.into() });
        self
    }
    /// Says which field.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
    /// Says where in a source.
    #[must_use]
    pub fn at(mut self, pointer: Pointer) -> Self {
        self.pointer = pointer;
        self
    }
    /// Adds an argument of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
    /// Adds a record that takes part.
    #[must_use]
    pub fn related(mut self, kind: &'static str, id: impl Into<String>) -> Self {
        self.related.push(RecordRef { kind, id: id.into() });
        self
    }
    /// Changes the severity for this finding.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
    /// An error that no waiver covers.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Error && self.waived.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_spreadsheets_do() {
        for (column, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
        let pointer = Pointer { row: Some(17), column: Some(3), ..Pointer::default() };
        assert_eq!(pointer.cell().as_deref(), Some("C17"));
    }
}
