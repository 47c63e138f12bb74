//! Unions and intersections of polygons, and polygons of rings.
//!
//! Not those of `geo`: it asks its library for shapes without rings that touch themselves, and in that mode version 4.5
//! of the library fills courtyards between polygons that touch (a union of eleven squares and paths of Porto came out
//! at 5 867 m² where all of them together have 1 558). Without that mode areas are right, and rings may touch
//! themselves at a point, which nothing here minds.

use geo::{LineString, MultiPolygon, Polygon};
use i_overlay::{
    core::{fill_rule::FillRule, overlay_rule::OverlayRule},
    float::overlay::{FloatOverlay, OverlayOptions},
};

type Ring = Vec<[f64; 2]>;

/// The union of polygons that may overlap, nest or lie beside each other, with rings in any direction.
pub(crate) fn united(shapes: &[MultiPolygon<f64>]) -> MultiPolygon<f64> {
    overlay(shapes, &[], OverlayRule::Subject)
}

/// What lies in both.
pub(crate) fn cut(shape: &MultiPolygon<f64>, to: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    overlay(std::slice::from_ref(shape), std::slice::from_ref(to), OverlayRule::Intersect)
}

/// The ground that an odd number of rings surrounds: an outline, its holes, islands in these, whichever way they run and
/// wherever they touch.
pub(crate) fn alternating(rings: &[LineString<f64>]) -> MultiPolygon<f64> {
    let open = |ring: &LineString<f64>| {
        let mut ring: Ring = ring.coords().map(|at| [at.x, at.y]).collect();
        if ring.first() == ring.last() {
            ring.pop();
        }
        ring
    };
    overlay_rings(&rings.iter().map(open).collect::<Vec<_>>(), &[], OverlayRule::Subject, FillRule::EvenOdd)
}

fn overlay(subject: &[MultiPolygon<f64>], clip: &[MultiPolygon<f64>], rule: OverlayRule) -> MultiPolygon<f64> {
    overlay_rings(&rings(subject), &rings(clip), rule, FillRule::Positive)
}

fn overlay_rings(subject: &[Ring], clip: &[Ring], rule: OverlayRule, fill: FillRule) -> MultiPolygon<f64> {
    let options = OverlayOptions::<f64>::default();
    let mut overlay = FloatOverlay::with_subj_and_clip_custom(subject, clip, options, Default::default());
    let shapes = overlay.overlay(rule, fill);
    let polygon = |contours: Vec<Ring>| {
        let mut lines = contours.into_iter().map(|ring| {
            let mut line: LineString<f64> = ring.into();
            line.close();
            line
        });
        lines.next().map(|outer| Polygon::new(outer, lines.collect()))
    };
    MultiPolygon(shapes.into_iter().filter_map(polygon).collect())
}

/// All rings, outer ones to the left, holes to the right, so that a place has as many turns as polygons that cover it.
fn rings(shapes: &[MultiPolygon<f64>]) -> Vec<Ring> {
    let turned = |ring: &LineString<f64>, leftward: bool| {
        let mut ring: Ring = ring.coords().map(|at| [at.x, at.y]).collect();
        if ring.first() == ring.last() {
            ring.pop();
        }
        if (twice_area(&ring) > 0.0) != leftward {
            ring.reverse();
        }
        ring
    };
    let of = |polygon: &Polygon<f64>| {
        let outer = std::iter::once(turned(polygon.exterior(), true));
        outer.chain(polygon.interiors().iter().map(|hole| turned(hole, false))).collect::<Vec<_>>()
    };
    shapes.iter().flatten().flat_map(of).filter(|ring| ring.len() >= 3).collect()
}

/// Twice the area of a ring, above 0 when it runs to the left.
fn twice_area(ring: &[[f64; 2]]) -> f64 {
    // From the first point, so that large coordinates do not eat the digits.
    let Some(origin) = ring.first() else { return 0.0 };
    let cross = |pair: &[[f64; 2]]| match pair {
        [a, b] => (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]),
        _ => 0.0,
    };
    ring.windows(2).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, wkt};

    fn square(x: f64, y: f64, side: f64) -> MultiPolygon<f64> {
        MultiPolygon(vec![geo::Rect::new((x, y), (x + side, y + side)).to_polygon()])
    }

    #[test]
    fn unions_whatever_the_direction_of_rings() {
        // A square with a hole that runs as its outer ring does, one turned round, and a third inside the first.
        let shapes: [MultiPolygon<f64>; 3] = [
            wkt! { MULTIPOLYGON(((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.), (2. 2., 8. 2., 8. 8., 2. 8., 2. 2.))) },
            wkt! { MULTIPOLYGON(((20. 0., 20. 10., 30. 10., 30. 0., 20. 0.))) },
            wkt! { MULTIPOLYGON(((0. 0., 2. 0., 2. 2., 0. 2., 0. 0.))) },
        ];
        assert!((united(&shapes).unsigned_area() - 164.0).abs() < 1e-6);
        assert!((cut(&shapes[0], &square(0.0, 0.0, 5.0)).unsigned_area() - 16.0).abs() < 1e-6);
        assert_eq!(united(&[]), MultiPolygon::new(vec![]));
        assert_eq!(cut(&shapes[1], &shapes[2]), MultiPolygon::new(vec![]));
    }

    #[test]
    fn outlines_holes_and_islands_in_any_direction() {
        let line = |shape: MultiPolygon<f64>| shape.0[0].exterior().clone();
        // An outline, a lake, an island in the lake.
        let rings = [square(0.0, 0.0, 10.0), square(2.0, 2.0, 6.0), square(4.0, 4.0, 2.0)].map(line);
        assert!((alternating(&rings).unsigned_area() - (100.0 - 36.0 + 4.0)).abs() < 1e-6);
        // One ring that touches itself: two squares that meet at a corner, run through as an eight.
        let eight: LineString<f64> =
            vec![(0., 0.), (2., 0.), (2., 2.), (4., 2.), (4., 4.), (2., 4.), (2., 2.), (0., 2.), (0., 0.)].into();
        assert!((alternating(&[eight]).unsigned_area() - 8.0).abs() < 1e-6);
        let turned: LineString<f64> =
            vec![(0., 0.), (2., 0.), (2., 2.), (2., 4.), (4., 4.), (4., 2.), (2., 2.), (0., 2.), (0., 0.)].into();
        assert!((alternating(&[turned]).unsigned_area() - 8.0).abs() < 1e-6);
    }

    #[test]
    fn courtyards_stay_open() {
        // Eight of nine squares of a board, and then a chain of squares that meet at corners only around a court.
        let ring: Vec<_> =
            (0..9).filter(|i| *i != 4).map(|i| square(f64::from(i % 3), f64::from(i / 3), 1.0)).collect();
        assert!((united(&ring).unsigned_area() - 8.0).abs() < 1e-6);
        let corners: Vec<_> = [(1.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 1.0)].map(|(x, y)| square(x, y, 1.0)).to_vec();
        assert!((united(&corners).unsigned_area() - 4.0).abs() < 1e-6);
    }
}
