//! Within which boundaries figures were computed: what their evidence names, and whether two figures are of the same ground.

use std::collections::BTreeSet;

use model::figure::Figure;

use super::outdated::parts;
use crate::world::World;

/// Boundaries within which a figure's observations were computed, each once: `PLACE/DEFINITION/DAY@FINGERPRINT`. Nothing for
/// observations that name none.
pub fn boundaries_of(world: &World, figure: &Figure) -> Vec<String> {
    let all = &world.snapshot().observations;
    let mut codes: Vec<u32> = figure.derivation.inputs.iter().map(|input| all.evidence[input.row_idx]).collect();
    codes.sort_unstable();
    codes.dedup();
    let named = |code: &u32| {
        let (_, boundary) = all.dict.text(*code).strip_prefix("analysis/")?.split_once('/')?;
        Some(boundary.to_owned())
    };
    codes.iter().filter_map(named).collect::<BTreeSet<String>>().into_iter().collect()
}

/// Whether two figures are of other ground: a place that both are of was bounded otherwise, by another definition or another shape.
///
/// A boundary with the same shape is the same ground, from whichever day it holds. What names no boundary says nothing.
pub fn boundary_moved(before: &[String], after: &[String]) -> bool {
    let ground = |name: &str| {
        let (place, definition) = parts(name)?;
        Some((place, definition, name.rsplit_once('@')?.1.to_owned()))
    };
    let before: Vec<_> = before.iter().filter_map(|name| ground(name)).collect();
    after.iter().filter_map(|name| ground(name)).any(|(place, definition, shape)| {
        let of_place = || before.iter().filter(|(of, ..)| *of == place);
        of_place().next().is_some() && !of_place().any(|(_, by, held)| *by == definition && *held == shape)
    })
}

/// Where a series goes over to other ground: of each figure, whether it is of other ground than those before it. A figure that
/// names no boundary changes nothing.
pub fn breaks(boundaries: &[Vec<String>]) -> Vec<bool> {
    let mut last: &[String] = &[];
    let mut breaks = Vec::with_capacity(boundaries.len());
    for of in boundaries {
        breaks.push(boundary_moved(last, of));
        if !of.is_empty() {
            last = of;
        }
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn another_shape_or_definition_is_other_ground_and_another_day_is_not() {
        let then = of(&["KEN-nairobi/administrative/2015-01-01@0011aabb"]);
        for (now, moved) in [
            ("KEN-nairobi/administrative/2015-01-01@0011aabb", false),
            ("KEN-nairobi/administrative/2024-01-01@0011aabb", false),
            ("KEN-nairobi/administrative/2024-01-01@ffff0000", true),
            ("KEN-nairobi/administrative/2015-01-01@ffff0000", true),
            ("KEN-nairobi/built_up/2015-01-01@0011aabb", true),
            // Of another city nothing can be said.
            ("KEN-kisumu/administrative/2015-01-01@ffff0000", false),
        ] {
            assert_eq!(boundary_moved(&then, &of(&[now])), moved, "{now}");
        }
        assert!(!boundary_moved(&[], &then) && !boundary_moved(&then, &[]));
    }

    #[test]
    fn a_series_breaks_where_the_ground_changes_also_over_a_figure_without_a_boundary() {
        let (a, b) = (of(&["X/administrative/2015-01-01@aa"]), of(&["X/administrative/2020-01-01@bb"]));
        assert_eq!(
            breaks(&[a.clone(), a.clone(), Vec::new(), b.clone(), b, a]),
            [false, false, false, true, false, true]
        );
    }
}
