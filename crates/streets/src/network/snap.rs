//! The nearest edge (`edge-v1`) and the nearest node (`node-v1`) of a point.

use super::{Bounds, BoxTree, build::Network, curve::hilbert};
use crate::sphere::Plane;
use rayon::prelude::*;

/// Where a point stands on a network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Snapped {
    /// The edge, by its number.
    pub edge: u32,
    /// Where on it: 0 at its first node, 1 at its second.
    pub t: f64,
    /// Metres from the point to there, walked in a straight line.
    pub connector_m: f64,
}

/// Finds nearest edges and nodes of one network.
///
/// The distance is taken in the plane that touches the sphere at the point: to the segment for edges, to the place for
/// nodes. Of equally near edges the one that comes first in the extract wins, of nodes the lowest number. There is no
/// greatest distance unless it is asked for.
#[derive(Debug)]
pub struct SnapIndex<'n> {
    network: &'n Network,
    edges: BoxTree,
}

impl<'n> SnapIndex<'n> {
    /// An index over the edges of a network: one box for sixteen edges.
    pub fn of(network: &'n Network) -> Self {
        let (edges, places) = (network.graph.edges(), network.stored_places());
        let bounds = |edge: usize| {
            let [u, v] = edges[edge].map(|node| Bounds::at(places[node as usize]));
            u.with(v)
        };
        Self { network, edges: BoxTree::of(edges.len(), bounds) }
    }

