//! All borders of a layer as directed edges: what two neighbours share cancels, what is left is an outer border or a fault.

use geo::{Area as _, Coord, Geometry, Line, LineString, Polygon};
use rstar::{AABB, RTreeObject};

use crate::arcs::Vertices;

/// A piece of a border that has no partner running the other way; its area lies to the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) line: Line<f64>,
    pub(super) from: u32,
    pub(super) to: u32,
    /// The feature, by its place in the layer.
    pub(super) owner: u32,
    /// Whether it is the first of a run: the one before is shared, or other features meet in its start.
    pub(super) begins_run: bool,
}

impl RTreeObject for Edge {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.line.start.x, self.line.start.y], [self.line.end.x, self.line.end.y])
    }
}

/// Borders that did not cancel.
#[derive(Debug, Default)]
pub(super) struct Edges {
    pub(super) unmatched: Vec<Edge>,
    /// Features that have the same edge on the same side: they overlap there.
    pub(super) same_side: Vec<(u32, u32)>,
    /// All edges, which of them have a partner, and where the vertices are.
    all: Vec<Directed>,
    is_matched: Vec<bool>,
    places: Vec<Coord<f64>>,
}

/// The polygons of a shape.
pub(super) fn polygons_of<'a>(shape: &'a Geometry<f64>, into: &mut Vec<&'a Polygon<f64>>) {
    match shape {
        Geometry::Polygon(polygon) => into.push(polygon),
        Geometry::MultiPolygon(many) => into.extend(&many.0),
        Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| polygons_of(part, into)),
        _ => {}
    }
}

/// A directed edge with its place in the order of the rings.
#[derive(Debug, Clone, Copy)]
struct Directed {
    from: u32,
    to: u32,
    owner: u32,
    begins_ring: bool,
}

impl Edges {
    /// The edges of all polygons, each owned by its feature; `None` where there are more vertices than can be numbered.
    pub(super) fn of(shapes: &[Option<&Geometry<f64>>]) -> Option<Self> {
        let mut vertices = Vertices::default();
        let mut all: Vec<Directed> = Vec::new();
        for (owner, shape) in shapes.iter().enumerate() {
            let owner = u32::try_from(owner).ok()?;
            let mut polygons = Vec::new();
            shape.iter().for_each(|shape| polygons_of(shape, &mut polygons));
            for polygon in polygons {
                push_ring(&mut vertices, polygon.exterior(), owner, Turn::Left, &mut all);
                polygon
                    .interiors()
                    .iter()
                    .for_each(|hole| push_ring(&mut vertices, hole, owner, Turn::Right, &mut all));
            }
        }
        if u32::try_from(all.len()).is_err() || vertices.places.len() >= u32::MAX as usize {
            return None;
        }
        // Vertices where features meet.
        let mut owners: Vec<Option<u32>> = vec![None; vertices.places.len()];
        let mut is_shared = vec![false; vertices.places.len()];
        for edge in &all {
            if let (Some(owner), Some(shared)) =
                (owners.get_mut(edge.from as usize), is_shared.get_mut(edge.from as usize))
            {
                *shared |= owner.is_some_and(|known| known != edge.owner);
                owner.get_or_insert(edge.owner);
            }
        }
        let (is_matched, same_side) = matched(&all);
        let mut edges = Self { same_side, ..Self::default() };
        let mut was_matched = true;
        for (edge, is_matched) in all.iter().zip(is_matched.iter().copied()) {
            if !is_matched
                && let (Some(from), Some(to)) =
                    (vertices.places.get(edge.from as usize), vertices.places.get(edge.to as usize))
            {
                let meets = is_shared.get(edge.from as usize).copied().unwrap_or_default();
                edges.unmatched.push(Edge {
                    line: Line::new(*from, *to),
                    from: edge.from,
                    to: edge.to,
                    owner: edge.owner,
                    begins_run: was_matched || edge.begins_ring || meets,
                });
            }
            was_matched = is_matched;
        }
        Some(Self { all, is_matched, places: vertices.places, ..edges })
    }

