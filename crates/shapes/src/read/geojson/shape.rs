//! From nested lists of coordinates to shapes.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::{Coordinates, Members};
use crate::limits;

impl Members {
    pub(super) fn geometry(self, depth: usize) -> Result<Option<Geometry<f64>>, String> {
        if depth > limits::DEPTH {
            return Err(format!("collections lie within each other more than {} deep", limits::DEPTH));
        }
        let Some(kind) = self.kind else { return Err("the geometry has no type".into()) };
        if kind == "GeometryCollection" {
            let Some(parts) = self.geometries else { return Err("the collection has no geometries".into()) };
            let parts: Result<Vec<_>, _> =
                parts.into_iter().filter_map(|part| part.geometry(depth + 1).transpose()).collect();
            return parts.map(|parts| some(parts, |parts| Geometry::GeometryCollection(GeometryCollection(parts))));
        }
        let Some(given) = self.coordinates else { return Err(format!("the {kind} has no coordinates")) };
        Ok(match kind.as_str() {
            "Point" => match given {
                Coordinates::Position(at) => Some(Geometry::Point(Point(at))),
                Coordinates::Empty => None,
                Coordinates::List(_) => return Err("a Point has one position, here are several".into()),
            },
            "MultiPoint" => some(given.positions(&kind)?, |points| {
                Geometry::MultiPoint(MultiPoint(points.into_iter().map(Point).collect()))
            }),
            "LineString" => some(given.positions(&kind)?, |line| Geometry::LineString(LineString(line))),
            "MultiLineString" => some(given.lines(&kind)?, |lines| Geometry::MultiLineString(MultiLineString(lines))),
            "Polygon" => given.polygon(&kind)?.map(Geometry::Polygon),
            "MultiPolygon" => {
                let polygons: Result<Vec<_>, _> =
                    given.list(&kind)?.into_iter().filter_map(|part| part.polygon(&kind).transpose()).collect();
                some(polygons?, |polygons| Geometry::MultiPolygon(MultiPolygon(polygons)))
            }
            "FeatureCollection" | "Feature" => return Err(format!("a {kind} stands where a geometry belongs")),
            other => return Err(format!("there is no geometry of type {other}")),
        })
    }
}

/// The geometry of the parts, where there are any.
fn some<T>(parts: Vec<T>, make: impl FnOnce(Vec<T>) -> Geometry<f64>) -> Option<Geometry<f64>> {
    if parts.is_empty() { None } else { Some(make(parts)) }
}

impl Coordinates {
    fn list(self, kind: &str) -> Result<Vec<Self>, String> {
        match self {
            Self::List(list) => Ok(list),
            Self::Empty => Ok(Vec::new()),
            Self::Position(_) => Err(format!("the coordinates of the {kind} are not nested as they must be")),
        }
    }

    fn positions(self, kind: &str) -> Result<Vec<Coord<f64>>, String> {
        let wrong = || format!("the coordinates of the {kind} are not nested as they must be");
        let positions = self.list(kind)?.into_iter().map(|position| match position {
            Self::Position(at) => Ok(at),
            _ => Err(wrong()),
        });
        positions.collect()
    }

    fn lines(self, kind: &str) -> Result<Vec<LineString<f64>>, String> {
        let lines = self.list(kind)?.into_iter().map(|line| line.positions(kind).map(LineString));
        lines.filter(|line| line.as_ref().map_or(true, |line| !line.0.is_empty())).collect()
    }

    fn polygon(self, kind: &str) -> Result<Option<Polygon<f64>>, String> {
        let mut rings = self.lines(kind)?.into_iter();
        Ok(rings.next().map(|outer| Polygon::new(outer, rings.collect())))
    }
}
