//! Shapes that run over the edge of the map: cut there, so that no line is drawn across the world.

use geo::{
    Contains as _, Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

/// Cuts a shape at the antimeridian: what lies beyond ±180° comes in from the other side.
///
/// Shape: longitude and latitude in degrees. A step of more than 180° between two positions is taken for the short
/// way over the antimeridian; a ring around a pole is led along it. Vertices that are not at the cut keep their bits,
/// so that borders with neighbours stay shared.
pub fn split_antimeridian(shape: &Geometry<f64>) -> Geometry<f64> {
    cut(shape, -180.0)
}

/// Whether a line or ring of the shape steps over the antimeridian.
pub fn crosses_antimeridian(shape: &Geometry<f64>) -> bool {
    let mut paths = Vec::new();
    crate::arcs::paths_of(shape, &mut paths);
    let is_beyond = |line: &LineString<f64>| {
        line.0.iter().any(|at| at.x.abs() > 180.0)
            || line.0.windows(2).any(|pair| matches!(pair, [a, b] if (a.x - b.x).abs() > 180.0))
    };
    paths.into_iter().any(is_beyond)
}

/// Moves a shape between the meridian `west` and the one 360° east of it, cut there.
///
/// Shape: longitude and latitude in degrees; the answer's longitudes lie from `west` to `west + 360`.
pub fn cut(shape: &Geometry<f64>, west: f64) -> Geometry<f64> {
    match shape {
        Geometry::Point(point) => Geometry::Point(Point(turned(point.0, west))),
        Geometry::MultiPoint(points) => {
            Geometry::MultiPoint(MultiPoint(points.0.iter().map(|point| Point(turned(point.0, west))).collect()))
        }
        Geometry::Line(line) => lines(cut_line(&LineString(vec![line.start, line.end]), west)),
        Geometry::LineString(line) => lines(cut_line(line, west)),
        Geometry::MultiLineString(many) => {
            Geometry::MultiLineString(MultiLineString(many.0.iter().flat_map(|line| cut_line(line, west)).collect()))
        }
        Geometry::Polygon(area) => polygons(cut_polygon(area, west)),
        Geometry::Rect(rect) => polygons(cut_polygon(&rect.to_polygon(), west)),
        Geometry::Triangle(triangle) => polygons(cut_polygon(&triangle.to_polygon(), west)),
        Geometry::MultiPolygon(areas) => {
            Geometry::MultiPolygon(MultiPolygon(areas.0.iter().flat_map(|area| cut_polygon(area, west)).collect()))
        }
        Geometry::GeometryCollection(parts) => {
            Geometry::GeometryCollection(GeometryCollection(parts.0.iter().map(|part| cut(part, west)).collect()))
        }
    }
}

/// One line or several.
fn lines(mut found: Vec<LineString<f64>>) -> Geometry<f64> {
    match found.pop() {
        Some(only) if found.is_empty() => Geometry::LineString(only),
        last => {
            found.extend(last);
            Geometry::MultiLineString(MultiLineString(found))
        }
    }
}

/// One polygon or several.
fn polygons(mut found: Vec<Polygon<f64>>) -> Geometry<f64> {
    match found.pop() {
        Some(only) if found.is_empty() => Geometry::Polygon(only),
        last => {
            found.extend(last);
            Geometry::MultiPolygon(MultiPolygon(found))
        }
    }
}

/// A position between the meridians.
fn turned(at: Coord<f64>, west: f64) -> Coord<f64> {
    let mut x = at.x;
    // Bounded, because a foreign coordinate may be anything.
    if x.abs() <= 1e4 {
        while x < west {
            x += 360.0;
        }
        while x > west + 360.0 {
            x -= 360.0;
        }
    }
    Coord { x, y: at.y }
}

/// The line without jumps: each step goes the short way, longitudes may leave the world.
fn unrolled(line: &LineString<f64>) -> Vec<Coord<f64>> {
    let mut turns = 0.0;
    let mut before: Option<f64> = None;
    let unroll = |at: &Coord<f64>| {
        if let Some(before) = before {
            if at.x - before > 180.0 {
                turns -= 360.0;
            } else if at.x - before < -180.0 {
                turns += 360.0;
            }
        }
        before = Some(at.x);
        // What does not turn keeps its bits.
        Coord { x: if turns == 0.0 { at.x } else { at.x + turns }, y: at.y }
    };
    line.0.iter().map(unroll).collect()
}

/// The windows of 360° that positions lie in, as numbers of turns; at most a few.
fn windows(line: &[Coord<f64>], west: f64) -> std::ops::RangeInclusive<i32> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for at in line {
        low = low.min(at.x);
        high = high.max(at.x);
    }
    if !(low.is_finite() && high.is_finite() && low.abs() < 1e4 && high.abs() < 1e4) {
        return 0..=0;
    }
    let (first, last) = (((low - west) / 360.0).floor(), ((high - west) / 360.0).ceil() - 1.0);
    (first as i32)..=(last.max(first) as i32)
}

