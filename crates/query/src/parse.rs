//! From the pairs of an address to a question, with everything that is wrong with it at once.

use diag::{Code, Diagnostic};
use model::{
    Audience, Kind,
    record::RecordDef,
    value::{CellKind, edit_distance},
};

use crate::{
    Cursor, Filter, Operator,
    codes::{QRY001, QRY003, QRY005, QRY006, QRY007, QRY008, QRY009, QRY010, QRY012},
    filter::shortened,
};

/// Rows of one page at most.
pub const MOST_ROWS: usize = 1_000;
/// Conditions, fields and columns of an order that one question may have.
const MOST_PARTS: usize = 100;
/// The parameters of a question, beside the filters. The last four are read by who asks: language, instant, day, format.
pub const PARAMETERS: [&str; 9] = ["fields", "sort", "limit", "cursor", "count", "lang", "as_of", "on", "format"];

/// One field of the answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The record's id.
    Id,
    /// A column by its index.
    Column(usize),
    /// A text by the name of its field, in the language asked for or the nearest there is.
    Best(&'static str),
}

/// One column of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's index.
    pub column: usize,
    /// From the greatest down. What is not given comes last either way.
    pub descending: bool,
}

/// Whether the number of all records is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// It is, although it means to walk all of them.
    Wanted,
    /// It is not.
    NotWanted,
}

/// What is asked of the records of a kind.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The kind.
    pub kind: Kind,
    /// The fields of the answer, in order.
    pub fields: Vec<Field>,
    /// Conditions, all of which must hold.
    pub filters: Vec<Filter>,
    /// The order; that of the register when empty.
    pub sort: Vec<Sort>,
    /// Rows of the page, when the question says.
    pub limit: Option<usize>,
    /// Where to go on.
    pub cursor: Option<Cursor>,
    /// Whether all are counted.
    pub count: Count,
    /// What a cursor of this question carries: kind, filters and order; fields may differ from page to page.
    pub fingerprint: u64,
}

impl Question {
    /// The name of a field in the answer.
    pub fn name(&self, field: Field) -> &'static str {
        match field {
            Field::Id => "id",
            Field::Best(name) => name,
            Field::Column(index) => self.kind.def().columns.get(index).map_or("", |c| c.name.as_str()),
        }
    }
    /// The cursor to a later row.
    pub fn cursor_at(&self, position: u64, at: usize) -> Cursor {
        Cursor { position, question: self.fingerprint, at: at as u64 }
    }
}

/// Reads a question about a kind. `given` are the pairs of the address, `context` what else a cursor must agree with
/// (the instant of the past that is looked at).
///
/// Returns everything that is wrong: unknown parameters, columns and operators with the nearest there is, values that
/// do not fit their columns, and a cursor of another question.
pub fn parse(
    kind: Kind,
    audience: Audience,
    given: &[(String, String)],
    context: &str,
) -> Result<Question, Vec<Diagnostic>> {
    let names = Names::new(kind, audience);
    let mut wrong: Vec<Diagnostic> = Vec::new();
    let mut question = Question {
        kind,
        fields: names.all(),
        filters: Vec::new(),
        sort: Vec::new(),
        limit: None,
        cursor: None,
        count: Count::NotWanted,
        fingerprint: 0,
    };
    let mut cursor = None;
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in given {
        if let Some(rest) = name.strip_prefix("filter[") {
            match read_filter(&names, name, rest, value) {
                Ok(filter) => question.filters.push(filter),
                Err(diagnostic) => wrong.push(*diagnostic),
            }
            continue;
        }
        if !PARAMETERS.contains(&name.as_str()) {
            wrong.push(unknown_parameter(name, PARAMETERS.into_iter().chain(["filter[…]"])));
            continue;
        }
        if seen.contains(&name.as_str()) {
            wrong.push(twice(name));
            continue;
        }
        seen.push(name);
        match name.as_str() {
            "fields" => read_all(value, &mut question.fields, &mut wrong, |part| names.field(name, part)),
            "sort" => read_all(value, &mut question.sort, &mut wrong, |part| {
                let (descending, part) = part.strip_prefix('-').map_or((false, part), |rest| (true, rest));
                Ok(Sort { column: names.column(name, part)?, descending })
            }),
            "limit" => match read_limit(value) {
                Ok(limit) => question.limit = Some(limit),
                Err(diagnostic) => wrong.push(*diagnostic),
            },
            "count" => match value.as_str() {
                "true" => question.count = Count::Wanted,
                "false" => question.count = Count::NotWanted,
                _ => wrong.push(parameter_fault(name, value, "true, false")),
            },
            "cursor" => match Cursor::parse(value) {
                Some(read) => cursor = Some(read),
                None => wrong.push(fault(&QRY007, name)),
            },
            _ => {}
        }
    }
    for n in [question.filters.len(), question.fields.len(), question.sort.len()] {
        if n > MOST_PARTS {
            wrong.push(Diagnostic::new(&QRY010).arg("most", MOST_PARTS as i64));
        }
    }
    question.fingerprint = fingerprint(&question, context);
    match cursor {
        Some(read) if wrong.is_empty() && read.question != question.fingerprint => wrong.push(fault(&QRY008, "cursor")),
        read => question.cursor = read,
    }
    if wrong.is_empty() { Ok(question) } else { Err(wrong) }
}

/// A whole number from 1 to [`MOST_ROWS`].
pub fn read_limit(text: &str) -> Result<usize, Box<Diagnostic>> {
    let read = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let within = read.filter(|n| (1..=MOST_ROWS).contains(n));
    within.ok_or_else(|| Box::new(parameter_fault("limit", text, &format!("1…{MOST_ROWS}"))))
}

