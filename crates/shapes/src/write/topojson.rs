//! TopoJSON (specification 1.0): the smallest text form of borders that many share.

use geo::{Geometry, LineString, MapCoords as _};
use serde_json::{Map, Value as Json, json};

use crate::{
    Crs, Fault, Layer, Place, Value,
    arcs::{Arcs, Pass, paths_of},
};

/// The bytes of a TopoJSON file with these layers, on a grid of `step` degrees.
///
/// Points keep their full coordinates only to the grid; rings that vanish on the grid are left out; attributes that
/// are missing are not written. `extra` are members of the file besides those of the format: source, version.
///
/// Errors: a layer that is not in WGS 84; a step that is not above zero.
pub fn topojson_bytes(layers: &[&Layer], step: f64, extra: &[(&str, &str)]) -> Result<Vec<u8>, Fault> {
    if let Some(layer) = layers.iter().find(|layer| layer.crs != Crs::Wgs84 || step.is_nan() || step <= 0.0) {
        return Err(Fault::Unsupported {
            place: Place::file("TopoJSON").layer(&layer.name),
            found: format!("it is written in longitude and latitude on a grid, the layer is in {}", layer.crs),
            todo: "project the layer to WGS 84 first, and give a step above zero",
        });
    }
    // Whole numbers of steps.
    let shapes: Vec<Vec<Option<Geometry<f64>>>> = layers
        .iter()
        .map(|layer| {
            let on_grid = |at: geo::Coord<f64>| geo::Coord { x: (at.x / step).round(), y: (at.y / step).round() };
            layer.features.iter().map(|feature| feature.shape.as_ref().map(|shape| shape.map_coords(on_grid))).collect()
        })
        .collect();
    let mut paths: Vec<&LineString<f64>> = Vec::new();
    shapes.iter().flatten().flatten().for_each(|shape| paths_of(shape, &mut paths));
    let arcs = Arcs::of(&paths);
    let mut passes = arcs.paths.iter().zip(arcs.joined().map(|line| line.0.len()));
    let mut objects = Map::new();
    for (layer, shapes) in layers.iter().zip(&shapes) {
        let mut geometries = Vec::new();
        for (feature, shape) in layer.features.iter().zip(shapes) {
            let mut object = match shape {
                Some(shape) => object(shape, &mut passes),
                None => json!({ "type": null }),
            };
            let mut properties = Map::new();
            for (field, value) in layer.fields.iter().zip(&feature.values) {
                let value = match value {
                    Value::Missing => continue,
                    Value::Whole(whole) => json!(whole),
                    Value::Number(number) => json!(number),
                    Value::Text(text) => json!(text),
                    Value::Flag(flag) => json!(flag),
                };
                properties.insert(field.name.clone(), value);
            }
            if let Some(members) = object.as_object_mut()
                && !properties.is_empty()
            {
                members.insert("properties".into(), Json::Object(properties));
            }
            geometries.push(object);
        }
        objects.insert(layer.name.clone(), json!({ "type": "GeometryCollection", "geometries": geometries }));
    }
    Ok(text(&arcs, &objects, step, extra))
}

/// The file, with the arcs as steps from position to position.
fn text(arcs: &Arcs, objects: &Map<String, Json>, step: f64, extra: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut put = |text: String| bytes.extend_from_slice(text.as_bytes());
    put("{\"type\":\"Topology\"".into());
    for (name, value) in extra {
        put(format!(",{}:{}", json!(name), json!(value)));
    }
    put(format!(",\n\"transform\":{{\"scale\":[{step},{step}],\"translate\":[0,0]}},\n\"objects\":{{"));
    for (at, (name, object)) in objects.iter().enumerate() {
        put(format!("{}{}:{object}", if at == 0 { "\n" } else { ",\n" }, json!(name)));
    }
    put("},\n\"arcs\":[".into());
    for (at, arc) in arcs.arcs.iter().enumerate() {
        put(if at == 0 { "\n[" } else { ",\n[" }.into());
        let mut before = (0_i64, 0_i64);
        for (at, position) in arc.iter().enumerate() {
            let here = (position.x as i64, position.y as i64);
            let (x, y) = (here.0 - before.0, here.1 - before.1);
            put(format!("{}[{x},{y}]", if at == 0 { "" } else { "," }));
            before = here;
        }
        put("]".into());
    }
    put("]}\n".into());
    bytes
}

/// A line or ring as arcs, and how many positions it has.
type Passed<'a> = (&'a Vec<Pass>, usize);

fn object<'a>(shape: &Geometry<f64>, passes: &mut impl Iterator<Item = Passed<'a>>) -> Json {
    match shape {
        Geometry::Point(point) => json!({ "type": "Point", "coordinates": [point.x() as i64, point.y() as i64] }),
        Geometry::MultiPoint(points) => {
            let points: Vec<_> = points.0.iter().map(|point| [point.x() as i64, point.y() as i64]).collect();
            json!({ "type": "MultiPoint", "coordinates": points })
        }
        Geometry::LineString(_) => json!({ "type": "LineString", "arcs": passes.next().map(line) }),
        Geometry::MultiLineString(lines) => {
            let lines: Vec<_> = passes.take(lines.0.len()).filter(|(_, n)| *n >= 2).map(line).collect();
            json!({ "type": "MultiLineString", "arcs": lines })
        }
        Geometry::Polygon(area) => match polygon(area.interiors().len(), passes) {
            Some(rings) => json!({ "type": "Polygon", "arcs": rings }),
            None => json!({ "type": null }),
        },
        Geometry::MultiPolygon(areas) => {
            let mut left: Vec<_> = areas.0.iter().filter_map(|area| polygon(area.interiors().len(), passes)).collect();
            match (left.pop(), left.is_empty()) {
                (None, _) => json!({ "type": null }),
                (Some(only), true) => json!({ "type": "Polygon", "arcs": only }),
                (Some(last), false) => {
                    left.push(last);
                    json!({ "type": "MultiPolygon", "arcs": left })
                }
            }
        }
        Geometry::GeometryCollection(parts) => {
            let parts: Vec<_> = parts.0.iter().map(|part| object(part, passes)).collect();
            json!({ "type": "GeometryCollection", "geometries": parts })
        }
        // Lines of two positions, rectangles and triangles do not come from files.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => json!({ "type": null }),
    }
}

fn line((passes, _): Passed<'_>) -> Json {
    let numbers = passes.iter().map(|pass| {
        let number = i64::try_from(pass.arc).unwrap_or(i64::MAX);
        if pass.is_reversed { !number } else { number }
    });
    Json::Array(numbers.map(Json::from).collect())
}

fn polygon<'a>(n_holes: usize, passes: &mut impl Iterator<Item = Passed<'a>>) -> Option<Vec<Json>> {
    let outer = passes.next()?;
    let holes: Vec<_> = passes.take(n_holes).filter(|(_, n)| *n >= 4).map(line).collect();
    (outer.1 >= 4).then(|| std::iter::once(line(outer)).chain(holes).collect())
}
