//! TopoJSON (specification 1.0): arcs that neighbours share, as whole numbers on a grid.

use std::collections::BTreeMap;

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::{geojson::value_of, values::Gathered};
use crate::{Crs, Fault, Feature, Layer, Place, Value, limits};

/// A file.
#[derive(Deserialize)]
struct Topology {
    objects: BTreeMap<String, Object>,
    arcs: Vec<Vec<Vec<f64>>>,
    transform: Option<Transform>,
}

/// From the grid to coordinates.
#[derive(Deserialize, Clone, Copy)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

/// A geometry or a collection of them.
#[derive(Deserialize)]
struct Object {
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    geometries: Vec<Object>,
    #[serde(default)]
    arcs: Json,
    #[serde(default)]
    coordinates: Json,
    #[serde(default)]
    properties: Option<Map<String, Json>>,
    id: Option<Json>,
}

/// Reads the layer asked for, or the only one.
pub(super) fn read(file: &str, bytes: &[u8], asked: Option<&str>) -> Result<Layer, Fault> {
    let place = Place::file(file);
    let mut topology: Topology = serde_json::from_slice(bytes)
        .map_err(|error| Fault::damaged(&place, format!("it is not TopoJSON: {error}")))?;
    let names: Vec<String> = topology.objects.keys().cloned().collect();
    let name = match (asked, names.as_slice()) {
        (Some(asked), _) if topology.objects.contains_key(asked) => asked.to_owned(),
        (Some(asked), _) => {
            return Err(Fault::NoSuchLayer { file: file.to_owned(), asked: asked.to_owned(), layers: names });
        }
        (None, [only]) => only.clone(),
        (None, []) => return Err(Fault::damaged(&place, "the topology has no objects")),
        (None, _) => return Err(Fault::ManyLayers { file: file.to_owned(), layers: names }),
    };
    let place = place.layer(&name);
    let Some(object) = topology.objects.remove(&name) else {
        return Err(Fault::damaged(&place, "the topology has no objects"));
    };
    let arcs = decode(&topology.arcs, topology.transform).map_err(|found| Fault::damaged(&place, found))?;
    let mut source = Source { arcs, transform: topology.transform, n_positions: 0 };
    let parts = if object.kind.as_deref() == Some("GeometryCollection") { object.geometries } else { vec![object] };
    if parts.len() > limits::FEATURES {
        return Err(Fault::TooLarge { place, what: "features", limit: limits::FEATURES as u64 });
    }
    layer(name, &place, &mut source, parts)
}

fn layer(name: String, place: &Place, source: &mut Source, parts: Vec<Object>) -> Result<Layer, Fault> {
    let mut values = Gathered::default();
    let mut found = Vec::new();
    for (number, part) in (1_i64..).zip(parts) {
        let here = place.feature(number);
        let too_many = |_| Fault::TooLarge { place: here.clone(), what: "attributes", limit: limits::FIELDS as u64 };
        values.begin();
        let shape = source.geometry(&part, 0).map_err(|found| Fault::damaged(&here, found))?;
        for (name, value) in part.properties.unwrap_or_default() {
            values.add(&name, value_of(value)).map_err(too_many)?;
        }
        let mut id = number;
        match part.id {
            Some(Json::Number(given)) => id = given.as_i64().unwrap_or(number),
            Some(Json::String(text)) => values.add("id", Value::Text(text)).map_err(too_many)?,
            _ => {}
        }
        found.push((id, shape));
    }
    values.check(place)?;
    let (fields, rows) = values.settle();
    let features = found.into_iter().zip(rows).map(|((id, shape), values)| Feature { id, shape, values }).collect();
    Ok(Layer { name, crs: Crs::Wgs84, fields, features })
}

/// Arcs as coordinates: with a transform each position is the step from the one before.
fn decode(arcs: &[Vec<Vec<f64>>], transform: Option<Transform>) -> Result<Vec<Vec<Coord<f64>>>, String> {
    let decoded = arcs.iter().map(|arc| {
        let mut sum = Coord { x: 0.0, y: 0.0 };
        let positions = arc.iter().map(|position| {
            let [x, y, ..] = position.as_slice() else { return Err("a position needs two numbers".to_owned()) };
            sum = Coord { x: sum.x + x, y: sum.y + y };
            Ok(match transform {
                Some(transform) => transform.place(sum),
                None => Coord { x: *x, y: *y },
            })
        });
        positions.collect()
    });
    decoded.collect()
}