    /// The network.
    pub fn network(&self) -> &'n Network {
        self.network
    }

    /// The nearest edge of a point (longitude, latitude in degrees), no farther than `within_m` (infinite: any).
    /// `None` when there is none, or the point is no place.
    pub fn edge(&self, point: [f64; 2], within_m: f64) -> Option<Snapped> {
        if !(point[0].is_finite() && point[1].is_finite()) {
            return None;
        }
        let plane = Plane::at(point[0], point[1]);
        let edges = self.network.graph.edges();
        let foot = |edge: usize| {
            let [from, to] = edges[edge].map(|node| plane.project(self.network.place(node)));
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let squared = dx * dx + dy * dy;
            // A point-like edge is met at its first node.
            let t = if squared > 0.0 { (-(from.x * dx + from.y * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
            // At its end the end itself, not what rounding makes of it: all edges of a corner are equally near.
            let (x, y) = if t == 1.0 { (to.x, to.y) } else { (from.x + t * dx, from.y + t * dy) };
            (x * x + y * y, t)
        };
        let (edge, squared, t) = self.edges.nearest(&plane, within_m, |edge| self.network.rank(edge), foot)?;
        Some(Snapped { edge: edge as u32, t, connector_m: squared.sqrt() })
    }

    /// The nearest edge of each point, on all threads.
    pub fn edges(&self, points: &[[f64; 2]], within_m: f64) -> Vec<Option<Snapped>> {
        // Along a curve, neighbours look at the same boxes while these are at hand.
        let order = along_curve(points);
        let in_order = |at: &u32| (*at, self.edge(points[*at as usize], within_m));
        let found: Vec<(u32, Option<Snapped>)> = order.par_iter().with_min_len(64).map(in_order).collect();
        let mut snapped = vec![None; points.len()];
        for (at, edge) in found {
            snapped[at as usize] = edge;
        }
        snapped
    }

    /// The nearest node of each point, on all threads. For the comparison `node-v1`.
    pub fn nodes(&self, points: &[[f64; 2]]) -> Vec<Option<u32>> {
        let places = self.network.stored_places();
        let tree = BoxTree::of(places.len(), |node| Bounds::at(places[node]));
        let nearest = |point: &[f64; 2]| {
            let plane = Plane::at(point[0], point[1]);
            let to = |node: usize| {
                let at = plane.project(self.network.place(node as u32));
                (at.x * at.x + at.y * at.y, ())
            };
            tree.nearest(&plane, f64::INFINITY, |node| node as u32, to).map(|(node, ..)| node as u32)
        };
        points.par_iter().with_min_len(64).map(nearest).collect()
    }
}

/// The places of points in the list, in the order in which a curve through their box meets them.
fn along_curve(points: &[[f64; 2]]) -> Vec<u32> {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points.iter().filter(|point| point.iter().all(|v| v.is_finite())) {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    let key = |(at, point): (usize, &[f64; 2])| {
        // What is no number becomes 0.
        let step = |axis: usize| ((point[axis] - low[axis]) / (high[axis] - low[axis]) * f64::from(u16::MAX)) as u16;
        u64::from(hilbert(step(0), step(1))) << 32 | at as u64
    };
    let mut keys: Vec<u64> = points.par_iter().with_min_len(1024).enumerate().map(key).collect();
    keys.par_sort_unstable();
    keys.into_iter().map(|key| key as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(edges: &[[[f64; 2]; 2]], point: [f64; 2], expected: Snapped) {
        let places: Vec<[f64; 2]> = edges.iter().flatten().copied().collect();
        let pairs = (0..edges.len() as u32).map(|i| [2 * i, 2 * i + 1]).collect();
        let network = Network::in_order(&places, pairs).expect("sound");
        let found = SnapIndex::of(&network).edge(point, f64::INFINITY).expect("there is an edge");
        assert_eq!(found.edge, expected.edge);
        assert!((found.t - expected.t).abs() < 1e-9, "{found:?}");
        assert!((found.connector_m - expected.connector_m).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn feet_on_edges_by_hand() {
        let street = [[24.940, 60.169], [24.942, 60.169]];
        let corner = [[24.942, 60.169], [24.942, 60.170]];
        let at = |edge, t, connector_m| Snapped { edge, t, connector_m };
        check(&[street], [24.9405, 60.1693], at(0, 0.25, 33.358524));
        check(&[street], [24.9395, 60.1689], at(0, 0.0, 29.808342));
        check(&[street, corner], [24.9421, 60.1695], at(1, 0.5, 5.531242));
        // The same street twice: the lower number.
        check(&[street, street], [24.9405, 60.1693], at(0, 0.25, 33.358524));
        // An edge without length.
        check(&[[[0.0, 0.0], [0.0, 0.0]]], [0.0, 0.001], at(0, 0.0, 111.195080));
    }

    #[test]
    fn a_greatest_distance_is_kept() {
        let network = Network::in_order(&[[0.0, 0.0], [0.001, 0.0]], vec![[0, 1]]).expect("sound");
        let index = SnapIndex::of(&network);
        // 111.195080 m north of the edge.
        assert!(index.edge([0.0005, 0.001], 111.195).is_none());
        assert!(index.edge([0.0005, 0.001], 111.196).is_some());
        assert!(index.edge([f64::NAN, 0.001], f64::INFINITY).is_none());
    }

    #[test]
    fn the_tree_finds_what_a_search_of_all_finds() {
        // A lattice with jitter from a simple congruence; no order along a curve, so boxes are at their worst.
        let mut state = 12345u64;
        let mut next = || {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 40) as f64 / (1u64 << 24) as f64
        };
        let places: Vec<[f64; 2]> = (0..1200).map(|_| [next() * 0.02, 41.0 + next() * 0.02]).collect();
        let edges: Vec<[u32; 2]> = (0..600).map(|i| [2 * i, 2 * i + 1]).collect();
        let network = Network::in_order(&places, edges.clone()).expect("sound");
        let index = SnapIndex::of(&network);
        for _ in 0..300 {
            let point = [next() * 0.03 - 0.005, 41.0 + next() * 0.03 - 0.005];
            let found = index.edge(point, f64::INFINITY).expect("there is one");
            let one = |i: u32| {
                let alone = Network::in_order(&places, vec![edges[i as usize]]).expect("sound");
                SnapIndex::of(&alone).edge(point, f64::INFINITY).expect("there is one").connector_m
            };
            let least = (0..600).map(one).fold(f64::INFINITY, f64::min);
            assert_eq!(found.connector_m, least);
        }
    }
}
