//! One shape by itself: its rings, their crossings, their nesting.

use std::collections::BTreeSet;

use geo::{
    Area as _, BoundingRect as _, Contains as _, ConvexHull as _, Coord, CoordinatePosition as _, Geometry, Line,
    LineString, Polygon,
    coordinate_position::CoordPos,
    line_intersection::{LineIntersection, line_intersection},
};
use rstar::{AABB, RTree, RTreeObject};

use super::{Found, Problem, sweep::may_cross};

/// Faults of one kind that are told of one shape.
const MOST_OF_A_KIND: usize = 20;

/// Crossings after which a shape is not looked at further.
const MOST_CROSSINGS: usize = 1000;

/// Checks the rings of a shape.
pub(super) fn check(found: &mut Found<'_>, idx: usize, shape: &Geometry<f64>) {
    match shape {
        Geometry::Polygon(polygon) => polygons(found, idx, std::slice::from_ref(polygon)),
        Geometry::MultiPolygon(many) => polygons(found, idx, &many.0),
        Geometry::LineString(line) => check_line(found, idx, line),
        Geometry::MultiLineString(lines) => lines.0.iter().for_each(|line| check_line(found, idx, line)),
        Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| check(found, idx, part)),
        _ => {}
    }
}

/// Checks only whether rings of areas cross themselves, each by itself.
pub(super) fn check_crossings(found: &mut Found<'_>, idx: usize, shape: &Geometry<f64>) {
    match shape {
        Geometry::Polygon(polygon) => {
            for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                let mut positions = ring.0.clone();
                positions.dedup();
                if may_cross(&positions) {
                    _ = crossings(found, idx, segments(&positions, 0, 0).collect());
                }
            }
        }
        Geometry::MultiPolygon(many) => {
            many.0.iter().for_each(|part| check_crossings(found, idx, &Geometry::Polygon(part.clone())));
        }
        Geometry::GeometryCollection(parts) => parts.0.iter().for_each(|part| check_crossings(found, idx, part)),
        _ => {}
    }
}

fn check_line(found: &mut Found<'_>, idx: usize, line: &LineString<f64>) {
    duplicates(found, idx, line);
    if line.0.iter().all(|at| Some(at) == line.0.first()) {
        found.add(Problem::TooFewPoints, idx, line.0.first().copied());
    }
}

/// The same position twice in a row, told once for each ring.
fn duplicates(found: &mut Found<'_>, idx: usize, line: &LineString<f64>) {
    let twice = line.0.windows(2).find_map(|pair| match pair {
        [a, b] if a == b => Some(*a),
        _ => None,
    });
    // A ring of one position alone is told as such.
    if let Some(at) = twice
        && line.0.iter().any(|other| *other != at)
    {
        found.add(Problem::DuplicateVertex, idx, Some(at));
    }
}

/// A piece of a ring.
#[derive(Clone, Copy)]
struct Segment {
    line: Line<f64>,
    part: usize,
    ring: usize,
    /// Its place in the ring, which has so many.
    at: usize,
    n: usize,
}

impl RTreeObject for Segment {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners([self.line.start.x, self.line.start.y], [self.line.end.x, self.line.end.y])
    }
}

/// The pieces of a ring, whose positions differ from one to the next.
fn segments(positions: &[Coord<f64>], part: usize, ring: usize) -> impl Iterator<Item = Segment> {
    let n = positions.len().saturating_sub(1);
    positions.windows(2).enumerate().filter_map(move |(at, pair)| match pair {
        [a, b] => Some(Segment { line: Line::new(*a, *b), part, ring, at, n }),
        _ => None,
    })
}

fn polygons(found: &mut Found<'_>, idx: usize, parts: &[Polygon<f64>]) {
    let mut all = Vec::new();
    for (part, polygon) in parts.iter().enumerate() {
        for (ring, line) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
            duplicates(found, idx, line);
            let mut positions = line.0.clone();
            positions.dedup();
            let n = positions.len().saturating_sub(1);
            if n < 3 {
                found.add(Problem::TooFewPoints, idx, line.0.first().copied());
                continue;
            }
            // The halves of a bow tie cancel each other out: what has no area is a ring that lies on one line.
            let area = line.convex_hull().unsigned_area();
            let length: f64 =
                positions.windows(2).map(|p| if let [a, b] = p { (*b - *a).x.hypot((*b - *a).y) } else { 0.0 }).sum();
            if area <= 1e-12 * length * length {
                found.add(Problem::ZeroArea, idx, line.0.first().copied());
                continue;
            }
            all.extend(segments(&positions, part, ring));
        }
    }
    let crossed = crossings(found, idx, all);
    holes(found, idx, parts, crossed);
    if crossed == Crossed::No {
        nested_parts(found, idx, parts);
    }
}

/// Whether rings cross each other, so that nothing can be said about which lies in which.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Crossed {
    No,
    Yes,
}

/// Where rings meet, each position once.
#[derive(Default)]
struct Meetings {
    crossings: Places,
    touches: Places,
    between: Places,
}

/// Positions with the ring that they are told of, in a fixed order.
type Places = BTreeSet<(usize, usize, [u64; 2])>;

