//! What the settings of a case choose beside the method: places to walk to, frequent service, gates, streets on which vehicles
//! stop anywhere, local widths, classes of routes, ways that are closed.

use super::{
    fault::{Expected, SettingFault, wrong},
    settings::{file_of, number_of, text_of},
};
use crate::{
    gtfs::{FrequencyRule, RouteTypes},
    osm::{ClassRow, StreetClass, TagMatch},
};
use serde_json::{Map, Value};
use std::path::{Path, PathBuf};

/// Distances that are asked about where none are named, in metres.
const WITHIN_M: [f64; 2] = [500.0, 1000.0];
/// The farthest that may be asked about.
const MOST_M: f64 = 20_000.0;

/// Where something is taken from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    /// A file of the folder.
    File(PathBuf),
    /// The extract.
    Extract,
}

/// Places to walk to: schools, clinics, markets.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceSet {
    /// What they are called.
    pub name: String,
    /// Where they are taken from.
    pub origin: PlaceOrigin,
    /// Distances that are asked about, metres.
    pub within_m: Vec<f64>,
}

/// Where places are taken from.
#[derive(Debug, Clone, PartialEq)]
pub enum PlaceOrigin {
    /// A file of the folder: points, or the middles of other shapes.
    File(PathBuf),
    /// What has one of some tags in the extract.
    Extract(Vec<TagMatch>),
}

/// Choices of a case. All may be absent; what is there is told with the result.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Choices {
    /// `places`: by name a file, or tags as `amenity=school`, and distances.
    pub places: Vec<PlaceSet>,
    /// `frequency`: what service counts as frequent; its shares are told apart.
    pub frequency: Option<FrequencyRule>,
    /// `gates`: points through which open spaces are entered.
    pub gates: Option<Origin>,
    /// `open_space` is `osm`: spaces are taken from the extract.
    pub spaces_of_extract: bool,
    /// `paratransit`: lines along which vehicles stop anywhere.
    pub paratransit: Option<PathBuf>,
    /// `excluded_ways`: ways that local knowledge rules out.
    pub excluded_ways: Vec<i64>,
    /// `widths`: local widths of streets by class, metres.
    pub widths: Vec<ClassRow>,
    /// `route_types`: which types of routes have low and high capacity.
    pub route_types: Option<RouteTypes>,
    /// `spread`: side of a cell in metres and points along it.
    pub spread: Option<(f64, u32)>,
}

impl Choices {
    /// Choices alone, before there is a folder: what is no choice is passed over.
    ///
    /// Errors: a value that a choice cannot have.
    pub fn read(all: &Map<String, Value>) -> Result<Self, SettingFault> {
        let mut choices = Self::default();
        for (key, value) in all.iter().filter(|(_, value)| !value.is_null()) {
            // A file of its own is named where the files are.
            if key != "open_space" || value == "osm" {
                choices.take(Path::new(""), key, value)?;
            }
        }
        Ok(choices)
    }

    /// Takes a setting. Whether it is one of these; errors say what was expected.
    pub(super) fn take(&mut self, folder: &Path, key: &str, value: &Value) -> Result<bool, SettingFault> {
        match key {
            "places" => {
                let sets = object(key, value)?.iter();
                self.places = sets.map(|(name, of)| place_set(folder, name, of)).collect::<Result<_, _>>()?;
            }
            "frequency" => self.frequency = frequency(key, value)?,
            "gates" => self.gates = Some(origin(folder, key, value)?),
            "open_space" if value == "osm" => self.spaces_of_extract = true,
            "paratransit" => self.paratransit = Some(file_of(folder, key, value)?),
            "excluded_ways" => {
                let number = |of: &Value| of.as_i64().ok_or_else(|| wrong(key, of, Expected::WayNumber));
                self.excluded_ways = list(key, value)?.iter().map(number).collect::<Result<_, _>>()?;
            }
            "widths" => {
                let row = |(name, width): (&String, &Value)| {
                    let class: StreetClass = serde_json::from_value(name.clone().into())
                        .map_err(|_| wrong(key, &Value::from(name.as_str()), Expected::StreetClass))?;
                    Ok::<_, SettingFault>(ClassRow {
                        class,
                        width_m: number_of(&format!("{key}.{name}"), width, 1.0, 80.0)?,
                    })
                };
                self.widths = object(key, value)?.iter().map(row).collect::<Result<_, _>>()?;
            }
            "route_types" => self.route_types = Some(route_types(key, value)?),
            "spread" => {
                let of = object(key, value)?;
                only(key, of, &["cell_m", "points"])?;
                let part = |name: &str| of.get(name).unwrap_or(&Value::Null);
                let cell_m = number_of("spread.cell_m", part("cell_m"), 0.1, 1e5)?;
                let points = number_of("spread.points", part("points"), 1.0, 1000.0)?;
                self.spread = Some((cell_m, points as u32));
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Names of the choices that are made, as the settings have them.
    pub fn named(&self) -> Vec<&'static str> {
        [
            ("places", !self.places.is_empty()),
            ("frequency", self.frequency.is_some()),
            ("gates", self.gates.is_some()),
            ("open_space_of_extract", self.spaces_of_extract),
            ("paratransit", self.paratransit.is_some()),
            ("excluded_ways", !self.excluded_ways.is_empty()),
            ("widths", !self.widths.is_empty()),
            ("route_types", self.route_types.is_some()),
            ("spread", self.spread.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, is_made)| is_made.then_some(name))
        .collect()
    }
}

fn object<'v>(key: &str, value: &'v Value) -> Result<&'v Map<String, Value>, SettingFault> {
    value.as_object().ok_or_else(|| wrong(key, value, Expected::Object))
}

