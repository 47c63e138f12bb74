//! Area and length on the ellipsoid, by geodesics (C. F. F. Karney, Algorithms for geodesics, 2013).

use geo::{Area as _, Geodesic, GeodesicArea as _, Geometry, Length as _, Polygon};

/// The area of a shape's polygons on WGS 84, in square metres; zero where it has none.
///
/// Shape: longitude and latitude in degrees. A ring's direction does not matter: outer rings count, holes are taken off.
pub fn geodesic_area_m2(shape: &Geometry<f64>) -> f64 {
    match shape {
        Geometry::Polygon(polygon) => polygon_area(polygon),
        Geometry::Rect(rect) => polygon_area(&rect.to_polygon()),
        Geometry::Triangle(triangle) => polygon_area(&triangle.to_polygon()),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().map(polygon_area).sum(),
        Geometry::GeometryCollection(parts) => parts.0.iter().map(geodesic_area_m2).sum(),
        _ => 0.0,
    }
}

fn polygon_area(polygon: &Polygon<f64>) -> f64 {
    let holes: f64 = polygon.interiors().iter().map(|ring| ring_area(&Polygon::new(ring.clone(), vec![]))).sum();
    ring_area(&Polygon::new(polygon.exterior().clone(), vec![])) - holes
}

/// The area within a ring, whichever way it runs: signed areas cannot exceed half the Earth this way.
fn ring_area(ring: &Polygon<f64>) -> f64 {
    if ring.unsigned_area() == 0.0 { 0.0 } else { ring.geodesic_area_signed().abs() }
}

/// The length of a shape's lines on WGS 84, in metres; of polygons, their outlines.
///
/// Shape: longitude and latitude in degrees.
pub fn geodesic_length_m(shape: &Geometry<f64>) -> f64 {
    match shape {
        Geometry::Point(_) | Geometry::MultiPoint(_) => 0.0,
        Geometry::Line(line) => Geodesic.length(line),
        Geometry::LineString(line) => Geodesic.length(line),
        Geometry::MultiLineString(lines) => Geodesic.length(lines),
        Geometry::Polygon(polygon) => outline(polygon),
        Geometry::Rect(rect) => outline(&rect.to_polygon()),
        Geometry::Triangle(triangle) => outline(&triangle.to_polygon()),
        Geometry::MultiPolygon(polygons) => polygons.0.iter().map(outline).sum(),
        Geometry::GeometryCollection(parts) => parts.0.iter().map(geodesic_length_m).sum(),
    }
}

fn outline(polygon: &Polygon<f64>) -> f64 {
    let holes: f64 = polygon.interiors().iter().map(|ring| Geodesic.length(ring)).sum();
    Geodesic.length(polygon.exterior()) + holes
}
