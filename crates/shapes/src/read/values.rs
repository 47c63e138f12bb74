//! Attributes whose kind the file does not declare: gathered as they come, settled at the end.

use std::collections::HashMap;

use crate::{Fault, Field, FieldKind, Place, Value, limits};

/// Rows of attributes as they come, each with the columns it has.
#[derive(Default)]
pub(crate) struct Gathered {
    names: Vec<String>,
    index: HashMap<String, usize>,
    kinds: Vec<Option<FieldKind>>,
    rows: Vec<Vec<(usize, Value)>>,
}

/// More attributes than we hold.
#[derive(Debug)]
pub(crate) struct TooManyFields;

impl Gathered {
    /// Begins the next feature.
    pub(crate) fn begin(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Whether some feature has this attribute.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }

    /// Adds a value to the feature that was begun last. A name that comes twice keeps the last value.
    pub(crate) fn add(&mut self, name: &str, value: Value) -> Result<(), TooManyFields> {
        let at = match self.index.get(name) {
            Some(at) => *at,
            None if self.names.len() >= limits::FIELDS => return Err(TooManyFields),
            None => {
                self.names.push(name.to_owned());
                self.kinds.push(None);
                self.index.insert(name.to_owned(), self.names.len() - 1);
                self.names.len() - 1
            }
        };
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        let kind = match &value {
            Value::Missing => None,
            Value::Whole(_) => Some(FieldKind::Whole),
            Value::Number(_) => Some(FieldKind::Number),
            Value::Text(_) => Some(FieldKind::Text),
            Value::Flag(_) => Some(FieldKind::Flag),
        };
        if let (Some(kind), Some(known)) = (kind, self.kinds.get_mut(at)) {
            *known = Some(known.map_or(kind, |known| both(known, kind)));
        }
        row.push((at, value));
        Ok(())
    }

    /// Whether there are more values than we hold, once each feature has all attributes.
    pub(crate) fn check(&self, place: &Place) -> Result<(), Fault> {
        limits::check_values(place, self.rows.len(), self.names.len())
    }

    /// The fields, and for each feature a value of the field's kind for each.
    ///
    /// Whole numbers among numbers become numbers; anything mixed becomes text; an attribute without any value is text.
    pub(crate) fn settle(self) -> (Vec<Field>, Vec<Vec<Value>>) {
        let kinds: Vec<FieldKind> = self.kinds.into_iter().map(|kind| kind.unwrap_or(FieldKind::Text)).collect();
        let rows = self.rows.into_iter().map(|row| {
            let mut values = vec![Value::Missing; kinds.len()];
            for (at, value) in row {
                if let (Some(slot), Some(kind)) = (values.get_mut(at), kinds.get(at)) {
                    *slot = as_kind(value, *kind);
                }
            }
            values
        });
        let rows = rows.collect();
        let fields = self.names.into_iter().zip(kinds).map(|(name, kind)| Field { name, kind }).collect();
        (fields, rows)
    }
}

/// The kind that holds values of two.
fn both(one: FieldKind, other: FieldKind) -> FieldKind {
    match (one, other) {
        _ if one == other => one,
        (FieldKind::Whole, FieldKind::Number) | (FieldKind::Number, FieldKind::Whole) => FieldKind::Number,
        _ => FieldKind::Text,
    }
}

/// A value as one of a field's kind; what does not fit a number or a flag is missing.
pub(crate) fn as_kind(value: Value, kind: FieldKind) -> Value {
    match (kind, value) {
        (FieldKind::Number, Value::Whole(whole)) => Value::Number(whole as f64),
        (FieldKind::Text, Value::Whole(whole)) => Value::Text(whole.to_string()),
        (FieldKind::Text, Value::Number(number)) => Value::Text(number.to_string()),
        (FieldKind::Text, Value::Flag(flag)) => Value::Text(flag.to_string()),
        (FieldKind::Whole, value @ Value::Whole(_))
        | (FieldKind::Number, value @ Value::Number(_))
        | (FieldKind::Text, value @ Value::Text(_))
        | (FieldKind::Flag, value @ Value::Flag(_)) => value,
        _ => Value::Missing,
    }
}
