//! One condition on one column.

use std::cmp::Ordering;

use diag::Diagnostic;
use model::{
    record::Column,
    value::{CellFault, CellKind, Raw, Value, parse_cell},
};

use crate::{
    codes::{QRY002, QRY004, QRY010},
    column::{example, operators, order},
};

/// Values that one `in` may list.
const MOST_VALUES: usize = 1_000;

/// What is asked of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// Equal; a list holds the value.
    Eq,
    /// Not equal or not given; a list does not hold the value.
    Ne,
    /// Less, earlier.
    Lt,
    /// Less or equal.
    Le,
    /// Greater, later.
    Gt,
    /// Greater or equal.
    Ge,
    /// One of several values, separated by commas.
    In,
    /// Begins with a text.
    Prefix,
    /// Not given (`true`), or given (`false`).
    Null,
}

impl Operator {
    /// All operators.
    pub const ALL: [Operator; 9] = [
        Operator::Eq,
        Operator::Ne,
        Operator::Lt,
        Operator::Le,
        Operator::Gt,
        Operator::Ge,
        Operator::In,
        Operator::Prefix,
        Operator::Null,
    ];
    /// The word in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Operator::Eq => "eq",
            Operator::Ne => "ne",
            Operator::Lt => "lt",
            Operator::Le => "le",
            Operator::Gt => "gt",
            Operator::Ge => "ge",
            Operator::In => "in",
            Operator::Prefix => "prefix",
            Operator::Null => "null",
        }
    }
    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Operator::ALL.into_iter().find(|o| o.as_str() == word)
    }
}

/// What a column is compared with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    One(Value),
    Any(Vec<Value>),
    Text(String),
    /// Whether the value must be missing.
    Missing(bool),
}

/// One condition on one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// Index of the column.
    pub column: usize,
    /// What is asked.
    pub operator: Operator,
    pub(crate) kind: CellKind,
    pub(crate) operand: Operand,
}

impl Filter {
    /// Reads a condition; `parameter` is how it was named, for the findings.
    pub(crate) fn parse(
        column: &Column,
        index: usize,
        operator: Operator,
        text: &str,
        parameter: &str,
    ) -> Result<Filter, Box<Diagnostic>> {
        let kind = column.kind;
        let fit = operators(kind);
        if !fit.contains(&operator) {
            let words: Vec<&str> = fit.iter().map(|o| o.as_str()).collect();
            let diagnostic = Diagnostic::new(&QRY004).field(parameter).arg("operator", operator.as_str());
            let diagnostic = diagnostic.arg("column", column.name.as_str()).arg("operators", words.join(", "));
            return Err(Box::new(diagnostic));
        }
        let unfit = |text: &str, example: String| {
            let diagnostic = Diagnostic::new(&QRY002).field(parameter).arg("value", shortened(text));
            Box::new(diagnostic.arg("column", column.name.as_str()).arg("example", example))
        };
        let value = |text: &str| match parse_cell(one_of(kind), Raw::Text(text)) {
            Ok(Value::Null) => Err(unfit(text, example(kind))),
            Ok(Value::List(mut one)) => one.pop().map(Value::Text).ok_or_else(|| unfit(text, example(kind))),
            Ok(value) => Ok(value),
            Err(CellFault::NotInList(Some(nearest))) => Err(unfit(text, nearest.to_owned())),
            Err(_) => Err(unfit(text, example(kind))),
        };
        let operand = match operator {
            Operator::In => {
                let parts = split(text);
                if parts.len() > MOST_VALUES {
                    let most = i64::try_from(MOST_VALUES).unwrap_or(i64::MAX);
                    return Err(Box::new(Diagnostic::new(&QRY010).field(parameter).arg("most", most)));
                }
                Operand::Any(parts.iter().map(|t| value(t)).collect::<Result<_, _>>()?)
            }
            Operator::Prefix if text.is_empty() => return Err(unfit(text, example(kind))),
            Operator::Prefix => Operand::Text(text.to_owned()),
            Operator::Null => match text {
                "true" => Operand::Missing(true),
                "false" => Operand::Missing(false),
                _ => return Err(unfit(text, "true, false".to_owned())),
            },
            _ => Operand::One(value(text)?),
        };
        Ok(Filter { column: index, operator, kind, operand })
    }

    /// Whether a value of the column fulfils the condition.
    pub fn holds(&self, value: &Value) -> bool {
        // A list is asked about its members.
        if let Value::List(members) = value {
            let any = |test: &dyn Fn(&Value) -> bool| members.iter().any(|m| test(&Value::Text(m.clone())));
            return match self.operator {
                Operator::Ne => !any(&|m| self.compares(m, Ordering::is_eq)),
                _ => self.holds_missing(false).unwrap_or_else(|| any(&|m| self.holds(m))),
            };
        }
        if value.is_null() {
            return self.holds_missing(true).unwrap_or(self.operator == Operator::Ne);
        }
        match self.operator {
            Operator::Eq => self.compares(value, Ordering::is_eq),
            Operator::Ne => self.compares(value, Ordering::is_ne),
            Operator::Lt => self.compares(value, Ordering::is_lt),
            Operator::Le => self.compares(value, Ordering::is_le),
            Operator::Gt => self.compares(value, Ordering::is_gt),
            Operator::Ge => self.compares(value, Ordering::is_ge),
            Operator::In => match &self.operand {
                Operand::Any(list) => list.iter().any(|x| order(self.kind, value, x).is_eq()),
                _ => false,
            },
            Operator::Prefix => match (&self.operand, value) {
                (Operand::Text(start), Value::Text(text)) => text.starts_with(start.as_str()),
                _ => false,
            },
            Operator::Null => self.holds_missing(false).unwrap_or(false),
        }
    }

    /// The answer of `null`; `None` for another operator.
    fn holds_missing(&self, missing: bool) -> Option<bool> {
        match self.operand {
            Operand::Missing(wanted) => Some(wanted == missing),
            _ => None,
        }
    }

    fn compares(&self, value: &Value, test: fn(Ordering) -> bool) -> bool {
        match &self.operand {
            Operand::One(with) => test(order(self.kind, value, with)),
            _ => false,
        }
    }

    /// The condition as text, equal for equal conditions.
    pub(crate) fn canonical(&self, name: &str) -> String {
        let operand = match &self.operand {
            Operand::One(value) => value.to_text(),
            Operand::Any(list) => list.iter().map(Value::to_text).collect::<Vec<_>>().join("\u{1}"),
            Operand::Text(text) => text.clone(),
            Operand::Missing(missing) => missing.to_string(),
        };
        format!("{name}\u{1}{}\u{1}{operand}", self.operator.as_str())
    }
}

/// The type of one value of a column: a member of a list, not the list.
fn one_of(kind: CellKind) -> CellKind {
    match kind {
        CellKind::Refs(_) | CellKind::Codes => CellKind::Code,
        kind => kind,
    }
}

/// The parts of a list; `\,` is a comma within a part.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, parts.last_mut()) {
            (',', _) => parts.push(String::new()),
            ('\\', Some(last)) => last.push(chars.next().unwrap_or('\\')),
            (c, Some(last)) => last.push(c),
            (_, None) => {}
        }
    }
    parts
}

/// A text as it is repeated in a message.
pub(crate) fn shortened(text: &str) -> String {
    match text.char_indices().nth(80) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