impl Transform {
    fn place(self, at: Coord<f64>) -> Coord<f64> {
        let ([sx, sy], [tx, ty]) = (self.scale, self.translate);
        Coord { x: at.x * sx + tx, y: at.y * sy + ty }
    }
}

/// The arcs, and how many positions were taken from them: one arc can be named a million times.
struct Source {
    arcs: Vec<Vec<Coord<f64>>>,
    transform: Option<Transform>,
    n_positions: usize,
}

impl Source {
    fn geometry(&mut self, object: &Object, depth: usize) -> Result<Option<Geometry<f64>>, String> {
        if depth > limits::DEPTH {
            return Err(format!("collections lie within each other more than {} deep", limits::DEPTH));
        }
        Ok(match object.kind.as_deref() {
            None => None,
            Some("Point") => Some(Geometry::Point(self.point(&object.coordinates)?)),
            Some("MultiPoint") => {
                let points =
                    list(&object.coordinates)?.iter().map(|at| self.point(at)).collect::<Result<Vec<_>, _>>()?;
                Some(Geometry::MultiPoint(MultiPoint(points)))
            }
            Some("LineString") => Some(Geometry::LineString(self.line(&object.arcs)?)),
            Some("MultiLineString") => Some(Geometry::MultiLineString(MultiLineString(self.lines(&object.arcs)?))),
            Some("Polygon") => self.polygon(&object.arcs)?.map(Geometry::Polygon),
            Some("MultiPolygon") => {
                let mut areas = Vec::new();
                for area in list(&object.arcs)? {
                    areas.extend(self.polygon(area)?);
                }
                (!areas.is_empty()).then_some(Geometry::MultiPolygon(MultiPolygon(areas)))
            }
            Some("GeometryCollection") => {
                let mut parts = Vec::new();
                for part in &object.geometries {
                    parts.extend(self.geometry(part, depth + 1)?);
                }
                (!parts.is_empty()).then_some(Geometry::GeometryCollection(GeometryCollection(parts)))
            }
            Some(other) => return Err(format!("there is no geometry of type {other}")),
        })
    }

    fn point(&self, at: &Json) -> Result<Point<f64>, String> {
        let numbers: Vec<f64> = list(at)?.iter().filter_map(Json::as_f64).collect();
        let [x, y, ..] = numbers.as_slice() else { return Err("a position needs two numbers".into()) };
        let at = Coord { x: *x, y: *y };
        Ok(Point(self.transform.map_or(at, |transform| transform.place(at))))
    }

    fn line(&mut self, passes: &Json) -> Result<LineString<f64>, String> {
        let mut line: Vec<Coord<f64>> = Vec::new();
        for pass in list(passes)? {
            let number = pass.as_i64().ok_or("an arc is named by a whole number")?;
            // A number below zero is the complement of an arc that is passed backwards.
            let at = usize::try_from(if number < 0 { !number } else { number }).map_err(|_| "there is no such arc")?;
            let arc = self.arcs.get(at).ok_or_else(|| format!("there is no arc {at}"))?;
            self.n_positions = self.n_positions.saturating_add(arc.len());
            if self.n_positions > limits::POSITIONS {
                return Err(format!("there are more than {} positions; split the file", limits::POSITIONS));
            }
            let skip = usize::from(!line.is_empty());
            if number < 0 {
                line.extend(arc.iter().rev().skip(skip));
            } else {
                line.extend(arc.iter().skip(skip));
            }
        }
        Ok(LineString(line))
    }

    fn lines(&mut self, lines: &Json) -> Result<Vec<LineString<f64>>, String> {
        list(lines)?.iter().map(|line| self.line(line)).collect()
    }

    fn polygon(&mut self, rings: &Json) -> Result<Option<Polygon<f64>>, String> {
        let mut rings = self.lines(rings)?.into_iter().filter(|ring| !ring.0.is_empty());
        Ok(rings.next().map(|outer| Polygon::new(outer, rings.collect())))
    }
}

fn list(value: &Json) -> Result<&Vec<Json>, String> {
    value.as_array().ok_or_else(|| "the arcs or coordinates are not nested as they must be".to_owned())
}
