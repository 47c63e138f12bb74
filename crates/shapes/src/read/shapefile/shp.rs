//! The .shp: one record for each shape. Heights and measures are read over.

use geo::{
    Area as _, BoundingRect as _, Contains as _, Coord, CoordinatePosition as _, Geometry, LineString, MultiLineString,
    MultiPoint, MultiPolygon, Point, Polygon, coordinate_position::CoordPos,
};

use crate::{Fault, Place, limits};

/// The shapes in the order of the file.
pub(super) fn read(bytes: &[u8], place: &Place) -> Result<Vec<Option<Geometry<f64>>>, Fault> {
    let mut shapes = Vec::new();
    let mut rest = bytes.get(100..).ok_or_else(|| Fault::damaged(place, "the .shp breaks off in its head"))?;
    let mut n_positions = 0;
    while !rest.is_empty() {
        let here = place.feature(shapes.len() as i64 + 1);
        if shapes.len() >= limits::FEATURES {
            return Err(Fault::TooLarge { place: place.clone(), what: "features", limit: limits::FEATURES as u64 });
        }
        let broken = || Fault::damaged(&here, "the shape breaks off");
        let (head, after) = rest.split_first_chunk::<8>().ok_or_else(broken)?;
        let [_, _, _, _, a, b, c, d] = *head;
        // The length is in words of two bytes.
        let size = (u32::from_be_bytes([a, b, c, d]) as usize).saturating_mul(2);
        let content = after.get(..size).ok_or_else(broken)?;
        rest = after.get(size..).unwrap_or_default();
        n_positions += size / 16;
        if n_positions > limits::POSITIONS {
            return Err(Fault::TooLarge { place: here, what: "positions", limit: limits::POSITIONS as u64 });
        }
        shapes.push(shape(content).map_err(|found| Fault::damaged(&here, found))?);
    }
    Ok(shapes)
}

/// Content of a record and how far it is read.
struct Source<'a>(&'a [u8]);

impl Source<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (found, rest) = self.0.split_first_chunk::<N>().ok_or("the shape breaks off")?;
        self.0 = rest;
        Ok(*found)
    }

    fn whole(&mut self) -> Result<i32, String> {
        self.take().map(i32::from_le_bytes)
    }

    fn position(&mut self) -> Result<Coord<f64>, String> {
        let (x, y) = (f64::from_le_bytes(self.take()?), f64::from_le_bytes(self.take()?));
        if x.is_finite() && y.is_finite() {
            Ok(Coord { x, y })
        } else {
            Err(format!("a coordinate is not a number ({x}, {y})"))
        }
    }

    /// A count of things of so many bytes, all of which must be there.
    fn count(&mut self, least: usize) -> Result<usize, String> {
        let given = self.whole()?;
        let left = self.0.len();
        usize::try_from(given)
            .ok()
            .filter(|n| *n <= left / least)
            .ok_or_else(|| format!("the shape says that {given} parts follow, but only {left} bytes do"))
    }

    fn positions(&mut self, n: usize) -> Result<Vec<Coord<f64>>, String> {
        (0..n).map(|_| self.position()).collect()
    }

    /// The parts of a line or polygon.
    fn parts(&mut self) -> Result<Vec<LineString<f64>>, String> {
        self.take::<32>()?;
        let n_parts = self.count(4)?;
        let n_positions = self.whole()?;
        let starts = (0..n_parts).map(|_| self.whole()).collect::<Result<Vec<_>, _>>()?;
        let n_positions = usize::try_from(n_positions).ok().filter(|n| *n <= self.0.len() / 16);
        let positions = self.positions(n_positions.ok_or("the shape says that it has more positions than follow")?)?;
        let ends = starts.iter().skip(1).copied().chain([i32::try_from(positions.len()).unwrap_or(i32::MAX)]);
        let parts = starts.iter().zip(ends).map(|(start, end)| {
            let range = usize::try_from(*start).ok().zip(usize::try_from(end).ok());
            let part =
                range.and_then(|(start, end)| positions.get(start..end)).ok_or("a part begins beyond its end")?;
            Ok(LineString(part.to_vec()))
        });
        let parts: Result<Vec<_>, String> = parts.collect();
        Ok(parts?.into_iter().filter(|part| !part.0.is_empty()).collect())
    }
}

fn shape(content: &[u8]) -> Result<Option<Geometry<f64>>, String> {
    let mut source = Source(content);
    Ok(match source.whole()? {
        0 => None,
        1 | 11 | 21 => Some(Geometry::Point(Point(source.position()?))),
        8 | 18 | 28 => {
            source.take::<32>()?;
            let n = source.count(16)?;
            let points: Vec<_> = source.positions(n)?.into_iter().map(Point).collect();
            (!points.is_empty()).then_some(Geometry::MultiPoint(MultiPoint(points)))
        }
        3 | 13 | 23 => {
            let mut lines = source.parts()?;
            match (lines.pop(), lines.is_empty()) {
                (None, _) => None,
                (Some(only), true) => Some(Geometry::LineString(only)),
                (Some(last), false) => {
                    lines.push(last);
                    Some(Geometry::MultiLineString(MultiLineString(lines)))
                }
            }
        }
        5 | 15 | 25 => polygons(source.parts()?),
        31 => return Err("the shape is a surface in space, which is not read: save it flat".into()),
        other => return Err(format!("there is no shape of type {other}")),
    })
}

/// Polygons of rings in any order: outer ones turn right, holes turn left. A hole goes to the smallest outer ring
/// around it; one that lies in none is taken for an outer ring that was led the wrong way.
fn polygons(rings: Vec<LineString<f64>>) -> Option<Geometry<f64>> {
    let area = |ring: &LineString<f64>| Polygon::new(ring.clone(), vec![]).signed_area();
    let (mut outers, mut holes) = (Vec::new(), Vec::new());
    for ring in rings {
        let signed = area(&ring);
        if signed > 0.0 { holes.push(ring) } else { outers.push((signed.abs(), ring)) }
    }
    // The smallest first, so that the first that holds a hole is the one.
    outers.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut areas: Vec<Polygon<f64>> = outers.into_iter().map(|(_, ring)| Polygon::new(ring, vec![])).collect();
    let boxes: Vec<_> = areas.iter().map(geo::BoundingRect::bounding_rect).collect();
    let mut lost = Vec::new();
    for hole in holes {
        let bounds = hole.bounding_rect();
        let holder = areas.iter().zip(&boxes).position(|(area, outer)| {
            let (Some(outer), Some(inner)) = (outer, &bounds) else { return false };
            outer.contains(inner) && {
                let outline = Polygon::new(area.exterior().clone(), vec![]);
                let side =
                    hole.0.iter().map(|at| outline.coordinate_position(at)).find(|side| *side != CoordPos::OnBoundary);
                side != Some(CoordPos::Outside)
            }
        });
        match holder.and_then(|at| areas.get_mut(at)) {
            Some(area) => area.interiors_push(hole),
            None => lost.push(Polygon::new(hole, vec![])),
        }
    }
    areas.extend(lost);
    match (areas.pop(), areas.is_empty()) {
        (None, _) => None,
        (Some(only), true) => Some(Geometry::Polygon(only)),
        (Some(last), false) => {
            areas.push(last);
            Some(Geometry::MultiPolygon(MultiPolygon(areas)))
        }
    }
}
