//! The countries of the world and the boundary lines between them, as one replaceable package.
//!
//! An office installs its own official file with the same columns; nothing here knows a place by name.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use geo::{Area as _, BoundingRect as _, Geometry};

use crate::{
    Crs, Extent, Fault, Feature, Field, FieldKind, Layer, Place, Value, crop, draw::coasts, extent, read, read_bytes,
};

/// Columns of what must be said, each with its language.
const SAID: [(&str, &str); 3] = [("note_en", "en"), ("note_ar", "ar"), ("note_zh", "zh")];

/// Countries, boundary lines and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub struct World {
    /// The package and its version, for the source line of a map.
    pub version: String,
    /// The areas, longitude and latitude.
    pub countries: Vec<Country>,
    /// The lines between them.
    pub boundaries: Vec<Boundary>,
}

/// An area as the source draws it: a country, a territory, or a piece that figures are joined to otherwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Country {
    /// The source's own code, unique in the package.
    pub code: String,
    /// ISO 3166-1 alpha-3, where there is one.
    pub iso3: Option<String>,
    /// The country whose figures this area shows, as UN statistics count it; `None` takes the hatch.
    pub joins: Option<String>,
    /// The UN's numeric code (M49), three digits.
    pub m49: Option<String>,
    /// A name in English, where the page has none.
    pub name: String,
    /// The UN's region.
    pub region: Option<String>,
    /// What its makers wrote down about it; it stands on no map.
    pub note: Option<String>,
    /// What must be said on a map that shows the area, by language (`en`, `ar`, `zh`).
    pub said: BTreeMap<String, String>,
    /// Where it is; `None` where the resolution has no room for it.
    pub shape: Option<Geometry<f64>>,
}

/// What a boundary line is, which decides how it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BoundaryClass {
    /// Between two countries.
    International,
    /// Whose course is in dispute.
    Disputed,
    /// Not fixed.
    Indefinite,
    /// A line of control or a ceasefire line.
    LineOfControl,
    /// Claimed by one side.
    Claim,
    /// Of a part that declared itself independent.
    Breakaway,
}

impl BoundaryClass {
    /// The word of the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::International => "international",
            Self::Disputed => "disputed",
            Self::Indefinite => "indefinite",
            Self::LineOfControl => "line_of_control",
            Self::Claim => "claim",
            Self::Breakaway => "breakaway",
        }
    }

    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "international" => Self::International,
            "disputed" => Self::Disputed,
            "indefinite" => Self::Indefinite,
            "line_of_control" => Self::LineOfControl,
            "claim" => Self::Claim,
            "breakaway" => Self::Breakaway,
            _ => return None,
        })
    }
}

/// A boundary line.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// What it is.
    pub class: BoundaryClass,
    /// The country (ISO alpha-3) that the line lies inside of, as the UN groups it: not drawn by default.
    pub interior_to: Option<String>,
    /// Where it is.
    pub line: Geometry<f64>,
}

