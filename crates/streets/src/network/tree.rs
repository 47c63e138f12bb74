//! A tree of boxes over things that lie in a good order already: sixteen neighbours to a box, sixteen boxes to the next.
//!
//! Nodes and edges are numbered along a space-filling curve, so the tree needs no sorting and no pointers: four
//! coordinates for sixteen things and little above. Source: packed Hilbert R-trees, I. Kamel and C. Faloutsos, CIKM 1993.

use crate::sphere::Plane;
use rayon::prelude::*;
use std::{cmp::Reverse, collections::BinaryHeap};

/// How many things, or boxes, one box has.
const FANOUT: usize = 16;

/// A box in 10⁻⁷ degrees: west, south, east, north.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds(pub [i32; 4]);

impl Bounds {
    /// A box around nothing.
    const EMPTY: Self = Self([i32::MAX, i32::MAX, i32::MIN, i32::MIN]);

    /// The box of a point.
    pub fn at(place: [i32; 2]) -> Self {
        Self([place[0], place[1], place[0], place[1]])
    }

    /// The box of two boxes.
    pub fn with(self, other: Self) -> Self {
        let ([w, s, e, n], [w2, s2, e2, n2]) = (self.0, other.0);
        Self([w.min(w2), s.min(s2), e.max(e2), n.max(n2)])
    }

    /// Square of the distance to the origin of a plane, in metres: never above that of anything inside.
    fn squared_distance(&self, plane: &Plane) -> f64 {
        let [w, s, e, n] = self.0.map(|v| f64::from(v) / 1e7);
        let (low, high) = (plane.project([w, s]), plane.project([e, n]));
        let outside = |low: f64, high: f64| low.max(-high).max(0.0);
        let (x, y) = (outside(low.x, high.x), outside(low.y, high.y));
        x * x + y * y
    }

    fn meets(&self, other: &Self) -> bool {
        let ([w, s, e, n], [w2, s2, e2, n2]) = (self.0, other.0);
        w <= e2 && w2 <= e && s <= n2 && s2 <= n
    }
}

/// Boxes over things that are numbered from 0.
#[derive(Debug, Clone, Default)]
pub(crate) struct BoxTree {
    n: usize,
    /// Boxes of sixteen things each, then of sixteen of those, up to at most sixteen.
    levels: Vec<Vec<Bounds>>,
}

impl BoxTree {
    /// A tree over `n` things with a box each.
    pub fn of(n: usize, bounds: impl Fn(usize) -> Bounds + Sync) -> Self {
        let joined = |n: usize, of: &(dyn Fn(usize) -> Bounds + Sync)| -> Vec<Bounds> {
            let group = |i: usize| {
                let members = i * FANOUT..n.min((i + 1) * FANOUT);
                members.map(of).fold(Bounds::EMPTY, Bounds::with)
            };
            (0..n.div_ceil(FANOUT)).into_par_iter().map(group).collect()
        };
        let mut levels = vec![joined(n, &bounds)];
        while let Some(last) = levels.last().filter(|last| last.len() > FANOUT) {
            let next = joined(last.len(), &|i| last[i]);
            levels.push(next);
        }
        Self { n, levels }
    }

    /// The thing nearest to the origin of a plane, no farther than `within_m`. `squared_distance` gives the square of
    /// a thing's distance with what the caller wants to keep of it; of equal distances the lowest `rank` wins.
    pub fn nearest<T>(
        &self,
        plane: &Plane,
        within_m: f64,
        rank: impl Fn(usize) -> u32,
        squared_distance: impl Fn(usize) -> (f64, T),
    ) -> Option<(usize, f64, T)> {
        let mut best: Option<(usize, f64, T)> = None;
        // Rounding of boxes must not hide a thing at the very same distance.
        let slack = 1.0 + 1e-9;
        let mut limit = within_m * within_m;
        // Ordered by the bits of a distance, which for numbers from 0 up is their order.
        let mut heap: BinaryHeap<Reverse<(u64, u32, u32)>> = BinaryHeap::with_capacity(64);
        let top = self.levels.len() - 1;
        let visit = |level: usize, range: std::ops::Range<usize>, limit: f64, heap: &mut BinaryHeap<_>| {
            for (i, bounds) in self.levels[level].iter().enumerate().take(range.end).skip(range.start) {
                let squared = bounds.squared_distance(plane);
                if squared <= limit * slack {
                    heap.push(Reverse((squared.to_bits(), level as u32, i as u32)));
                }
            }
        };
        visit(top, 0..self.levels[top].len(), limit, &mut heap);
        while let Some(Reverse((bits, level, i))) = heap.pop() {
            if f64::from_bits(bits) > limit * slack {
                break;
            }
            let members = i as usize * FANOUT..(i as usize + 1) * FANOUT;
            if level > 0 {
                visit(level as usize - 1, members, limit, &mut heap);
                continue;
            }
            for thing in members.start..members.end.min(self.n) {
                let (squared, kept) = squared_distance(thing);
                let better = match &best {
                    None => squared <= limit,
                    Some((other, least, _)) => squared < *least || (squared == *least && rank(thing) < rank(*other)),
                };
                if better {
                    limit = squared;
                    best = Some((thing, squared, kept));
                }
            }
        }
        best
    }

    /// Calls for every thing whose group of sixteen meets a box. The caller looks closer.
    pub fn meeting(&self, bounds: Bounds, mut each: impl FnMut(usize)) {
        let top = self.levels.len() - 1;
        let mut stack: Vec<(usize, usize)> = (0..self.levels[top].len()).map(|i| (top, i)).collect();
        while let Some((level, i)) = stack.pop() {
            if !self.levels[level].get(i).is_some_and(|own| own.meets(&bounds)) {
                continue;
            }
            let members = i * FANOUT..(i + 1) * FANOUT;
            match level.checked_sub(1) {
                Some(below) => stack.extend(members.map(|i| (below, i))),
                None => (members.start..members.end.min(self.n)).for_each(&mut each),
            }
        }
    }
}