/// Moves positions back by turns.
fn moved(line: &mut [Coord<f64>], turns: i32) {
    if turns != 0 {
        line.iter_mut().for_each(|at| at.x -= 360.0 * f64::from(turns));
    }
}

fn cut_line(line: &LineString<f64>, west: f64) -> Vec<LineString<f64>> {
    let flat = unrolled(line);
    let mut found = Vec::new();
    for turns in windows(&flat, west) {
        let (left, right) = (west + 360.0 * f64::from(turns), west + 360.0 * f64::from(turns + 1));
        let mut piece: Vec<Coord<f64>> = Vec::new();
        let mut finish = |piece: &mut Vec<Coord<f64>>| {
            let mut done = std::mem::take(piece);
            done.dedup();
            if done.len() > 1 {
                moved(&mut done, turns);
                found.push(LineString(done));
            }
        };
        for pair in flat.windows(2) {
            let [a, b] = pair else { continue };
            let Some((from, to)) = within(*a, *b, left, right) else {
                finish(&mut piece);
                continue;
            };
            if piece.last() != Some(&from) {
                finish(&mut piece);
                piece.push(from);
            }
            piece.push(to);
        }
        finish(&mut piece);
    }
    found
}

/// The part of a segment between two meridians.
fn within(a: Coord<f64>, b: Coord<f64>, left: f64, right: f64) -> Option<(Coord<f64>, Coord<f64>)> {
    if a.x.min(b.x) > right || a.x.max(b.x) < left || (a.x.min(b.x) == right && a.x != b.x) {
        return None;
    }
    if a.x.max(b.x) == left && a.x != b.x {
        return None;
    }
    let clip = |at: Coord<f64>, other: Coord<f64>| {
        if at.x < left {
            crossing(at, other, left)
        } else if at.x > right {
            crossing(at, other, right)
        } else {
            at
        }
    };
    Some((clip(a, b), clip(b, a)))
}

/// Where a segment meets a meridian; the same from both ends.
fn crossing(a: Coord<f64>, b: Coord<f64>, x: f64) -> Coord<f64> {
    let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
    let t = (x - a.x) / (b.x - a.x);
    Coord { x, y: if t.is_finite() { a.y + (b.y - a.y) * t.clamp(0.0, 1.0) } else { a.y } }
}

fn cut_polygon(area: &Polygon<f64>, west: f64) -> Vec<Polygon<f64>> {
    let mut rings: Vec<Vec<Coord<f64>>> = Vec::new();
    let outer = closed(unrolled(area.exterior()));
    let reference = outer.first().map_or(0.0, |at| at.x);
    let mut all = outer.clone();
    rings.push(outer);
    for hole in area.interiors() {
        let mut hole = closed(unrolled(hole));
        // A hole may begin a turn away from its outer ring.
        let (low, high) = rings.first().map_or((reference, reference), |outer| {
            outer.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), at| (l.min(at.x), h.max(at.x)))
        });
        let middle = hole.first().map_or(0.0, |at| at.x);
        let turns = if middle > high {
            1
        } else if middle < low {
            -1
        } else {
            0
        };
        moved(&mut hole, turns);
        all.extend_from_slice(&hole);
        rings.push(hole);
    }
    let mut found = Vec::new();
    for turns in windows(&all, west) {
        let (left, right) = (west + 360.0 * f64::from(turns), west + 360.0 * f64::from(turns + 1));
        let mut part = half(&rings, left, Side::East);
        part = half(&part, right, Side::West);
        for ring in &mut part {
            moved(ring, turns);
        }
        found.extend(assembled(part));
    }
    found
}

