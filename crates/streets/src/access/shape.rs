//! The served area as a shape for maps: reached streets with a strip on both sides, cut to the city.

use crate::{
    city::City,
    error::StreetsError,
    field::{Piece, Reached},
    network::Network,
    overlay::{cut, united},
    progress::{Progress, Stage, tell},
};
use geo::{
    Buffer, Coord, Line, LineString, MultiLineString, MultiPolygon,
    algorithm::buffer::{BufferStyle, LineCap, LineJoin},
};
use rayon::prelude::*;

/// Half the width of the strip along a reached street, in metres.
pub const BUFFER_M: f64 = 50.0;
/// Segments of a quarter circle.
const QUARTER: f64 = 8.0;
/// Pieces that are drawn at once, and shapes that are united at once. Strips of short pieces overlap a hundredfold, and
/// uniting costs what crosses: in small groups of neighbours the inside is gone before it meets the next.
const AT_ONCE: usize = 12;

/// Reached streets with [`BUFFER_M`] on both sides, united and cut to the city; in the plane of the city, metres.
///
/// A union of strips and not a hull: hulls invent area across rivers and railways. Neighbours are united first, groups of
/// them next, on all threads; edges are numbered along a curve, so neighbours in the list are neighbours on the ground.
pub fn buffered(
    network: &Network,
    reached: &Reached,
    city: &City,
    progress: Progress<'_>,
) -> Result<MultiPolygon<f64>, StreetsError> {
    let [west, south, east, north] = city.zone.bounds();
    let line = |piece: &Piece| {
        let length_m = network.graph.lengths()[piece.edge as usize];
        let share = |metres: f64| if length_m > 0.0 { metres / length_m } else { 0.0 };
        let end = |metres: f64| city.plane.project(network.along(piece.edge, share(metres)));
        let line = Line::new(end(piece.from_m), end(piece.to_m));
        let near = line.start.x.min(line.end.x) - BUFFER_M <= east
            && line.start.y.min(line.end.y) - BUFFER_M <= north
            && line.start.x.max(line.end.x) + BUFFER_M >= west
            && line.start.y.max(line.end.y) + BUFFER_M >= south;
        near.then_some(line)
    };
    let lines: Vec<Line<f64>> = reached.pieces.iter().filter_map(line).collect();
    let draw = |lines: &[Line<f64>]| {
        tell(progress, Stage::Areas, 0, 0)?;
        Ok(strip(lines))
    };
    let mut shapes: Vec<MultiPolygon<f64>> =
        lines.par_chunks(AT_ONCE).map(draw).collect::<Result<_, StreetsError>>()?;
    while shapes.len() > 1 {
        let unite = |shapes: &[MultiPolygon<f64>]| {
            tell(progress, Stage::Areas, 0, 0)?;
            Ok(united(shapes))
        };
        shapes = shapes.par_chunks(AT_ONCE).map(unite).collect::<Result<_, StreetsError>>()?;
    }
    Ok(shapes.pop().map_or_else(|| MultiPolygon::new(Vec::new()), |shape| cut(&shape, &city.planar)))
}

/// Lines with a strip around them.
fn strip(lines: &[Line<f64>]) -> MultiPolygon<f64> {
    // The library wants the length of a segment on a circle of radius 1.
    let angle = std::f64::consts::FRAC_PI_2 / QUARTER;
    let style = BufferStyle::new(BUFFER_M).line_cap(LineCap::Round(angle)).line_join(LineJoin::Round(angle));
    let lines = lines.iter().map(|line| {
        // What is shorter than a millimetre has no direction to draw a strip along.
        let point = line.delta().x.abs() + line.delta().y.abs() < 1e-3;
        let end = if point { line.start + Coord { x: 1e-3, y: 0.0 } } else { line.end };
        LineString::new(vec![line.start, end])
    });
    MultiLineString::new(lines.collect()).buffer_with_style(style)
}
