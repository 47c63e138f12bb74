//! Borders as arcs: what two neighbours share is held once, so that whatever is done to it is done for both.
//!
//! An arc runs from one junction to the next. A junction is a vertex where not all lines that pass go the same way on.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPolygon, Polygon};
use rustc_hash::{FxHashMap, FxHashSet};

/// One pass of an arc: which, and whether backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pass {
    pub(crate) arc: usize,
    pub(crate) is_reversed: bool,
}

/// Arcs, and each line and ring as passes of them.
#[derive(Debug, Default)]
pub(crate) struct Arcs {
    /// The positions of each arc; a ring without junction is one arc whose last position is its first.
    pub(crate) arcs: Vec<Vec<Coord<f64>>>,
    /// For each line and ring, in the order given, the arcs that make it.
    pub(crate) paths: Vec<Vec<Pass>>,
}

/// All lines and rings of a shape, in a fixed order.
pub(crate) fn paths_of<'a>(shape: &'a Geometry<f64>, into: &mut Vec<&'a LineString<f64>>) {
    fn polygon<'a>(area: &'a Polygon<f64>, into: &mut Vec<&'a LineString<f64>>) {
        into.push(area.exterior());
        into.extend(area.interiors());
    }
    match shape {
        Geometry::LineString(line) => into.push(line),
        Geometry::MultiLineString(lines) => into.extend(&lines.0),
        Geometry::Polygon(area) => polygon(area, into),
        Geometry::MultiPolygon(areas) => areas.0.iter().for_each(|area| polygon(area, into)),
        Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| paths_of(part, into)),
        // The others have no lines that are shared.
        _ => {}
    }
}

/// The shape with other lines and rings in place of its own, given in the order of [`paths_of`].
///
/// Rings of fewer than four positions and lines of fewer than two are gone, and with an outer ring its holes.
pub(crate) fn with_paths(
    shape: &Geometry<f64>,
    paths: &mut impl Iterator<Item = LineString<f64>>,
) -> Option<Geometry<f64>> {
    fn polygon(area: &Polygon<f64>, paths: &mut impl Iterator<Item = LineString<f64>>) -> Option<Polygon<f64>> {
        let outer = paths.next()?;
        let holes: Vec<_> = paths.take(area.interiors().len()).filter(|ring| ring.0.len() >= 4).collect();
        (outer.0.len() >= 4).then(|| Polygon::new(outer, holes))
    }
    match shape {
        Geometry::LineString(_) => paths.next().filter(|line| line.0.len() >= 2).map(Geometry::LineString),
        Geometry::MultiLineString(lines) => {
            let lines: Vec<_> = paths.take(lines.0.len()).filter(|line| line.0.len() >= 2).collect();
            (!lines.is_empty()).then_some(Geometry::MultiLineString(MultiLineString(lines)))
        }
        Geometry::Polygon(area) => polygon(area, paths).map(Geometry::Polygon),
        Geometry::MultiPolygon(areas) => {
            // Each takes its own from the paths, also those that vanish.
            let areas: Vec<_> = areas.0.iter().map(|area| polygon(area, paths)).collect();
            let areas: Vec<_> = areas.into_iter().flatten().collect();
            (!areas.is_empty()).then_some(Geometry::MultiPolygon(MultiPolygon(areas)))
        }
        Geometry::GeometryCollection(parts) => {
            let mut left = Vec::new();
            for part in &parts.0 {
                left.extend(with_paths(part, paths));
            }
            (!left.is_empty()).then_some(Geometry::GeometryCollection(GeometryCollection(left)))
        }
        other => Some(other.clone()),
    }
}

impl Arcs {
    /// Cuts lines and rings at their junctions and finds the pieces that several have in common.
    ///
    /// Positions are the same when their bits are; repeated ones are dropped.
    pub(crate) fn of(paths: &[&LineString<f64>]) -> Self {
        let mut vertices = Vertices::default();
        let paths: Vec<Vec<u32>> = paths.iter().map(|path| vertices.path(path)).collect();
        let junctions = junctions(&paths, vertices.places.len());
        let mut arcs = Self::default();
        let mut known: FxHashMap<Vec<u32>, usize> = FxHashMap::default();
        for path in &paths {
            let passes = pieces(path, &junctions).map(|piece| {
                let (piece, is_reversed) = canonical(piece);
                let arc = *known.entry(piece).or_insert_with_key(|piece| {
                    arcs.arcs.push(piece.iter().filter_map(|at| vertices.places.get(*at as usize).copied()).collect());
                    arcs.arcs.len() - 1
                });
                Pass { arc, is_reversed }
            });
            let passes = passes.collect();
            arcs.paths.push(passes);
        }
        arcs
    }

    /// The lines and rings again, from arcs that may have changed between their ends.
    pub(crate) fn joined(&self) -> impl Iterator<Item = LineString<f64>> + '_ {
        self.paths.iter().map(|passes| {
            let mut line: Vec<Coord<f64>> = Vec::new();
            for pass in passes {
                let Some(arc) = self.arcs.get(pass.arc) else { continue };
                // The end of one arc is the start of the next.
                let skip = usize::from(!line.is_empty());
                if pass.is_reversed {
                    line.extend(arc.iter().rev().skip(skip));
                } else {
                    line.extend(arc.iter().skip(skip));
                }
            }
            LineString(line)
        })
    }

    /// The arcs that only one outline passes: coasts and outer edges.
    pub(crate) fn passed_once(&self) -> impl Iterator<Item = &Vec<Coord<f64>>> + '_ {
        let mut n_passes = vec![0_u32; self.arcs.len()];
        for pass in self.paths.iter().flatten() {
            if let Some(n) = n_passes.get_mut(pass.arc) {
                *n += 1;
            }
        }
        self.arcs.iter().zip(n_passes).filter(|(_, n)| *n == 1).map(|(arc, _)| arc)
    }
}

