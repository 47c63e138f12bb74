//! What a record is: a Rust struct with documented fields, from which its workbook sheet, JSON body,
//! SQL table, form and history follow. The struct is written once, with [`record!`](crate::record).

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use crate::{
    Kind,
    value::{Breakdown, CellKind, Currency, Id, Lang, Money, Period, Text, Value},
};

/// One column of a kind's table.
#[derive(Clone, Debug)]
pub struct Column {
    /// Name, the same in workbook, CSV, JSON and SQL, e.g. `title_en`.
    pub name: String,
    /// The struct's field that it belongs to, e.g. `title`.
    pub field: &'static str,
    /// What it may hold.
    pub kind: CellKind,
    /// Whether it must be filled. A text in languages is required as a whole, not per column.
    pub required: bool,
    /// Whether it is part of the natural key.
    pub key: bool,
    /// What it means.
    pub doc: &'static str,
}

/// The definition of a kind of record.
#[derive(Debug)]
pub struct RecordDef {
    /// The kind.
    pub kind: Kind,
    /// Its name, singular, e.g. `plan`; also the SQL table.
    pub name: &'static str,
    /// The sheet and file name, plural, e.g. `plans`.
    pub sheet: &'static str,
    /// What one record is.
    pub doc: &'static str,
    /// The columns in order.
    pub columns: Vec<Column>,
}

impl RecordDef {
    /// Index of a column by name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.name == name)
    }
    /// The record's id: its key columns joined by `/`. Trailing empty parts are dropped.
    pub fn id_of(&self, row: &[Value]) -> String {
        let mut id = String::new();
        for (i, (_, value)) in self.columns.iter().zip(row).filter(|(c, _)| c.key).enumerate() {
            if i > 0 {
                id.push('/');
            }
            id.push_str(&value.to_text());
        }
        id.truncate(id.trim_end_matches('/').len());
        id
    }
    /// The columns of the natural key.
    pub fn key_columns(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|c| c.key)
    }
    /// The canonical JSON body: an object with the non-empty columns sorted by name, shortest numbers,
    /// no white space. Equal rows give equal bytes, so the body can be hashed.
    pub fn to_json(&self, row: &[Value]) -> String {
        let map: BTreeMap<&str, serde_json::Value> = self
            .columns
            .iter()
            .zip(row)
            .filter(|(_, v)| !v.is_null())
            .map(|(c, v)| (c.name.as_str(), json_of(v)))
            .collect();
        serde_json::to_string(&map).unwrap_or_default()
    }
    /// Reads a body back. Unknown names are ignored (an older program reads a newer body); a value of
    /// another type is left out.
    pub fn row_from_json(&self, body: &serde_json::Map<String, serde_json::Value>) -> Vec<Value> {
        self.columns.iter().map(|c| body.get(&c.name).map_or(Value::Null, |v| from_json(c.kind, v))).collect()
    }
}

/// A value as JSON: a whole number without a point, a day as ISO text, nothing as null.
pub fn json_of(value: &Value) -> serde_json::Value {
    match value {
        Value::Null => serde_json::Value::Null,
        Value::Text(t) => t.as_str().into(),
        Value::Whole(n) => (*n).into(),
        // A whole number is written without a point, so that 5 and 5.0 have one body.
        Value::Number(n) if n.fract() == 0.0 && n.abs() < 9.0e15 => (*n as i64).into(),
        Value::Number(n) => (*n).into(),
        Value::Bool(b) => (*b).into(),
        Value::Date(d) => d.to_string().into(),
        Value::List(l) => l.clone().into(),
    }
}

