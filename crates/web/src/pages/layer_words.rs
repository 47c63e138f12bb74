//! What the features of a layer are called and what is said of them, in the reader's language.

use std::{collections::BTreeMap, sync::Arc};

use app::analyses::{FoundLayer, tally};
use geo::{Area as _, Coord};
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use crate::{
    chart::{CityClass, NameOnMap},
    pages::{
        analysis_map::SourceLayer,
        layer_look::{NO_DATA, look},
        map_table::MapRow,
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
}

impl ToldLayer {
    /// A layer in the reader's language; without shapes where its file has more than so many bytes.
    pub fn new(v: &Visit, of: SourceLayer, most_bytes: usize) -> ToldLayer {
        let SourceLayer { layer, shapes: of, url, places } = of;
        let title = v.say_suffix("space-layer-", &layer.id.replace('_', "-"));
        let none = || Layer { name: layer.id.clone(), crs: Crs::Wgs84, fields: Vec::new(), features: Vec::new() };
        let shapes = if of.n_bytes <= most_bytes { of.shapes } else { Arc::new(none()) };
        let classes = layer.classes_of(&shapes);
        let told = told(v, &layer, &shapes, &places);
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
                count: Some(without.n),
            });
        }
        ToldLayer { layer, title, url, shapes, tag: of.tag, classes, told, legend }
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

    /// The layer for the map that moves: `id`, `name`, `value`, `link` and `class` of each feature.
    pub fn for_the_map(&self) -> Layer {
        let some = |text: Option<String>| text.map_or(Value::Missing, Value::Text);
        let feature = |(idx, feature): (usize, &Feature)| {
            let told = self.told.get(idx).cloned().unwrap_or_default();
            let class = self.class_at(idx).and_then(|at| self.legend.get(at));
            let label = class.map(|class| class.label.clone()).filter(|label| !label.is_empty());
            // A shape without a name of its own is said to be one of its layer.
            let (name, said) = match told.name {
                Some(name) => (Some(name), told.said),
                None if told.said.is_empty() && label.is_none() => (None, Vec::new()),
                None => (Some(self.title.clone()), label.into_iter().chain(told.said).collect()),
            };
            let values = vec![
                Value::Text(format!("{}-{}", self.layer.id, idx + 1)),
                some(name),
                some((!said.is_empty()).then(|| said.join(" · "))),
                some(told.link),
                some(class.map(|class| class.value.clone())),
            ];
            Feature { id: idx as i64 + 1, shape: feature.shape.clone(), values }
        };
        let field = |name: &str| Field { name: name.to_owned(), kind: FieldKind::Text };
        Layer {
            name: self.layer.id.clone(),
            crs: Crs::Wgs84,
            fields: ["id", "name", "value", "link", "class"].map(field).to_vec(),
            features: self.shapes.features.iter().enumerate().map(feature).collect(),
        }
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
        CityClass { label: label(at, &value), colour, size, is_hatched: false, is_square, count: None, value }
    };
    values(layer).into_iter().enumerate().map(class).collect()
}

fn told(v: &Visit, layer: &FoundLayer, shapes: &Layer, places: &BTreeMap<i64, String>) -> Vec<Told> {
    let column = |name: &str| shapes.fields.iter().position(|field| field.name == name);
    let at = ["place", "name", "population", "people", "land_rate", "low_m", "high_m", "valid_from"].map(column);
    let [place, name, population, people, land, low, high, from] = at;
    let numbered = column("number").filter(|_| !places.is_empty());
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
            Value::Whole(number) => places.get(number).cloned(),
            _ => None,
        };
        let code = text(feature, place).or_else(listed);
        let record = code.as_deref().and_then(|code| v.records().places.get(code));
        let is_place = record.is_some();
        let name = record.map(|place| v.plain(&place.title).to_owned()).or_else(|| text(feature, name)).or(code);
        let people = number(feature, population).or_else(|| number(feature, people));
        let mut said: Vec<String> = Vec::new();
        if let Some(n) = people {
            said.push(v.say_with("space-n-people", [("n", locale::number(n.round()).into())]));
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
        let link = record.map(|place| v.record_link("place", place.id.as_str()));
        Told { name, said, link, people, number: number(feature, classed_by), is_place }
    };
    shapes.features.iter().map(tell).collect()
}
