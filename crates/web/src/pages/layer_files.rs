//! What a layer is for machines: columns of numbers, units and codes beside the words that people read.

use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use crate::pages::{layer_words::ToldLayer, map_table::MachineRow};

/// Columns of all files of layers, and what they hold.
const COLUMNS: [(&str, FieldKind); 12] = [
    ("id", FieldKind::Text),
    ("name", FieldKind::Text),
    ("label", FieldKind::Text),
    ("link", FieldKind::Text),
    ("class", FieldKind::Text),
    ("class_label", FieldKind::Text),
    ("place", FieldKind::Text),
    ("value", FieldKind::Number),
    ("unit", FieldKind::Text),
    ("people", FieldKind::Number),
    ("period", FieldKind::Text),
    ("boundary", FieldKind::Text),
];

/// Numbers of the method's own file that its readers want under their own names.
const OWN: [&str; 6] = ["people_rate", "ratio", "built_per_person", "built_share", "low_m", "high_m"];

impl ToldLayer {
    /// What a machine reads of a feature.
    pub fn machine(&self, at: usize) -> MachineRow {
        let class = self.class_at(at).and_then(|class| self.legend.get(class));
        let told = self.told.get(at);
        MachineRow {
            place: told.and_then(|told| told.place.clone()).unwrap_or_default(),
            class: class.map(|class| class.value.clone()).unwrap_or_default(),
            value: told.and_then(|told| told.value.number),
            unit: told.map_or("", |told| told.value.unit),
            period: self.period.clone(),
            boundary: told.and_then(|told| told.boundary.clone()).unwrap_or_default(),
            source: String::new(),
        }
    }

    /// The layer for the map that moves and for whoever saves it: numbers, units and codes, and as `label` what a reader is told.
    pub fn for_the_map(&self) -> Layer {
        let own: Vec<(&str, usize)> = OWN
            .into_iter()
            .filter_map(|name| Some((name, self.shapes.fields.iter().position(|field| field.name == name)?)))
            .collect();
        let text = |text: String| if text.is_empty() { Value::Missing } else { Value::Text(text) };
        let number = |n: Option<f64>| n.map_or(Value::Missing, Value::Number);
        let feature = |(idx, feature): (usize, &Feature)| {
            let told = self.told.get(idx).cloned().unwrap_or_default();
            let machine = self.machine(idx);
            let label = self.class_at(idx).and_then(|at| self.legend.get(at)).map(|class| class.label.clone());
            let label = label.filter(|label| !label.is_empty());
            // A shape without a name of its own is said to be one of its layer.
            let (name, said) = match told.name {
                Some(name) => (Some(name), told.said),
                None if told.said.is_empty() && label.is_none() => (None, Vec::new()),
                None => (Some(self.title.clone()), label.clone().into_iter().chain(told.said).collect()),
            };
            let mut values = vec![
                Value::Text(format!("{}-{}", self.layer.id, idx + 1)),
                text(name.unwrap_or_default()),
                text(said.join(" · ")),
                text(told.link.unwrap_or_default()),
                text(machine.class),
                text(label.unwrap_or_default()),
                text(machine.place),
                number(machine.value),
                text(machine.unit.to_owned()),
                number(told.people),
                text(machine.period),
                text(machine.boundary),
            ];
            values.extend(own.iter().map(|(_, at)| feature.values.get(*at).cloned().unwrap_or(Value::Missing)));
            Feature { id: idx as i64 + 1, shape: feature.shape.clone(), values }
        };
        let named = COLUMNS.into_iter().chain(own.iter().map(|(name, _)| (*name, FieldKind::Number)));
        Layer {
            name: self.layer.id.clone(),
            crs: Crs::Wgs84,
            fields: named.map(|(name, kind)| Field { name: name.to_owned(), kind }).collect(),
            features: self.shapes.features.iter().enumerate().map(feature).collect(),
        }
    }
}
