//! What is wrong with a layer of boundaries: each fault with its feature and its position.
//!
//! Rules: OGC 06-103r4 (simple features) for single shapes; between shapes, that areas of one layer neither overlap
//! nor leave slivers between them.

mod borders;
mod edges;
mod neighbours;
mod overlay;
mod rings;
mod sweep;
mod world;

pub use borders::{Border, borders};
use geo::{Area as _, Coord, Geometry};
use rayon::prelude::*;

use crate::{Fault, Feature, Layer, Value, project::geodesic_area_m2};

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Problem {
    /// A ring crosses itself or runs back on itself.
    SelfCrossing,
    /// A ring touches itself in a point.
    SelfTouching,
    /// Rings of one shape cross, or a part or hole lies in another where it must not.
    WrongNesting,
    /// A ring of fewer than three different positions, a line of fewer than two.
    TooFewPoints,
    /// The same position twice in a row.
    DuplicateVertex,
    /// A hole lies outside of its polygon.
    HoleOutside,
    /// A ring without area.
    ZeroArea,
    /// Two features cover the same ground.
    Overlap,
    /// Ground between two features belongs to neither.
    Gap,
    /// A step of more than 180° in longitude, or longitudes beyond 180°: split it with [`crate::antimeridian`].
    CrossesAntimeridian,
    /// A coordinate lies outside of the world, or of what the projection can show.
    OutsideWorld,
    /// Latitude stands before longitude.
    Swapped,
    /// The feature has no shape.
    NoShape,
}

/// One fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What is wrong.
    pub problem: Problem,
    /// The feature's place in the layer, from 0.
    pub feature_idx: usize,
    /// Its number in the file.
    pub id: i64,
    /// What the layer calls it; its number where there is no name.
    pub name: String,
    /// The other feature, for overlaps and gaps.
    pub neighbour: Option<String>,
    /// Where, in the layer's coordinates; `None` for a feature without shape.
    pub at: Option<Coord<f64>>,
    /// How much ground it is about, for overlaps and gaps.
    pub area_m2: Option<f64>,
}

/// What counts as a fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The attribute with the name of a feature.
    pub name: Option<String>,
    /// Overlaps and gaps smaller than this are what rounding leaves: square metres.
    pub ignore_m2: f64,
    /// A hole between features is a gap when it is smaller than this, else a lake or a place that is left out: square metres.
    pub gap_below_m2: f64,
    /// A hole that is narrower than this is a gap however large: metres.
    pub gap_narrower_m: f64,
}

impl Rules {
    /// For boundaries of municipalities: rounding of a square metre, gaps up to a hectare or narrower than 20 metres.
    pub fn municipalities(name: Option<&str>) -> Self {
        Self { name: name.map(str::to_owned), ignore_m2: 1.0, gap_below_m2: 10_000.0, gap_narrower_m: 20.0 }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The first faults, in the order of the features; no more than [`MOST_FINDINGS`].
    pub findings: Vec<Finding>,
    /// How many there are in all.
    pub n_findings: usize,
}

/// Faults that are listed.
pub const MOST_FINDINGS: usize = 10_000;

/// Checks a layer: each shape by itself, then against its neighbours.
///
/// Shape: any layer; areas are in square metres, for layers in degrees on the ellipsoid, else in the layer's own plane
/// (units of the plane where we do not know it). Time grows with the borders that do not match, not with all pairs:
/// a layer whose neighbours share their vertices is checked in one pass, and of neighbours that do not only what lies in the
/// box that they share is laid over each other. Shapes and pairs are looked at side by side.
///
/// Errors: more positions than 2³² − 1; more than a million pairs of features that lie over each other.
pub fn check(layer: &Layer, rules: &Rules) -> Result<Report, Fault> {
    let mut found = Found::new(layer, rules);
    let alone = |(idx, feature): (usize, &Feature)| {
        let mut found = Found::new(layer, rules);
        match &feature.shape {
            None => found.add(Problem::NoShape, idx, None),
            Some(shape) => {
                world::check(&mut found, idx, shape);
                rings::check(&mut found, idx, shape);
            }
        }
        (found.findings, found.n_findings)
    };
    let of_features: Vec<_> = layer.features.par_iter().enumerate().map(alone).filter(|(_, n)| *n > 0).collect();
    of_features.into_iter().for_each(|(findings, n)| found.take(findings, n));
    neighbours::check(&mut found)?;
    let Found { mut findings, n_findings, .. } = found;
    findings.sort_by_key(|finding| (finding.feature_idx, finding.problem));
    Ok(Report { findings, n_findings })
}

/// The areas of a layer that cross themselves or run back on themselves: the first place of each, in the order of the features.
///
/// A part of what [`check`] looks at, for those who measure areas and must say that one of them is none (OGC 06-103r4, 6.1.11).
pub fn self_crossings(layer: &Layer, name: Option<&str>) -> Vec<Finding> {
    let rules = Rules::municipalities(name);
    let first = |(idx, feature): (usize, &Feature)| {
        let mut found = Found::new(layer, &rules);
        rings::check_crossings(&mut found, idx, feature.shape.as_ref()?);
        found.findings.into_iter().find(|finding| finding.problem == Problem::SelfCrossing)
    };
    layer.features.par_iter().enumerate().filter_map(first).collect()
}

/// Faults so far.
struct Found<'a> {
    layer: &'a Layer,
    rules: &'a Rules,
    findings: Vec<Finding>,
    n_findings: usize,
}

