//! Where shapes lie, also when they lie on both sides of the antimeridian.

use geo::{BoundingRect as _, Geometry};

/// A rectangle in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge; more than 180 where the rectangle crosses the antimeridian.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Extent {
    /// The same with a margin on all sides, in parts of the longer side, and of at least so many degrees.
    pub fn with_margin(self, part: f64, least: f64) -> Self {
        let margin = (part * (self.east - self.west).max(self.north - self.south)).max(least);
        Self {
            west: self.west - margin,
            south: (self.south - margin).max(-85.0),
            east: self.east + margin,
            north: (self.north + margin).min(85.0),
        }
    }

    /// Whether two rectangles have a place in common, whichever way around the world they are written.
    pub fn meets(&self, other: &Self) -> bool {
        let turned = [-360.0, 0.0, 360.0];
        self.south <= other.north
            && other.south <= self.north
            && turned.iter().any(|turn| self.west <= other.east + turn && other.west + turn <= self.east)
    }
}

/// The smallest rectangle around shapes in longitude and latitude, opposite of the widest gap between them.
///
/// Each part of a shape counts on its own, so that islands on both sides of the antimeridian make a narrow rectangle over it
/// and not one around the world. `None` where there is no shape.
pub fn extent<'a>(shapes: impl IntoIterator<Item = &'a Geometry<f64>>) -> Option<Extent> {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut add = |bounds: Option<geo::Rect<f64>>| {
        let Some(bounds) = bounds else { return };
        spans.push((bounds.min().x, bounds.max().x));
        (south, north) = (south.min(bounds.min().y), north.max(bounds.max().y));
    };
    for shape in shapes {
        match shape {
            Geometry::MultiPolygon(parts) => parts.0.iter().for_each(|part| add(part.bounding_rect())),
            other => add(other.bounding_rect()),
        }
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, mut reach) = spans.first().copied()?;
    // The gap that is left when one goes around the world, and the widest one within.
    let mut widest: Option<(f64, f64)> = None;
    for (west, east) in spans {
        if west > reach && widest.is_none_or(|(from, to)| west - reach > to - from) {
            widest = Some((reach, west));
        }
        reach = reach.max(east);
    }
    let around = first + 360.0 - reach;
    Some(match widest {
        Some((from, to)) if to - from > around => Extent { west: to, south, east: from + 360.0, north },
        _ => Extent { west: first, south, east: reach, north },
    })
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect, coord};

    use super::*;

    fn check(parts: &[(f64, f64)], expected: (f64, f64)) {
        let part =
            |(west, east): &(f64, f64)| Rect::new(coord! {x: *west, y: -2.0}, coord! {x: *east, y: 3.0}).to_polygon();
        let shape = Geometry::MultiPolygon(MultiPolygon(parts.iter().map(part).collect()));
        let found = extent([&shape]).expect("an extent");
        assert_eq!(((found.west, found.east), (found.south, found.north)), (expected, (-2.0, 3.0)), "{parts:?}");
    }

    #[test]
    fn islands_on_both_sides_of_the_antimeridian_lie_together() {
        check(&[(10.0, 12.0), (11.0, 20.0)], (10.0, 20.0));
        check(&[(-180.0, -178.0), (176.0, 180.0)], (176.0, 182.0));
        // Gaps of 170° and 160°: the wider one is left out.
        check(&[(-100.0, -90.0), (80.0, 90.0)], (-100.0, 90.0));
        assert_eq!(extent([]), None);
    }

    #[test]
    fn rectangles_meet_over_the_antimeridian() {
        let at = |west: f64, east: f64| Extent { west, south: 0.0, east, north: 1.0 };
        assert!(at(176.0, 182.0).meets(&at(-179.0, -175.0)));
        assert!(!at(176.0, 182.0).meets(&at(-175.0, -170.0)));
        assert!(at(0.0, 10.0).with_margin(0.1, 0.0).meets(&at(11.0, 12.0)));
    }
}