fn crossings(found: &mut Found<'_>, idx: usize, segments: Vec<Segment>) -> Crossed {
    let tree = RTree::bulk_load(segments);
    let mut meetings = Meetings::default();
    let mut crossed = Crossed::No;
    for one in tree.iter() {
        // A scribble has as many crossings as pairs of lines; a thousand say enough.
        if meetings.crossings.len() + meetings.between.len() > MOST_CROSSINGS {
            break;
        }
        for other in tree.locate_in_envelope_intersecting(&one.envelope()) {
            if (other.part, other.ring, other.at) <= (one.part, one.ring, one.at) {
                continue;
            }
            let Some(meeting) = line_intersection(one.line, other.line) else { continue };
            let key = |at: Coord<f64>| (one.part, one.ring, [at.x.to_bits(), at.y.to_bits()]);
            let is_same_ring = (one.part, one.ring) == (other.part, other.ring);
            let is_next = other.at == one.at + 1 || (one.at == 0 && other.at + 1 == other.n);
            match meeting {
                LineIntersection::SinglePoint { .. } if is_same_ring && is_next => {}
                LineIntersection::SinglePoint { intersection, is_proper: false } if is_same_ring => {
                    meetings.touches.insert(key(intersection));
                }
                LineIntersection::SinglePoint { intersection, .. } if is_same_ring => {
                    meetings.crossings.insert(key(intersection));
                }
                LineIntersection::Collinear { intersection } if is_same_ring => {
                    meetings.crossings.insert(key(intersection.start));
                }
                LineIntersection::SinglePoint { intersection, is_proper: true } => {
                    crossed = Crossed::Yes;
                    meetings.between.insert(key(intersection));
                }
                LineIntersection::Collinear { intersection } if intersection.start != intersection.end => {
                    meetings.between.insert(key(intersection.start));
                }
                // Rings may touch in points.
                LineIntersection::SinglePoint { .. } | LineIntersection::Collinear { .. } => {}
            }
        }
    }
    // A ring that crosses itself also touches itself, which says nothing more.
    let has_crossing = |part, ring| meetings.crossings.iter().any(|(p, r, _)| (*p, *r) == (part, ring));
    let touches = meetings.touches.iter().filter(|(part, ring, _)| !has_crossing(*part, *ring)).copied().collect();
    for (problem, places) in [
        (Problem::SelfCrossing, &meetings.crossings),
        (Problem::SelfTouching, &touches),
        (Problem::WrongNesting, &meetings.between),
    ] {
        for (_, _, [x, y]) in places.iter().take(MOST_OF_A_KIND) {
            found.add(problem, idx, Some(Coord { x: f64::from_bits(*x), y: f64::from_bits(*y) }));
        }
    }
    crossed
}

/// A position of a ring that is not on the border of an area, and whether it lies inside.
fn side(ring: &LineString<f64>, area: &Polygon<f64>) -> Option<(Coord<f64>, CoordPos)> {
    // Middles of segments as well: a ring may have all its corners on the border.
    let middles = ring.0.windows(2).filter_map(|pair| match pair {
        [a, b] => Some((*a + *b) / 2.0),
        _ => None,
    });
    let sides = ring.0.iter().copied().chain(middles).map(|at| (at, area.coordinate_position(&at)));
    sides.into_iter().find(|(_, side)| *side != CoordPos::OnBoundary)
}

fn holes(found: &mut Found<'_>, idx: usize, parts: &[Polygon<f64>], crossed: Crossed) {
    for polygon in parts {
        let outline = Polygon::new(polygon.exterior().clone(), vec![]);
        if polygon.interiors().is_empty() || outline.unsigned_area() == 0.0 {
            continue;
        }
        for hole in polygon.interiors() {
            if let Some((at, CoordPos::Outside)) = side(hole, &outline) {
                found.add(Problem::HoleOutside, idx, Some(at));
            }
        }
        if crossed == Crossed::Yes {
            continue;
        }
        let boxes: Vec<_> = polygon.interiors().iter().map(|hole| hole.bounding_rect()).collect();
        for (a, hole) in polygon.interiors().iter().enumerate() {
            for (b, other) in polygon.interiors().iter().enumerate() {
                let (Some(Some(inner)), Some(Some(outer))) = (boxes.get(a), boxes.get(b)) else { continue };
                if a != b
                    && outer.contains(inner)
                    && let Some((at, CoordPos::Inside)) = side(hole, &Polygon::new(other.clone(), vec![]))
                {
                    found.add(Problem::WrongNesting, idx, Some(at));
                }
            }
        }
    }
}

/// A part and its box.
struct Boxed {
    part: usize,
    envelope: AABB<[f64; 2]>,
}

impl RTreeObject for Boxed {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

/// Parts of one shape that lie in each other.
fn nested_parts(found: &mut Found<'_>, idx: usize, parts: &[Polygon<f64>]) {
    if parts.len() < 2 {
        return;
    }
    let boxed = parts.iter().enumerate().filter_map(|(part, polygon)| {
        let bounds = polygon.bounding_rect()?;
        Some(Boxed { part, envelope: AABB::from_corners(bounds.min().into(), bounds.max().into()) })
    });
    let tree = RTree::bulk_load(boxed.collect());
    for inner in tree.iter() {
        let Some(part) = parts.get(inner.part) else { continue };
        for outer in tree.locate_in_envelope_intersecting(&inner.envelope) {
            let Some(holder) = parts.get(outer.part).filter(|_| outer.part != inner.part) else { continue };
            if let Some((at, CoordPos::Inside)) = side(part.exterior(), holder) {
                found.add(Problem::WrongNesting, idx, Some(at));
            }
        }
    }
}
