//! What the features of a layer are called and what is said of them, in the reader's language.

use std::{collections::BTreeMap, sync::Arc};

use app::analyses::{FoundCity, FoundLayer, centre_title, tally};
use geo::{Area as _, Coord};
use shapes::{Crs, Feature, Layer, Value};

use crate::{
    chart::{CityClass, NameOnMap},
    pages::{
        analysis_map::SourceLayer,
        layer_look::{NO_DATA, is_dashed, look},
        map_table::{MachineRow, MapRow},
    },
    visit::Visit,
};

/// The value of the class of features without one.
const NO_CLASS: &str = "nodata";
/// How far a name stands from the middle of its place, pixels: small places stay in sight.
const GAP: f64 = 4.0;
/// Names of a map that are looked at.
const MOST_NAMES: usize = 120;

/// A layer with its words.
pub(crate) struct ToldLayer {
    /// What it is.
    pub layer: FoundLayer,
    /// Its name.
    pub title: String,
    /// Where the map that moves finds it.
    pub url: String,
    /// Its shapes; none where there are too many to draw.
    pub shapes: Arc<Layer>,
    /// Its file, for what is kept.
    pub tag: String,
    /// The time of what it shows; empty where each feature has its own.
    pub period: String,
    /// The class of each feature.
    pub classes: Vec<Option<usize>>,
    /// What is said of each feature.
    pub told: Vec<Told>,
    /// The legend; the class of what has no value is the last, where there is such.
    pub legend: Vec<CityClass>,
}

/// What is said of a feature.
#[derive(Clone, Debug, Default)]
pub(crate) struct Told {
    /// Its place, or the name that the file gives.
    pub name: Option<String>,
    /// The rest, one sentence each.
    pub said: Vec<String>,
    /// Where its place leads to.
    pub link: Option<String>,
    /// Its people.
    pub people: Option<f64>,
    /// The number that it is classed by.
    pub number: Option<f64>,
    /// Whether it is a place of the register.
    pub is_place: bool,
    /// The code of its place.
    pub place: Option<String>,
    /// What a machine reads of it.
    pub value: Measured,
    /// The boundary that it is, or within which its value was computed.
    pub boundary: Option<String>,
}

/// A value for machines.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Measured {
    /// The number; none where a feature has nothing but a class.
    pub number: Option<f64>,
    /// Its unit, in the code of the register.
    pub unit: &'static str,
}

impl ToldLayer {
    /// A layer in the reader's language; without shapes where its file has more than so many bytes.
    pub fn new(v: &Visit, of: SourceLayer, most_bytes: usize) -> ToldLayer {
        let SourceLayer { layer, shapes: of, url, centres, period, boundaries } = of;
        let title = v.say_suffix("space-layer-", &layer.id.replace('_', "-"));
        let none = || Layer { name: layer.id.clone(), crs: Crs::Wgs84, fields: Vec::new(), features: Vec::new() };
        let shapes = if of.n_bytes <= most_bytes { of.shapes } else { Arc::new(none()) };
        let classes = layer.classes_of(&shapes);
        let told = told(v, &layer, &shapes, &About { centres, period: &period, boundaries });
        let mut legend = legend(v, &layer);
        let tallies = tally(legend.len(), &shapes, &classes);
        for (class, tally) in legend.iter_mut().zip(&tallies) {
            class.count = Some(tally.n);
        }
        if let Some(without) = tallies.last().filter(|tally| tally.n > 0) {
            legend.push(CityClass {
                value: NO_CLASS.to_owned(),
                label: v.say("map-no-data"),
                colour: NO_DATA,
                size: 1.0,
                is_hatched: true,
                is_square: false,
                is_dashed: false,
                count: Some(without.n),
            });
        }
        ToldLayer { layer, title, url, shapes, tag: of.tag, period, classes, told, legend }
    }

    /// The class of a feature in the legend.
    pub fn class_at(&self, feature: usize) -> Option<usize> {
        let last = self.legend.len().checked_sub(1)?;
        let class = self.classes.get(feature).copied()?;
        class.or_else(|| self.legend.get(last).filter(|class| class.is_hatched).map(|_| last))
    }

