//! Where to write a name: a point inside, far from all borders.
//!
//! Method: the pole of inaccessibility by ever smaller squares (D. Garcia-Castellanos, U. Lombardo, 2007, in the
//! form that mapping programs use: the most promising square first).

use std::{cmp::Ordering, collections::BinaryHeap};

use geo::{Area as _, BoundingRect as _, Coord, Geometry, Polygon};

/// Squares looked at, at most.
const MOST_SQUARES: usize = 2_000;

/// A point for a label: in polygons the point farthest from the border of the largest part, of lines the middle
/// position, of points the first. `None` for an empty shape.
///
/// Shape: plane coordinates (degrees are well enough for one country). The point of a polygon lies inside it, to
/// within a hundredth of its smaller side of the best one.
pub fn label_point(shape: &Geometry<f64>) -> Option<Coord<f64>> {
    match shape {
        Geometry::Point(point) => Some(point.0),
        Geometry::MultiPoint(points) => points.0.first().map(|point| point.0),
        Geometry::Line(line) => Some((line.start + line.end) / 2.0),
        Geometry::LineString(line) => line.0.get(line.0.len() / 2).copied(),
        Geometry::MultiLineString(lines) => {
            let longest = lines.0.iter().max_by_key(|line| line.0.len())?;
            longest.0.get(longest.0.len() / 2).copied()
        }
        Geometry::Polygon(polygon) => inside(polygon),
        Geometry::Rect(rect) => Some(rect.center()),
        Geometry::Triangle(triangle) => inside(&triangle.to_polygon()),
        Geometry::MultiPolygon(polygons) => {
            let largest = polygons.0.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
            inside(largest)
        }
        Geometry::GeometryCollection(parts) => {
            let largest = parts.0.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
            label_point(largest)
        }
    }
}

/// A square, how far its middle is from the border (negative outside), and how far any of its points can be.
struct Square {
    middle: Coord<f64>,
    half: f64,
    distance: f64,
    most: f64,
}

impl PartialEq for Square {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Square {}

impl Ord for Square {
    fn cmp(&self, other: &Self) -> Ordering {
        self.most.total_cmp(&other.most)
    }
}

impl PartialOrd for Square {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn square(polygon: &Polygon<f64>, middle: Coord<f64>, half: f64) -> Square {
    let distance = distance(polygon, middle);
    Square { middle, half, distance, most: distance + half * std::f64::consts::SQRT_2 }
}

fn inside(polygon: &Polygon<f64>) -> Option<Coord<f64>> {
    let bounds = polygon.bounding_rect()?;
    let side = bounds.width().min(bounds.height());
    if side <= 0.0 || !side.is_finite() {
        return Some(bounds.center());
    }
    let exact = side / 100.0;
    let half = side / 2.0;
    let mut heap = BinaryHeap::new();
    // A long shape has many squares: no more than a hundred to begin with.
    let steps = |length: f64| ((length / side).ceil() as usize).clamp(1, 100);
    let (n_x, n_y) = (steps(bounds.width()), steps(bounds.height()));
    let (step_x, step_y) = (bounds.width() / n_x as f64, bounds.height() / n_y as f64);
    for i in 0..n_x {
        for j in 0..n_y {
            let middle =
                Coord { x: bounds.min().x + (i as f64 + 0.5) * step_x, y: bounds.min().y + (j as f64 + 0.5) * step_y };
            heap.push(square(polygon, middle, half.max(step_x / 2.0).max(step_y / 2.0)));
        }
    }
    let mut best = square(polygon, geo::Centroid::centroid(polygon).map_or(bounds.center(), |point| point.0), 0.0);
    let mut n_squares = heap.len();
    while let Some(next) = heap.pop() {
        if next.distance > best.distance {
            best = Square { half: 0.0, ..square(polygon, next.middle, 0.0) };
        }
        if next.most - best.distance <= exact || n_squares > MOST_SQUARES {
            break;
        }
        let half = next.half / 2.0;
        for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
            heap.push(square(polygon, Coord { x: next.middle.x + x * half, y: next.middle.y + y * half }, half));
            n_squares += 1;
        }
    }
    Some(best.middle)
}

/// Distance to the nearest border, negative outside.
fn distance(polygon: &Polygon<f64>, at: Coord<f64>) -> f64 {
    let mut is_inside = false;
    let mut least = f64::INFINITY;
    for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
        for pair in ring.0.windows(2) {
            let [a, b] = pair else { continue };
            if (a.y > at.y) != (b.y > at.y) && at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x {
                is_inside = !is_inside;
            }
            least = least.min(to_segment(at, *a, *b));
        }
    }
    if is_inside { least.sqrt() } else { -least.sqrt() }
}

/// Square of the distance to a segment.
fn to_segment(at: Coord<f64>, a: Coord<f64>, b: Coord<f64>) -> f64 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 { (((at.x - a.x) * dx + (at.y - a.y) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (at.x - a.x - t * dx, at.y - a.y - t * dy);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use geo::{Contains as _, polygon};

    use super::*;

    #[test]
    fn a_label_lies_inside_though_the_centroid_does_not() {
        // A horseshoe.
        let shoe = polygon![
            (x: 0., y: 0.), (x: 10., y: 0.), (x: 10., y: 10.), (x: 7., y: 10.), (x: 7., y: 2.), (x: 3., y: 2.),
            (x: 3., y: 10.), (x: 0., y: 10.),
        ];
        let at = label_point(&Geometry::Polygon(shoe.clone())).unwrap();
        assert!(shoe.contains(&at), "{at:?}");
        assert!(distance(&shoe, at) > 1.4, "{at:?}");
        assert_eq!(label_point(&Geometry::MultiPolygon(geo::MultiPolygon(vec![]))), None);
    }

    #[test]
    fn a_square_has_its_middle() {
        let square = polygon![(x: 0., y: 0.), (x: 2., y: 0.), (x: 2., y: 2.), (x: 0., y: 2.)];
        let at = label_point(&Geometry::Polygon(square)).unwrap();
        assert!((at.x - 1.0).hypot(at.y - 1.0) < 0.05, "{at:?}");
    }
}
