//! References point to records that are there after the change.

use diag::Diagnostic;
use model::{
    Kind,
    value::{CellKind, Value},
};
use rustc_hash::FxHashMap;

use super::Incoming;
use crate::codes::{REG002, REG003};

pub(super) fn check(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    dangling(incoming, found);
    if !incoming.removed.is_empty() {
        orphaned(incoming, found);
    }
}

/// The references of one row: column, kind referred to, id.
fn references(kind: Kind, row: &[Value]) -> impl Iterator<Item = (&'static str, Kind, &str)> {
    kind.def().columns.iter().zip(row).flat_map(|(column, value)| {
        let name = column.name.as_str();
        let ids: Vec<(&'static str, Kind, &str)> = match (column.kind, value) {
            (CellKind::Ref(to), Value::Text(id)) => vec![(name, to, id)],
            (CellKind::Refs(to), Value::List(ids)) => ids.iter().map(|id| (name, to, id.as_str())).collect(),
            _ => Vec::new(),
        };
        ids
    })
}

fn dangling(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    // One search for the nearest id for each wrong id, not for each row that names it.
    let mut nearest: FxHashMap<(Kind, String), String> = FxHashMap::default();
    for kind in Kind::REGISTER {
        for (id, row) in incoming.new.rows(*kind) {
            for (column, to, target) in references(*kind, &row).filter(|(_, to, target)| !incoming.holds(*to, target)) {
                let near = nearest.entry((to, target.to_owned())).or_insert_with(|| near(incoming, to, target)).clone();
                found.push(
                    Diagnostic::new(&REG002)
                        .on(kind.name(), id)
                        .field(column)
                        .arg("column", column)
                        .arg("target", target)
                        .arg("table", to.sheet())
                        .arg("nearest", near),
                );
            }
        }
    }
}

/// The id nearest to a wrong one, `–` when none is near.
pub(super) fn near(incoming: &Incoming<'_>, kind: Kind, wrong: &str) -> String {
    let lower = wrong.to_lowercase();
    let most = 1 + wrong.chars().count() / 3;
    let candidates = incoming.new.rows(kind).map(|(id, _)| id).chain(incoming.state.rows(kind).map(|(id, _)| id));
    candidates
        // A length that differs by more than the bound cannot be near, and comparing is dear.
        .filter(|id| id.chars().count().abs_diff(wrong.chars().count()) <= most)
        .take(20_000)
        .map(|id| (model::value::edit_distance(&lower, &id.to_lowercase()), id))
        .filter(|(distance, _)| *distance <= most)
        .min()
        .map_or_else(|| "–".to_owned(), |(_, id)| id.to_owned())
}

/// Records that stay and refer to one that goes.
fn orphaned(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    for kind in Kind::REGISTER {
        for (id, row) in incoming.state.rows(*kind) {
            if incoming.removed.contains(&(*kind, id)) || incoming.new.contains(*kind, id) {
                continue;
            }
            for (column, to, target) in
                references(*kind, &row).filter(|(_, to, target)| incoming.removed.contains(&(*to, target)))
            {
                found.push(
                    Diagnostic::new(&REG003)
                        .on(to.name(), target)
                        .related(kind.name(), id)
                        .arg("id", target)
                        .arg("by", format!("{} {id}", kind.name()))
                        .arg("column", column),
                );
            }
        }
    }
}
