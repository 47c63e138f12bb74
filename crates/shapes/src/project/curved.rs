//! Straight lines on one map are curved on another: points are put in before projecting.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPolygon, Polygon};

/// How well a line on the new map follows the old one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// How far the middle of a piece may lie off, in units of the new map.
    pub off: f64,
    /// How long a piece may be at most, in units of the old map.
    pub longest: f64,
}

/// How often a line is halved at most.
const MOST_HALVINGS: u32 = 12;
/// Points put into one line or ring at most; a border that needs more has no shape that could be followed.
const MOST_POINTS: usize = 4_000_000;

/// Puts points into the lines and rings of a shape, until each piece follows its straight original closely enough.
///
/// A line shared by two shapes gets the same points in both, whichever way it runs.
/// Shape: the original's coordinates; `forward` is only used to measure.
pub fn densify(
    shape: &Geometry<f64>,
    tolerance: Tolerance,
    forward: &impl Fn(Coord<f64>) -> Option<Coord<f64>>,
) -> Geometry<f64> {
    let line = |line: &LineString<f64>| densify_line(line, tolerance, forward);
    let polygon =
        |area: &Polygon<f64>| Polygon::new(line(area.exterior()), area.interiors().iter().map(line).collect());
    match shape {
        Geometry::Point(_) | Geometry::MultiPoint(_) => shape.clone(),
        Geometry::Line(piece) => Geometry::LineString(line(&LineString(vec![piece.start, piece.end]))),
        Geometry::LineString(one) => Geometry::LineString(line(one)),
        Geometry::MultiLineString(lines) => {
            Geometry::MultiLineString(MultiLineString(lines.0.iter().map(line).collect()))
        }
        Geometry::Polygon(area) => Geometry::Polygon(polygon(area)),
        Geometry::Rect(rect) => Geometry::Polygon(polygon(&rect.to_polygon())),
        Geometry::Triangle(triangle) => Geometry::Polygon(polygon(&triangle.to_polygon())),
        Geometry::MultiPolygon(areas) => Geometry::MultiPolygon(MultiPolygon(areas.0.iter().map(polygon).collect())),
        Geometry::GeometryCollection(parts) => Geometry::GeometryCollection(GeometryCollection(
            parts.0.iter().map(|part| densify(part, tolerance, forward)).collect(),
        )),
    }
}

fn densify_line(
    line: &LineString<f64>,
    tolerance: Tolerance,
    forward: &impl Fn(Coord<f64>) -> Option<Coord<f64>>,
) -> LineString<f64> {
    let mut dense = Vec::with_capacity(line.0.len());
    dense.extend(line.0.first().copied());
    for pair in line.0.windows(2) {
        if let [from, to] = pair {
            halve([*from, *to], tolerance, forward, MOST_HALVINGS, &mut dense);
            dense.push(*to);
        }
    }
    LineString(dense)
}

/// Adds the points between two.
fn halve(
    [from, to]: [Coord<f64>; 2],
    tolerance: Tolerance,
    forward: &impl Fn(Coord<f64>) -> Option<Coord<f64>>,
    left: u32,
    dense: &mut Vec<Coord<f64>>,
) {
    if left == 0 || dense.len() > MOST_POINTS {
        return;
    }
    let middle = Coord { x: (from.x + to.x) / 2.0, y: (from.y + to.y) / 2.0 };
    let is_long = (to.x - from.x).hypot(to.y - from.y) > tolerance.longest;
    let is_off = || match (forward(from), forward(middle), forward(to)) {
        (Some(from), Some(middle), Some(to)) => {
            (middle.x - (from.x + to.x) / 2.0).hypot(middle.y - (from.y + to.y) / 2.0) > tolerance.off
        }
        // A middle that has no place is for the projection to complain about.
        _ => false,
    };
    if is_long || is_off() {
        halve([from, middle], tolerance, forward, left - 1, dense);
        dense.push(middle);
        halve([middle, to], tolerance, forward, left - 1, dense);
    }
}
