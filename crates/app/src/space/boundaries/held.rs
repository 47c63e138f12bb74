//! What lies between boundaries: ground that two of them cover or that neither does, within a file and against those that the
//! register holds around them.
//!
//! Compared are boundaries of one sort: by the same definition, of the same kind of place, on the same day. A district in its
//! country, and an earlier version of the same place, lie over each other rightly.

use std::collections::{BTreeMap, BTreeSet};

use diag::{Arg, Diagnostic};
use geo::Geometry;
use jiff::civil::Date;
use model::{
    Records,
    kinds::{Boundary, BoundaryDefinition, Place as PlaceRecord},
    value::Id,
};
use shapes::{
    Crs, Feature, Field, FieldKind, Layer, Value,
    topology::{self, Problem, Rules},
};

use super::{
    check::{Place, is_between, position},
    keep::boundary_shape,
    read::ReadBoundary,
};
use crate::{App, space::codes::GEO011};

/// Boxes that are farther from each other, in degrees, have no gap between them: the widest that is told has 20 metres.
const APART: f64 = 0.001;
/// Larger areas are told in square kilometres.
const M2_PER_KM2: f64 = 1e6;
/// Places above another at most, where records name each other in a circle.
const MOST_ABOVE: usize = 20;

/// The boundaries of the register by the degrees that their boxes touch.
struct Around<'w> {
    by_cell: BTreeMap<(i16, i16), Vec<&'w Boundary>>,
    versions: BTreeMap<(&'w str, &'static str), Vec<&'w Boundary>>,
}

impl<'w> Around<'w> {
    fn of(records: &'w Records, definitions: &BTreeSet<&str>) -> Self {
        let mut around = Around { by_cell: BTreeMap::new(), versions: BTreeMap::new() };
        for boundary in records.boundaries.iter().filter(|b| definitions.contains(b.definition.as_str())) {
            let key = (boundary.place.as_str(), boundary.definition.as_str());
            around.versions.entry(key).or_default().push(boundary);
            for cell in cells(boundary) {
                around.by_cell.entry(cell).or_default().push(boundary);
            }
        }
        around
    }

    /// Whether a version is the one in force on a day.
    fn is_in_force(&self, boundary: &Boundary, on: Date) -> bool {
        let key = (boundary.place.as_str(), boundary.definition.as_str());
        let begun = self.versions.get(&key).into_iter().flatten().filter(|b| b.valid_from <= on);
        begun.max_by_key(|b| b.valid_from).is_some_and(|b| b.valid_from == boundary.valid_from)
    }
}

/// The longitudes of a box; two ranges where it runs across the antimeridian.
fn spans(of: &Boundary) -> Vec<(f64, f64)> {
    if of.west > of.east { vec![(of.west, 180.0), (-180.0, of.east)] } else { vec![(of.west, of.east)] }
}

/// The degrees that a box touches.
fn cells(of: &Boundary) -> Vec<(i16, i16)> {
    let range = |low: f64, high: f64| (low - APART).floor() as i16..=(high + APART).floor() as i16;
    let mut out = Vec::new();
    for (west, east) in spans(of) {
        for x in range(west, east) {
            out.extend(range(of.south, of.north).map(|y| (x, y)));
        }
    }
    out
}

/// Whether two boxes meet, or nearly.
fn meet(a: &Boundary, b: &Boundary) -> bool {
    let along = a.south <= b.north + APART && b.south <= a.north + APART;
    let across = |(west, east): &(f64, f64)| spans(b).iter().any(|(w, e)| *west <= e + APART && *w <= east + APART);
    along && spans(a).iter().any(across)
}

/// Whether one place lies in the other.
fn is_above(records: &Records, a: &Id<PlaceRecord>, b: &Id<PlaceRecord>) -> bool {
    let holds = |above: &Id<PlaceRecord>, below: &Id<PlaceRecord>| {
        let mut at = Some(below.clone());
        for _ in 0..MOST_ABOVE {
            match at {
                Some(place) if place == *above => return true,
                Some(place) => at = records.places.of(&place).and_then(|place| place.parent.clone()),
                None => return false,
            }
        }
        false
    };
    holds(a, b) || holds(b, a)
}

/// A boundary that is compared with others: of the file, or of the register.
enum Compared<'a> {
    Read(&'a ReadBoundary),
    Held(&'a Boundary),
}

impl Compared<'_> {
    fn place(&self) -> &Id<PlaceRecord> {
        match self {
            Compared::Read(of) => &of.record.place,
            Compared::Held(of) => &of.place,
        }
    }

    fn name(&self, records: &Records) -> Arg {
        let words =
            |place: &PlaceRecord| place.title.iter().map(|(lang, title)| (lang.code(), title.to_owned())).collect();
        match records.places.of(self.place()) {
            Some(place) => Arg::Words(words(place)),
            None => Arg::Text(self.place().as_str().to_owned()),
        }
    }
}