    /// Rows of the map's table: a place each, and what has no name by class.
    pub fn rows(&self, v: &Visit) -> Vec<MapRow> {
        let label = |class: Option<usize>| {
            class.and_then(|at| self.legend.get(at)).map(|class| class.label.clone()).unwrap_or_default()
        };
        let mut rows: Vec<MapRow> = Vec::new();
        for (at, told) in self.told.iter().enumerate() {
            let Some(name) = &told.name else { continue };
            let class = self.class_at(at);
            rows.push(MapRow {
                layer: self.title.clone(),
                name: name.clone(),
                link: told.link.clone(),
                class: label(class),
                class_at: class,
                people: told.people,
                machine: self.machine(at),
                value: match told.number {
                    Some(number) => v.say_name("map-percent", "n", locale::number(number)),
                    None => told
                        .said
                        .iter()
                        .skip(usize::from(told.people.is_some()))
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" · "),
                },
                number: told.number,
            });
        }
        let nameless: Vec<Option<usize>> =
            self.told.iter().zip(&self.classes).map(|(told, class)| class.filter(|_| told.name.is_none())).collect();
        if self.told.iter().any(|told| told.name.is_none()) {
            for (at, tally) in tally(self.legend.len(), &self.shapes, &nameless).into_iter().enumerate() {
                if tally.n > 0 && at < self.legend.len() {
                    rows.push(MapRow {
                        layer: self.title.clone(),
                        name: v.say_with("map-n-shapes", [("n", tally.n.into())]),
                        class: label(Some(at)),
                        class_at: Some(at),
                        people: tally.people,
                        machine: MachineRow {
                            class: self.legend.get(at).map(|class| class.value.clone()).unwrap_or_default(),
                            period: self.period.clone(),
                            ..MachineRow::default()
                        },
                        ..MapRow::default()
                    });
                }
            }
        }
        rows
    }

    /// Names on the map: of places, the largest first.
    pub fn names(&self) -> Vec<(f64, NameOnMap)> {
        let features = self.shapes.features.iter().zip(&self.told);
        let named = features.filter_map(|(feature, told)| {
            // Playgrounds and stops have names too, which would cover the map.
            let (name, shape) =
                (told.name.clone().filter(|_| told.is_place || told.people.is_some())?, feature.shape.as_ref()?);
            let Coord { x, y } = shapes::label_point(shape)?;
            // People decide; where they are not known, the ground that is covered, which is far less than any of them.
            let weight = told.people.unwrap_or_else(|| shape.unsigned_area().min(0.9));
            Some((weight, NameOnMap { at: [x, y], name, gap: GAP }))
        });
        let mut names: Vec<(f64, NameOnMap)> = named.collect();
        names.sort_by(|a, b| b.0.total_cmp(&a.0));
        names.truncate(MOST_NAMES);
        names
    }
}

/// The values of a layer's classes: those of its attribute, or one for each interval between its breaks.
fn values(layer: &FoundLayer) -> Vec<String> {
    if !layer.breaks.is_empty() {
        return (0..=layer.breaks.len()).map(|at| format!("c{at}")).collect();
    }
    if layer.values.is_empty() { vec!["all".to_owned()] } else { layer.values.clone() }
}

fn legend(v: &Visit, layer: &FoundLayer) -> Vec<CityClass> {
    let label = |at: usize, value: &str| {
        if let (true, Some((definition, age))) = (layer.id == "boundaries", value.split_once('-')) {
            let definition = v.item("boundary-definition", definition);
            let age = v.say_suffix("space-line-", age);
            return v.say_with("space-line-of", [("definition", definition.into()), ("age", age.into())]);
        }
        if layer.breaks.is_empty() {
            let key = format!("space-class-{}-{value}", layer.id).replace('_', "-");
            return if locale::has(model::value::Lang::En, &key) { v.say(&key) } else { String::new() };
        }
        let number = |n: Option<&f64>| n.map(|n| locale::number(*n));
        let ends = (number(at.checked_sub(1).and_then(|at| layer.breaks.get(at))), number(layer.breaks.get(at)));
        match ends {
            (None, Some(high)) => v.say_name("map-percent-under", "high", high),
            (Some(low), None) => v.say_name("map-percent-from", "low", low),
            (Some(low), Some(high)) => v.say_with("map-percent-between", [("low", low.into()), ("high", high.into())]),
            (None, None) => String::new(),
        }
    };
    let class = |(at, value): (usize, String)| {
        let (colour, size) = look(&layer.id, &value);
        let is_square = layer.id == "stops" && value == "high";
        let is_dashed = is_dashed(&layer.id, &value);
        CityClass {
            label: label(at, &value),
            colour,
            size,
            is_hatched: false,
            is_square,
            is_dashed,
            count: None,
            value,
        }
    };
    values(layer).into_iter().enumerate().map(class).collect()
}

