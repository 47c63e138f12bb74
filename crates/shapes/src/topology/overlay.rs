//! What two areas have in common.
//!
//! Not by `geo`: it asks its library for shapes without rings that touch themselves, and in that mode version 4.5 of the library
//! fills courtyards between polygons that touch. Without it areas are right, and rings may touch themselves at a point.

use geo::{BoundingRect as _, Coord, LineString, MultiPolygon, Polygon, Rect};
use i_overlay::{
    core::{fill_rule::FillRule, overlay_rule::OverlayRule},
    float::overlay::{FloatOverlay, OverlayOptions},
};

type Ring = Vec<[f64; 2]>;

/// The common ground of two areas.
///
/// Neighbours overlap along a border at most, so rings are cut to the box that both have in common first: a town with ten thousand
/// corners brings the hundred that lie beside its neighbour.
pub(super) fn common(one: &[&Polygon<f64>], other: &[&Polygon<f64>]) -> MultiPolygon<f64> {
    let Some(within) = bounds(one).zip(bounds(other)).and_then(|(a, b)| both(a, b)) else {
        return MultiPolygon::new(Vec::new());
    };
    let (subject, clip) = (rings(one, within), rings(other, within));
    if subject.is_empty() || clip.is_empty() {
        return MultiPolygon::new(Vec::new());
    }
    let options = OverlayOptions::<f64>::default();
    let mut overlay = FloatOverlay::with_subj_and_clip_custom(&subject, &clip, options, Default::default());
    let shapes = overlay.overlay(OverlayRule::Intersect, FillRule::NonZero);
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

fn bounds(area: &[&Polygon<f64>]) -> Option<Rect<f64>> {
    let joined = |a: Rect<f64>, b: Rect<f64>| {
        let (low, high) = ((a.min(), b.min()), (a.max(), b.max()));
        Rect::new(
            Coord { x: low.0.x.min(low.1.x), y: low.0.y.min(low.1.y) },
            Coord { x: high.0.x.max(high.1.x), y: high.0.y.max(high.1.y) },
        )
    };
    area.iter().filter_map(|polygon| polygon.bounding_rect()).reduce(joined)
}

/// What two boxes have in common, a little wider, so that cutting adds no corner to a border that lies on the edge.
fn both(a: Rect<f64>, b: Rect<f64>) -> Option<Rect<f64>> {
    let low = Coord { x: a.min().x.max(b.min().x), y: a.min().y.max(b.min().y) };
    let high = Coord { x: a.max().x.min(b.max().x), y: a.max().y.min(b.max().y) };
    let margin = 1e-6 * (high.x - low.x).max(high.y - low.y);
    let is_box = low.x <= high.x && low.y <= high.y;
    is_box.then(|| Rect::new(low - Coord { x: margin, y: margin }, high + Coord { x: margin, y: margin }))
}

/// The rings of an area within a box: outer ones to the left, holes to the right, so that they count against each other.
fn rings(area: &[&Polygon<f64>], within: Rect<f64>) -> Vec<Ring> {
    let turned = |ring: &LineString<f64>, leftward: bool| {
        let mut ring = cut(ring, within);
        if (twice_area(&ring) > 0.0) != leftward {
            ring.reverse();
        }
        ring
    };
    let of = |polygon: &&Polygon<f64>| {
        let outer = std::iter::once(turned(polygon.exterior(), true));
        outer.chain(polygon.interiors().iter().map(|hole| turned(hole, false))).collect::<Vec<_>>()
    };
    area.iter().flat_map(of).filter(|ring| ring.len() >= 3).collect()
}

/// A ring within a box, without its last corner, which is its first. Pieces that the box parts hang together along its sides,
/// which adds no ground.
///
/// Source: I. Sutherland and G. Hodgman, "Reentrant polygon clipping", CACM 17 (1974).
fn cut(ring: &LineString<f64>, within: Rect<f64>) -> Ring {
    let mut corners: Ring = ring.coords().map(|at| [at.x, at.y]).collect();
    if corners.first() == corners.last() {
        corners.pop();
    }
    let (low, high) = (within.min(), within.max());
    for (axis, limit, sign) in [(0, low.x, 1.0), (0, high.x, -1.0), (1, low.y, 1.0), (1, high.y, -1.0)] {
        let inside = |at: &[f64; 2]| (at[axis] - limit) * sign >= 0.0;
        if corners.iter().all(inside) {
            continue;
        }
        let Some(mut before) = corners.last().copied() else { break };
        let mut kept = Vec::with_capacity(corners.len());
        for at in corners {
            if inside(&before) != inside(&at) {
                let share = (limit - before[axis]) / (at[axis] - before[axis]);
                let mut meeting = [before[0] + share * (at[0] - before[0]), before[1] + share * (at[1] - before[1])];
                meeting[axis] = limit;
                kept.push(meeting);
            }
            if inside(&at) {
                kept.push(at);
            }
            before = at;
        }
        corners = kept;
    }
    corners
}

/// Twice the area of a ring, above 0 when it runs to the left.
fn twice_area(ring: &[[f64; 2]]) -> f64 {
    // From the first corner, so that large coordinates do not eat the digits.
    let Some(origin) = ring.first() else { return 0.0 };
    let cross = |pair: &[[f64; 2]]| match pair {
        [a, b] => (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]),
        _ => 0.0,
    };
    ring.windows(2).map(cross).sum()
}