/// Tells what boundaries of a file cover twice or leave out, among themselves and with what the register holds around them.
///
/// Only shapes of the register whose boxes meet one of the file's are opened. A shape that cannot be opened is left out, with a
/// line in the log.
///
/// Errors: more pairs than can be compared.
pub(super) fn between(
    app: &App,
    records: &Records,
    at: &Place<'_>,
    read: &[ReadBoundary],
    found: &mut Vec<Diagnostic>,
) -> Result<(), shapes::Fault> {
    let definitions: BTreeSet<&str> = read.iter().map(|of| of.record.definition.as_str()).collect();
    let around = Around::of(records, &definitions);
    // Versions that the file brings take the place of those that are there.
    let mut brought: BTreeMap<(&str, &str), Vec<Date>> = BTreeMap::new();
    let mut sorts: BTreeMap<(BoundaryDefinition, Date, Option<&str>), Vec<&ReadBoundary>> = BTreeMap::new();
    for of in read {
        let record = &of.record;
        let key = (record.place.as_str(), record.definition.as_str());
        brought.entry(key).or_default().push(record.valid_from);
        let kind = records.places.of(&record.place).map(|place| place.kind.as_str());
        sorts.entry((record.definition, record.valid_from, kind)).or_default().push(of);
    }
    for ((definition, on, kind), of) in &sorts {
        let is_replaced = |held: &Boundary| {
            let days = brought.get(&(held.place.as_str(), definition.as_str()));
            days.into_iter().flatten().any(|day| held.valid_from <= *day && day <= on)
        };
        let is_sibling = |held: &Boundary| {
            records.places.of(&held.place).map(|place| place.kind.as_str()) == *kind
                && held.definition == *definition
                && around.is_in_force(held, *on)
                && !is_replaced(held)
        };
        let mut near: BTreeMap<&Id<PlaceRecord>, &Boundary> = BTreeMap::new();
        for one in of {
            let cells = cells(&one.record);
            for held in cells.iter().filter_map(|cell| around.by_cell.get(cell)).flatten() {
                if !near.contains_key(&held.place) && meet(held, &one.record) && is_sibling(held) {
                    near.insert(&held.place, held);
                }
            }
        }
        let mut all: Vec<Compared<'_>> = of.iter().map(|one| Compared::Read(one)).collect();
        let mut shapes: Vec<Geometry<f64>> = of.iter().map(|one| Geometry::MultiPolygon(one.shape.clone())).collect();
        for held in near.into_values() {
            match boundary_shape(app, held) {
                Ok(shape) => {
                    all.push(Compared::Held(held));
                    shapes.push(Geometry::MultiPolygon(shape));
                }
                Err(error) => tracing::warn!(%error, place = held.place.as_str(), "a boundary cannot be compared with"),
            }
        }
        if all.len() > 1 {
            compare(records, at, &all, shapes, found)?;
        }
    }
    Ok(())
}

/// Tells the overlaps and gaps of boundaries of one sort, of which one at least is of the file.
fn compare(
    records: &Records,
    at: &Place<'_>,
    all: &[Compared<'_>],
    shapes: Vec<Geometry<f64>>,
    found: &mut Vec<Diagnostic>,
) -> Result<(), shapes::Fault> {
    let feature = |(idx, shape): (usize, Geometry<f64>)| Feature {
        id: i64::try_from(idx).unwrap_or(i64::MAX),
        shape: Some(shape),
        // Two places may bear one name: a finding says who its neighbour is by its number.
        values: vec![Value::Text(idx.to_string())],
    };
    let layer = Layer {
        name: at.layer.to_owned(),
        crs: Crs::Wgs84,
        fields: vec![Field { name: "name".to_owned(), kind: FieldKind::Text }],
        features: shapes.into_iter().enumerate().map(feature).collect(),
    };
    let report = topology::check(&layer, &Rules::municipalities(Some("name")))?;
    for of in report.findings.iter().filter(|of| is_between(of.problem)) {
        let neighbour = of.neighbour.as_ref().and_then(|name| all.get(name.parse::<usize>().ok()?));
        let (Some(one), Some(other)) = (all.get(of.feature_idx), neighbour) else { continue };
        // The file's speaks; what lies between two of the register was told when they came.
        let (of_file, other) = match (one, other) {
            (Compared::Read(of_file), other) => (of_file, other),
            (other, Compared::Read(of_file)) => (of_file, other),
            _ => continue,
        };
        if is_above(records, &of_file.record.place, other.place()) {
            continue;
        }
        let problem = match (of.problem, other) {
            (Problem::Overlap, Compared::Read(_)) => "overlap",
            (Problem::Overlap, Compared::Held(_)) => "overlap_held",
            (_, Compared::Read(_)) => "gap",
            (_, Compared::Held(_)) => "gap_held",
        };
        let since = match other {
            Compared::Held(held) => held.valid_from.to_string(),
            Compared::Read(_) => "–".to_owned(),
        };
        let (area, unit) = match of.area_m2.unwrap_or_default() {
            large if large >= M2_PER_KM2 => (large / M2_PER_KM2, "km2"),
            small => (small.round(), "m2"),
        };
        let told = Diagnostic::new(&GEO011)
            .arg("place", Compared::Read(of_file).name(records))
            .arg("problem", problem)
            .arg("neighbour", other.name(records))
            .arg("since", since)
            .arg("at", of.at.map_or_else(|| "–".to_owned(), |at| position(at.x, at.y)))
            .arg("area", area)
            .arg("unit", unit);
        found.push(at.named(told, of_file.feature));
    }
    Ok(())
}
