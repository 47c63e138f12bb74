//! The text of GeoJSON as it comes: members in any order, features taken one by one, unknown members read over.

use std::fmt;

use geo::Coord;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value as Json;

use super::{Coordinates, Found, Members};
use crate::{Fault, limits};

/// What an object may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Of the file: a collection, a feature or a geometry.
    Top,
    /// In the list of features.
    Feature,
    /// A geometry.
    Geometry(usize),
}

/// Reads an object with the members that we know, and the features of a collection as they come.
pub(super) struct Object<'a> {
    pub(super) found: &'a mut Found,
    pub(super) level: Level,
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
