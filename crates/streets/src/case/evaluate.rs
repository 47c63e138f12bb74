//! From a folder to a result.

use super::{
    Area, CaseSettings, CellTable, CrowFly, GroupShares, Named, Report, Stops, Unknown, Warning,
    inputs::Inputs,
    kept::{Kept, Unkept},
    walked::{self, Walked},
};
use crate::{
    access::{CellDistances, Classes, HIGH_M, LOW_M, Shares, nearest_m, share_percent},
    error::StreetsError,
    progress::{Progress, Stage, tell},
    tables::{Capacity, Population, Stop},
};
use geo::MultiPolygon;
use std::path::Path;

/// What to do with shapes of served areas, which cost more than all else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shapes {
    /// Nothing.
    Skip,
    /// Draw and measure them.
    Measure,
    /// Also give them back, for maps.
    Keep,
}

/// Choices of method. None is hidden: what differs from [`Options::of_method`] must be said with the value.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// How far is walked along streets, metres; at least 1 000.
    pub limit_m: f64,
    /// Shapes of served areas.
    pub shapes: Shapes,
    /// Distances for a curve of "share within x metres of any stop"; none beyond `limit_m` means anything.
    pub curve_m: Vec<f64>,
}

impl Options {
    /// The methods `access-v1`, `ops-v1` and `street-v1` with all that is measured; shapes are not kept.
    pub fn of_method() -> Self {
        Self { limit_m: 2000.0, shapes: Shapes::Measure, curve_m: (1..=20).map(|i| f64::from(i) * 100.0).collect() }
    }
}

/// A served area as a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct ServedShape {
    /// `low_500`, `high_1000`, `sdg_11_2_1`, `any_500`, `any_1000`.
    pub name: &'static str,
    /// In degrees, cut to the city.
    pub shape: MultiPolygon<f64>,
}

/// Result of a case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Evaluation {
    /// Values, counts, warnings.
    pub report: Report,
    /// Distances of every cell.
    pub cells: CellTable,
    /// Served areas, where they are kept.
    pub shapes: Vec<ServedShape>,
}

/// Evaluates the case in a folder: SDG 11.2.1, open space and streets, as far as there is data.
///
/// What is missing makes a value unknown, with its reason, or absent; rows that cannot be used are named and left out.
/// Errors are for files that are damaged or contradict themselves, and for an end on request.
pub fn evaluate(folder: &Path, options: &Options, progress: Progress<'_>) -> Result<Evaluation, StreetsError> {
    evaluate_on(folder, options, &Unkept, progress)
}

/// [`evaluate`], going on from the served areas that a former evaluation of the same case kept.
pub fn evaluate_on(
    folder: &Path,
    options: &Options,
    kept: &dyn Kept,
    progress: Progress<'_>,
) -> Result<Evaluation, StreetsError> {
    tell(progress, Stage::Tables, 0, 0)?;
    let settings = CaseSettings::read(folder)?;
    if options.limit_m.is_nan() || options.limit_m < HIGH_M {
        let why = format!("distances are searched up to {} m, less than the 1 000 m of the method", options.limit_m);
        return Err(StreetsError::Case { file: settings.id, why });
    }
    let mut inputs = Inputs::read(settings, progress)?;
    let mut evaluation = Evaluation::default();
    let report = &mut evaluation.report;
    report.case = inputs.settings.id.clone();
    report.notes = inputs.settings.notes.clone();
    report.choices = inputs.settings.choices.named();
    report.area =
        inputs.city.as_ref().map(|city| Area { planar_km2: city.planar_km2(), geodesic_km2: city.geodesic_km2() });
    if inputs.is_walked() {
        report.methods = vec!["access-v1", "walk-v1", "edge-v1", "ops-v1", "street-v1"];
        let walked = Walked::read(&mut inputs, progress)?;
        walked::measure(&mut evaluation, &mut inputs, &walked, (options, kept), progress)?;
    } else {
        report.methods = vec!["crow-fly"];
        inputs.refuse_elsewhere(inputs.city.as_ref().map(|city| city.bounds(0.0)));
        crow_fly(&mut evaluation, &inputs);
    }
    finish(&mut evaluation.report, inputs);
    Ok(evaluation)
}

/// Shares along great circles, by group.
fn crow_fly(evaluation: &mut Evaluation, inputs: &Inputs) {
    let report = &mut evaluation.report;
    report.stops = counts(&inputs.stops);
    report.cells = Some(inputs.population.len() as u64);
    report.cell_spacing_m = walked::cell_spacing_m(&inputs.population.places);
    report.warnings.push(Warning::CrowFly);
    let distances = distances_crow_fly(&inputs.population, &inputs.stops);
    let known = !inputs.stops.is_empty();
    let of = |people: &[Option<f64>]| GroupShares {
        total: people.iter().flatten().sum(),
        shares: if known { Shares::of(people, &distances) } else { Shares::default() },
    };
    let groups = inputs.population.groups.iter().map(|group| (group.name.clone(), of(&group.people)));
    report.share_percent_crow_fly = Some(CrowFly::Groups(Named(groups.collect())));
    evaluation.cells = CellTable::of(&inputs.population, distances.low_m, distances.high_m);
}

