//! GeoJSON (RFC 7946, and the files of before with a `crs`), one feature after the other.
//!
//! Also features on a line each (RFC 8142 and "newline-delimited").

use std::fmt;

use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

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
        Ok(Layer { name, crs: crs_of(self.crs.as_ref()), fields, features })
    }
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

impl Members {
    fn geometry(self, depth: usize) -> Result<Option<Geometry<f64>>, String> {
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

/// What an object may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Of the file: a collection, a feature or a geometry.
    Top,
    /// In the list of features.
    Feature,
    /// A geometry.
    Geometry(usize),
}

/// Reads an object with the members that we know, and the features of a collection as they come.
struct Object<'a> {
    found: &'a mut Found,
    level: Level,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = Members;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of GeoJSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut members = Members::default();
        let deeper = match self.level {
            Level::Geometry(depth) if depth > limits::DEPTH => {
                return Err(A::Error::custom("collections lie within each other too deep"));
            }
            Level::Geometry(depth) => Level::Geometry(depth + 1),
            Level::Top | Level::Feature => Level::Geometry(0),
        };
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "type" => members.kind = Some(map.next_value()?),
                "id" => members.id = Some(map.next_value()?),
                "properties" if !matches!(self.level, Level::Geometry(_)) => {
                    members.properties = map.next_value_seed(Properties)?
                }
                "coordinates" => {
                    members.coordinates = Some(map.next_value_seed(Nested { n: &mut self.found.n_positions })?);
                }
                "geometry" if !matches!(self.level, Level::Geometry(_)) => {
                    let inner = map.next_value_seed(Maybe(Object { found: self.found, level: deeper }))?;
                    members.geometry = inner.map(Box::new);
                }
                "geometries" => {
                    members.geometries = Some(map.next_value_seed(Geometries { found: self.found, level: deeper })?);
                }
                "features" if self.level == Level::Top => {
                    members.has_features = true;
                    map.next_value_seed(Features { found: self.found })?;
                }
                "crs" => members.crs = Some(map.next_value()?),
                "name" => members.name = map.next_value::<Json>()?.as_str().map(str::to_owned),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(members)
    }
}

/// An object or null.
struct Maybe<'a>(Object<'a>);

impl<'de> DeserializeSeed<'de> for Maybe<'_> {
    type Value = Option<Members>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for Maybe<'_> {
    type Value = Option<Members>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of GeoJSON or null")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }
}

/// The features of a collection, each taken when it is complete.
struct Features<'a> {
    found: &'a mut Found,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(feature) = seq.next_element_seed(Object { found: self.found, level: Level::Feature })? {
            let taken = match feature.kind.as_deref() {
                Some("Feature") => self.found.take_feature(feature),
                other => {
                    let place = self.found.place.feature(self.found.features.len() as i64 + 1);
                    Err(Fault::damaged(
                        &place,
                        format!("it is a {}, not a Feature", other.unwrap_or("thing without type")),
                    ))
                }
            };
            if let Err(fault) = taken {
                self.found.fault = Some(fault);
                return Err(A::Error::custom("a feature is wrong"));
            }
        }
        Ok(())
    }
}

/// The geometries of a collection of geometries.
struct Geometries<'a> {
    found: &'a mut Found,
    level: Level,
}

impl<'de> DeserializeSeed<'de> for Geometries<'_> {
    type Value = Vec<Members>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Geometries<'_> {
    type Value = Vec<Members>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of geometries")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut parts = Vec::new();
        while let Some(part) = seq.next_element_seed(Object { found: self.found, level: self.level })? {
            parts.push(part);
        }
        Ok(parts)
    }
}

/// The properties of a feature in the order of the file, or null.
struct Properties;

impl<'de> DeserializeSeed<'de> for Properties {
    type Value = Option<Vec<(String, Json)>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Properties {
    type Value = Option<Vec<(String, Json)>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the properties of a feature, an object or null")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = Vec::new();
        while let Some(pair) = map.next_entry()? {
            found.push(pair);
        }
        Ok(Some(found))
    }
}

/// Coordinates, however deep they are nested; what they must be is known only with the type, which may follow them.
struct Nested<'a> {
    n: &'a mut usize,
}

impl<'de> DeserializeSeed<'de> for Nested<'_> {
    type Value = Coordinates;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(Part { n: self.n }).and_then(|part| match part {
            Some(Ok(coordinates)) => Ok(coordinates),
            _ => Err(D::Error::custom("coordinates are a list")),
        })
    }
}

/// A number or a list within coordinates; `None` is a null.
struct Part<'a> {
    n: &'a mut usize,
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Option<Result<Coordinates, f64>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Option<Result<Coordinates, f64>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or a list of coordinates")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(Err(number)))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(Err(number as f64)))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(Err(number as f64)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let x = match seq.next_element_seed(Part { n: self.n })? {
            None => return Ok(Some(Ok(Coordinates::Empty))),
            Some(None) => return Err(A::Error::custom("a coordinate is null")),
            Some(Some(Err(x))) => x,
            Some(Some(Ok(first))) => {
                let mut list = vec![first];
                while let Some(next) = seq.next_element_seed(Part { n: self.n })? {
                    let Some(Ok(next)) = next else {
                        return Err(A::Error::custom("numbers and lists are mixed in coordinates"));
                    };
                    list.push(next);
                }
                return Ok(Some(Ok(Coordinates::List(list))));
            }
        };
        let Some(Some(Err(y))) = seq.next_element_seed(Part { n: self.n })? else {
            return Err(A::Error::custom("a position needs two numbers"));
        };
        // Heights and whatever else people put behind.
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        *self.n += 1;
        if *self.n > limits::POSITIONS {
            return Err(A::Error::custom(format!("more than {} positions; split the file", limits::POSITIONS)));
        }
        Ok(Some(Ok(Coordinates::Position(Coord { x, y }))))
    }
}