#[cfg(test)]
mod tests {
    use geo::{Area as _, wkt};
    use proptest::prelude::*;

    use super::*;

    fn check(one: Polygon<f64>, other: Polygon<f64>, expected: f64) {
        for (one, other) in [(&one, &other), (&other, &one)] {
            let found = common(&[one], &[other]).unsigned_area();
            assert!((found - expected).abs() < 1e-6, "{found} not {expected}");
        }
    }

    #[test]
    fn common_ground_by_hand() {
        let square = wkt! { POLYGON((0. 0., 10. 0., 10. 10., 0. 10., 0. 0.)) };
        check(square.clone(), wkt! { POLYGON((8. 2., 8. 6., 30. 6., 30. 2., 8. 2.)) }, 8.0);
        check(square.clone(), wkt! { POLYGON((10. 0., 20. 0., 20. 10., 10. 10., 10. 0.)) }, 0.0);
        check(square.clone(), wkt! { POLYGON((20. 0., 30. 0., 30. 10., 20. 10., 20. 0.)) }, 0.0);
        // A comb of three teeth that the box of both parts, and a ring around what the other one is.
        let comb = wkt! { POLYGON((9. 1., 20. 1., 20. 9., 9. 9., 9. 8., 15. 8., 15. 6., 9. 6., 9. 5., 15. 5., 15. 3., 9. 3., 9. 1.)) };
        check(square.clone(), comb, 4.0);
        let ring =
            wkt! { POLYGON((-5. -5., 15. -5., 15. 15., -5. 15., -5. -5.), (0. 0., 10. 0., 10. 9., 0. 9., 0. 0.)) };
        check(square, ring, 10.0);
    }

    /// A ring around the origin with any radii, which reaches far into its neighbours and out again.
    fn star() -> impl Strategy<Value = Polygon<f64>> {
        prop::collection::vec(1.0f64..9.0, 3..40).prop_map(|radii| {
            let turn = std::f64::consts::TAU / radii.len() as f64;
            let at = |(i, far): (usize, &f64)| (far * (turn * i as f64).cos(), far * (turn * i as f64).sin());
            Polygon::new(radii.iter().enumerate().map(at).collect(), vec![])
        })
    }

    proptest! {
        /// What a shape has in common with parts of the plane adds up to the shape, and with itself it has all.
        #[test]
        fn parts_add_up(star in star(), x in -10.0f64..10.0, y in -10.0f64..10.0) {
            let part = |x0: f64, y0: f64, x1: f64, y1: f64| {
                let part = Rect::new(Coord { x: x0, y: y0 }, Coord { x: x1, y: y1 }).to_polygon();
                common(&[&star], &[&part]).unsigned_area()
            };
            let far = 20.0;
            let parts = part(-far, -far, x, y) + part(x, -far, far, y) + part(-far, y, x, far) + part(x, y, far, far);
            let whole = star.unsigned_area();
            prop_assert!((parts - whole).abs() < 1e-5 * whole, "{} and {}", parts, whole);
            prop_assert!((common(&[&star], &[&star]).unsigned_area() - whole).abs() < 1e-5 * whole);
        }
    }

    #[test]
    fn courtyards_are_not_filled() {
        // Four squares that meet at corners only, around a court in which the other one lies.
        let squares = [(1.0, 0.0), (2.0, 1.0), (1.0, 2.0), (0.0, 1.0)]
            .map(|(x, y)| Rect::new(Coord { x, y }, Coord { x: x + 1.0, y: y + 1.0 }).to_polygon());
        let court = wkt! { POLYGON((1.1 1.1, 1.9 1.1, 1.9 1.9, 1.1 1.9, 1.1 1.1)) };
        let all: Vec<_> = squares.iter().collect();
        assert!(common(&all, &[&court]).unsigned_area() < 1e-9);
        let whole = wkt! { POLYGON((0. 0., 3. 0., 3. 3., 0. 3., 0. 0.)) };
        assert!((common(&all, &[&whole]).unsigned_area() - 4.0).abs() < 1e-6);
    }
}