pub(super) fn distances_crow_fly(population: &Population, stops: &[Stop]) -> CellDistances {
    let of = |capacity| {
        let places: Vec<[f64; 2]> =
            stops.iter().filter(|stop| stop.capacity == capacity).map(|stop| stop.place).collect();
        nearest_m(&population.places, &places)
    };
    CellDistances { low_m: of(Capacity::Low), high_m: of(Capacity::High) }
}

pub(super) fn counts(stops: &[Stop]) -> Stops {
    let of = |capacity| stops.iter().filter(|stop| stop.capacity == capacity).count() as u64;
    Stops { low: of(Capacity::Low), high: of(Capacity::High), ..Stops::default() }
}

/// Shares, gaps and classes by group, of distances that are known.
pub(super) fn shares_by_group(report: &mut Report, population: &Population, distances: &CellDistances, known: bool) {
    let shares = |people: &[Option<f64>]| if known { Shares::of(people, distances) } else { Shares::default() };
    let by_group: Vec<(String, Shares)> =
        population.groups.iter().map(|group| (group.name.clone(), shares(&group.people))).collect();
    if let Some((_, all)) = by_group.first() {
        let minus = |a: Option<f64>, b: Option<f64>| a.zip(b).map(|(a, b)| a - b);
        let gap = |shares: &Shares| Shares {
            low_500: minus(shares.low_500, all.low_500),
            high_1000: minus(shares.high_1000, all.high_1000),
            sdg_11_2_1: minus(shares.sdg_11_2_1, all.sdg_11_2_1),
            any_500: minus(shares.any_500, all.any_500),
            any_1000: minus(shares.any_1000, all.any_1000),
        };
        let gaps = by_group.iter().skip(1).map(|(name, shares)| (name.clone(), gap(shares)));
        report.parity_gap_points = Some(Named(gaps.collect()));
    }
    let classes = |people: &[Option<f64>]| if known { Classes::of(people, distances) } else { Classes::default() };
    let classes = population.groups.iter().map(|group| (group.name.clone(), classes(&group.people)));
    report.classes_percent = Some(Named(classes.collect()));
    report.share_percent = Some(Named(by_group));
}

/// Percent of all people of whom something is so.
pub(super) fn of_all(population: &Population, inside: impl Fn(usize) -> bool) -> Option<f64> {
    population.groups.first().and_then(|all| share_percent(&all.people, inside))
}

/// Percent of people within some metres of a threshold.
pub(super) fn near_threshold(population: &Population, distances: &CellDistances, metres: f64) -> super::Sensitivity {
    super::Sensitivity {
        low_500: of_all(population, |cell| (distances.low_m[cell] - LOW_M).abs() <= metres),
        high_1000: of_all(population, |cell| (distances.high_m[cell] - HIGH_M).abs() <= metres),
    }
}

/// What holds of both kinds of case: what is unknown, what a reader must know.
fn finish(report: &mut Report, inputs: Inputs) {
    let along_streets = report.paratransit.is_some_and(|streets| streets.edges > 0);
    if inputs.stops.is_empty() && !along_streets {
        report.unknown.push(Unknown { what: "sdg_11_2_1", why: "no_stops" });
    } else {
        for (capacity, n) in [(Capacity::Low, report.stops.low), (Capacity::High, report.stops.high)] {
            if n == 0 && !(along_streets && capacity == Capacity::Low) {
                report.warnings.push(Warning::NoStopsOf { capacity });
            }
        }
    }
    if inputs.population.total() <= 0.0 {
        report.unknown.push(Unknown { what: "sdg_11_2_1", why: "no_population" });
    }
    for group in &inputs.population.groups {
        let cells = group.people.iter().filter(|people| people.is_none()).count() as u64;
        if cells > 0 {
            report.warnings.push(Warning::GroupUnknown { group: group.name.clone(), cells });
        }
    }
    if inputs.city.is_none() {
        report.warnings.push(Warning::NoBoundary);
    }
    if let Some(side_m) = report.cell_spacing_m.filter(|side_m| *side_m > LOW_M / 2.0) {
        report.warnings.push(Warning::LargeCells { side_m });
    }
    if !inputs.refused.is_empty() {
        report.warnings.push(Warning::RowsRefused { n: inputs.refused.len() as u64 });
    }
    report.warnings.splice(0..0, inputs.warnings);
    report.refused.extend(inputs.refused);
}
