//! Polygons of a plane that many points are asked about: inside, on the edge, how near.

use geo::{
    Coord, Line, LineString, MultiPolygon, Polygon,
    coordinate_position::CoordPos,
    kernels::{Kernel, Orientation, RobustKernel},
};

/// Segments of polygons, sorted into strips from south to north.
#[derive(Debug, Clone)]
pub(crate) struct Zone {
    south: f64,
    north: f64,
    west: f64,
    east: f64,
    /// Metres of a strip from south to north.
    strip: f64,
    strips: Vec<Vec<Line<f64>>>,
}

impl Zone {
    /// Sorts the rings of polygons, which may run either way. A point is inside where polygons wind around it and no hole takes
    /// that back: where two polygons overlap it is inside of both.
    pub fn of(shape: &MultiPolygon<f64>) -> Self {
        let turned = |ring: &LineString<f64>, leftward: bool| {
            let is_left = twice_area(&ring.0) > 0.0;
            let turn = move |line: Line<f64>| if is_left == leftward { line } else { Line::new(line.end, line.start) };
            ring.lines().map(turn).collect::<Vec<_>>()
        };
        let of_polygon = |polygon: &Polygon<f64>| {
            let holes = polygon.interiors().iter().flat_map(|hole| turned(hole, false));
            turned(polygon.exterior(), true).into_iter().chain(holes).collect::<Vec<_>>()
        };
        let lines: Vec<Line<f64>> = shape.iter().flat_map(of_polygon).filter(|line| line.start != line.end).collect();
        let mut zone = Self {
            south: f64::INFINITY,
            north: f64::NEG_INFINITY,
            west: f64::INFINITY,
            east: f64::NEG_INFINITY,
            strip: 1.0,
            strips: Vec::new(),
        };
        for at in lines.iter().flat_map(|line| [line.start, line.end]) {
            zone.south = zone.south.min(at.y);
            zone.north = zone.north.max(at.y);
            zone.west = zone.west.min(at.x);
            zone.east = zone.east.max(at.x);
        }
        if lines.is_empty() {
            return zone;
        }
        // A comb has lines through all strips: no more than eight entries a line.
        let height = zone.north - zone.south;
        let crossed: f64 = lines.iter().map(|line| line.delta().y.abs()).sum();
        let most = if crossed > 0.0 { 8.0 * lines.len() as f64 * height / crossed } else { 1.0 };
        let n_strips = (lines.len() / 4).min(most as usize).clamp(1, 4096);
        // A hair more than the whole, so that the northern edge lies in the last strip.
        zone.strip = ((zone.north - zone.south) / n_strips as f64).max(1e-6);
        zone.strips = vec![Vec::new(); n_strips];
        for line in lines {
            let (low, high) = (line.start.y.min(line.end.y), line.start.y.max(line.end.y));
            for strip in zone.strip_of(low)..=zone.strip_of(high) {
                zone.strips[strip].push(line);
            }
        }
        zone
    }

    fn strip_of(&self, y: f64) -> usize {
        // Casting stops at 0 and the largest number.
        (((y - self.south) / self.strip) as usize).min(self.strips.len().saturating_sub(1))
    }

    /// Where a point lies.
    pub fn position(&self, at: Coord<f64>) -> CoordPos {
        let within = at.x >= self.west && at.x <= self.east && at.y >= self.south && at.y <= self.north;
        if !within {
            return CoordPos::Outside;
        }
        let mut turns = 0i32;
        for line in self.strips.get(self.strip_of(at.y)).into_iter().flatten() {
            let upward = line.start.y <= line.end.y;
            let (low, high) = if upward { (line.start, line.end) } else { (line.end, line.start) };
            if at.y < low.y || at.y > high.y {
                continue;
            }
            let side = RobustKernel::orient2d(low, high, at);
            let (west, east) = (low.x.min(high.x), low.x.max(high.x));
            if side == Orientation::Collinear && at.x >= west && at.x <= east {
                return CoordPos::OnBoundary;
            }
            // The upper end does not count, so that a corner is crossed once.
            if at.y < high.y && side == Orientation::CounterClockwise {
                turns += if upward { 1 } else { -1 };
            }
        }
        if turns != 0 { CoordPos::Inside } else { CoordPos::Outside }
    }