/// Positions by number.
#[derive(Default)]
pub(crate) struct Vertices {
    pub(crate) places: Vec<Coord<f64>>,
    numbers: FxHashMap<(u64, u64), u32>,
}

impl Vertices {
    /// The numbers of a line, without repeated positions.
    pub(crate) fn path(&mut self, path: &LineString<f64>) -> Vec<u32> {
        let mut numbers: Vec<u32> = Vec::with_capacity(path.0.len());
        for at in &path.0 {
            // Adding zero makes of −0 what equals it.
            let key = ((at.x + 0.0).to_bits(), (at.y + 0.0).to_bits());
            let next = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
            let number = *self.numbers.entry(key).or_insert_with(|| {
                self.places.push(*at);
                next
            });
            if numbers.last() != Some(&number) {
                numbers.push(number);
            }
        }
        numbers
    }
}

/// Which vertices are junctions.
fn junctions(paths: &[Vec<u32>], n_vertices: usize) -> FxHashSet<u32> {
    let mut ways: Vec<Option<(u32, u32)>> = vec![None; n_vertices];
    let mut found = FxHashSet::default();
    let mut pass = |at: u32, before: u32, after: u32| {
        let way = (before.min(after), before.max(after));
        match ways.get_mut(at as usize) {
            Some(slot @ None) => *slot = Some(way),
            Some(Some(known)) if *known == way => {}
            _ => {
                found.insert(at);
            }
        }
        if before == after {
            found.insert(at);
        }
    };
    let mut ends = Vec::new();
    for path in paths {
        for triple in path.windows(3) {
            if let [before, at, after] = triple {
                pass(*at, *before, *after);
            }
        }
        match path.as_slice() {
            [first, second, .., before, last] if first == last => pass(*first, *before, *second),
            [first, .., last] => ends.extend([*first, *last]),
            _ => {}
        }
    }
    found.extend(ends);
    found
}

/// The pieces of a path between junctions; a ring begins at its first junction.
fn pieces<'a>(path: &'a [u32], junctions: &'a FxHashSet<u32>) -> impl Iterator<Item = Vec<u32>> + 'a {
    let is_ring = path.len() > 3 && path.first() == path.last();
    let start = if is_ring { path.iter().position(|at| junctions.contains(at)).unwrap_or(0) } else { 0 };
    let turned: Vec<u32> = if start == 0 {
        path.to_vec()
    } else {
        // The last is the first again and must not come twice.
        let (before, after) = path.split_at(start);
        let after = after.split_last().map_or(after, |(_, rest)| rest);
        after.iter().chain(before).chain(path.get(start)).copied().collect()
    };
    let mut pieces = Vec::new();
    let mut piece = Vec::new();
    let last = turned.len().saturating_sub(1);
    for (at, vertex) in turned.iter().enumerate() {
        piece.push(*vertex);
        if at > 0 && at < last && junctions.contains(vertex) {
            pieces.push(std::mem::replace(&mut piece, vec![*vertex]));
        }
    }
    if piece.len() > 1 {
        pieces.push(piece);
    }
    pieces.into_iter()
}

/// A piece in the direction and, where it is a ring, from the start in which all its passes agree.
fn canonical(mut piece: Vec<u32>) -> (Vec<u32>, bool) {
    if piece.len() > 2 && piece.first() == piece.last() {
        piece.pop();
        let start = piece.iter().enumerate().min_by_key(|(_, vertex)| **vertex).map_or(0, |(at, _)| at);
        piece.rotate_left(start);
        let is_reversed = matches!(piece.as_slice(), [_, second, .., last] if second > last);
        if is_reversed && let Some(rest) = piece.get_mut(1..) {
            rest.reverse();
        }
        piece.extend(piece.first().copied());
        return (piece, is_reversed);
    }
    let is_reversed = piece.iter().rev().lt(piece.iter());
    if is_reversed {
        piece.reverse();
    }
    (piece, is_reversed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[(f64, f64)]) -> LineString<f64> {
        LineString(points.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect())
    }

    #[test]
    fn neighbours_share_one_arc() {
        // Two squares side by side: each has an arc of its own and one in common.
        let left = ring(&[(0., 0.), (1., 0.), (1., 1.), (0., 1.), (0., 0.)]);
        let right = ring(&[(1., 0.), (2., 0.), (2., 1.), (1., 1.), (1., 0.)]);
        let arcs = Arcs::of(&[&left, &right]);
        assert_eq!(arcs.arcs.len(), 3);
        assert_eq!(arcs.passed_once().count(), 2);
        for (before, after) in [left, right].iter().zip(arcs.joined()) {
            assert_eq!(before.0.len(), after.0.len());
            assert!(before.0.iter().all(|at| after.0.contains(at)));
        }
    }

    #[test]
    fn a_hole_and_its_island_are_one_arc() {
        let hole = ring(&[(1., 1.), (1., 2.), (2., 2.), (2., 1.), (1., 1.)]);
        let island = ring(&[(2., 2.), (1., 2.), (1., 1.), (2., 1.), (2., 2.)]);
        let arcs = Arcs::of(&[&hole, &island]);
        assert_eq!(arcs.arcs.len(), 1);
    }
}