impl<'a> Found<'a> {
    fn new(layer: &'a Layer, rules: &'a Rules) -> Self {
        Self { layer, rules, findings: Vec::new(), n_findings: 0 }
    }

    /// Adds what was found elsewhere.
    fn take(&mut self, findings: Vec<Finding>, n_findings: usize) {
        self.n_findings += n_findings;
        let room = MOST_FINDINGS.saturating_sub(self.findings.len());
        self.findings.extend(findings.into_iter().take(room));
    }

    /// What the layer calls a feature.
    fn name(&self, idx: usize) -> String {
        let Some(feature) = self.layer.features.get(idx) else { return String::new() };
        let column = self.rules.name.as_ref().and_then(|name| self.layer.fields.iter().position(|f| f.name == *name));
        match column.and_then(|column| feature.values.get(column)) {
            Some(Value::Text(text)) if !text.is_empty() => text.clone(),
            Some(Value::Whole(whole)) => whole.to_string(),
            _ => feature.id.to_string(),
        }
    }

    fn add(&mut self, problem: Problem, idx: usize, at: Option<Coord<f64>>) {
        self.add_between(problem, idx, None, at, None);
    }

    fn add_between(
        &mut self,
        problem: Problem,
        idx: usize,
        neighbour: Option<usize>,
        at: Option<Coord<f64>>,
        area_m2: Option<f64>,
    ) {
        self.n_findings += 1;
        if self.findings.len() < MOST_FINDINGS {
            self.findings.push(Finding {
                problem,
                feature_idx: idx,
                id: self.layer.features.get(idx).map_or(0, |feature| feature.id),
                name: self.name(idx),
                neighbour: neighbour.map(|other| self.name(other)),
                at,
                area_m2,
            });
        }
    }

