//! Overlap between projects. Overlap is data, not arithmetic.
//!
//! * A project that is part of another one (its parent) is a subset of it where both report.
//! * `subset`: left out where the other one reports. `shared`: the larger of the two counts. `additive`: both count.
//! * `unknown`: the projects form a cluster of which only bounds are known, [largest single, sum].
//! * No record: additive, with one exception. Where *people* (or households) are counted and two projects
//!   claim the same place, or one claims a place inside the other's, the same person can be in both; then
//!   nobody knows. Two projects in different places, or things that are not people, are taken to add up: a
//!   dollar or a kilometre that two projects report is a claim of two dollars or kilometres, and a double claim is for
//!   the record of overlaps to say.

use model::kinds::OverlapRelation;

use super::{Leaf, Leaves};
use crate::{ask::Ask, prepared::NameIx};

/// Whether people are counted, so that two projects in one place may count the same ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum People {
    /// People or households are counted.
    Counted,
    /// Something else.
    NotCounted,
}

/// Units that count people or households.
pub(crate) const PEOPLE_UNITS: [&str; 12] = [
    "person",
    "persons",
    "people",
    "inhabitant",
    "inhabitants",
    "resident",
    "residents",
    "household",
    "households",
    "participant",
    "participants",
    "beneficiaries",
];

impl People {
    /// From the unit of the indicator.
    pub fn of_unit(unit: Option<&str>) -> Self {
        if unit.is_some_and(|u| PEOPLE_UNITS.contains(&u)) { People::Counted } else { People::NotCounted }
    }
}

/// What one project brings to a cluster of unknown overlap.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contribution {
    pub project: NameIx,
    pub size: f64,
}

/// Pairs of projects by their position among those that report.
type Pairs = Vec<(usize, usize)>;

/// Marks what is counted elsewhere; returns the clusters of unknown overlap, each of two projects or more.
pub(super) fn count_once(
    ask: &Ask<'_>,
    leaves: &mut Leaves,
    people: People,
    size: impl Fn(&Leaves, &Leaf) -> f64,
) -> Vec<Vec<Contribution>> {
    let mut projects: Vec<NameIx> = leaves.counting().map(|l| l.project).filter(|p| *p != 0).collect();
    projects.sort_unstable();
    projects.dedup();
    if projects.len() < 2 {
        return Vec::new();
    }
    let at = |p: NameIx| projects.binary_search(&p).ok();
    let mut sizes = vec![0.0; projects.len()];
    for leaf in leaves.counting() {
        if let Some(i) = at(leaf.project) {
            sizes[i] += size(leaves, leaf);
        }
    }
    let mut out: Vec<Option<&'static str>> = vec![None; projects.len()];
    let (mut subsets, mut shared, mut unknown) = (Pairs::new(), Pairs::new(), Pairs::new());
    let mut recorded = Pairs::new();
    for ((a, b), relation) in &ask.held.overlaps {
        let (Some(a), Some(b)) = (at(*a), at(*b)) else { continue };
        if a == b {
            continue;
        }
        recorded.push((a.min(b), a.max(b)));
        match relation {
            OverlapRelation::Additive => {}
            OverlapRelation::Subset => subsets.push((a, b)),
            OverlapRelation::Shared => shared.push((a, b)),
            OverlapRelation::Unknown => unknown.push((a, b)),
        }
    }
    for (i, project) in projects.iter().enumerate() {
        for parent in ask.prepared.parents.get(project).into_iter().flatten() {
            if let Some(p) = at(*parent).filter(|p| *p != i) {
                subsets.push((i, p));
                recorded.push((i.min(p), i.max(p)));
            }
        }
    }
    recorded.sort_unstable();
    if people == People::Counted {
        unknown.extend(same_place(ask, leaves, at).into_iter().filter(|pair| recorded.binary_search(pair).is_err()));
    }
    // The larger first; of equal ones the first by name. In a circle of subsets the first of this order counts.
    let mut order: Vec<usize> = (0..projects.len()).collect();
    order.sort_unstable_by(|a, b| sizes[*b].total_cmp(&sizes[*a]).then(a.cmp(b)));
    for (rank, i) in order.iter().enumerate() {
        let above = reach(*i, &subsets);
        let circle_before = |j: &usize| reach(*j, &subsets).contains(i) && order[..rank].contains(j);
        if above.iter().any(|j| !reach(*j, &subsets).contains(i) || circle_before(j)) {
            out[*i] = Some("subset");
        }
    }
    let mut keeper: Vec<usize> = (0..projects.len()).collect();
    for i in &order {
        if out[*i].is_some() {
            continue;
        }
        // The first of a shared set in this order is the largest: it stands for all of them.
        for other in reach_both(*i, &shared) {
            if other != *i && out[other].is_none() && keeper[*i] == *i {
                out[other] = Some("shared");
                keeper[other] = *i;
            }
        }
    }
    for leaf in leaves.all.iter_mut().filter(|l| l.counts()) {
        if let Some(cause) = at(leaf.project).and_then(|i| out[i]) {
            leaf.out = Some(cause);
        }
    }
    let unknown: Pairs = unknown
        .into_iter()
        .map(|(a, b)| (keeper[a], keeper[b]))
        .filter(|(a, b)| a != b && out[*a].is_none() && out[*b].is_none())
        .collect();
    let mut clusters = Vec::new();
    let mut seen = vec![false; projects.len()];
    for i in 0..projects.len() {
        if seen[i] || out[i].is_some() {
            continue;
        }
        let cluster = reach_both(i, &unknown);
        cluster.iter().for_each(|j| seen[*j] = true);
        if cluster.len() > 1 {
            clusters.push(cluster.iter().map(|j| Contribution { project: projects[*j], size: sizes[*j] }).collect());
        }
    }
    clusters
}

/// Pairs of projects that claim the same place, or of which one claims a place inside the other's.
fn same_place(ask: &Ask<'_>, leaves: &Leaves, at: impl Fn(NameIx) -> Option<usize>) -> Pairs {
    let mut claims: Vec<(u32, usize)> = leaves.counting().filter_map(|l| at(l.project).map(|i| (l.place, i))).collect();
    claims.sort_unstable();
    claims.dedup();
    let mut pairs = Vec::new();
    // Places stand in walking order: the claims on places around this one are those still open.
    let mut open: Vec<(u32, usize)> = Vec::new();
    for (place, i) in claims {
        open.retain(|(outer, _)| ask.prepared.places.inside(place, *outer));
        pairs.extend(open.iter().filter(|(_, j)| *j != i).map(|(_, j)| (i.min(*j), i.max(*j))));
        open.push((place, i));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Everything that edges lead to from here, in order; without the start unless a circle leads back.
fn reach(from: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for (_, to) in edges.iter().filter(|(a, _)| *a == at) {
            if !found.contains(to) {
                found.push(*to);
                open.push(*to);
            }
        }
    }
    found.retain(|f| *f != from);
    found
}

/// Everything that edges in either direction join to here, itself too, in order.
fn reach_both(from: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut found = vec![from];
    let mut next = 0;
    while let Some(at) = found.get(next).copied() {
        next += 1;
        for (a, b) in edges {
            let other = if *a == at {
                *b
            } else if *b == at {
                *a
            } else {
                continue;
            };
            if !found.contains(&other) {
                found.push(other);
            }
        }
    }
    found.sort_unstable();
    found
}
