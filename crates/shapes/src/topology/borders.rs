//! How much border polygons share with each other.

use geo::{Coord, Line, LinesIter, MultiPolygon};
use rayon::prelude::*;
use rstar::{AABB, RTree, primitives::GeomWithData};

/// The border of one polygon with another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Border {
    /// The polygons' places in the list, the smaller first.
    pub between: (usize, usize),
    /// In the units of the plane.
    pub length: f64,
}

/// The borders that polygons share: for each pair that has one its length, in the order of the pairs.
///
/// Shape: polygons in one plane. Sides that run along each other count where both ends of what they share are nearer than
/// `tolerance`, also where one polygon has corners that the other has not. A single shared corner is no border.
/// Time grows with the sides and those near them.
pub fn borders(polygons: &[MultiPolygon<f64>], tolerance: f64) -> Vec<Border> {
    let sides = |(idx, polygon): (usize, &MultiPolygon<f64>)| {
        polygon.lines_iter().filter(|line| line.start != line.end).map(|line| side(line, idx)).collect::<Vec<_>>()
    };
    let all: Vec<Side> = polygons.par_iter().enumerate().flat_map_iter(sides).collect();
    let tree = RTree::bulk_load(all);
    let of_one = |(idx, polygon): (usize, &MultiPolygon<f64>)| {
        let mut shared: Vec<(usize, f64)> = Vec::new();
        for line in polygon.lines_iter().filter(|line| line.start != line.end) {
            for other in tree.locate_in_envelope_intersecting(&envelope(line, tolerance)) {
                // Each pair once.
                if other.data > idx {
                    let length = along(line, line_of(other), tolerance);
                    if length > tolerance {
                        shared.push((other.data, length));
                    }
                }
            }
        }
        shared.sort_by_key(|(other, _)| *other);
        let sum = |run: &[(usize, f64)]| {
            let (other, _) = run.first()?;
            Some(Border { between: (idx, *other), length: run.iter().map(|(_, length)| length).sum() })
        };
        shared.chunk_by(|a, b| a.0 == b.0).filter_map(sum).collect::<Vec<_>>()
    };
    polygons.par_iter().enumerate().flat_map_iter(of_one).collect()
}

/// A side of a polygon, with the polygon's place.
type Side = GeomWithData<rstar::primitives::Line<[f64; 2]>, usize>;

fn side(line: Line<f64>, idx: usize) -> Side {
    let line = rstar::primitives::Line::new([line.start.x, line.start.y], [line.end.x, line.end.y]);
    GeomWithData::new(line, idx)
}

fn line_of(side: &Side) -> Line<f64> {
    let (from, to) = (side.geom().from, side.geom().to);
    Line::new(Coord { x: from[0], y: from[1] }, Coord { x: to[0], y: to[1] })
}

fn envelope(line: Line<f64>, margin: f64) -> AABB<[f64; 2]> {
    let (a, b) = (line.start, line.end);
    AABB::from_corners([a.x.min(b.x) - margin, a.y.min(b.y) - margin], [a.x.max(b.x) + margin, a.y.max(b.y) + margin])
}

/// How long two lines run along each other.
fn along(line: Line<f64>, other: Line<f64>, tolerance: f64) -> f64 {
    let (dx, dy) = (line.dx(), line.dy());
    let length = dx.hypot(dy);
    // Where a point lies along the line, and how far off it.
    let place = |at: Coord<f64>| {
        let (x, y) = (at.x - line.start.x, at.y - line.start.y);
        ((x * dx + y * dy) / length, (x * dy - y * dx) / length)
    };
    let ((a, off_a), (b, off_b)) = (place(other.start), place(other.end));
    let (from, to) = (a.min(b).max(0.0), a.max(b).min(length));
    if to <= from {
        return 0.0;
    }
    let off = |at: f64| (off_a + (off_b - off_a) * (at - a) / (b - a)).abs();
    if off(from) <= tolerance && off(to) <= tolerance { to - from } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use geo::{Polygon, Rect};

    use super::*;

    fn square(x: f64, y: f64, width: f64, height: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![Rect::new((x, y), (x + width, y + height)).to_polygon()])
    }

    #[test]
    fn borders_by_hand() {
        // A wide one below two narrow ones, which have a corner in its upper side; one apart; one that only touches a corner.
        let all = [
            square(0., 0., 10., 2.),
            square(0., 2., 4., 3.),
            square(4., 2., 6., 3.),
            square(20., 0., 1., 1.),
            square(10., 5., 1., 1.),
        ];
        let found = borders(&all, 1e-6);
        let told: Vec<_> = found.iter().map(|b| (b.between, b.length)).collect();
        assert_eq!(told, [((0, 1), 4.0), ((0, 2), 6.0), ((1, 2), 3.0)]);
        // Corners that are off by less than the tolerance are on the border.
        let near = [square(0., 0., 10., 2.), square(2., 2.001, 3., 3.)];
        assert_eq!(borders(&near, 0.01).len(), 1);
        assert!(borders(&near, 0.0001).is_empty());
    }

    #[test]
    fn what_lies_in_a_hole_shares_all_of_its_border() {
        let ring = |x: f64, side: f64| Rect::new((x, x), (x + side, x + side)).to_polygon().exterior().clone();
        let around = MultiPolygon(vec![Polygon::new(ring(0.0, 10.0), vec![ring(3.0, 2.0)])]);
        let found = borders(&[around, square(3., 3., 2., 2.)], 1e-6);
        assert_eq!(found, [Border { between: (0, 1), length: 8.0 }]);
    }
}
