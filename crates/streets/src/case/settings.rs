//! The settings of a case (`case.json`).

use super::{
    Choices, Origin, PlaceOrigin,
    fault::{Expected, SettingFault, wrong},
};
use crate::error::StreetsError;
use serde::Serialize;
use serde_json::Value;
use std::path::{Component, Path, PathBuf};

/// The longest settings that are read, in bytes.
const SETTINGS_LIMIT: u64 = 1 << 20;

/// How distances are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// On foot along streets.
    Network,
    /// Along great circles; there is no network.
    CrowFly,
}

/// What `case.json` says. File names are those of files in the same folder.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseSettings {
    /// What the case is called.
    pub id: String,
    /// `mode`: `network` unless `crow_fly`.
    pub mode: Mode,
    /// `osm`: the extract.
    pub osm: Option<PathBuf>,
    /// `area`: the boundary of the city.
    pub area: Option<PathBuf>,
    /// `stops`: stops in CSV.
    pub stops: Option<PathBuf>,
    /// `gtfs`: timetables, used where there is no `stops`.
    pub gtfs: Vec<PathBuf>,
    /// `population`: people by cell.
    pub population: Option<PathBuf>,
    /// `open_space`: polygons of open space.
    pub open_space: Option<PathBuf>,
    /// `ref_lon`, `ref_lat`: where the plane of the case touches the sphere.
    pub reference: Option<[f64; 2]>,
    /// `min_component_m`: parts of the network shorter than this are left out; 1 000 unless given.
    pub min_component_m: f64,
    /// `lattice_m`: side of the squares that areas are counted in; 50 unless given.
    pub lattice_m: f64,
    /// `notes`: what a reader should know.
    pub notes: Option<String>,
    /// What is chosen beside the method.
    pub choices: Choices,
    /// Keys that mean nothing here.
    pub unknown: Vec<String>,
}

/// The settings that there are; others are told and left alone.
const KEYS: &[&str] = &[
    "id",
    "mode",
    "osm",
    "area",
    "stops",
    "gtfs",
    "population",
    "open_space",
    "ref_lon",
    "ref_lat",
    "min_component_m",
    "lattice_m",
    "notes",
    "places",
    "frequency",
    "gates",
    "paratransit",
    "excluded_ways",
    "widths",
    "route_types",
    "spread",
];

/// Words that people write into settings for themselves, and that look like slips of others.
const MEANT_SO: [&str; 5] = ["place", "code", "node", "model", "state"];

/// The known word that is meant by a slip of the pen: one letter wrong in three, at most.
pub(super) fn near<'k>(word: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', ' '], "_");
    let far = |name: &str| strsim::damerau_levenshtein(&plain(word), name);
    let nearest = known.iter().copied().min_by_key(|name| far(name))?;
    (far(nearest) * 3 <= nearest.len().min(word.len())).then_some(nearest)
}

impl CaseSettings {
    /// Reads the settings of a folder. Errors: [`StreetsError::Case`] names the key and what is expected.
    pub fn read(folder: &Path) -> Result<Self, StreetsError> {
        let path = folder.join("case.json");
        let size = std::fs::metadata(&path).map_err(|e| StreetsError::io(&path, e))?.len();
        let file = path.display().to_string();
        if size > SETTINGS_LIMIT {
            let why = format!("{size} bytes are no settings; at most {SETTINGS_LIMIT} are read");
            return Err(StreetsError::Case { file, why });
        }
        let bytes = std::fs::read(&path).map_err(|e| StreetsError::io(&path, e))?;
        let setting = |fault: SettingFault| StreetsError::Setting { file: file.clone(), fault: Box::new(fault) };
        let text = String::from_utf8(bytes).map_err(|_| setting(SettingFault::NotText))?;
        Self::parse(folder, text.trim_start_matches('\u{feff}')).map_err(setting)
    }