/// A parameter that cannot have a value, with one that it can.
pub fn parameter_fault(name: &str, value: &str, example: &str) -> Diagnostic {
    fault(&QRY006, name).arg("parameter", name).arg("value", shortened(value)).arg("example", example)
}

/// A parameter that there is not, with the nearest that there is.
pub fn unknown_parameter<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    fault(&QRY005, name).arg("parameter", shortened(name)).arg("nearest", nearest(name, known))
}

/// A parameter that may be given once and was given again.
pub fn twice(name: &str) -> Diagnostic {
    fault(&QRY012, name).arg("parameter", shortened(name))
}

/// The position that a cursor goes on from is no longer held.
pub fn gone(position: u64) -> Diagnostic {
    fault(&QRY009, "cursor").arg("position", i64::try_from(position).unwrap_or(i64::MAX))
}

fn fault(code: &'static Code, parameter: &str) -> Diagnostic {
    Diagnostic::new(code).field(shortened(parameter))
}

/// Reads the parts of a list separated by commas; the first of them replaces what was there.
fn read_all<T>(
    text: &str,
    into: &mut Vec<T>,
    wrong: &mut Vec<Diagnostic>,
    mut read: impl FnMut(&str) -> Result<T, Box<Diagnostic>>,
) {
    into.clear();
    for part in text.split(',').take(MOST_PARTS + 1) {
        match read(part.trim()) {
            Ok(one) => into.push(one),
            Err(diagnostic) => wrong.push(*diagnostic),
        }
    }
}

/// Reads `unit]` or `unit][ne]` with its value.
fn read_filter(names: &Names, parameter: &str, rest: &str, value: &str) -> Result<Filter, Box<Diagnostic>> {
    let unknown = || {
        let diagnostic = fault(&QRY005, parameter).arg("parameter", shortened(parameter));
        Box::new(diagnostic.arg("nearest", "filter[unit], filter[unit][ne]"))
    };
    let inner = rest.strip_suffix(']').ok_or_else(unknown)?;
    let (column, operator) = match inner.split_once("][") {
        None => (inner, Operator::Eq),
        Some((column, word)) => {
            let operator = Operator::parse(word).ok_or_else(|| {
                let known = Operator::ALL.map(Operator::as_str);
                let diagnostic = fault(&QRY003, parameter).arg("operator", shortened(word));
                Box::new(diagnostic.arg("operators", known.join(", ")))
            })?;
            (column, operator)
        }
    };
    let index = names.column(parameter, column)?;
    let column = names.def.columns.get(index).ok_or_else(unknown)?;
    Filter::parse(column, index, operator, value, parameter)
}

/// The names that an audience may use.
struct Names {
    def: &'static RecordDef,
    seen: Vec<usize>,
}

impl Names {
    fn new(kind: Kind, audience: Audience) -> Self {
        Names { def: kind.def(), seen: audience.columns(kind) }
    }
    /// Id and all columns; the id once where it is a column.
    fn all(&self) -> Vec<Field> {
        let own = self.def.column("id").is_none().then_some(Field::Id);
        own.into_iter().chain(self.seen.iter().map(|i| Field::Column(*i))).collect()
    }
    fn columns(&self) -> impl Iterator<Item = (usize, &'static model::record::Column)> {
        self.seen.iter().filter_map(|i| Some((*i, self.def.columns.get(*i)?)))
    }
    fn column(&self, parameter: &str, name: &str) -> Result<usize, Box<Diagnostic>> {
        let found = self.columns().find(|(_, c)| c.name == name).map(|(i, _)| i);
        found.ok_or_else(|| self.unknown(parameter, name))
    }
    fn field(&self, parameter: &str, name: &str) -> Result<Field, Box<Diagnostic>> {
        if let Some((index, _)) = self.columns().find(|(_, c)| c.name == name) {
            return Ok(Field::Column(index));
        }
        if name == "id" {
            return Ok(Field::Id);
        }
        let text = self.columns().find(|(_, c)| c.field == name && matches!(c.kind, CellKind::TextIn(_)));
        text.map(|(_, c)| Field::Best(c.field)).ok_or_else(|| self.unknown(parameter, name))
    }
    fn unknown(&self, parameter: &str, name: &str) -> Box<Diagnostic> {
        let known = self.columns().map(|(_, c)| c.name.as_str());
        Box::new(unknown_column(self.def.sheet, parameter, name, known))
    }
}

/// A column that there is not, named at a place of a question or of what was sent, with the nearest that there is.
pub fn unknown_column<'a>(
    sheet: &'static str,
    place: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic = fault(&QRY001, place).arg("column", shortened(name)).arg("kind", sheet);
    diagnostic.arg("nearest", nearest(name, known))
}

/// The name with the fewest changes of letters; the first among equals.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let name = shortened(name).to_lowercase();
    known.min_by_key(|k| edit_distance(&name, k)).unwrap_or_default().to_owned()
}

fn fingerprint(question: &Question, context: &str) -> u64 {
    let def = question.kind.def();
    let column = |index: usize| def.columns.get(index).map_or("", |c| c.name.as_str());
    let filters: Vec<String> = question.filters.iter().map(|f| f.canonical(column(f.column))).collect();
    let sort: Vec<String> = question
        .sort
        .iter()
        .map(|s| format!("{}\u{1}{}", column(s.column), if s.descending { "down" } else { "up" }))
        .collect();
    let parts = [def.name, context, "filters"].into_iter().chain(filters.iter().map(String::as_str));
    Cursor::fingerprint(parts.chain(["sort"]).chain(sort.iter().map(String::as_str)))
}