    /// The edges that have a partner, each with its owner.
    pub(super) fn matched(&self) -> impl Iterator<Item = (Line<f64>, u32)> + '_ {
        let kept = self.all.iter().zip(&self.is_matched).filter(|(_, is_matched)| **is_matched);
        kept.filter_map(|(edge, _)| {
            let (from, to) = (self.places.get(edge.from as usize)?, self.places.get(edge.to as usize)?);
            Some((Line::new(*from, *to), edge.owner))
        })
    }

    /// The edges as closed contours: as many lead to each vertex as away, so walking on always comes back.
    ///
    /// Which contours they make does not matter: around any point the turns add up to the features that cover it.
    pub(super) fn contours(&self) -> Vec<Vec<[f64; 2]>> {
        let mut order: Vec<usize> = (0..self.unmatched.len()).collect();
        let from = |at: &usize| self.unmatched.get(*at).map_or(0, |edge| edge.from);
        order.sort_by_key(from);
        let mut next: rustc_hash::FxHashMap<u32, usize> = rustc_hash::FxHashMap::default();
        for (place, at) in order.iter().enumerate() {
            next.entry(from(at)).or_insert(place);
        }
        let mut is_used = vec![false; self.unmatched.len()];
        let mut contours = Vec::new();
        for start in 0..self.unmatched.len() {
            let mut contour: Vec<[f64; 2]> = Vec::new();
            let mut at = start;
            while let (Some(used @ false), Some(edge)) = (is_used.get(at).copied(), self.unmatched.get(at)) {
                if let Some(slot) = is_used.get_mut(at) {
                    *slot = !used;
                }
                let Coord { x, y } = edge.line.start;
                contour.push([x, y]);
                // The next edge from there that is not used yet.
                let Some(place) = next.get_mut(&edge.to) else { break };
                let following = loop {
                    match order.get(*place) {
                        Some(at) if from(at) == edge.to => {
                            *place += 1;
                            if is_used.get(*at) == Some(&false) {
                                break Some(*at);
                            }
                        }
                        _ => break None,
                    }
                };
                match following {
                    Some(following) => at = following,
                    None => break,
                }
            }
            if contour.len() > 2 {
                contours.push(contour);
            }
        }
        contours
    }
}

/// Which way a ring is led, so that its area lies to the left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Left,
    Right,
}

fn push_ring(vertices: &mut Vertices, ring: &LineString<f64>, owner: u32, turn: Turn, all: &mut Vec<Directed>) {
    let mut path = vertices.path(ring);
    if path.len() < 4 {
        return;
    }
    let is_left = Polygon::new(ring.clone(), vec![]).signed_area() > 0.0;
    if is_left != (turn == Turn::Left) {
        path.reverse();
    }
    for (at, pair) in path.windows(2).enumerate() {
        if let [from, to] = pair {
            all.push(Directed { from: *from, to: *to, owner, begins_ring: at == 0 });
        }
    }
}

/// Which edges have a partner in the other direction, and which owners have one in the same.
fn matched(all: &[Directed]) -> (Vec<bool>, Vec<(u32, u32)>) {
    let key = |edge: &Directed| (edge.from.min(edge.to), edge.from.max(edge.to));
    let edge_at = |at: &u32| all.get(*at as usize);
    let mut order: Vec<u32> = (0..all.len()).filter_map(|at| u32::try_from(at).ok()).collect();
    order.sort_unstable_by_key(|at| edge_at(at).map(|edge| (key(edge), *at)));
    let mut is_matched = vec![false; all.len()];
    let mut same_side = Vec::new();
    for group in order.chunk_by(|a, b| edge_at(a).map(key) == edge_at(b).map(key)) {
        let (up, down): (Vec<u32>, Vec<u32>) =
            group.iter().partition(|at| edge_at(at).is_some_and(|edge| edge.from < edge.to));
        for (one, other) in up.iter().zip(&down) {
            for at in [one, other] {
                if let Some(slot) = is_matched.get_mut(*at as usize) {
                    *slot = true;
                }
            }
        }
        for side in [up, down] {
            // More than a few on one side are told by their pairs with the first.
            if let [first, rest @ ..] = side.as_slice() {
                for other in rest {
                    if let (Some(a), Some(b)) = (edge_at(first), edge_at(other))
                        && a.owner != b.owner
                    {
                        same_side.push((a.owner.min(b.owner), a.owner.max(b.owner)));
                    }
                }
            }
        }
    }
    same_side.sort_unstable();
    same_side.dedup();
    (is_matched, same_side)
}
