//! One cell: what a column may hold, what a file offered, and the value it becomes.

use jiff::civil::Date;

use super::{Breakdown, Currency, Lang, Period};
use crate::Kind;

/// One entry of a code list.
#[derive(Debug, PartialEq, Eq)]
pub struct Item {
    /// The code, as it stands in files.
    pub code: &'static str,
    /// What it means, in English; other languages are in `locale` under `list-<list>-<code>`.
    pub doc: &'static str,
}

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellKind {
    /// A code or id: no white space, at most 120 characters.
    Code,
    /// Free text, at most 32 767 characters (the limit of a spreadsheet cell).
    Text,
    /// Free text in one language.
    TextIn(Lang),
    /// A whole number within bounds.
    Whole(i64, i64),
    /// A number.
    Number,
    /// A currency code.
    Currency,
    /// A day.
    Date,
    /// A period.
    Period,
    /// `true` or `false`.
    YesNo,
    /// A breakdown such as `sex=female`.
    Breakdown,
    /// The id of a record of a kind.
    Ref(Kind),
    /// Ids of records of a kind, separated by `;`.
    Refs(Kind),
    /// Codes separated by `;`.
    Codes,
    /// One code of a list: its name and items.
    OneOf(&'static str, &'static [Item]),
}

/// What a file offered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw<'a> {
    /// Nothing, or white space only.
    Empty,
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A day that the file marks as one (a date cell, already read in its own date system).
    Date(Date),
}

/// The value of a cell.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Not given.
    #[default]
    Null,
    /// Text, codes, ids, periods, breakdowns in their canonical spelling.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number; finite.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A day.
    Date(Date),
    /// Codes or ids in the order given, without repetition.
    List(Vec<String>),
}

impl Value {
    /// Nothing was given.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
    /// The text of it as files carry it: shortest number that reads back equal, ISO dates, `;` lists.
    pub fn to_text(&self) -> String {
        match self {
            Value::Null => String::new(),
            Value::Text(t) => t.clone(),
            Value::Whole(n) => n.to_string(),
            Value::Number(n) => number_text(*n),
            Value::Bool(b) => b.to_string(),
            Value::Date(d) => d.to_string(),
            Value::List(l) => l.iter().map(|c| c.replace(';', "\\;")).collect::<Vec<_>>().join(";"),
        }
    }
}

/// Shortest decimal text that reads back equal; `-0` is `0`; whole numbers carry no point.
fn number_text(n: f64) -> String {
    if n == 0.0 { "0".to_owned() } else { n.to_string() }
}

/// Why a cell cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub enum CellFault {
    /// Another type was expected. The name of the type is a message key suffix: `number`, `whole`, `date`, `period`, `yes-no`, `code`, `currency`, `breakdown`.
    Type(&'static str),
    /// Not in the code list; the nearest code, if one is near.
    NotInList(Option<&'static str>),
    /// Outside of the bounds.
    OutOfBounds(i64, i64),
    /// Longer than a cell may be.
    TooLong(usize),
    /// A comma stands where it could part thousands or decimals; both readings are possible.
    AmbiguousNumber,
    /// A required cell is empty.
    Required,
    /// A list names the same code twice.
    Repeated(String),
    /// A control character that XML, CSV or JSON cannot carry.
    ControlCharacter,
}

/// Turns Arabic-Indic, Persian and full-width digits, signs and points into ASCII; removes the grouping
/// spaces that spreadsheets put in (no-break, narrow no-break, thin). Other characters stay.
pub fn normalise_digits(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200e}' | '\u{200f}' | '\u{61c}'))
        .map(|c| match c {
            '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
            '\u{6f0}'..='\u{6f9}' => char::from(b'0' + (c as u32 - 0x6f0) as u8),
            '\u{ff10}'..='\u{ff19}' => char::from(b'0' + (c as u32 - 0xff10) as u8),
            '\u{ff0e}' | '\u{66b}' => '.',
            '\u{ff0c}' | '\u{66c}' => ',',
            '\u{2212}' | '\u{ff0d}' => '-',
            '\u{ff0b}' => '+',
            '\u{ff0f}' => '/',
            '\u{ff05}' | '\u{66a}' => '%',
            other => other,
        })
        .collect()
}

