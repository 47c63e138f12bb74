//! GeoJSON as RFC 7946 has it: WGS 84, outer rings counterclockwise.

use std::{
    io::{self, Write},
    path::Path,
};

use geo::{Coord, Geometry, LineString, Polygon};

use super::{Failed, name_of, whole};
use crate::{Crs, Fault, Feature, Layer, Place, Value};

/// Writes a layer as GeoJSON, whole or not at all.
///
/// Errors: a layer that is not in WGS 84 (the format knows nothing else: project it first); the file system.
pub fn write_geojson(path: &Path, layer: &Layer) -> Result<(), Fault> {
    let file = name_of(path);
    whole(path, |to| write(to, layer, &file)).map_err(|failed: Failed| failed.fault(&file))
}

/// Writes a layer as GeoJSON to anything that takes bytes; `name` is what to call it in messages.
///
/// Errors: as [`write_geojson`].
pub fn write_geojson_to(to: &mut dyn Write, name: &str, layer: &Layer) -> Result<(), Fault> {
    write(to, layer, name).map_err(|failed| failed.fault(name))
}

fn write(mut to: &mut dyn Write, layer: &Layer, file: &str) -> Result<(), Failed> {
    if layer.crs != Crs::Wgs84 {
        return Err(Failed::Fault(Fault::Unsupported {
            place: Place::file(file).layer(&layer.name),
            found: format!("GeoJSON is in longitude and latitude, the layer is in {}", layer.crs),
            todo: "project the layer to WGS 84 first, or write a GeoPackage",
        }));
    }
    to.write_all(b"{\"type\":\"FeatureCollection\",\"name\":")?;
    string(to, &layer.name)?;
    to.write_all(b",\"features\":[")?;
    for (at, feature) in layer.features.iter().enumerate() {
        to.write_all(if at == 0 { b"\n" } else { b",\n" })?;
        write!(to, "{{\"type\":\"Feature\",\"id\":{},\"properties\":{{", feature.id)?;
        properties(&mut to, layer, feature)?;
        to.write_all(b"},\"geometry\":")?;
        match &feature.shape {
            Some(shape) => geometry(&mut to, shape)?,
            None => to.write_all(b"null")?,
        }
        to.write_all(b"}")?;
    }
    to.write_all(b"\n]}\n")?;
    to.flush()?;
    Ok(())
}

fn string(to: &mut dyn Write, text: &str) -> io::Result<()> {
    serde_json::to_writer(to, text).map_err(io::Error::from)
}

fn properties(to: &mut dyn Write, layer: &Layer, feature: &Feature) -> io::Result<()> {
    for (at, (field, value)) in layer.fields.iter().zip(&feature.values).enumerate() {
        if at > 0 {
            to.write_all(b",")?;
        }
        string(to, &field.name)?;
        to.write_all(b":")?;
        match value {
            Value::Whole(whole) => write!(to, "{whole}")?,
            // JSON has no infinity.
            Value::Number(number) if number.is_finite() => number_of(to, *number)?,
            Value::Missing | Value::Number(_) => to.write_all(b"null")?,
            Value::Text(text) => string(to, text)?,
            Value::Flag(flag) => write!(to, "{flag}")?,
        }
    }
    Ok(())
}

/// A number so that it is read back as one and the same.
fn number_of(to: &mut dyn Write, number: f64) -> io::Result<()> {
    serde_json::to_writer(to, &number).map_err(io::Error::from)
}

fn geometry(to: &mut dyn Write, shape: &Geometry<f64>) -> io::Result<()> {
    let mut simple = |kind: &str, body: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>| -> io::Result<()> {
        write!(to, "{{\"type\":\"{kind}\",\"coordinates\":")?;
        body(to)?;
        to.write_all(b"}")
    };
    match shape {
        Geometry::Point(point) => simple("Point", &mut |to| position(to, point.0)),
        Geometry::Line(line) => simple("LineString", &mut |to| positions(to, &[line.start, line.end])),
        Geometry::LineString(line) => simple("LineString", &mut |to| positions(to, &line.0)),
        Geometry::Polygon(area) => simple("Polygon", &mut |to| polygon(to, area)),
        Geometry::Rect(rect) => simple("Polygon", &mut |to| polygon(to, &rect.to_polygon())),
        Geometry::Triangle(triangle) => simple("Polygon", &mut |to| polygon(to, &triangle.to_polygon())),
        Geometry::MultiPoint(points) => {
            simple("MultiPoint", &mut |to| list(to, &points.0, |to, point| position(to, point.0)))
        }
        Geometry::MultiLineString(lines) => {
            simple("MultiLineString", &mut |to| list(to, &lines.0, |to, line| positions(to, &line.0)))
        }
        Geometry::MultiPolygon(polygons) => simple("MultiPolygon", &mut |to| list(to, &polygons.0, polygon)),
        Geometry::GeometryCollection(parts) => {
            to.write_all(b"{\"type\":\"GeometryCollection\",\"geometries\":")?;
            list(to, &parts.0, geometry)?;
            to.write_all(b"}")
        }
    }
}

fn list<T>(to: &mut dyn Write, parts: &[T], each: impl Fn(&mut dyn Write, &T) -> io::Result<()>) -> io::Result<()> {
    to.write_all(b"[")?;
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            to.write_all(b",")?;
        }
        each(to, part)?;
    }
    to.write_all(b"]")
}

fn position(to: &mut dyn Write, at: Coord<f64>) -> io::Result<()> {
    to.write_all(b"[")?;
    number_of(to, at.x)?;
    to.write_all(b",")?;
    number_of(to, at.y)?;
    to.write_all(b"]")
}

fn positions(to: &mut dyn Write, line: &[Coord<f64>]) -> io::Result<()> {
    list(to, line, |to, at| position(to, *at))
}

fn polygon(to: &mut dyn Write, area: &Polygon<f64>) -> io::Result<()> {
    to.write_all(b"[")?;
    ring(to, area.exterior(), Turn::Left)?;
    for hole in area.interiors() {
        to.write_all(b",")?;
        ring(to, hole, Turn::Right)?;
    }
    to.write_all(b"]")
}

/// Which way a ring runs: outer ones left (counterclockwise), holes right.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Left,
    Right,
}

fn ring(to: &mut dyn Write, ring: &LineString<f64>, wanted: Turn) -> io::Result<()> {
    let twice_area: f64 = ring
        .0
        .windows(2)
        .map(|pair| match pair {
            // Around the first point, so that small rings far out do not lose their sign.
            [a, b] => {
                let origin = ring.0.first().copied().unwrap_or_default();
                (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
            }
            _ => 0.0,
        })
        .sum();
    let found = if twice_area < 0.0 { Turn::Right } else { Turn::Left };
    if found == wanted {
        return positions(to, &ring.0);
    }
    let reversed: Vec<_> = ring.0.iter().rev().copied().collect();
    positions(to, &reversed)
}
