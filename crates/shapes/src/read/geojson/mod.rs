//! GeoJSON (RFC 7946, and the files of before with a `crs`), one feature after the other.
//!
//! Also features on a line each (RFC 8142 and "newline-delimited").

mod parse;
mod shape;

use geo::{Coord, CoordsIter as _, Geometry};
use serde::de::DeserializeSeed as _;
use serde_json::Value as Json;

use self::parse::{Level, Object};
use super::values::Gathered;
use crate::{Crs, Fault, Feature, Layer, Place, Value, limits};

/// Reads GeoJSON: a collection, a feature or a geometry alone, or features one after the other.
pub(super) fn read(file: &str, bytes: &[u8], asked: Option<&str>) -> Result<Layer, Fault> {
    let place = Place::file(file);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // A text sequence puts the sign RS before each value; to a reader of JSON it is no white space.
    let cleaned: Vec<u8>;
    let bytes = if bytes.first() == Some(&0x1e) {
        cleaned = bytes.iter().map(|byte| if *byte == 0x1e { b' ' } else { *byte }).collect();
        &cleaned
    } else {
        bytes
    };
    let mut found = Found { place, ..Found::default() };
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut n_values = 0;
    loop {
        match (Object { found: &mut found, level: Level::Top }).deserialize(&mut reader) {
            Ok(object) if object.kind.as_deref() == Some("Topology") => {
                return super::topojson::read(file, bytes, asked);
            }
            Ok(object) => found.take_top(object)?,
            Err(error) => return Err(found.fault.take().unwrap_or_else(|| found.syntax(&error))),
        }
        n_values += 1;
        if reader.end().is_ok() {
            break;
        }
        if n_values == 1 && found.is_collection {
            return Err(Fault::damaged(&found.place, "something follows after the end of the collection"));
        }
    }
    found.layer(file, asked)
}

/// What was read so far.
#[derive(Default)]
struct Found {
    /// The file.
    place: Place,
    features: Vec<(i64, Option<Geometry<f64>>)>,
    values: Gathered,
    /// Ids that are no numbers.
    text_ids: Vec<(usize, String)>,
    n_positions: usize,
    is_collection: bool,
    crs: Option<Json>,
    name: Option<String>,
    /// What went wrong, while serde only knows that something did.
    fault: Option<Fault>,
}

/// The members of an object that mean something.
#[derive(Default)]
struct Members {
    kind: Option<String>,
    id: Option<Json>,
    properties: Option<Vec<(String, Json)>>,
    geometry: Option<Box<Members>>,
    geometries: Option<Vec<Members>>,
    coordinates: Option<Coordinates>,
    has_features: bool,
    crs: Option<Json>,
    name: Option<String>,
}

/// Nested lists of numbers.
enum Coordinates {
    Position(Coord<f64>),
    Empty,
    List(Vec<Coordinates>),
}

impl Found {
    /// A sentence for what the parser says.
    fn syntax(&self, error: &serde_json::Error) -> Fault {
        let n = self.features.len() as i64;
        let place = if n == 0 { self.place.clone() } else { self.place.feature(n + 1) };
        Fault::damaged(&place, format!("it is not GeoJSON: {error}"))
    }

    /// Takes what stood alone: a feature, a geometry, or a collection whose features are taken already.
    fn take_top(&mut self, object: Members) -> Result<(), Fault> {
        let place = &self.place;
        match object.kind.as_deref() {
            Some("FeatureCollection") => {
                if !object.has_features {
                    return Err(Fault::damaged(place, "the collection has no features"));
                }
                self.is_collection = true;
                self.name = object.name;
                self.crs = object.crs;
                Ok(())
            }
            _ if object.has_features => Err(Fault::damaged(place, "there are features, but no FeatureCollection")),
            Some("Feature") => {
                self.crs = self.crs.take().or_else(|| object.crs.clone());
                self.take_feature(object)
            }
            Some(_) => {
                self.crs = self.crs.take().or_else(|| object.crs.clone());
                let feature = Members { geometry: Some(Box::new(object)), ..Members::default() };
                self.take_feature(feature)
            }
            None => Err(Fault::damaged(place, "the JSON has no type, so it is not GeoJSON")),
        }
    }