/// What a layer's features are about beside what their file says.
struct About<'a> {
    centres: BTreeMap<i64, FoundCity>,
    period: &'a str,
    boundaries: BTreeMap<String, String>,
}

fn told(v: &Visit, layer: &FoundLayer, shapes: &Layer, about: &About<'_>) -> Vec<Told> {
    let column = |name: &str| shapes.fields.iter().position(|field| field.name == name);
    let at = ["place", "name", "population", "people", "land_rate", "low_m", "high_m", "valid_from"].map(column);
    let [place, name, population, people, land, low, high, from] = at;
    let area = column("area_km2");
    let definition = column("definition").filter(|_| layer.id == "boundaries");
    let numbered = column("number").filter(|_| !about.centres.is_empty());
    let classed_by = layer.property.as_deref().and_then(column).filter(|_| !layer.breaks.is_empty());
    let text = |feature: &Feature, at: Option<usize>| match feature.values.get(at?)? {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    };
    let number = |feature: &Feature, at: Option<usize>| match feature.values.get(at?)? {
        Value::Number(n) => Some(*n),
        Value::Whole(n) => Some(*n as f64),
        _ => None,
    };
    let tell = |feature: &Feature| {
        let listed = || match feature.values.get(numbered?)? {
            Value::Whole(number) => about.centres.get(number),
            _ => None,
        };
        let centre = listed();
        let code = text(feature, place).or_else(|| centre.map(|centre| centre.place.clone()));
        let record = code.as_deref().and_then(|code| v.records().places.get(code));
        let is_place = record.is_some();
        let name = record.map(|place| v.plain(&place.title).to_owned()).or_else(|| text(feature, name));
        // As the place will be called when it becomes one.
        let name = name.or_else(|| centre.map(|centre| centre_title(v.lang, centre))).or_else(|| code.clone());
        let people = number(feature, population).or_else(|| number(feature, people));
        let mut said: Vec<String> = Vec::new();
        if let Some(n) = people {
            let n = locale::number(n.round());
            said.push(match about.period {
                "" => v.say_with("space-n-people", [("n", n.into())]),
                period => v.say_with("space-n-people-in", [("n", n.into()), ("period", period.into())]),
            });
        }
        if let Some(n) = number(feature, land) {
            said.push(format!("{}: {}", v.say("measure-land-rate"), locale::number(n)));
        }
        for (key, metres) in [("space-to-low", low), ("space-to-high", high)] {
            if let Some(n) = number(feature, metres) {
                said.push(v.say_with(key, [("n", locale::number(n.round()).into())]));
            }
        }
        said.extend(text(feature, from));
        if let Some(n) = number(feature, area) {
            let key = if definition.is_some() { "space-n-km2-shape" } else { "space-n-km2-cells" };
            said.push(v.say_with(key, [("n", locale::number(n).into())]));
        }
        let link = record.map(|place| v.record_link("place", place.id.as_str()));
        let classed = number(feature, classed_by);
        let value = match (classed, number(feature, area), people) {
            (Some(_), ..) => Measured { number: classed, unit: "percent" },
            (None, area @ Some(_), _) => Measured { number: area, unit: "km2" },
            (None, None, people @ Some(_)) => Measured { number: people, unit: "person" },
            (None, None, None) => Measured::default(),
        };
        let own = || Some(format!("{}/{}", code.as_deref()?, text(feature, definition)?));
        let boundary = own().or_else(|| about.boundaries.get(code.as_deref()?).cloned());
        Told { name, said, link, people, number: classed, is_place, value, boundary, place: code }
    };
    shapes.features.iter().map(tell).collect()
}