/// A ring that does not come back to its start has gone around a pole: it is led along it.
fn closed(mut ring: Vec<Coord<f64>>) -> Vec<Coord<f64>> {
    let (Some(first), Some(last)) = (ring.first().copied(), ring.last().copied()) else { return ring };
    if (last.x - first.x).abs() > 180.0 {
        let mean = ring.iter().map(|at| at.y).sum::<f64>() / ring.len() as f64;
        let pole = 90f64.copysign(mean);
        // Already on it, where the source draws the way along the pole itself.
        ring.push(Coord { x: last.x, y: pole });
        ring.push(Coord { x: first.x, y: pole });
        ring.push(first);
        ring.dedup();
    }
    ring
}

/// Which side of a meridian is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    East,
    West,
}

/// The part of rings on one side of a meridian: chains of positions there, joined along the meridian.
fn half(rings: &[Vec<Coord<f64>>], x: f64, side: Side) -> Vec<Vec<Coord<f64>>> {
    let is_in = |at: &Coord<f64>| match side {
        Side::East => at.x >= x,
        Side::West => at.x <= x,
    };
    let mut done: Vec<Vec<Coord<f64>>> = Vec::new();
    let mut chains: Vec<Vec<Coord<f64>>> = Vec::new();
    for ring in rings {
        if ring.iter().all(is_in) {
            done.push(ring.clone());
            continue;
        }
        // From a position outside, so that no chain is cut by the start.
        let Some(start) = ring.iter().position(|at| !is_in(at)) else { continue };
        let n = ring.len().saturating_sub(1);
        let mut chain: Vec<Coord<f64>> = Vec::new();
        for step in 0..n {
            let (Some(a), Some(b)) = (ring.get((start + step) % n.max(1)), ring.get((start + step + 1) % n.max(1)))
            else {
                continue;
            };
            match (is_in(a), is_in(b)) {
                (false, true) => chain = vec![crossing(*a, *b, x), *b],
                (true, true) => chain.push(*b),
                (true, false) => {
                    chain.push(crossing(*a, *b, x));
                    chains.push(std::mem::take(&mut chain));
                }
                (false, false) => {}
            }
        }
    }
    done.extend(joined(chains));
    done
}