    fn take_feature(&mut self, feature: Members) -> Result<(), Fault> {
        let number = self.features.len() as i64 + 1;
        let place = self.place.feature(number);
        if self.features.len() >= limits::FEATURES {
            return Err(Fault::TooLarge { place, what: "features", limit: limits::FEATURES as u64 });
        }
        let id = match feature.id {
            Some(Json::Number(id)) => id.as_i64().unwrap_or(number),
            Some(Json::String(id)) => {
                self.text_ids.push((self.features.len(), id));
                number
            }
            _ => number,
        };
        let shape = match feature.geometry {
            Some(geometry) => geometry.geometry(0).map_err(|found| Fault::damaged(&place, found))?,
            None => None,
        };
        self.values.begin();
        for (name, value) in feature.properties.unwrap_or_default() {
            self.values.add(&name, value_of(value)).map_err(|_| Fault::TooLarge {
                place: place.clone(),
                what: "attributes",
                limit: limits::FIELDS as u64,
            })?;
        }
        self.features.push((id, shape));
        Ok(())
    }

    fn layer(mut self, file: &str, asked: Option<&str>) -> Result<Layer, Fault> {
        let name = self.name.take().filter(|name| !name.is_empty()).unwrap_or_else(|| super::stem(file).to_owned());
        super::only_layer(file, &name, asked)?;
        self.values.check(&self.place)?;
        let id_field = if self.values.has("id") { "feature_id" } else { "id" };
        let keeps_ids = !self.text_ids.is_empty() && !self.values.has(id_field);
        let (mut fields, mut rows) = self.values.settle();
        if keeps_ids {
            // Countries are often known by an id that is no number and stands in no property.
            fields.push(crate::Field { name: id_field.to_owned(), kind: crate::FieldKind::Text });
            rows.iter_mut().for_each(|row| row.push(Value::Missing));
            for (at, id) in self.text_ids {
                if let Some(value) = rows.get_mut(at).and_then(|row| row.last_mut()) {
                    *value = Value::Text(id);
                }
            }
        }
        let features = self.features.into_iter().zip(rows);
        let features = features.map(|((id, shape), values)| Feature { id, shape, values }).collect();
        let layer = Layer { name, crs: crs_of(self.crs.as_ref()), fields, features };
        degrees(&self.place, &layer)?;
        Ok(layer)
    }
}

/// Refuses positions that are no degrees. Longitudes may run on over the antimeridian, and latitude and longitude may be swapped,
/// which is told of each boundary; numbers beyond that are metres.
fn degrees(place: &Place, layer: &Layer) -> Result<(), Fault> {
    if !layer.crs.is_geographic() {
        return Ok(());
    }
    let is_far = |at: &Coord<f64>| at.x.abs() > 360.0 || at.y.abs() > 360.0;
    for (number, feature) in layer.features.iter().enumerate() {
        let Some(at) = feature.shape.as_ref().and_then(|shape| shape.coords_iter().find(is_far)) else { continue };
        let named = |name: &str| layer.fields.iter().position(|field| field.name.eq_ignore_ascii_case(name));
        let name = ["name", "title", "place"].into_iter().find_map(named);
        let name = match name.and_then(|at| feature.values.get(at)) {
            Some(Value::Text(name)) => Some(name.clone()),
            _ => None,
        };
        return Err(Fault::NotDegrees { place: place.feature(number as i64 + 1), name, at: [at.x, at.y] });
    }
    Ok(())
}

/// The reference system that files of before RFC 7946 name; WGS 84 where there is no word of one.
fn crs_of(member: Option<&Json>) -> Crs {
    let Some(member) = member else { return Crs::Wgs84 };
    let property = |name| member.get("properties").and_then(|properties| properties.get(name));
    match member.get("type").and_then(Json::as_str) {
        Some("name") => property("name").and_then(Json::as_str).map(Crs::from_name),
        Some("EPSG") => property("code")
            .and_then(Json::as_u64)
            .and_then(|c| u32::try_from(c).ok())
            .map(|c| Crs::from_code("EPSG", c)),
        _ => None,
    }
    .unwrap_or_else(|| Crs::Other(if member.is_null() { "unknown".to_owned() } else { member.to_string() }))
}

pub(super) fn value_of(value: Json) -> Value {
    match value {
        Json::Null => Value::Missing,
        Json::Bool(flag) => Value::Flag(flag),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Value::Whole(whole),
            (None, Some(number)) if number.is_finite() => Value::Number(number),
            _ => Value::Missing,
        },
        Json::String(text) => Value::Text(text),
        nested => Value::Text(nested.to_string()),
    }
}