fn from_json(kind: CellKind, value: &serde_json::Value) -> Value {
    use serde_json::Value as J;
    match (kind, value) {
        (CellKind::Number, J::Number(n)) => n.as_f64().map_or(Value::Null, Value::Number),
        (CellKind::Whole(..), J::Number(n)) => n.as_i64().map_or(Value::Null, Value::Whole),
        (CellKind::YesNo, J::Bool(b)) => Value::Bool(*b),
        (CellKind::Date, J::String(t)) => t.parse::<Date>().map_or(Value::Null, Value::Date),
        (CellKind::Refs(_) | CellKind::Codes, J::Array(list)) => {
            Value::List(list.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
        }
        (
            CellKind::Number
            | CellKind::Whole(..)
            | CellKind::YesNo
            | CellKind::Date
            | CellKind::Refs(_)
            | CellKind::Codes,
            _,
        ) => Value::Null,
        (_, J::String(t)) => Value::Text(t.clone()),
        _ => Value::Null,
    }
}

/// A kind of record as a struct.
pub trait Record: Sized + Clone + std::fmt::Debug + PartialEq + Send + Sync + 'static {
    /// The kind.
    const KIND: Kind;
    /// The definition, made once.
    fn def() -> &'static RecordDef;
    /// Its id: the key columns joined by `/`.
    fn id(&self) -> String {
        Self::def().id_of(&self.to_row())
    }
    /// The values in the order of the definition's columns.
    fn to_row(&self) -> Vec<Value>;
    /// Reads values in the order of the definition's columns; the names of required columns that are empty otherwise.
    fn from_row(row: &[Value]) -> Result<Self, Vec<String>>;
}

/// Where a record's current revision came from: a file's sheet and row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The sheet it stood in.
    pub sheet: Arc<SheetOrigin>,
    /// The row as a spreadsheet shows it: the header is row 1.
    pub row: u32,
}

/// A sheet that records came from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SheetOrigin {
    /// The file as the user named it.
    pub file: String,
    /// The sheet, or the CSV file's table name.
    pub sheet: String,
    /// The header cells in order.
    pub header: Vec<String>,
}

impl Origin {
    /// The pointer to a column of this record; to the row's first cell when no column is named, to the row when the sheet
    /// has no such column.
    pub fn pointer(&self, column: Option<&str>) -> diag::Pointer {
        let index = column.map_or(Some(0), |name| {
            let exact = self.sheet.header.iter().position(|h| h == name);
            exact.or_else(|| {
                self.sheet.header.iter().position(|h| h.strip_prefix(name).is_some_and(|r| r.starts_with('_')))
            })
        });
        diag::Pointer {
            file: Some(self.sheet.file.clone()),
            sheet: Some(self.sheet.sheet.clone()),
            row: Some(self.row),
            column: index.map(|i| i as u32 + 1),
            value: None,
        }
    }
}

/// A type that a field of a record may have: it becomes one column or several.
pub trait Field: Sized {
    /// Whether the field must be filled.
    const REQUIRED: bool = true;
    /// The columns it becomes: the suffix of the name, and what they hold.
    fn columns() -> Vec<(&'static str, CellKind)>;
    /// Appends its values.
    fn write(&self, out: &mut Vec<Value>);
    /// Reads its values; `None` when all are empty or unreadable.
    fn read(cells: &[Value]) -> Option<Self>;
}

macro_rules! text_field {
    ($type:ty, $kind:expr, $to:expr, $from:expr) => {
        impl Field for $type {
            fn columns() -> Vec<(&'static str, CellKind)> {
                vec![("", $kind)]
            }
            fn write(&self, out: &mut Vec<Value>) {
                let to: fn(&$type) -> String = $to;
                let text = to(self);
                out.push(if text.is_empty() { Value::Null } else { Value::Text(text) });
            }
            fn read(cells: &[Value]) -> Option<Self> {
                let from: fn(&str) -> Option<$type> = $from;
                match &cells[0] {
                    Value::Text(t) => from(t),
                    _ => None,
                }
            }
        }
    };
}

text_field!(String, CellKind::Text, String::clone, |t| Some(t.to_owned()));
text_field!(Period, CellKind::Period, Period::to_string, Period::parse);

impl Field for Breakdown {
    // The total is an empty cell.
    const REQUIRED: bool = false;
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Breakdown)]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(if self.is_total() { Value::Null } else { Value::Text(self.to_string()) });
    }
    fn read(cells: &[Value]) -> Option<Self> {
        match &cells[0] {
            Value::Text(t) => Breakdown::parse(t),
            _ => Some(Breakdown::default()),
        }
    }
}

/// A code that is not the id of a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(pub String);

text_field!(Code, CellKind::Code, |c: &Code| c.0.clone(), |t| Some(Code(t.to_owned())));

impl<T: Record> Field for Id<T> {
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Ref(T::KIND))]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(Value::Text(self.as_str().to_owned()));
    }
    fn read(cells: &[Value]) -> Option<Self> {
        match &cells[0] {
            Value::Text(t) => Some(Id::new(t)),
            _ => None,
        }
    }
}