impl World {
    /// Reads a package that somebody installs, and looks whether maps can be drawn on it: TopoJSON as
    /// [`World::from_topojson`] describes it, or a GeoPackage with the layers `countries` and `boundaries`.
    ///
    /// The version is TopoJSON's member `version`, else the attribute `version` of the first country.
    ///
    /// Errors: as [`read`]; a package without version, countries or boundary lines; a column that is missing, a code that
    /// comes twice, a class that is not known, a position beyond the globe, each with layer and feature.
    pub fn read_package(path: &Path) -> Result<Self, Fault> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let countries = read(path, Some("countries"))?;
        let boundaries = read(path, Some("boundaries"))?;
        // Its size was looked at when the layers were read.
        let bytes = std::fs::read(path).map_err(|error| Fault::io(&name, error))?;
        #[derive(serde::Deserialize)]
        struct Head {
            version: Option<String>,
        }
        let head = serde_json::from_slice::<Head>(&bytes).ok().and_then(|head| head.version);
        let version = head.or_else(|| text_of(&countries, 0, "version")).filter(|version| !version.trim().is_empty());
        let wrong = |layer: &Layer, feature: Option<i64>, found: String, todo: &'static str| {
            let place = Place::file(&name).layer(&layer.name);
            Fault::Damaged { place: feature.map_or(place.clone(), |feature| place.feature(feature)), found, todo }
        };
        let version = version.ok_or_else(|| {
            let todo = "say which edition it is, since it stands in the source line of every map: TopoJSON has a member \
                        `version`, a GeoPackage the attribute `version` of its countries";
            wrong(&countries, None, "the package has no version".into(), todo)
        })?;
        for layer in [&countries, &boundaries] {
            if layer.features.is_empty() {
                let todo = "a package has the areas of the world and the lines between them";
                return Err(wrong(layer, None, "the layer has no feature".into(), todo));
            }
            let globe = Extent { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
            for feature in &layer.features {
                let Some(bounds) = feature.shape.as_ref().and_then(|shape| shape.bounding_rect()) else { continue };
                let corners = [bounds.min(), bounds.max()];
                // A package that was cut at another meridian goes on beyond 180 degrees.
                let is_on = |at: &geo::Coord<f64>| at.x.abs() <= 360.0 && (globe.south..=globe.north).contains(&at.y);
                if !corners.iter().all(is_on) {
                    let found = format!("it reaches from {:?} to {:?}", corners[0], corners[1]);
                    return Err(wrong(
                        layer,
                        Some(feature.id),
                        found,
                        "positions are degrees of longitude and latitude on WGS 84",
                    ));
                }
            }
        }
        let mut codes = BTreeSet::new();
        for (at, feature) in countries.features.iter().enumerate() {
            if let Some(code) = text_of(&countries, at, "code").filter(|code| !codes.insert(code.clone())) {
                let todo = "each area has a code of its own; pieces of one country are one feature, or have other codes and the same `joins`";
                return Err(wrong(&countries, Some(feature.id), format!("the code {code} comes twice"), todo));
            }
        }
        if !(0..countries.features.len()).any(|at| text_of(&countries, at, "joins").is_some()) {
            let todo = "`joins` names the country (ISO 3166-1 alpha-3) whose figures an area shows";
            return Err(wrong(&countries, None, "no area has a value in `joins`".into(), todo));
        }
        Self::from_layers(&name, version, &countries, &boundaries)
    }

    /// Reads a package: TopoJSON with the objects `countries` and `boundaries`, and its version.
    ///
    /// Columns of `countries`: `code`, `name`, and where known `iso3`, `joins`, `m49`, `region`, `note`, and what maps must say
    /// about the area as `note_en`, `note_ar`, `note_zh`; of `boundaries`: `class` (international, disputed, indefinite, line_of_control, claim, breakaway) and `interior_to`.
    ///
    /// Errors: as [`crate::read_bytes`]; a column or a class that is missing or unknown, with its feature.
    pub fn from_topojson(name: &str, bytes: &[u8]) -> Result<Self, Fault> {
        let countries = read_bytes(name, bytes, Some("countries"))?;
        let boundaries = read_bytes(name, bytes, Some("boundaries"))?;
        #[derive(serde::Deserialize)]
        struct Head {
            #[serde(default)]
            version: String,
        }
        let head: Head = serde_json::from_slice(bytes)
            .map_err(|error| Fault::damaged(&Place::file(name), format!("it is not TopoJSON: {error}")))?;
        Self::from_layers(name, head.version, &countries, &boundaries)
    }

    /// Takes the package from two layers with the columns of [`World::from_topojson`]; `name` is for messages.
    ///
    /// Errors: layers that are not in WGS 84; a column or a class that is missing or unknown.
    pub fn from_layers(name: &str, version: String, countries: &Layer, boundaries: &Layer) -> Result<Self, Fault> {
        for layer in [countries, boundaries] {
            if !layer.crs.is_geographic() {
                return Err(Fault::Unsupported {
                    place: Place::file(name).layer(&layer.name),
                    found: format!("a world layer is in longitude and latitude, this one is in {}", layer.crs),
                    todo: "project it to WGS 84 first",
                });
            }
        }
        let missing = |layer: &Layer, feature: i64, column: &str| Fault::Damaged {
            place: Place::file(name).layer(&layer.name).feature(feature),
            found: format!("it has no {column}"),
            todo: "a world layer needs this column, see the description of the package",
        };
        let unknown = |feature: i64, class: &str| Fault::Damaged {
            place: Place::file(name).layer(&boundaries.name).feature(feature),
            found: format!("the class `{class}` is not known"),
            todo: "a boundary line is `international`, `disputed`, `indefinite`, `line_of_control`, `claim` or `breakaway`",
        };
        let mut world = Self { version, countries: Vec::new(), boundaries: Vec::new() };
        for (at, feature) in countries.features.iter().enumerate() {
            let text = |column: &str| text_of(countries, at, column);
            world.countries.push(Country {
                code: text("code").ok_or_else(|| missing(countries, feature.id, "code"))?,
                iso3: text("iso3"),
                joins: text("joins"),
                m49: text("m49"),
                name: text("name").ok_or_else(|| missing(countries, feature.id, "name"))?,
                region: text("region"),
                note: text("note"),
                said: SAID.into_iter().filter_map(|(column, lang)| Some((lang.to_owned(), text(column)?))).collect(),
                shape: feature.shape.clone(),
            });
        }
        for (at, feature) in boundaries.features.iter().enumerate() {
            let word = text_of(boundaries, at, "class").ok_or_else(|| missing(boundaries, feature.id, "class"))?;
            let class = BoundaryClass::of(&word).ok_or_else(|| unknown(feature.id, &word))?;
            let Some(line) = feature.shape.clone() else { continue };
            world.boundaries.push(Boundary { class, interior_to: text_of(boundaries, at, "interior_to"), line });
        }
        Ok(world)
    }

    /// What lies in a rectangle, as one layer for maps that are drawn elsewhere: `part` is `area`, `coast` or `boundary`; an area
    /// has its `code`, the country that it `joins` and its `name`, a boundary its `class`. Claims and lines within a country are left out.
    pub fn around(&self, frame: &Extent) -> Layer {
        let mut features: Vec<Feature> = Vec::new();
        let mut add = |shape: &Geometry<f64>, values: [Option<&str>; 5]| {
            let Some(shape) = crop(shape, frame) else { return };
            let text = |text: Option<&str>| text.map_or(Value::Missing, |text| Value::Text(text.to_owned()));
            let id = i64::try_from(features.len()).unwrap_or(i64::MAX).saturating_add(1);
            features.push(Feature { id, shape: Some(shape), values: values.map(text).to_vec() });
        };
        let areas = || self.countries.iter().filter_map(|country| Some((country, country.shape.as_ref()?)));
        for (country, shape) in areas() {
            add(shape, [Some("area"), Some(&country.code), country.joins.as_deref(), Some(&country.name), None]);
        }
        let shapes: Vec<&Geometry<f64>> = areas().map(|(_, shape)| shape).collect();
        add(&coasts(&shapes), [Some("coast"), None, None, None, None]);
        for line in &self.boundaries {
            if line.interior_to.is_none() && line.class != BoundaryClass::Claim {
                add(&line.line, [Some("boundary"), None, None, None, Some(line.class.word())]);
            }
        }
        let field = |name: &str| Field { name: name.to_owned(), kind: FieldKind::Text };
        let fields = ["part", "code", "joins", "name", "class"].map(field).to_vec();
        Layer { name: self.version.clone(), crs: Crs::Wgs84, fields, features }
    }

    /// Where a country lies: its largest piece, what is within ten degrees of it, and far pieces that are at least a quarter as
    /// large. `None` where no area joins the country, or none has a shape.
    pub fn frame_of(&self, country: &str) -> Option<Extent> {
        let of = self.countries.iter().filter(|area| area.joins.as_deref() == Some(country));
        let mut pieces: Vec<Geometry<f64>> = Vec::new();
        for shape in of.filter_map(|area| area.shape.as_ref()) {
            match shape {
                Geometry::MultiPolygon(parts) => pieces.extend(parts.0.iter().cloned().map(Geometry::Polygon)),
                other => pieces.push(other.clone()),
            }
        }
        let size = |piece: &Geometry<f64>| {
            let middle = piece.bounding_rect().map_or(0.0, |bounds| bounds.center().y);
            piece.unsigned_area() * middle.to_radians().cos()
        };
        let largest = pieces.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
        let near = extent([largest])?.with_margin(0.0, 10.0);
        let least = size(largest) / 4.0;
        extent(
            pieces
                .iter()
                .filter(|piece| size(piece) >= least || extent([*piece]).is_some_and(|bounds| bounds.meets(&near))),
        )
    }
}

/// A value of a feature as text; `None` where there is none.
fn text_of(layer: &Layer, feature: usize, column: &str) -> Option<String> {
    let at = layer.fields.iter().position(|field| field.name == column)?;
    match layer.features.get(feature)?.values.get(at)? {
        Value::Text(text) if !text.is_empty() => Some(text.clone()),
        Value::Whole(whole) => Some(whole.to_string()),
        _ => None,
    }
}
