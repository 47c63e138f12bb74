//! Fewer positions for a map, while neighbours keep their borders in common.
//!
//! Method: M. Visvalingam, J. D. Whyatt, Line generalisation by repeated elimination of points (1993), on arcs.

use std::{
    cmp::{Ordering, Reverse},
    collections::BinaryHeap,
};

use geo::{Coord, Geometry};

use crate::arcs::{Arcs, paths_of, with_paths};

/// Removes positions whose triangle with their neighbours is smaller than an area, the smallest first.
///
/// Shape: all shapes that have borders in common are given together, in plane coordinates; `smallest` is an area in
/// square units of them. Junctions of borders stay; a ring without any keeps three positions.
/// The answer has one entry for each shape; `None` for one whose rings are all gone, because nothing was left between
/// their junctions. Lines may come to cross each other where they ran closer than the positions removed.
pub fn simplify(shapes: &[&Geometry<f64>], smallest: f64) -> Vec<Option<Geometry<f64>>> {
    let mut paths = Vec::new();
    shapes.iter().for_each(|shape| paths_of(shape, &mut paths));
    let mut arcs = Arcs::of(&paths);
    for arc in &mut arcs.arcs {
        *arc = thin(arc, smallest);
    }
    let mut joined = arcs.joined();
    shapes.iter().map(|shape| with_paths(shape, &mut joined)).collect()
}

/// A position and the area it stands for; ordered by the area, then by the place in the line, so that the same line
/// is always thinned the same.
#[derive(PartialEq)]
struct Candidate {
    area: f64,
    at: usize,
    /// Which areas of this position are out of date.
    version: u32,
}

impl Eq for Candidate {}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.area.total_cmp(&other.area).then(self.at.cmp(&other.at))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Area of the triangle of three positions.
fn triangle(a: Coord<f64>, b: Coord<f64>, c: Coord<f64>) -> f64 {
    ((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)).abs() / 2.0
}

/// A line with its ends and what matters between.
fn thin(line: &[Coord<f64>], smallest: f64) -> Vec<Coord<f64>> {
    let n = line.len();
    let is_ring = n > 3 && line.first() == line.last();
    // Of a ring the start counts twice.
    let least = if is_ring { 4 } else { 2 };
    if n <= least {
        return line.to_vec();
    }
    let mut before: Vec<usize> = (0..n).map(|at| at.saturating_sub(1)).collect();
    let mut after: Vec<usize> = (1..=n).collect();
    let mut versions = vec![0_u32; n];
    let mut is_kept = vec![true; n];
    let area_of = |before: usize, at: usize, after: usize| match (line.get(before), line.get(at), line.get(after)) {
        (Some(a), Some(b), Some(c)) => triangle(*a, *b, *c),
        _ => f64::INFINITY,
    };
    let mut heap: BinaryHeap<Reverse<Candidate>> =
        (1..n - 1).map(|at| Reverse(Candidate { area: area_of(at - 1, at, at + 1), at, version: 0 })).collect();
    let mut n_left = n;
    let mut reached = 0.0_f64;
    while let Some(Reverse(Candidate { area, at, version })) = heap.pop() {
        if versions.get(at) != Some(&version) {
            continue;
        }
        if area > smallest || n_left <= least {
            break;
        }
        reached = reached.max(area);
        let (Some(previous), Some(next)) = (before.get(at).copied(), after.get(at).copied()) else { break };
        if let Some(kept) = is_kept.get_mut(at) {
            *kept = false;
        }
        n_left -= 1;
        if let Some(slot) = after.get_mut(previous) {
            *slot = next;
        }
        if let Some(slot) = before.get_mut(next) {
            *slot = previous;
        }
        for neighbour in [previous, next] {
            if neighbour == 0 || neighbour == n - 1 {
                continue;
            }
            if let (Some(b), Some(a), Some(version)) =
                (before.get(neighbour), after.get(neighbour), versions.get_mut(neighbour))
            {
                *version += 1;
                // Never smaller than what was removed already, else a position would go because its neighbour did.
                let area = area_of(*b, neighbour, *a).max(reached);
                heap.push(Reverse(Candidate { area, at: neighbour, version: *version }));
            }
        }
    }
    line.iter().zip(is_kept).filter(|(_, kept)| *kept).map(|(at, _)| *at).collect()
}

#[cfg(test)]
mod tests {
    use geo::{Geometry, LineString, Polygon};

    use super::*;

    /// Two neighbours with a wavy border, from 0 to 10 and from there to 20.
    fn neighbours() -> [Geometry<f64>; 2] {
        let wave = |n: usize| (0..=n).map(move |i| (10.0 + 0.1 * (i as f64).sin(), i as f64 / n as f64 * 10.0));
        let mut left: Vec<(f64, f64)> = vec![(0.0, 10.0), (0.0, 0.0)];
        left.extend(wave(100));
        let mut right: Vec<(f64, f64)> = vec![(20.0, 0.0), (20.0, 10.0)];
        right.extend(wave(100).collect::<Vec<_>>().into_iter().rev());
        [left, right].map(|ring| Geometry::Polygon(Polygon::new(LineString::from(ring), vec![])))
    }

    #[test]
    fn shared_borders_stay_shared() {
        let [left, right] = neighbours();
        let thinned = simplify(&[&left, &right], 0.05);
        let [Some(Geometry::Polygon(left)), Some(Geometry::Polygon(right))] = thinned.as_slice() else { panic!() };
        assert!(left.exterior().0.len() < 60, "{}", left.exterior().0.len());
        let border = |area: &Polygon<f64>| {
            let mut border: Vec<_> =
                area.exterior().0.iter().filter(|at| at.x > 5.0 && at.x < 15.0).map(|at| (at.y, at.x)).collect();
            border.sort_by(|a, b| a.partial_cmp(b).unwrap());
            border.dedup();
            border
        };
        assert_eq!(border(left), border(right));
        // Nothing removed: everything stays.
        let [left, right] = neighbours();
        let same = simplify(&[&left, &right], -1.0);
        use geo::Area as _;
        assert!((same[0].as_ref().unwrap().unsigned_area() - left.unsigned_area()).abs() < 1e-12);
    }

    #[test]
    fn an_island_keeps_three_corners() {
        let ring: Vec<(f64, f64)> =
            (0..=90).map(|i| (f64::from(i % 90) * 4.0).to_radians().sin_cos()).map(|(y, x)| (x, y)).collect();
        let island = Geometry::Polygon(Polygon::new(LineString::from(ring), vec![]));
        let thinned = simplify(&[&island], 1e9);
        let Some(Geometry::Polygon(area)) = &thinned[0] else { panic!() };
        assert_eq!(area.exterior().0.len(), 4);
    }
}