impl<T: Record> Field for Vec<Id<T>> {
    const REQUIRED: bool = false;
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Refs(T::KIND))]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(if self.is_empty() {
            Value::Null
        } else {
            Value::List(self.iter().map(|i| i.as_str().to_owned()).collect())
        });
    }
    fn read(cells: &[Value]) -> Option<Self> {
        Some(match &cells[0] {
            Value::List(l) => l.iter().map(Id::new).collect(),
            _ => Vec::new(),
        })
    }
}

impl Field for Vec<Code> {
    const REQUIRED: bool = false;
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Codes)]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(if self.is_empty() { Value::Null } else { Value::List(self.iter().map(|c| c.0.clone()).collect()) });
    }
    fn read(cells: &[Value]) -> Option<Self> {
        Some(match &cells[0] {
            Value::List(l) => l.iter().cloned().map(Code).collect(),
            _ => Vec::new(),
        })
    }
}

impl Field for Text {
    fn columns() -> Vec<(&'static str, CellKind)> {
        Lang::ALL
            .into_iter()
            .map(|l| {
                let suffix = match l {
                    Lang::Ar => "_ar",
                    Lang::Zh => "_zh",
                    Lang::En => "_en",
                    Lang::Fr => "_fr",
                    Lang::Ru => "_ru",
                    Lang::Es => "_es",
                };
                (suffix, CellKind::TextIn(l))
            })
            .collect()
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.extend(Lang::ALL.into_iter().map(|l| self.get(l).map_or(Value::Null, |t| Value::Text(t.to_owned()))));
    }
    fn read(cells: &[Value]) -> Option<Self> {
        let mut text = Text::default();
        for (lang, cell) in Lang::ALL.into_iter().zip(cells) {
            if let Value::Text(t) = cell {
                text.set(lang, t.clone());
            }
        }
        (!text.is_empty()).then_some(text)
    }
}

impl Field for Money {
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Number), ("_currency", CellKind::Currency)]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(Value::Number(self.major()));
        out.push(Value::Text(self.currency.as_str().to_owned()));
    }
    fn read(cells: &[Value]) -> Option<Self> {
        let (Value::Number(major), currency) = (&cells[0], &cells[1]) else { return None };
        let currency = match currency {
            Value::Text(t) => Currency::parse(t)?,
            // The documents' convention: amounts without a currency are dollars.
            _ => Currency::USD,
        };
        Money::from_major(*major, currency)
    }
}

macro_rules! plain_field {
    ($type:ty, $variant:ident, $kind:expr) => {
        impl Field for $type {
            fn columns() -> Vec<(&'static str, CellKind)> {
                vec![("", $kind)]
            }
            fn write(&self, out: &mut Vec<Value>) {
                out.push(Value::$variant(*self));
            }
            fn read(cells: &[Value]) -> Option<Self> {
                match cells[0] {
                    Value::$variant(v) => Some(v),
                    _ => None,
                }
            }
        }
    };
}

plain_field!(f64, Number, CellKind::Number);
plain_field!(bool, Bool, CellKind::YesNo);
plain_field!(Date, Date, CellKind::Date);

/// A whole number between `LOW` and `HIGH`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Whole<const LOW: i64, const HIGH: i64>(pub i64);

impl<const LOW: i64, const HIGH: i64> Field for Whole<LOW, HIGH> {
    fn columns() -> Vec<(&'static str, CellKind)> {
        vec![("", CellKind::Whole(LOW, HIGH))]
    }
    fn write(&self, out: &mut Vec<Value>) {
        out.push(Value::Whole(self.0));
    }
    fn read(cells: &[Value]) -> Option<Self> {
        match cells[0] {
            Value::Whole(v) if (LOW..=HIGH).contains(&v) => Some(Whole(v)),
            _ => None,
        }
    }
}

impl<F: Field> Field for Option<F> {
    const REQUIRED: bool = false;
    fn columns() -> Vec<(&'static str, CellKind)> {
        F::columns()
    }
    fn write(&self, out: &mut Vec<Value>) {
        match self {
            Some(f) => f.write(out),
            None => out.extend(F::columns().iter().map(|_| Value::Null)),
        }
    }
    fn read(cells: &[Value]) -> Option<Self> {
        Some(F::read(cells))
    }
}

