//! What a computation found: measures with their rows, cities, layers of maps.

use std::collections::BTreeMap;

use model::kinds::AnalysisMethod;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{centres::NearCity, request::AnalysisRequest};

/// What can be published of a computation.
#[derive(Clone, Copy, Debug)]
pub struct MeasureDef {
    /// Its name, e.g. `transport_access`; words are made of it where it is shown.
    pub id: &'static str,
    /// What finds it.
    pub method: AnalysisMethod,
    /// Its unit, in the code of the register.
    pub unit: &'static str,
    /// Indicators of frameworks that it answers, e.g. `SDG:11.2.1`.
    pub frameworks: &'static [&'static str],
}

const fn measure(
    id: &'static str,
    method: AnalysisMethod,
    unit: &'static str,
    frameworks: &'static [&'static str],
) -> MeasureDef {
    MeasureDef { id, method, unit, frameworks }
}

/// All measures, in the order in which they are shown.
pub const MEASURES: &[MeasureDef] = &[
    measure("people_by_degree", AnalysisMethod::Urbanisation, "person", &[]),
    measure("urban_share", AnalysisMethod::Urbanisation, "percent", &[]),
    measure("city_share", AnalysisMethod::Urbanisation, "percent", &[]),
    measure("city_people", AnalysisMethod::Urbanisation, "person", &[]),
    measure("city_area", AnalysisMethod::Urbanisation, "km2", &[]),
    measure("land_ratio", AnalysisMethod::Land, "ratio", &["SDG:11.3.1"]),
    measure("land_rate", AnalysisMethod::Land, "percent", &[]),
    measure("people_rate", AnalysisMethod::Land, "percent", &[]),
    measure("built_per_person", AnalysisMethod::Land, "m2", &[]),
    measure("density", AnalysisMethod::Land, "per_km2", &[]),
    measure("density_rate", AnalysisMethod::Land, "percent", &[]),
    measure("transport_access", AnalysisMethod::Access, "percent", &["SDG:11.2.1"]),
    measure("frequent_transport_access", AnalysisMethod::Access, "percent", &[]),
    measure("school_access", AnalysisMethod::Access, "percent", &[]),
    measure("health_access", AnalysisMethod::Access, "percent", &[]),
    measure("open_space_access", AnalysisMethod::Access, "percent", &[]),
    measure("open_space_share", AnalysisMethod::Access, "percent", &["SDG:11.7.1"]),
    measure("street_share", AnalysisMethod::Access, "percent", &[]),
    measure("street_density", AnalysisMethod::Access, "km_per_km2", &[]),
    measure("intersection_density", AnalysisMethod::Access, "per_km2", &[]),
];

/// What was found.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Found {
    /// What was asked.
    pub request: Option<AnalysisRequest>,
    /// Version of the program.
    pub program: String,
    /// What can be published.
    pub measures: Vec<FoundMeasure>,
    /// Urban centres.
    pub cities: Vec<FoundCity>,
    /// Layers of maps.
    pub layers: Vec<FoundLayer>,
    /// What a reader must be told: codes with arguments (JSON, read by [`super::Note`]), or the words of who found it.
    pub warnings: Vec<String>,
    /// Everything that the method says, under its own names.
    pub details: Json,
}

impl Found {
    /// The urban centres of a layer by their attribute `number`; nothing for other layers.
    pub fn centres_of(&self, layer: &FoundLayer) -> BTreeMap<i64, FoundCity> {
        let cities = self.cities.iter().filter(|_| layer.id == "urban_centre");
        cities.map(|city| (city.number, city.clone())).collect()
    }

    /// The boundaries within which figures of places were computed, by the place.
    pub fn boundaries(&self) -> BTreeMap<String, String> {
        let rows = self.measures.iter().flat_map(|measure| &measure.rows);
        rows.filter_map(|row| Some((row.place.clone(), row.boundary.clone()?))).collect()
    }
}

/// Figures of one measure.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FoundMeasure {
    /// Which of [`MEASURES`].
    pub id: String,
    /// Its figures.
    pub rows: Vec<FoundRow>,
}

impl FoundMeasure {
    /// What it is. None for one that a newer program found.
    pub fn def(&self) -> Option<&'static MeasureDef> {
        MEASURES.iter().find(|def| def.id == self.id)
    }
}

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FoundRow {
    /// The place, by its code.
    pub place: String,
    /// The boundary within which it was computed: its code, `@` and the beginning of its shape's fingerprint.
    pub boundary: Option<String>,
    /// The group, e.g. `sex=female`; empty for all.
    pub breakdown: String,
    /// The value; none where there is no answer.
    pub value: Option<f64>,
    /// What is divided.
    pub numerator: Option<f64>,
    /// By what.
    pub denominator: Option<f64>,
    /// Why there is no value, or what must be known about it.
    pub note: Option<String>,
}

/// An urban centre.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundCity {
    /// Its number in the layer.
    pub number: i64,
    /// Its name, where one is known.
    pub name: Option<String>,
    /// The place of the register that it is, or that would be made for it.
    pub place: String,
    /// Whether that place is in the register.
    pub is_known: bool,
    /// Persons.
    pub population: f64,
    /// Square kilometres.
    pub area_km2: f64,
    /// A point within it: longitude and latitude.
    pub at: [f64; 2],
    /// The nearest city with a name, for one that has none.
    #[serde(default)]
    pub near: Option<NearCity>,
}

/// What a layer of a map shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LayerKind {
    /// Areas, filled by class.
    Areas,
    /// Areas by their outline.
    Outlines,
    /// Points.
    Points,
}

/// A layer of a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FoundLayer {
    /// Its name; words are made of it where it is shown.
    pub id: String,
    /// The file (GeoJSON): a name in the job's folder, or a file of evidence once it is published.
    pub file: String,
    /// How it is drawn.
    pub kind: LayerKind,
    /// The attribute by which it is coloured.
    pub property: Option<String>,
    /// Values of the attribute, each a class of its own; words are made of them.
    pub values: Vec<String>,
    /// Lower bounds of classes of a number, where the attribute is one.
    pub breaks: Vec<f64>,
    /// Whether it is shown at first.
    pub is_on: bool,
}