    fn parse(folder: &Path, text: &str) -> Result<Self, SettingFault> {
        let not_json = |e: serde_json::Error| SettingFault::NotJson { line: e.line(), column: e.column() };
        let Value::Object(all) = serde_json::from_str(text).map_err(not_json)? else {
            return Err(SettingFault::NotAnObject);
        };
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut settings = Self {
            id: name,
            mode: Mode::Network,
            osm: None,
            area: None,
            stops: None,
            gtfs: Vec::new(),
            population: None,
            open_space: None,
            reference: None,
            min_component_m: 1000.0,
            lattice_m: 50.0,
            notes: None,
            choices: Choices::default(),
            unknown: Vec::new(),
        };
        let (mut lon, mut lat) = (None, None);
        for (key, value) in &all {
            if value.is_null() {
                continue;
            }
            if settings.choices.take(folder, key, value)? {
                continue;
            }
            match key.as_str() {
                "id" => settings.id = text_of(key, value)?.to_owned(),
                "mode" => {
                    settings.mode = match text_of(key, value)? {
                        "network" => Mode::Network,
                        "crow_fly" => Mode::CrowFly,
                        _ => return Err(wrong(key, value, Expected::Mode)),
                    }
                }
                "osm" => settings.osm = Some(file_of(folder, key, value)?),
                "area" => settings.area = Some(file_of(folder, key, value)?),
                "stops" => settings.stops = Some(file_of(folder, key, value)?),
                "population" => settings.population = Some(file_of(folder, key, value)?),
                "open_space" => settings.open_space = Some(file_of(folder, key, value)?),
                "gtfs" => {
                    let one = std::slice::from_ref(value);
                    let files = value.as_array().map_or(one, Vec::as_slice);
                    settings.gtfs = files.iter().map(|file| file_of(folder, key, file)).collect::<Result<_, _>>()?;
                }
                "ref_lon" => lon = Some(number_of(key, value, -180.0, 180.0)?),
                "ref_lat" => lat = Some(number_of(key, value, -89.0, 89.0)?),
                "min_component_m" => settings.min_component_m = number_of(key, value, 0.0, 1e9)?,
                "lattice_m" => settings.lattice_m = number_of(key, value, 1.0, 1e5)?,
                "notes" => settings.notes = Some(text_of(key, value)?.to_owned()),
                // A slip in what decides nothing does no harm.
                _ if MEANT_SO.contains(&key.as_str()) => settings.unknown.push(key.clone()),
                _ => match near(key, KEYS).filter(|known| !matches!(*known, "id" | "notes")) {
                    // Another would be passed over, and the choice with it.
                    Some(known) => return Err(SettingFault::Slip { found: key.clone(), known }),
                    None => settings.unknown.push(key.clone()),
                },
            }
        }
        settings.check()?;
        settings.reference = match (lon, lat) {
            (Some(lon), Some(lat)) => Some([lon, lat]),
            (None, None) => None,
            (Some(_), None) => return Err(SettingFault::Needs { key: "ref_lon", missing: "ref_lat" }),
            (None, Some(_)) => return Err(SettingFault::Needs { key: "ref_lat", missing: "ref_lon" }),
        };
        Ok(settings)
    }

    /// The files that the settings name.
    pub fn files(&self) -> Vec<PathBuf> {
        let own = [&self.osm, &self.area, &self.stops, &self.population, &self.open_space, &self.choices.paratransit];
        let gates = match &self.choices.gates {
            Some(Origin::File(path)) => Some(path.clone()),
            _ => None,
        };
        let places = self.choices.places.iter().filter_map(|set| match &set.origin {
            PlaceOrigin::File(path) => Some(path.clone()),
            PlaceOrigin::Extract(_) => None,
        });
        own.into_iter().flatten().chain(&self.gtfs).cloned().chain(gates).chain(places).collect()
    }

