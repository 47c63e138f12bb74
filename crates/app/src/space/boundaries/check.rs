//! What is wrong with boundaries, each by itself: shapes that are none, places that lie elsewhere, versions that stand twice.

use std::collections::BTreeSet;

use diag::Diagnostic;
use model::{Records, record::Record as _};
use shapes::{
    Feature, Field, FieldKind, Layer, Value,
    topology::{self, Problem, Rules},
};

use super::{
    names::shown,
    read::{MOST_TOLD, ReadBoundary},
};
use crate::space::codes::{GEO006, GEO008, GEO011};

/// A place whose known point is farther from its boundary, in degrees, has another's.
const FAR: f64 = 3.0;

/// The layer of a file that findings speak of.
pub(super) struct Place<'a> {
    /// The file, as its owner calls it.
    pub file: &'a str,
    /// The layer in it.
    pub layer: &'a str,
}

impl Place<'_> {
    /// A finding that says in which feature it stands.
    pub fn named(&self, found: Diagnostic, feature: usize) -> Diagnostic {
        found.arg("file", self.file).arg("layer", self.layer).arg("feature", feature)
    }

    /// A boundary that cannot be used.
    pub fn invalid(&self, feature: usize, place: &str, problem: &'static str, at: &str) -> Diagnostic {
        let found = Diagnostic::new(&GEO006).arg("place", place).arg("problem", problem).arg("at", at);
        self.named(found, feature)
    }
}

/// Checks each shape by itself: what lies between shapes is looked at by sort, and many small faults of one hide none of another.
pub(super) fn alone(
    at: &Place<'_>,
    layer: &Layer,
    names: usize,
    found: &mut Vec<Diagnostic>,
) -> Result<(), shapes::Fault> {
    for (row, feature) in layer.features.iter().enumerate() {
        let name = shown(feature.values.get(names));
        let values = vec![Value::Text(if name.is_empty() { "–".to_owned() } else { name })];
        let alone = Layer {
            name: layer.name.clone(),
            crs: layer.crs.clone(),
            fields: vec![Field { name: "name".to_owned(), kind: FieldKind::Text }],
            features: vec![Feature { values, ..feature.clone() }],
        };
        let of = topology::check(&alone, &Rules::municipalities(Some("name")))?;
        let wrong = of.findings.iter().filter(|f| !is_between(f.problem)).take(MOST_TOLD);
        found.extend(wrong.map(|f| told(at, row + 1, f)));
        if found.iter().filter(|f| f.blocks()).count() >= MOST_TOLD {
            return Ok(());
        }
    }
    Ok(())
}

/// Whether a fault is one of two shapes.
pub(super) fn is_between(problem: Problem) -> bool {
    matches!(problem, Problem::Overlap | Problem::Gap)
}

fn told(at: &Place<'_>, feature: usize, of: &topology::Finding) -> Diagnostic {
    // A corner twice in a row and a touching ring are no harm to a measure.
    let is_harmless = matches!(of.problem, Problem::DuplicateVertex | Problem::SelfTouching);
    let problem = match of.problem {
        Problem::SelfCrossing => "self_crossing",
        Problem::SelfTouching => "self_touching",
        Problem::WrongNesting => "wrong_nesting",
        Problem::TooFewPoints => "too_few_points",
        Problem::DuplicateVertex => "duplicate_vertex",
        Problem::HoleOutside => "hole_outside",
        Problem::ZeroArea => "zero_area",
        Problem::Overlap => "overlap",
        Problem::Gap => "gap",
        Problem::CrossesAntimeridian => "crosses_antimeridian",
        Problem::OutsideWorld => "outside_world",
        Problem::Swapped => "swapped",
        Problem::NoShape => "no_shape",
    };
    let position = of.at.map_or_else(|| "–".to_owned(), |at| position(at.x, at.y));
    if is_harmless {
        return at.named(careless(&of.name, problem, &position), feature);
    }
    at.invalid(feature, &of.name, problem, &position)
}

/// A boundary that can be used and should be looked at.
fn careless(place: &str, problem: &'static str, at: &str) -> Diagnostic {
    let found = Diagnostic::new(&GEO011).arg("place", place).arg("problem", problem).arg("at", at);
    found.arg("neighbour", "–").arg("since", "–").arg("area", "–").arg("unit", "m2")
}

/// Longitude and latitude in one piece, so that they keep their order in a line that runs the other way.
pub(super) fn position(longitude: f64, latitude: f64) -> String {
    format!("\u{2066}{longitude:.6}, {latitude:.6}\u{2069}")
}

/// Boundaries that lie where their place is not: with latitude before longitude, or far away.
pub(super) fn elsewhere(at: &Place<'_>, records: &Records, boundaries: &[ReadBoundary], found: &mut Vec<Diagnostic>) {
    for ReadBoundary { record, name, feature, .. } in boundaries {
        let place = records.places.of(&record.place);
        let Some((lon, lat)) = place.and_then(|place| Some((place.longitude?, place.latitude?))) else { continue };
        // A shape across the antimeridian is judged by its latitudes alone.
        let is_across = record.west > record.east;
        let is_near = |x: f64, y: f64, margin: f64| {
            (is_across || (record.west - margin..=record.east + margin).contains(&x))
                && (record.south - margin..=record.north + margin).contains(&y)
        };
        let corner = position(record.west, record.south);
        if !is_near(lon, lat, FAR) && is_near(lat, lon, 0.1) {
            found.push(at.invalid(*feature, name, "swapped", &corner));
        } else if !is_near(lon, lat, FAR) {
            found.push(at.named(careless(name, "far_away", &corner), *feature));
        }
    }
}

/// The same version of a boundary twice.
pub(super) fn twice(at: &Place<'_>, boundaries: &[ReadBoundary], found: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for ReadBoundary { record, name, feature, .. } in boundaries {
        if !seen.insert(record.id()) {
            let told = Diagnostic::new(&GEO008).arg("place", name).arg("field", "valid_from").arg("problem", "twice");
            found.push(at.named(told.arg("found", record.valid_from.to_string()), *feature));
        }
    }
}