/// Refuses members of a setting that mean nothing.
fn only(key: &str, of: &Map<String, Value>, known: &'static [&'static str]) -> Result<(), SettingFault> {
    match of.keys().find(|name| !known.contains(&name.as_str())) {
        None => Ok(()),
        Some(name) => {
            Err(SettingFault::UnknownPart { key: key.to_owned(), found: name.clone(), known: known.join(", ") })
        }
    }
}

fn list<'v>(key: &str, value: &'v Value) -> Result<&'v [Value], SettingFault> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| wrong(key, value, Expected::List))
}

fn origin(folder: &Path, key: &str, value: &Value) -> Result<Origin, SettingFault> {
    if value == "osm" { Ok(Origin::Extract) } else { Ok(Origin::File(file_of(folder, key, value)?)) }
}

/// `{"file": "schools.geojson"}` or `{"osm": ["amenity=school"]}`, each with `within_m` or without.
fn place_set(folder: &Path, name: &str, value: &Value) -> Result<PlaceSet, SettingFault> {
    let key = format!("places.{name}");
    let of = object(&key, value)?;
    let origin = match (of.get("file"), of.get("osm")) {
        (Some(file), None) => PlaceOrigin::File(file_of(folder, &key, file)?),
        (None, Some(tags)) => {
            let tag = |tag: &Value| {
                let text = text_of(&key, tag)?;
                let (key_of_tag, value) = text.split_once('=').unwrap_or((text, ""));
                let values: &[&str] = if matches!(value, "" | "*") { &[] } else { &[value] };
                if key_of_tag.is_empty() {
                    return Err(wrong(&key, tag, Expected::Tag));
                }
                Ok(TagMatch::of(key_of_tag, values))
            };
            PlaceOrigin::Extract(list(&key, tags)?.iter().map(tag).collect::<Result<_, _>>()?)
        }
        _ => return Err(wrong(&key, value, Expected::FileOrTags)),
    };
    let within_m = match of.get("within_m") {
        None => WITHIN_M.to_vec(),
        Some(one @ Value::Number(_)) => vec![number_of(&key, one, 1.0, MOST_M)?],
        Some(many) => {
            list(&key, many)?.iter().map(|m| number_of(&key, m, 1.0, MOST_M)).collect::<Result<Vec<_>, _>>()?
        }
    };
    only(&key, of, &["file", "osm", "within_m"])?;
    Ok(PlaceSet { name: name.to_owned(), origin, within_m })
}

/// `true`, or an object with `from`, `to`, `most_minutes` and `date`, each of which may be left out.
fn frequency(key: &str, value: &Value) -> Result<Option<FrequencyRule>, SettingFault> {
    let mut rule = FrequencyRule::of_method();
    match value {
        Value::Bool(is_wanted) => return Ok(is_wanted.then_some(rule)),
        Value::Object(of) => {
            for (name, value) in of {
                let full = format!("{key}.{name}");
                match name.as_str() {
                    "from" => rule.from_s = clock(&full, value)?,
                    "to" => rule.to_s = clock(&full, value)?,
                    "most_minutes" => rule.most_minutes = number_of(&full, value, 0.1, 1440.0)?,
                    "date" => rule.date = Some(date(&full, value)?),
                    _ => {
                        let known = "from, to, most_minutes, date";
                        let (key, found, known) = (key.to_owned(), name.clone(), known.to_owned());
                        return Err(SettingFault::UnknownPart { key, found, known });
                    }
                }
            }
        }
        _ => return Err(wrong(key, value, Expected::TrueOrObject)),
    }
    if rule.from_s >= rule.to_s {
        return Err(wrong(&format!("{key}.to"), value.get("to").unwrap_or(value), Expected::LaterTime));
    }
    Ok(Some(rule))
}

/// `07:30` as seconds after midnight; timetables go on to 30:00 and beyond.
fn clock(key: &str, value: &Value) -> Result<u32, SettingFault> {
    let not_time = || wrong(key, value, Expected::Time);
    let (hours, minutes) = text_of(key, value)?.split_once(':').ok_or_else(not_time)?;
    let number = |text: &str, limit: u32| text.parse::<u32>().ok().filter(|n| *n < limit).ok_or_else(not_time);
    Ok(number(hours, 48)? * 3600 + number(minutes, 60)? * 60)
}

