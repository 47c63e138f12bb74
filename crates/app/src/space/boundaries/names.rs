//! Which place an attribute of a file speaks of.

use std::collections::BTreeMap;

use model::{Records, kinds::Place, value::Id};
use shapes::{Feature, Layer, Value};

/// Places by what they are called.
pub(super) struct Names(BTreeMap<String, Option<Id<Place>>>);

impl Names {
    pub fn of(records: &Records) -> Self {
        let mut all: BTreeMap<String, Option<Id<Place>>> = BTreeMap::new();
        let mut name = |name: &str, id: &Id<Place>| {
            let name = name.trim().to_lowercase();
            if !name.is_empty() {
                // What two places are called names neither.
                all.entry(name)
                    .and_modify(|held| *held = held.take().filter(|held| held == id))
                    .or_insert(Some(id.clone()));
            }
        };
        for place in records.places.iter() {
            place.title.iter().for_each(|(_, title)| name(title, &place.id));
            place.m49.iter().for_each(|m49| name(&m49.0, &place.id));
        }
        // A code is a code, whatever else is called so.
        for place in records.places.iter() {
            all.insert(place.id.as_str().to_lowercase(), Some(place.id.clone()));
        }
        Names(all)
    }

    pub fn find(&self, name: &str) -> Option<Id<Place>> {
        self.0.get(&name.trim().to_lowercase()).cloned().flatten()
    }
}

/// The attribute that names places: the one asked for, one with a telling name, or the one whose values are known the most.
pub(super) fn place_column(names: &Names, layer: &Layer, asked: Option<&str>) -> Option<usize> {
    let column = |name: &str| layer.fields.iter().position(|f| f.name.eq_ignore_ascii_case(name));
    if let Some(asked) = asked {
        return column(asked);
    }
    if let Some(at) = column("place") {
        return Some(at);
    }
    let known = |at: &usize| {
        let named = |feature: &&Feature| names.find(&shown(feature.values.get(*at))).is_some();
        layer.features.iter().take(1_000).filter(named).count()
    };
    // Of equals the first.
    (0..layer.fields.len()).rev().max_by_key(known).filter(|at| known(at) > 0)
}

/// A value as text; empty for none.
pub(super) fn shown(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Whole(n)) => n.to_string(),
        Some(Value::Number(n)) => n.to_string(),
        _ => String::new(),
    }
}