/// Builds the columns of one field; used by the macro.
#[doc(hidden)]
pub fn field_columns<F: Field>(field: &'static str, doc: &'static str, key: bool, own: bool, out: &mut Vec<Column>) {
    for (suffix, kind) in F::columns() {
        // A record's own id is a code, not a reference to itself.
        let kind = if own { CellKind::Code } else { kind };
        let required = F::REQUIRED && !matches!(kind, CellKind::TextIn(_)) && suffix != "_currency";
        out.push(Column { name: format!("{field}{suffix}"), field, kind, required, key, doc: doc.trim() });
    }
}

/// Defines a code list: an enum whose variants have a code and a meaning.
#[macro_export]
macro_rules! code_list {
    ($(#[doc = $doc:literal])+ $name:ident as $list:literal { $($(#[doc = $vdoc:literal])+ $variant:ident = $code:literal,)+ }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[doc = $vdoc])+ $variant,)+ }
        impl $name {
            /// The name of the list, for message keys.
            pub const LIST: &'static str = $list;
            /// All variants in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// All codes with their meaning.
            pub const ITEMS: &'static [$crate::value::Item] = &[$($crate::value::Item { code: $code, doc: concat!($($vdoc,)+) },)+];
            /// The code.
            pub const fn as_str(self) -> &'static str { match self { $($name::$variant => $code,)+ } }
            /// Reads a code.
            pub fn parse(code: &str) -> Option<Self> { match code { $($code => Some($name::$variant),)+ _ => None } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
        impl $crate::record::Field for $name {
            fn columns() -> Vec<(&'static str, $crate::value::CellKind)> {
                vec![("", $crate::value::CellKind::OneOf($list, $name::ITEMS))]
            }
            fn write(&self, out: &mut Vec<$crate::value::Value>) { out.push($crate::value::Value::Text(self.as_str().to_owned())); }
            fn read(cells: &[$crate::value::Value]) -> ::std::option::Option<Self> {
                match &cells[0] { $crate::value::Value::Text(t) => $name::parse(t), _ => None }
            }
        }
    };
}

/// Defines a record: `Name as "name" in "sheet" { fields }`. The fields marked `key` form the natural
/// key; a field marked `own` is the record's own id.
#[macro_export]
macro_rules! record {
    ($(#[doc = $doc:literal])+ $name:ident as $kind_name:literal in $sheet:literal {
        $($(#[doc = $fdoc:literal])+ $($mark:ident)? [$field:ident]: $type:ty,)+
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name { $($(#[doc = $fdoc])+ pub $field: $type,)+ }
        impl $crate::record::Record for $name {
            const KIND: $crate::Kind = $crate::Kind::$name;
            fn def() -> &'static $crate::record::RecordDef {
                static DEF: std::sync::LazyLock<$crate::record::RecordDef> = std::sync::LazyLock::new(|| {
                    let mut columns = Vec::new();
                    $($crate::record::field_columns::<$type>(
                        stringify!($field), concat!($($fdoc,)+), $crate::record!(@key $($mark)?), $crate::record!(@own $($mark)?), &mut columns);)+
                    $crate::record::RecordDef {
                        kind: $crate::Kind::$name, name: $kind_name, sheet: $sheet, doc: concat!($($doc,)+).trim_ascii(), columns,
                    }
                });
                &DEF
            }
            fn to_row(&self) -> Vec<$crate::value::Value> {
                let mut out = Vec::with_capacity(Self::def().columns.len());
                $($crate::record::Field::write(&self.$field, &mut out);)+
                out
            }
            fn from_row(row: &[$crate::value::Value]) -> ::std::result::Result<Self, Vec<String>> {
                let def = Self::def();
                let mut missing: Vec<String> = Vec::new();
                let mut at = 0usize;
                $(
                    let width = def.columns[at..].iter().take_while(|c| c.field == stringify!($field)).count();
                    let $field = <$type as $crate::record::Field>::read(&row[at..at + width]);
                    if $field.is_none() { missing.push(def.columns[at].name.clone()); }
                    at += width;
                )+
                debug_assert_eq!(at, def.columns.len());
                match ($($field,)+) {
                    ($(Some($field),)+) => Ok($name { $($field,)+ }),
                    _ => Err(missing),
                }
            }
        }
    };
    (@key) => { false };
    (@key key) => { true };
    (@key own) => { true };
    (@own) => { false };
    (@own key) => { false };
    (@own own) => { true };
}