/// Chains that begin and end on a meridian, joined to rings: between the first and the second end along it the polygon
/// lies, between the third and the fourth, and so on.
fn joined(chains: Vec<Vec<Coord<f64>>>) -> Vec<Vec<Coord<f64>>> {
    // Each end: its latitude, its chain, and whether it is the chain's last.
    let mut ends: Vec<(f64, usize, bool)> = Vec::new();
    for (at, chain) in chains.iter().enumerate() {
        if let (Some(first), Some(last)) = (chain.first(), chain.last()) {
            ends.push((first.y, at, false));
            ends.push((last.y, at, true));
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut next: Vec<Option<usize>> = vec![None; chains.len()];
    for pair in ends.chunks(2) {
        if let [one, other] = pair {
            // A last goes on with a first.
            let (from, to) = if one.2 { (one.1, other.1) } else { (other.1, one.1) };
            if let Some(slot) = next.get_mut(from) {
                *slot = Some(to);
            }
        }
    }
    let mut is_used = vec![false; chains.len()];
    let mut rings = Vec::new();
    for start in 0..chains.len() {
        let mut ring = Vec::new();
        let mut at = start;
        while let (Some(used), Some(chain)) = (is_used.get_mut(at), chains.get(at)) {
            if *used {
                break;
            }
            *used = true;
            ring.extend_from_slice(chain);
            match next.get(at) {
                Some(Some(following)) => at = *following,
                _ => break,
            }
        }
        ring.extend(ring.first().copied());
        rings.push(ring);
    }
    rings
}

/// Polygons of rings: those that lie in another are its holes. Rings without area are dropped.
fn assembled(rings: Vec<Vec<Coord<f64>>>) -> Vec<Polygon<f64>> {
    let mut areas: Vec<(f64, LineString<f64>)> = Vec::new();
    for mut ring in rings {
        ring.dedup();
        let twice: f64 = ring.windows(2).map(|pair| if let [a, b] = pair { a.x * b.y - b.x * a.y } else { 0.0 }).sum();
        if ring.len() >= 4 && twice != 0.0 {
            areas.push((twice, LineString(ring)));
        }
    }
    // The greatest turns as outer rings do; holes turn the other way.
    areas.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
    let outer_sign = areas.first().map_or(1.0, |(twice, _)| twice.signum());
    let mut polygons: Vec<Polygon<f64>> = Vec::new();
    for (twice, ring) in areas {
        if twice.signum() == outer_sign {
            polygons.push(Polygon::new(ring, vec![]));
            continue;
        }
        let holder = polygons.iter_mut().find(|polygon| {
            let outline = Polygon::new(polygon.exterior().clone(), vec![]);
            ring.0.iter().any(|at| outline.contains(at))
        });
        match holder {
            Some(polygon) => polygon.interiors_push(ring),
            None => polygons.push(Polygon::new(ring, vec![])),
        }
    }
    polygons
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, BoundingRect as _, polygon};

    use super::*;

    #[test]
    fn an_island_over_the_antimeridian_is_two() {
        // Ten degrees wide, four of them east of it, with a hole on the line.
        let island = Geometry::Polygon(polygon![
            exterior: [(x: 174., y: -20.), (x: -176., y: -20.), (x: -176., y: -10.), (x: 174., y: -10.)],
            interiors: [[(x: 179., y: -16.), (x: 179., y: -14.), (x: -179., y: -14.), (x: -179., y: -16.)]],
        ]);
        assert!(crosses_antimeridian(&island));
        let split = split_antimeridian(&island);
        let Geometry::MultiPolygon(parts) = &split else { panic!("{split:?}") };
        assert_eq!(parts.0.len(), 2);
        assert!(!crosses_antimeridian(&split));
        // 10 × 10 less 2 × 2.
        assert!((split.unsigned_area() - 96.0).abs() < 1e-9, "{}", split.unsigned_area());
        for part in &parts.0 {
            let bounds = part.bounding_rect().unwrap();
            assert!(bounds.width() <= 6.0);
            assert!(part.interiors().is_empty(), "the hole opens to the cut");
        }
    }

    #[test]
    fn a_shape_that_does_not_cross_keeps_its_bits() {
        let shape = Geometry::Polygon(polygon![(x: 0.1, y: 0.2), (x: 10.3, y: 0.), (x: 5., y: 7.7)]);
        assert_eq!(split_antimeridian(&shape), shape);
    }

    #[test]
    fn a_comb_falls_into_its_teeth() {
        // Two teeth reach over the line.
        let comb = Geometry::Polygon(polygon![
            (x: 170., y: 0.), (x: 185., y: 0.), (x: 185., y: 1.), (x: 175., y: 1.), (x: 175., y: 2.),
            (x: 185., y: 2.), (x: 185., y: 3.), (x: 170., y: 3.),
        ]);
        let before = comb.unsigned_area();
        let Geometry::MultiPolygon(parts) = split_antimeridian(&comb) else { panic!() };
        assert_eq!(parts.0.len(), 3);
        assert!((parts.unsigned_area() - before).abs() < 1e-9);
    }

    #[test]
    fn a_ring_around_the_pole_is_led_along_it() {
        let ring: Vec<(f64, f64)> = (0..=36)
            .map(|i| (f64::from(i) * 10.0, -70.0))
            .map(|(x, y)| (if x > 180. { x - 360. } else { x }, y))
            .collect();
        let cap = Geometry::Polygon(Polygon::new(LineString::from(ring), vec![]));
        let split = split_antimeridian(&cap);
        assert!((split.unsigned_area() - 360.0 * 20.0).abs() < 1e-6, "{split:?}");
    }

    #[test]
    fn lines_are_cut_and_moved() {
        let line = Geometry::LineString(LineString::from(vec![(170., 0.), (-170., 20.), (-160., 20.)]));
        let Geometry::MultiLineString(parts) = split_antimeridian(&line) else { panic!() };
        assert_eq!(
            parts.0,
            [
                LineString::from(vec![(170., 0.), (180., 10.)]),
                LineString::from(vec![(-180., 10.), (-170., 20.), (-160., 20.)])
            ]
        );
        // Around 11° E the cut is at 169° W.
        let Geometry::LineString(whole) =
            cut(&Geometry::LineString(LineString::from(vec![(170., 0.), (-172., 9.)])), -169.0)
        else {
            panic!()
        };
        assert_eq!(whole, LineString::from(vec![(170., 0.), (188., 9.)]));
    }
}