    /// Refuses choices for which there is nothing to choose from.
    fn check(&self) -> Result<(), SettingFault> {
        let choices = &self.choices;
        if choices.frequency.is_some() && self.gtfs.is_empty() {
            return Err(SettingFault::Needs { key: "frequency", missing: "gtfs" });
        }
        if choices.frequency.is_some() && self.stops.is_some() {
            return Err(SettingFault::NotWith { key: "frequency", other: "stops" });
        }
        let of_extract = [
            ("open_space", choices.spaces_of_extract),
            ("gates", choices.gates == Some(Origin::Extract)),
            ("places", choices.places.iter().any(|set| matches!(set.origin, PlaceOrigin::Extract(_)))),
        ];
        if let Some((key, _)) = of_extract.into_iter().find(|(_, is_of_extract)| *is_of_extract && self.osm.is_none()) {
            return Err(SettingFault::Needs { key, missing: "osm" });
        }
        if choices.gates.is_some() && self.open_space.is_none() && !choices.spaces_of_extract {
            return Err(SettingFault::Needs { key: "gates", missing: "open_space" });
        }
        Ok(())
    }
}

pub(super) fn text_of<'v>(key: &str, value: &'v Value) -> Result<&'v str, SettingFault> {
    value.as_str().ok_or_else(|| wrong(key, value, Expected::Text))
}

pub(super) fn number_of(key: &str, value: &Value, low: f64, high: f64) -> Result<f64, SettingFault> {
    let number = value.as_f64().filter(|number| (low..=high).contains(number));
    number.ok_or_else(|| wrong(key, value, Expected::Number(low, high)))
}

/// A file of the folder: what points out of it is refused.
pub(super) fn file_of(folder: &Path, key: &str, value: &Value) -> Result<PathBuf, SettingFault> {
    let name = Path::new(text_of(key, value)?);
    let plain = name.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if plain && name.file_name().is_some() {
        Ok(folder.join(name))
    } else {
        Err(wrong(key, value, Expected::FileOfFolder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<CaseSettings, SettingFault> {
        CaseSettings::parse(Path::new("here/town"), text)
    }

    #[test]
    fn settings_with_and_without() {
        let plain = parse("{}").expect("all may be missing");
        assert_eq!((plain.id.as_str(), plain.mode, plain.min_component_m), ("town", Mode::Network, 1000.0));
        let full =
            parse(r#"{"id":"t","osm":"t.osm.pbf","ref_lon":1.5,"ref_lat":-2,"gtfs":["a.zip","b.zip"],"colour":1}"#);
        let full = full.expect("sound");
        assert_eq!((full.reference, full.gtfs.len(), full.unknown), (Some([1.5, -2.0]), 2, vec!["colour".to_owned()]));
        assert!(KEYS.iter().all(|key| near(key, KEYS) == Some(key)), "each is nearest to itself");
        assert_eq!(full.osm, Some(PathBuf::from("here/town/t.osm.pbf")));
    }

    #[test]
    fn settings_that_are_refused() {
        for (text, named) in [
            ("[]", "object"),
            ("{", "JSON"),
            (r#"{"mode":"flying"}"#, "mode"),
            (r#"{"osm":"../other/x.osm.pbf"}"#, "osm"),
            (r#"{"stops":"/etc/passwd"}"#, "stops"),
            (r#"{"gtfs":["a.zip",7]}"#, "gtfs"),
            (r#"{"ref_lon":1}"#, "ref_lat"),
            (r#"{"ref_lon":1000,"ref_lat":0}"#, "ref_lon"),
            (r#"{"lattice_m":0}"#, "lattice_m"),
            (r#"{"min_component_m":"long"}"#, "min_component_m"),
            (r#"{"frequency":true,"stops":"s.csv"}"#, "gtfs"),
            (r#"{"open_space":"osm"}"#, "`osm`"),
            (r#"{"gates":"g.geojson"}"#, "open_space"),
            (r#"{"gtsf":"a.zip"}"#, "did you mean `gtfs`"),
            (r#"{"Population":"p.csv"}"#, "did you mean `population`"),
            (r#"{"lattice-m":20}"#, "did you mean `lattice_m`"),
            (r#"{"excluded_way":[5]}"#, "did you mean `excluded_ways`"),
        ] {
            let error = parse(text).expect_err(text).to_string();
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
