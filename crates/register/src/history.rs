//! Who changed a record, when and why, field by field.

use model::value::Value;

use crate::{
    change::{Change, Op, Revision},
    diff::FieldChange,
};

/// One step in a record's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// The record was removed.
    pub removed: bool,
    /// Fields that changed: column, before, after.
    pub fields: Vec<FieldChange>,
}

/// The steps of one record from its revisions in order, oldest first.
pub fn history(revisions: &[(Change, Revision)]) -> Vec<Step> {
    let mut before: Vec<Value> = Vec::new();
    revisions
        .iter()
        .map(|(change, revision)| {
            let row = revision.row();
            let columns = model::Kind::parse(&revision.kind).map_or(&[][..], |k| &k.def().columns);
            let after = row.map_or_else(Vec::new, |(_, row)| row);
            let fields = columns
                .iter()
                .enumerate()
                .map(|(i, column)| {
                    let old = before.get(i).cloned().unwrap_or_default();
                    let new = after.get(i).cloned().unwrap_or_default();
                    (column.name.clone(), old, new)
                })
                .filter(|(_, old, new)| old != new)
                .collect();
            before = after;
            Step { change: change.clone(), removed: revision.op == Op::Remove, fields }
        })
        .collect()
}
