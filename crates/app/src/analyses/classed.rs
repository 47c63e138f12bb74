//! The classes of a layer's features, and what they come to.

use shapes::{Feature, Layer, Value};

use super::found::FoundLayer;

/// Features of one class together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ClassTally {
    /// How many there are.
    pub n: usize,
    /// Their people; none where the layer does not say.
    pub people: Option<f64>,
}

/// Attributes that hold persons.
const PEOPLE: [&str; 2] = ["population", "people"];

impl FoundLayer {
    /// How many classes it has: one for each value, each interval between breaks, or one for all.
    pub fn n_classes(&self) -> usize {
        if self.breaks.is_empty() { self.values.len().max(1) } else { self.breaks.len() + 1 }
    }

    /// The class of each feature, from 0. A break is the lower bound of its class. None where the attribute has no value or one that
    /// is no class: the map hatches it.
    pub fn classes_of(&self, shapes: &Layer) -> Vec<Option<usize>> {
        let property = self.property.as_deref().and_then(|name| column(shapes, name));
        let class = |feature: &Feature| {
            if self.property.is_none() {
                return Some(0);
            }
            match (feature.values.get(property?)?, self.breaks.is_empty()) {
                (Value::Text(text), true) => self.values.iter().position(|value| value == text),
                (value, false) => {
                    let value = as_number(value)?;
                    Some(self.breaks.iter().filter(|low| value >= **low).count())
                }
                _ => None,
            }
        };
        shapes.features.iter().map(class).collect()
    }
}

/// Features and people by class; the last is what has none.
pub fn tally(n_classes: usize, shapes: &Layer, classes: &[Option<usize>]) -> Vec<ClassTally> {
    let people = PEOPLE.iter().find_map(|name| column(shapes, name));
    let empty = ClassTally { n: 0, people: people.map(|_| 0.0) };
    let mut tallies = vec![empty; n_classes + 1];
    for (feature, class) in shapes.features.iter().zip(classes) {
        let Some(of) = tallies.get_mut(class.unwrap_or(n_classes).min(n_classes)) else { continue };
        of.n += 1;
        if let (Some(sum), Some(more)) = (&mut of.people, people.and_then(|at| as_number(feature.values.get(at)?))) {
            *sum += more;
        }
    }
    tallies
}

fn column(shapes: &Layer, name: &str) -> Option<usize> {
    shapes.fields.iter().position(|field| field.name == name)
}

fn as_number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(n) => Some(*n),
        Value::Whole(n) => Some(*n as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use shapes::{Crs, Field, FieldKind};

    use super::{super::found::LayerKind, *};

    fn shapes(values: Vec<Value>) -> Layer {
        let field = |name: &str, kind| Field { name: name.to_owned(), kind };
        let feature = |value: Value| Feature { id: 1, shape: None, values: vec![value, Value::Whole(10)] };
        Layer {
            name: "land".into(),
            crs: Crs::Wgs84,
            fields: vec![field("land_rate", FieldKind::Number), field("people", FieldKind::Whole)],
            features: values.into_iter().map(feature).collect(),
        }
    }

    fn layer(breaks: &[f64], values: &[&str]) -> FoundLayer {
        FoundLayer {
            id: "land".into(),
            file: "land.geojson".into(),
            kind: LayerKind::Areas,
            property: Some("land_rate".into()),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            breaks: breaks.to_vec(),
            is_on: true,
        }
    }

    #[test]
    fn a_break_belongs_to_the_class_above_it_and_no_value_to_none() {
        let land = layer(&[0.0, 1.0], &[]);
        let found = [Value::Number(-0.5), Value::Number(0.0), Value::Number(0.99), Value::Whole(1), Value::Missing];
        let shapes = shapes(found.to_vec());
        let classes = land.classes_of(&shapes);
        assert_eq!(classes, [Some(0), Some(1), Some(1), Some(2), None]);
        assert_eq!(land.n_classes(), 3);
        let tallies: Vec<(usize, Option<f64>)> =
            tally(3, &shapes, &classes).iter().map(|of| (of.n, of.people)).collect();
        assert_eq!(tallies, [(1, Some(10.0)), (2, Some(20.0)), (1, Some(10.0)), (1, Some(10.0))]);
    }

    #[test]
    fn words_are_classes_and_a_layer_without_attribute_is_one() {
        let stops = layer(&[], &["high", "low"]);
        let text = |text: &str| Value::Text(text.into());
        assert_eq!(stops.classes_of(&shapes(vec![text("low"), text("high"), text("odd")])), [Some(1), Some(0), None]);
        let plain = FoundLayer { property: None, ..layer(&[], &[]) };
        assert_eq!((plain.n_classes(), plain.classes_of(&shapes(vec![Value::Missing]))), (1, vec![Some(0)]));
    }
}