/// Reads a number as people type it. `1234.5`, `1e6`, `-3`, `1,234,567.8` (groups of three), `12,5` (a
/// decimal comma, when it cannot part thousands). `1,234` is ambiguous and refused.
fn read_number(text: &str) -> Result<f64, CellFault> {
    let text = normalise_digits(text);
    let text = text.trim();
    let plain = |t: &str| -> Option<f64> {
        t.bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'))
            .then(|| t.parse::<f64>().ok())
            .flatten()
            .filter(|n| n.is_finite())
    };
    if !text.contains(',') {
        return plain(text).ok_or(CellFault::Type("number"));
    }
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(a, b)| (a, Some(b)));
    let groups: Vec<&str> = whole.trim_start_matches(['-', '+']).split(',').collect();
    let grouped = (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|g| g.len() == 3);
    match (grouped, groups.len(), fraction) {
        (true, 2, None) if groups[0] != "0" => Err(CellFault::AmbiguousNumber),
        (true, _, _) if groups[0] != "0" => plain(&text.replace(',', "")).ok_or(CellFault::Type("number")),
        (_, 2, None) => plain(&text.replace(',', ".")).ok_or(CellFault::Type("number")),
        _ => Err(CellFault::Type("number")),
    }
}

fn read_date(text: &str) -> Option<Date> {
    let text = normalise_digits(text);
    let day = text.split(['T', ' ']).next()?;
    let mut parts = day.split(['-', '/', '.']);
    let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
    if y.len() != 4 || parts.next().is_some() {
        return None;
    }
    Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok()
}

