//! Parents, predecessors and the like never lead back to where they began.

use diag::Diagnostic;
use model::{Kind, value::Value};
use rustc_hash::FxHashSet;

use super::Incoming;
use crate::codes::REG004;

/// Columns in which a record names another of its kind that stands above or before it.
const UPWARD: &[(Kind, &str)] = &[
    (Kind::Place, "parent"),
    (Kind::Unit, "parent"),
    (Kind::Result, "parent"),
    (Kind::Plan, "predecessor"),
    (Kind::Plan, "part_of"),
    (Kind::Project, "parent"),
    (Kind::Fact, "part_of"),
    (Kind::Amount, "part_of"),
    (Kind::Indicator, "world_indicator"),
];

pub(super) fn check(incoming: &Incoming<'_>, found: &mut Vec<Diagnostic>) {
    for (kind, column) in UPWARD {
        let Some(at) = kind.def().column(column) else { continue };
        let above = |id: &str| -> Option<String> {
            let row = incoming.new.row(*kind, id).or_else(|| incoming.state.row(*kind, id))?;
            match row.into_iter().nth(at) {
                Some(Value::Text(parent)) => Some(parent),
                _ => None,
            }
        };
        // Every circle made by this change runs through a record of this change.
        let mut fine: FxHashSet<String> = FxHashSet::default();
        for (id, _) in incoming.new.rows(*kind) {
            let mut path: Vec<String> = vec![id.to_owned()];
            let mut on_path: FxHashSet<String> = FxHashSet::from_iter([id.to_owned()]);
            let mut next = above(id);
            while let Some(parent) = next {
                if fine.contains(&parent) {
                    break;
                }
                if !on_path.insert(parent.clone()) {
                    // Told once, at the smallest id of the circle that this change puts.
                    let start = path.iter().position(|p| *p == parent).unwrap_or(0);
                    let circle = &path[start..];
                    if circle.iter().filter(|p| incoming.new.contains(*kind, p)).min().is_some_and(|least| least == id)
                    {
                        let shown = circle.iter().chain([&parent]).cloned().collect::<Vec<_>>().join(" → ");
                        found.push(
                            Diagnostic::new(&REG004)
                                .on(kind.name(), id)
                                .field(*column)
                                .arg("column", *column)
                                .arg("circle", shown),
                        );
                    }
                    path.clear();
                    break;
                }
                next = above(&parent);
                path.push(parent);
            }
            fine.extend(path);
        }
    }
}