    /// Whether a point lies inside or on the edge.
    pub fn covers(&self, at: Coord<f64>) -> bool {
        self.position(at) != CoordPos::Outside
    }

    /// Whether a point lies inside, on the edge, or at most so far from it.
    pub fn is_within(&self, at: Coord<f64>, metres: f64) -> bool {
        if self.covers(at) {
            return true;
        }
        let strips = self.strip_of(at.y - metres)..=self.strip_of(at.y + metres);
        let near = |line: &Line<f64>| squared_distance(line, at) <= metres * metres;
        self.strips.get(strips).is_some_and(|strips| strips.iter().flatten().any(near))
    }

    /// West, south, east, north.
    pub fn bounds(&self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north]
    }
}

/// Twice the area of a ring, above 0 when it runs to the left.
fn twice_area(ring: &[Coord<f64>]) -> f64 {
    // From the first point, so that large coordinates do not eat the digits.
    let Some(origin) = ring.first() else { return 0.0 };
    let cross = |pair: &[Coord<f64>]| match pair {
        [a, b] => (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y),
        _ => 0.0,
    };
    ring.windows(2).map(cross).sum()
}

fn squared_distance(line: &Line<f64>, at: Coord<f64>) -> f64 {
    let along = line.delta();
    let to = at - line.start;
    let squared = along.x * along.x + along.y * along.y;
    let t = if squared > 0.0 { ((to.x * along.x + to.y * along.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
    let rest = to - along * t;
    rest.x * rest.x + rest.y * rest.y
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::wkt;

    #[test]
    fn points_of_a_square_with_a_hole() {
        let zone = Zone::of(
            &wkt! { MULTIPOLYGON(((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.), (4. 4., 6. 4., 6. 6., 4. 6., 4. 4.))) },
        );
        for (x, y, expected) in [
            (1.0, 1.0, CoordPos::Inside),
            (5.0, 5.0, CoordPos::Outside),
            (4.0, 5.0, CoordPos::OnBoundary),
            (0.0, 0.0, CoordPos::OnBoundary),
            (10.0, 10.0, CoordPos::OnBoundary),
            (5.0, 10.0, CoordPos::OnBoundary),
            // Level with corners and edges of the hole.
            (1.0, 4.0, CoordPos::Inside),
            (9.0, 6.0, CoordPos::Inside),
            (-1.0, 4.0, CoordPos::Outside),
            (11.0, 0.0, CoordPos::Outside),
            (5.0, 10.1, CoordPos::Outside),
        ] {
            assert_eq!(zone.position(Coord { x, y }), expected, "{x}, {y}");
        }
        assert!(zone.is_within(Coord { x: 12.0, y: 5.0 }, 2.0));
        assert!(!zone.is_within(Coord { x: 12.1, y: 5.0 }, 2.0));
        assert!(zone.is_within(Coord { x: 5.0, y: 5.0 }, 1.0), "in the hole, a metre from its edge");
        assert!(!zone.is_within(Coord { x: 13.0, y: 14.0 }, 4.9));
        assert!(zone.is_within(Coord { x: 13.0, y: 14.0 }, 5.0));
    }

    #[test]
    fn polygons_that_overlap_and_holes_that_are_filled() {
        // Two that overlap, whichever way they run; a hole that a third fills in part.
        let zone = Zone::of(&wkt! { MULTIPOLYGON(
        ((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.), (6. 6., 6. 8., 8. 8., 8. 6., 6. 6.)),
        ((2. 2., 2. 20., 4. 20., 4. 2., 2. 2.)),
        ((7. 7., 9. 7., 9. 9., 7. 9., 7. 7.))) });
        let inside = |x: f64, y: f64| zone.position(Coord { x, y }) == CoordPos::Inside;
        assert!(inside(3.0, 3.0) && inside(3.0, 15.0) && inside(1.0, 1.0));
        assert!(!inside(6.5, 6.5), "the part of the hole that nothing fills");
        assert!(inside(7.5, 7.5) && inside(8.5, 8.5));
    }

    #[test]
    fn nothing_covers_nothing() {
        assert_eq!(Zone::of(&MultiPolygon::new(vec![])).position(Coord { x: 0.0, y: 0.0 }), CoordPos::Outside);
    }
}