fn nearest(text: &str, items: &'static [Item]) -> Option<&'static str> {
    items
        .iter()
        .map(|i| (edit_distance(&text.to_lowercase(), i.code), i.code))
        .filter(|(d, code)| *d <= 1 + code.len() / 4)
        .min()
        .map(|(_, code)| code)
}

/// Edit distance (Levenshtein) in characters.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut last = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let cost = last + usize::from(ca != *cb);
            last = row[j + 1];
            row[j + 1] = cost.min(last + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

const LONGEST_TEXT: usize = 32_767;
const LONGEST_CODE: usize = 120;

/// Turns what a file offered into the column's value. An empty cell is [`Value::Null`]: whether it is
/// required is the record's affair.
pub fn parse_cell(kind: CellKind, raw: Raw<'_>) -> Result<Value, CellFault> {
    let owned;
    let text = match raw {
        Raw::Empty => return Ok(Value::Null),
        Raw::Text(t) if t.trim().is_empty() => return Ok(Value::Null),
        Raw::Text(t) => t.trim(),
        Raw::Number(n) => match kind {
            CellKind::Number if n.is_finite() => return Ok(Value::Number(n)),
            CellKind::Whole(low, high) if n.fract() == 0.0 && n.abs() < 9.0e15 => return whole(n as i64, low, high),
            CellKind::Number | CellKind::Whole(..) => return Err(type_of(kind)),
            CellKind::YesNo => return Err(CellFault::Type("yes-no")),
            // A day typed as text into a cell that the file calls a number is a serial number without its
            // date format. The two date systems differ by four years, so it is refused rather than guessed.
            CellKind::Date => return Err(CellFault::Type("date")),
            _ => {
                owned = number_text(n);
                &owned
            }
        },
        Raw::Bool(b) => match kind {
            CellKind::YesNo => return Ok(Value::Bool(b)),
            CellKind::Code | CellKind::Text | CellKind::TextIn(_) => {
                owned = b.to_string();
                &owned
            }
            _ => return Err(type_of(kind)),
        },
        Raw::Date(d) => match kind {
            CellKind::Date => return Ok(Value::Date(d)),
            // Spreadsheets turn a typed 2016-03 into the first of March.
            CellKind::Period if d.day() == 1 => {
                owned = format!("{:04}-{:02}", d.year(), d.month());
                &owned
            }
            CellKind::Text | CellKind::TextIn(_) => {
                owned = d.to_string();
                &owned
            }
            _ => return Err(type_of(kind)),
        },
    };
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')) {
        return Err(CellFault::ControlCharacter);
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(CellFault::TooLong(LONGEST_TEXT));
    }
    match kind {
        CellKind::Text | CellKind::TextIn(_) => Ok(Value::Text(text.replace("\r\n", "\n").replace('\r', "\n"))),
        CellKind::Code | CellKind::Ref(_) => code(text).map(Value::Text),
        CellKind::Codes | CellKind::Refs(_) => {
            let mut list: Vec<String> = Vec::new();
            for part in text.split(';').map(str::trim).filter(|p| !p.is_empty()) {
                let part = code(part)?;
                if list.contains(&part) {
                    return Err(CellFault::Repeated(part));
                }
                list.push(part);
            }
            Ok(if list.is_empty() { Value::Null } else { Value::List(list) })
        }
        CellKind::Number => read_number(text).map(Value::Number),
        CellKind::Whole(low, high) => {
            let n = read_number(text)
                .map_err(|f| if f == CellFault::AmbiguousNumber { f } else { CellFault::Type("whole") })?;
            if n.fract() != 0.0 || n.abs() >= 9.0e15 {
                return Err(CellFault::Type("whole"));
            }
            whole(n as i64, low, high)
        }
        CellKind::Currency => {
            Currency::parse(text).map(|c| Value::Text(c.as_str().to_owned())).ok_or(CellFault::Type("currency"))
        }
        CellKind::Date => read_date(text).map(Value::Date).ok_or(CellFault::Type("date")),
        CellKind::Period => {
            Period::parse(&normalise_digits(text)).map(|p| Value::Text(p.to_string())).ok_or(CellFault::Type("period"))
        }
        CellKind::YesNo => match text.to_lowercase().as_str() {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(CellFault::Type("yes-no")),
        },
        CellKind::Breakdown => Breakdown::parse(text)
            .map(|b| if b.is_total() { Value::Null } else { Value::Text(b.to_string()) })
            .ok_or(CellFault::Type("breakdown")),
        CellKind::OneOf(_, items) => items
            .iter()
            .find(|i| i.code == text)
            .map(|i| Value::Text(i.code.to_owned()))
            .ok_or_else(|| CellFault::NotInList(nearest(text, items))),
    }
}

fn whole(n: i64, low: i64, high: i64) -> Result<Value, CellFault> {
    if (low..=high).contains(&n) { Ok(Value::Whole(n)) } else { Err(CellFault::OutOfBounds(low, high)) }
}

fn code(text: &str) -> Result<String, CellFault> {
    if text.chars().count() > LONGEST_CODE {
        return Err(CellFault::TooLong(LONGEST_CODE));
    }
    if text.chars().any(|c| c.is_whitespace() || c == '~') {
        return Err(CellFault::Type("code"));
    }
    Ok(text.to_owned())
}

/// The fault "expected this type" for a column.
fn type_of(kind: CellKind) -> CellFault {
    CellFault::Type(match kind {
        CellKind::Number => "number",
        CellKind::Whole(..) => "whole",
        CellKind::Currency => "currency",
        CellKind::Date => "date",
        CellKind::Period => "period",
        CellKind::YesNo => "yes-no",
        CellKind::Breakdown => "breakdown",
        _ => "code",
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn check(kind: CellKind, text: &str, expected: Result<Value, CellFault>) {
        assert_eq!(parse_cell(kind, Raw::Text(text)), expected, "{text}");
    }

    #[test]
    fn numbers_as_people_type_them() {
        for (text, n) in [
            ("1234.5", 1234.5),
            ("1,234,567.8", 1_234_567.8),
            ("12,5", 12.5),
            ("0,125", 0.125),
            ("1,234.5", 1234.5),
            ("١٢٫٥", 12.5),
            ("４２", 42.0),
            ("1\u{a0}234", 1234.0),
            ("−3", -3.0),
        ] {
            check(CellKind::Number, text, Ok(Value::Number(n)));
        }
        check(CellKind::Number, "1,234", Err(CellFault::AmbiguousNumber));
        check(CellKind::Number, "12 apples", Err(CellFault::Type("number")));
        check(CellKind::Number, "NaN", Err(CellFault::Type("number")));
        check(CellKind::Number, "1e999", Err(CellFault::Type("number")));
    }

    #[test]
    fn dates_and_codes() {
        check(CellKind::Date, "2014-01-01", Ok(Value::Date(date(2014, 1, 1))));
        check(CellKind::Date, "٢٠١٤-٠١-٠١", Ok(Value::Date(date(2014, 1, 1))));
        check(CellKind::Date, "01/02/2014", Err(CellFault::Type("date")));
        check(CellKind::Code, "a b", Err(CellFault::Type("code")));
        check(CellKind::Codes, "a; b;a", Err(CellFault::Repeated("a".into())));
        assert_eq!(parse_cell(CellKind::Date, Raw::Number(41640.0)), Err(CellFault::Type("date")));
    }

    #[test]
    fn a_near_code_is_offered() {
        static ITEMS: &[Item] = &[Item { code: "delivered", doc: "" }, Item { code: "global", doc: "" }];
        check(CellKind::OneOf("scope", ITEMS), "deliverd", Err(CellFault::NotInList(Some("delivered"))));
        check(CellKind::OneOf("scope", ITEMS), "xyz", Err(CellFault::NotInList(None)));
    }
}