/// `2026-05-12` as 20260512.
fn date(key: &str, value: &Value) -> Result<u32, SettingFault> {
    let text = text_of(key, value)?;
    let plain: String = text.chars().filter(|c| *c != '-').collect();
    let is_date = plain.len() == 8 && plain.bytes().all(|b| b.is_ascii_digit()) && matches!(text.len(), 8 | 10);
    plain
        .parse()
        .ok()
        .filter(|day| is_date && crate::gtfs::is_date(*day))
        .ok_or_else(|| wrong(key, value, Expected::Day))
}

/// `{"low": [0, 3, [700, 716]], "high": [1, 2]}`.
fn route_types(key: &str, value: &Value) -> Result<RouteTypes, SettingFault> {
    let of = object(key, value)?;
    only(key, of, &["low", "high"])?;
    let ranges = |name: &str| {
        let full = format!("{key}.{name}");
        let number = |v: &Value| number_of(&full, v, 0.0, 65_535.0).map(|n| n as u16);
        let range = |v: &Value| match v {
            Value::Array(ends) if ends.len() == 2 => Ok([number(&ends[0])?, number(&ends[1])?]),
            one => Ok::<_, SettingFault>([number(one)?; 2]),
        };
        list(&full, of.get(name).unwrap_or(&Value::Null))?.iter().map(range).collect::<Result<Vec<_>, _>>()
    };
    Ok(RouteTypes { low: ranges("low")?, high: ranges("high")? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn take(key: &str, value: Value) -> Result<Choices, SettingFault> {
        let mut choices = Choices::default();
        assert!(choices.take(Path::new("town"), key, &value)?, "{key} is one of them");
        Ok(choices)
    }

    #[test]
    fn choices_with_and_without() {
        let places =
            json!({"schools": {"osm": ["amenity=school", "building"], "within_m": 800}, "clinics": {"file": "c.csv"}});
        let found = take("places", places).expect("sound").places;
        let schools = found.iter().find(|set| set.name == "schools").expect("named");
        assert_eq!(schools.within_m, [800.0]);
        let tags = vec![TagMatch::of("amenity", &["school"]), TagMatch::of("building", &[])];
        assert_eq!(schools.origin, PlaceOrigin::Extract(tags));
        assert_eq!(found.iter().find(|set| set.name == "clinics").expect("named").within_m, WITHIN_M);
        let rule = take("frequency", json!({"from": "06:30", "date": "2026-05-12"})).expect("sound").frequency;
        let rule = rule.expect("asked");
        assert_eq!((rule.from_s, rule.to_s, rule.date), (23_400, 32_400, Some(20_260_512)));
        assert_eq!(take("frequency", json!(false)).expect("sound").frequency, None);
        let types = take("route_types", json!({"low": [0, [700, 716]], "high": []})).expect("sound").route_types;
        assert_eq!(types.expect("given").low, [[0, 0], [700, 716]]);
        assert_eq!(take("widths", json!({"living_street": 5})).expect("sound").widths[0].width_m, 5.0);
        assert_eq!(take("spread", json!({"cell_m": 100, "points": 4})).expect("sound").named(), ["spread"]);
        assert!(!Choices::default().take(Path::new("town"), "colour", &json!("red")).expect("unknown"));
    }

    #[test]
    fn choices_that_are_refused() {
        for (key, value, named) in [
            ("places", json!({"schools": {}}), "places.schools"),
            ("places", json!({"schools": {"file": "../x.csv"}}), "folder of the case"),
            ("places", json!({"schools": {"osm": ["=school"]}}), "amenity=school"),
            ("places", json!({"schools": {"osm": ["amenity=school"], "withn_m": 5}}), "withn_m"),
            ("frequency", json!({"from": "9:00", "to": "7:00"}), "a time after"),
            ("frequency", json!({"from": "7.30"}), "07:30"),
            ("frequency", json!({"date": "12 May"}), "2026-05-12"),
            ("frequency", json!({"date": "2019-13-01"}), "2026-05-12"),
            ("frequency", json!({"minutes": 5}), "minutes"),
            ("excluded_ways", json!(["w5"]), "number of a way"),
            ("widths", json!({"lane": 5}), "lane"),
            ("widths", json!({"residential": 500}), "widths.residential"),
            ("route_types", json!({"low": [1]}), "route_types.high"),
            ("spread", json!({"cell_m": 0, "points": 4}), "spread.cell_m"),
            ("spread", json!({"cell_m": 100, "points": 4, "seed": 1}), "seed"),
            ("route_types", json!({"low": [1], "high": [2], "middle": [3]}), "middle"),
        ] {
            let error = take(key, value.clone()).expect_err(&value.to_string()).to_string();
            assert!(error.contains(named), "{value}: {error}");
        }
    }
}