    /// Area in square metres.
    fn area_m2(&self, shape: &Geometry<f64>) -> f64 {
        if self.layer.crs.is_geographic() { geodesic_area_m2(shape) } else { shape.unsigned_area() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Crs, Feature, Layer};

    fn check_one(crs: Crs, shape: Geometry<f64>, expected: &[Problem]) {
        let features = vec![Feature { id: 7, shape: Some(shape), values: vec![] }];
        let layer = Layer { name: "l".into(), crs, fields: vec![], features };
        let report = check(&layer, &Rules::municipalities(None)).unwrap();
        let problems: Vec<_> = report.findings.iter().map(|finding| finding.problem).collect();
        assert_eq!(problems, expected, "{:?}", report.findings);
        assert!(report.findings.iter().all(|finding| finding.name == "7" && finding.at.is_some()));
    }

    fn polygon(outer: &[(f64, f64)], holes: &[&[(f64, f64)]]) -> Geometry<f64> {
        let ring = |points: &[(f64, f64)]| geo::LineString::from(points.to_vec());
        Geometry::Polygon(geo::Polygon::new(ring(outer), holes.iter().map(|hole| ring(hole)).collect()))
    }

    const SQUARE: &[(f64, f64)] = &[(0., 0.), (10., 0.), (10., 10.), (0., 10.)];

    #[test]
    fn each_fault_of_a_shape_is_named() {
        let fault = |outer: &[(f64, f64)], holes: &[&[(f64, f64)]], expected: &[Problem]| {
            check_one(Crs::Wgs84, polygon(outer, holes), expected);
        };
        fault(SQUARE, &[&[(1., 1.), (2., 1.), (2., 2.), (1., 2.)]], &[]);
        // A bow tie.
        fault(&[(0., 0.), (10., 10.), (10., 0.), (0., 7.)], &[], &[Problem::SelfCrossing]);
        // A spike that runs back on itself.
        fault(&[(0., 0.), (10., 0.), (15., 0.), (10., 0.), (10., 10.)], &[], &[Problem::SelfCrossing]);
        // Two triangles that meet in a corner of one ring.
        fault(&[(0., 0.), (5., 5.), (10., 0.), (10., 10.), (5., 5.), (0., 10.)], &[], &[Problem::SelfTouching]);
        fault(&[(0., 0.), (10., 0.), (10., 0.), (10., 10.)], &[], &[Problem::DuplicateVertex]);
        fault(&[(0., 0.), (10., 0.)], &[], &[Problem::TooFewPoints]);
        fault(&[(0., 0.), (5., 5.), (10., 10.)], &[], &[Problem::ZeroArea]);
        fault(SQUARE, &[&[(21., 1.), (22., 1.), (22., 2.)]], &[Problem::HoleOutside]);
        let inner: &[(f64, f64)] = &[(2., 2.), (4., 2.), (4., 4.)];
        fault(SQUARE, &[&[(1., 1.), (8., 1.), (8., 8.), (1., 8.)], inner], &[Problem::WrongNesting]);
        // A hole that crosses its outer ring.
        fault(SQUARE, &[&[(5., 5.), (15., 5.), (15., 6.), (5., 6.)]], &[Problem::WrongNesting; 2]);
    }

    #[test]
    fn areas_that_cross_themselves_are_found_without_the_rest() {
        let bow_tie = polygon(&[(0., 0.), (10., 10.), (10., 0.), (0., 10.)], &[]);
        let touching = polygon(&[(0., 0.), (5., 5.), (10., 0.), (10., 10.), (5., 5.), (0., 10.)], &[]);
        let line = Geometry::LineString(geo::LineString::from(vec![(0., 0.), (9., 9.), (9., 0.), (0., 9.)]));
        let shapes = [Some(polygon(SQUARE, &[])), None, Some(touching), Some(bow_tie), Some(line)];
        let feature = |(at, shape)| Feature { id: at as i64 + 1, shape, values: vec![] };
        let features = shapes.into_iter().enumerate().map(feature).collect();
        let layer = Layer { name: "l".into(), crs: Crs::Mollweide, fields: vec![], features };
        let found = self_crossings(&layer, None);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!((found[0].feature_idx, found[0].name.as_str()), (3, "4"));
        assert_eq!(found[0].at, Some(Coord { x: 5.0, y: 5.0 }));
    }

    #[test]
    fn parts_within_each_other_are_named() {
        let Geometry::Polygon(outer) = polygon(SQUARE, &[]) else { panic!() };
        let Geometry::Polygon(inner) = polygon(&[(1., 1.), (2., 1.), (2., 2.)], &[]) else { panic!() };
        check_one(Crs::Wgs84, Geometry::MultiPolygon(geo::MultiPolygon(vec![outer, inner])), &[Problem::WrongNesting]);
    }

    #[test]
    fn coordinates_outside_of_the_world_are_named() {
        let at = |x: f64, y: f64| polygon(&[(x, y), (x + 1., y), (x + 1., y + 1.)], &[]);
        check_one(Crs::Wgs84, at(-33.9, 151.2), &[Problem::Swapped]);
        check_one(Crs::Wgs84, at(4_321_000., 3_210_000.), &[Problem::OutsideWorld]);
        check_one(Crs::Wgs84, at(179.5, -17.), &[Problem::CrossesAntimeridian]);
        check_one(Crs::Wgs84, polygon(&[(179., 0.), (-179., 0.), (-179., 1.)], &[]), &[Problem::CrossesAntimeridian]);
        check_one(Crs::Mollweide, at(3e7, 0.), &[Problem::OutsideWorld]);
        check_one(Crs::Mollweide, at(1e6, 1e6), &[]);
    }
}
