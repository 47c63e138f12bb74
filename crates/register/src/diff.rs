//! What a file would change.

use model::{Kind, Records, record::Origin, value::Value};

use crate::change::Edit;

/// A record as a reader made it of bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// The kind.
    pub kind: Kind,
    /// The values in the order of the definition's columns.
    pub row: Vec<Value>,
    /// Where it came from.
    pub origin: Option<Origin>,
}

/// A field with its old and new value.
pub type FieldChange = (String, Value, Value);

/// A record that a file would add or change.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// The record.
    pub draft: Draft,
    /// Its id.
    pub id: String,
    /// Fields that differ; all filled fields for an addition.
    pub fields: Vec<FieldChange>,
}

/// What drafts would change.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diff {
    /// Records that are not there yet.
    pub added: Vec<Changed>,
    /// Records with another value.
    pub changed: Vec<Changed>,
    /// Records that are there already as the file says, by kind.
    pub unchanged: Vec<(Kind, usize)>,
}

impl Diff {
    /// The edits that make it so.
    pub fn edits(&self) -> Vec<Edit> {
        self.added
            .iter()
            .chain(&self.changed)
            .map(|c| Edit::Put { kind: c.draft.kind, row: c.draft.row.clone(), origin: c.draft.origin.clone() })
            .collect()
    }
}

/// Compares drafts with what is there. A record that the drafts do not name stays as it is.
pub fn diff(state: &Records, drafts: Vec<Draft>) -> Diff {
    let mut diff = Diff::default();
    for draft in drafts {
        let def = draft.kind.def();
        let id = def.id_of(&draft.row);
        match state.row(draft.kind, &id) {
            None => {
                let fields = fields(&draft, &vec![Value::Null; def.columns.len()]);
                diff.added.push(Changed { draft, id, fields });
            }
            Some(old) => {
                let fields = fields(&draft, &old);
                // Equal bodies are equal records: 5 and 5.0, or a currency left to its default, are no change.
                if fields.is_empty() || def.to_json(&old) == def.to_json(&canonical(&draft)) {
                    match diff.unchanged.iter_mut().find(|(k, _)| *k == draft.kind) {
                        Some((_, n)) => *n += 1,
                        None => diff.unchanged.push((draft.kind, 1)),
                    }
                } else {
                    diff.changed.push(Changed { draft, id, fields });
                }
            }
        }
    }
    diff
}

/// The row as the record would give it back.
fn canonical(draft: &Draft) -> Vec<Value> {
    let mut records = Records::default();
    let id = draft.kind.def().id_of(&draft.row);
    match records.put(draft.kind, &draft.row, None) {
        Ok(()) => records.row(draft.kind, &id).unwrap_or_else(|| draft.row.clone()),
        Err(_) => draft.row.clone(),
    }
}

fn fields(draft: &Draft, old: &[Value]) -> Vec<FieldChange> {
    let columns = &draft.kind.def().columns;
    columns
        .iter()
        .zip(old.iter().zip(&draft.row))
        .filter(|(_, (old, new))| old != new)
        .map(|(column, (old, new))| (column.name.clone(), old.clone(), new.clone()))
        .collect()
}
