//! Well-known binary: one geometry as bytes (OGC 06-103r4, section 8; ISO 13249-3 for Z and M; also the flags of PostGIS).
//!
//! Heights and measures are read over. Counts in the bytes are believed only as far as bytes follow.

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use crate::limits;

/// The geometry that the bytes hold; `None` where it is empty.
///
/// Errors: what is wrong, as the part of a sentence.
pub(crate) fn read(bytes: &[u8]) -> Result<Option<Geometry<f64>>, String> {
    let mut source = Source { bytes, at: 0 };
    let geometry = source.geometry(0)?;
    match source.bytes.len() - source.at {
        0 => Ok(geometry),
        left => Err(format!("{left} bytes follow after the geometry")),
    }
}

/// Bytes and how far they are read.
struct Source<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// What the head of a geometry says.
#[derive(Clone, Copy)]
struct Head {
    kind: u32,
    is_little: bool,
    /// Numbers in a position.
    n_ordinates: usize,
}

impl Source<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let Some((found, _)) = rest.split_first_chunk::<N>() else {
            return Err("the geometry breaks off".into());
        };
        self.at += N;
        Ok(*found)
    }

    fn whole(&mut self, is_little: bool) -> Result<u32, String> {
        let bytes = self.take()?;
        Ok(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn number(&mut self, is_little: bool) -> Result<f64, String> {
        let bytes = self.take()?;
        Ok(if is_little { f64::from_le_bytes(bytes) } else { f64::from_be_bytes(bytes) })
    }

    fn head(&mut self) -> Result<Head, String> {
        let is_little = match self.take::<1>()? {
            [0] => false,
            [1] => true,
            [other] => return Err(format!("the byte order {other} is neither 0 nor 1")),
        };
        let code = self.whole(is_little)?;
        let (mut has_z, mut has_m) = (code & 0x8000_0000 != 0, code & 0x4000_0000 != 0);
        if code & 0x2000_0000 != 0 {
            self.whole(is_little)?;
        }
        let code = code & 0x1fff_ffff;
        match code / 1000 {
            0 => {}
            1 => has_z = true,
            2 => has_m = true,
            3 => (has_z, has_m) = (true, true),
            _ => return Err(format!("there is no geometry of type {code}")),
        }
        Ok(Head { kind: code % 1000, is_little, n_ordinates: 2 + usize::from(has_z) + usize::from(has_m) })
    }

    /// A count of things that take at least `least` bytes each.
    fn count(&mut self, head: Head, least: usize) -> Result<usize, String> {
        let count = self.whole(head.is_little)? as usize;
        let left = self.bytes.len() - self.at;
        if count > left / least {
            return Err(format!("the geometry says that {count} parts follow, but only {left} bytes do"));
        }
        Ok(count)
    }

    /// A position; `None` where it is the empty point's (all NaN).
    fn position(&mut self, head: Head) -> Result<Option<Coord<f64>>, String> {
        let (x, y) = (self.number(head.is_little)?, self.number(head.is_little)?);
        for _ in 2..head.n_ordinates {
            self.number(head.is_little)?;
        }
        match (x.is_finite(), y.is_finite()) {
            (true, true) => Ok(Some(Coord { x, y })),
            (false, false) if x.is_nan() && y.is_nan() => Ok(None),
            _ => Err(format!("a coordinate is not a number ({x}, {y})")),
        }
    }

    fn line(&mut self, head: Head) -> Result<LineString<f64>, String> {
        let count = self.count(head, 8 * head.n_ordinates)?;
        let mut line = Vec::with_capacity(count);
        for _ in 0..count {
            line.push(self.position(head)?.ok_or("a coordinate is not a number")?);
        }
        Ok(LineString(line))
    }

    fn polygon(&mut self, head: Head) -> Result<Option<Polygon<f64>>, String> {
        let count = self.count(head, 4)?;
        let mut rings = Vec::new();
        for _ in 0..count {
            rings.push(self.line(head)?);
        }
        let mut rings = rings.into_iter().filter(|ring| !ring.0.is_empty());
        let outer = rings.next();
        Ok(outer.map(|outer| Polygon::new(outer, rings.collect())))
    }

    /// The parts of a collection, none of them empty.
    fn parts(&mut self, head: Head, depth: usize) -> Result<Vec<Geometry<f64>>, String> {
        let count = self.count(head, 9)?;
        let mut parts = Vec::new();
        for _ in 0..count {
            parts.extend(self.geometry(depth + 1)?);
        }
        Ok(parts)
    }

    fn geometry(&mut self, depth: usize) -> Result<Option<Geometry<f64>>, String> {
        if depth > limits::DEPTH {
            return Err(format!("collections lie within each other more than {} deep", limits::DEPTH));
        }
        let head = self.head()?;
        Ok(match head.kind {
            1 => self.position(head)?.map(|at| Geometry::Point(Point(at))),
            2 => Some(self.line(head)?).filter(|line| !line.0.is_empty()).map(Geometry::LineString),
            3 => self.polygon(head)?.map(Geometry::Polygon),
            4 => some(self.parts_of(head, depth, "points", |part| Point::try_from(part).ok())?, |points| {
                Geometry::MultiPoint(MultiPoint(points))
            }),
            5 => some(self.parts_of(head, depth, "lines", |part| LineString::try_from(part).ok())?, |lines| {
                Geometry::MultiLineString(MultiLineString(lines))
            }),
            6 => some(self.parts_of(head, depth, "polygons", |part| Polygon::try_from(part).ok())?, |polygons| {
                Geometry::MultiPolygon(MultiPolygon(polygons))
            }),
            7 => some(self.parts(head, depth)?, |parts| Geometry::GeometryCollection(GeometryCollection(parts))),
            8..=14 => return Err("the geometry is curved, which is not read: save it with straight lines".into()),
            15..=17 => return Err("the geometry is a surface in space, which is not read: save it flat".into()),
            other => return Err(format!("there is no geometry of type {other}")),
        })
    }

    fn parts_of<T>(
        &mut self,
        head: Head,
        depth: usize,
        what: &str,
        narrow: impl Fn(Geometry<f64>) -> Option<T>,
    ) -> Result<Vec<T>, String> {
        let parts = self.parts(head, depth)?;
        parts.into_iter().map(|part| narrow(part).ok_or_else(|| format!("not all parts are {what}"))).collect()
    }
}

/// The geometry of the parts, where there are any.
fn some<T>(parts: Vec<T>, make: impl FnOnce(Vec<T>) -> Geometry<f64>) -> Option<Geometry<f64>> {
    if parts.is_empty() { None } else { Some(make(parts)) }
}

/// Appends a geometry as little-endian bytes.
///
/// Shapes that the standard has no code for (a line of two points, a rectangle, a triangle) become lines and polygons.
///
/// Errors: more than 2³² − 1 parts.
pub(crate) fn write(geometry: &Geometry<f64>, to: &mut Vec<u8>) -> Result<(), TooMany> {
    match geometry {
        Geometry::Point(point) => {
            head(1, to);
            position(point.0, to);
        }
        Geometry::Line(line) => {
            head(2, to);
            positions(&[line.start, line.end], to)?;
        }
        Geometry::LineString(line) => {
            head(2, to);
            positions(&line.0, to)?;
        }
        Geometry::Polygon(polygon) => write_polygon(polygon, to)?,
        Geometry::Rect(rect) => write_polygon(&rect.to_polygon(), to)?,
        Geometry::Triangle(triangle) => write_polygon(&triangle.to_polygon(), to)?,
        Geometry::MultiPoint(points) => {
            head(4, to);
            count(points.0.len(), to)?;
            for point in &points.0 {
                head(1, to);
                position(point.0, to);
            }
        }
        Geometry::MultiLineString(lines) => {
            head(5, to);
            count(lines.0.len(), to)?;
            for line in &lines.0 {
                head(2, to);
                positions(&line.0, to)?;
            }
        }
        Geometry::MultiPolygon(polygons) => {
            head(6, to);
            count(polygons.0.len(), to)?;
            for polygon in &polygons.0 {
                write_polygon(polygon, to)?;
            }
        }
        Geometry::GeometryCollection(parts) => {
            head(7, to);
            count(parts.0.len(), to)?;
            for part in &parts.0 {
                write(part, to)?;
            }
        }
    }
    Ok(())
}

/// More parts than the format can count.
#[derive(Debug)]
pub(crate) struct TooMany;

fn head(kind: u32, to: &mut Vec<u8>) {
    to.push(1);
    to.extend(kind.to_le_bytes());
}

fn count(count: usize, to: &mut Vec<u8>) -> Result<(), TooMany> {
    to.extend(u32::try_from(count).map_err(|_| TooMany)?.to_le_bytes());
    Ok(())
}

fn position(at: Coord<f64>, to: &mut Vec<u8>) {
    to.extend(at.x.to_le_bytes());
    to.extend(at.y.to_le_bytes());
}

fn positions(line: &[Coord<f64>], to: &mut Vec<u8>) -> Result<(), TooMany> {
    count(line.len(), to)?;
    line.iter().for_each(|at| position(*at, to));
    Ok(())
}

fn write_polygon(polygon: &Polygon<f64>, to: &mut Vec<u8>) -> Result<(), TooMany> {
    head(3, to);
    count(1 + polygon.interiors().len(), to)?;
    positions(&polygon.exterior().0, to)?;
    polygon.interiors().iter().try_for_each(|ring| positions(&ring.0, to))
}
