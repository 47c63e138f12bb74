//! Features against each other: overlaps and gaps.

use std::collections::BTreeSet;

use geo::{
    BoundingRect as _, Coord, CoordinatePosition as _, Geometry, InteriorPoint as _, Length as _, Line, LineString,
    Polygon,
    coordinate_position::CoordPos,
    line_intersection::{LineIntersection, line_intersection},
};
use i_overlay::{core::fill_rule::FillRule, float::simplify::SimplifyShape as _};
use rayon::prelude::*;
use rstar::{AABB, RTree, RTreeObject};

use super::{
    Found, Problem,
    edges::{Edge, Edges, polygons_of},
    overlay::common,
};
use crate::{Fault, Place};

/// Pairs of features whose common area is computed: more are no layer of boundaries.
const MOST_PAIRS: usize = 1_000_000;

/// Looks for overlaps and gaps between the areas of the layer.
pub(super) fn check(found: &mut Found<'_>) -> Result<(), Fault> {
    let shapes: Vec<Option<&Geometry<f64>>> =
        found.layer.features.iter().map(|feature| feature.shape.as_ref()).collect();
    let edges = Edges::of(&shapes).ok_or_else(|| Fault::TooLarge {
        place: Place::file(&found.layer.name),
        what: "positions",
        limit: u64::from(u32::MAX),
    })?;
    let tree = RTree::bulk_load(edges.unmatched.clone());
    overlaps(found, &shapes, &edges, &tree)?;
    gaps(found, &edges, &tree);
    Ok(())
}

/// A polygon of a feature and its box.
struct Boxed<'a> {
    polygon: &'a Polygon<f64>,
    owner: u32,
    envelope: AABB<[f64; 2]>,
}

impl RTreeObject for Boxed<'_> {
    type Envelope = AABB<[f64; 2]>;

    fn envelope(&self) -> Self::Envelope {
        self.envelope
    }
}

fn pair(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// Pairs of features that may overlap: they have an edge on the same side, edges that meet elsewhere than in common
/// vertices, or a run of edges of one lies in the other. Then their common area is computed.
fn overlaps(
    found: &mut Found<'_>,
    shapes: &[Option<&Geometry<f64>>],
    edges: &Edges,
    tree: &RTree<Edge>,
) -> Result<(), Fault> {
    let mut pairs: BTreeSet<(u32, u32)> = edges.same_side.iter().copied().collect();
    // An edge without partner may also run into areas all of whose own edges have one.
    let unmatched = edges.unmatched.iter().map(|edge| (edge.line, edge.owner));
    for (line, owner) in unmatched.chain(edges.matched()) {
        if pairs.len() > MOST_PAIRS {
            return Err(Fault::TooLarge {
                place: Place::file(&found.layer.name),
                what: "pairs of features that lie over each other",
                limit: MOST_PAIRS as u64,
            });
        }
        let envelope = AABB::from_corners(line.start.into(), line.end.into());
        for other in tree.locate_in_envelope_intersecting(&envelope) {
            if other.owner != owner && !pairs.contains(&pair(owner, other.owner)) && meets(line, other.line) {
                pairs.insert(pair(owner, other.owner));
            }
        }
    }
    let mut boxed = Vec::new();
    for (owner, shape) in (0_u32..).zip(shapes) {
        let mut polygons = Vec::new();
        shape.iter().for_each(|shape| polygons_of(shape, &mut polygons));
        boxed.extend(polygons.into_iter().filter_map(|polygon| {
            let bounds = polygon.bounding_rect()?;
            Some(Boxed { polygon, owner, envelope: AABB::from_corners(bounds.min().into(), bounds.max().into()) })
        }));
    }
    let boxed = RTree::bulk_load(boxed);
    for edge in edges.unmatched.iter().filter(|edge| edge.begins_run) {
        let middle = (edge.line.start + edge.line.end) / 2.0;
        for holder in boxed.locate_in_envelope_intersecting(&AABB::from_point(middle.into())) {
            if holder.owner != edge.owner
                && !pairs.contains(&pair(edge.owner, holder.owner))
                && holder.polygon.coordinate_position(&middle) == CoordPos::Inside
            {
                pairs.insert(pair(edge.owner, holder.owner));
            }
        }
    }
    let area = |owner: u32| {
        let mut polygons = Vec::new();
        shapes.get(owner as usize).into_iter().flatten().for_each(|shape| polygons_of(shape, &mut polygons));
        polygons
    };
    let pairs: Vec<(u32, u32)> = pairs.into_iter().collect();
    let among = &*found;
    let overlap = |&(one, other): &(u32, u32)| {
        let common = Geometry::MultiPolygon(common(&area(one), &area(other)));
        let area_m2 = among.area_m2(&common);
        (area_m2 > among.rules.ignore_m2).then(|| (one, other, place_in(&common), area_m2))
    };
    let overlaps: Vec<_> = pairs.par_iter().filter_map(overlap).collect();
    for (one, other, at, area_m2) in overlaps {
        found.add_between(Problem::Overlap, one as usize, Some(other as usize), at, Some(area_m2));
    }
    Ok(())
}

/// Whether two edges meet elsewhere than in a common vertex.
fn meets(one: Line<f64>, other: Line<f64>) -> bool {
    match line_intersection(one, other) {
        Some(LineIntersection::SinglePoint { intersection, is_proper }) => {
            let is_end = |line: Line<f64>| line.start == intersection || line.end == intersection;
            is_proper || !(is_end(one) && is_end(other))
        }
        Some(LineIntersection::Collinear { intersection }) => intersection.start != intersection.end,
        None => false,
    }
}

/// Holes of all areas together: the ground within that no feature has.
fn gaps(found: &mut Found<'_>, edges: &Edges, tree: &RTree<Edge>) {
    let contours = edges.contours();
    if contours.is_empty() {
        return;
    }
    let united = contours.simplify_shape(FillRule::NonZero);
    let among = &*found;
    let gap = |hole: Vec<[f64; 2]>| {
        let ring = LineString::from(hole);
        let length = geo::Euclidean.length(&ring);
        let gap = Polygon::new(ring, vec![]);
        let bounds = gap.bounding_rect()?;
        let shape = Geometry::Polygon(gap);
        let area_m2 = among.area_m2(&shape);
        let length_m = if among.layer.crs.is_geographic() { crate::project::geodesic_length_m(&shape) } else { length };
        let is_narrow = 2.0 * area_m2 < among.rules.gap_narrower_m * length_m;
        if area_m2 <= among.rules.ignore_m2 || !(area_m2 < among.rules.gap_below_m2 || is_narrow) {
            return None;
        }
        let envelope = AABB::from_corners(bounds.min().into(), bounds.max().into());
        let owners: BTreeSet<u32> = tree.locate_in_envelope_intersecting(&envelope).map(|edge| edge.owner).collect();
        // A hole of one feature alone is its own affair.
        let mut owners = owners.into_iter();
        Some((owners.next()?, owners.next()?, place_in(&shape), area_m2))
    };
    let holes: Vec<Vec<[f64; 2]>> = united.into_iter().flat_map(|shape| shape.into_iter().skip(1)).collect();
    let gaps: Vec<_> = holes.into_par_iter().filter_map(gap).collect();
    for (one, other, at, area_m2) in gaps {
        found.add_between(Problem::Gap, one as usize, Some(other as usize), at, Some(area_m2));
    }
}

/// A place inside of a fault, to go and look.
fn place_in(shape: &Geometry<f64>) -> Option<Coord<f64>> {
    shape.interior_point().map(|point| point.0)
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::super::{Rules, check};
    use super::*;
    use crate::{Crs, Feature, Field, FieldKind, Layer, Value};

    fn layer(shapes: Vec<Polygon<f64>>) -> Layer {
        let features = (1_i64..).zip(shapes).map(|(id, shape)| Feature {
            id,
            shape: Some(Geometry::Polygon(shape)),
            values: vec![Value::Text(format!("Ward {id}"))],
        });
        Layer {
            name: "wards".into(),
            crs: Crs::LaeaEurope,
            fields: vec![Field { name: "name".into(), kind: FieldKind::Text }],
            features: features.collect(),
        }
    }

    fn square(x: f64, y: f64, side: f64) -> Polygon<f64> {
        // In the middle of Europe, in metres.
        let (x, y) = (x + 4_300_000.0, y + 3_200_000.0);
        polygon![(x: x, y: y), (x: x + side, y: y), (x: x + side, y: y + side), (x: x, y: y + side)]
    }

    fn found(layer: &Layer) -> Vec<(Problem, String, Option<String>, Option<f64>)> {
        let report = check(layer, &Rules::municipalities(Some("name"))).unwrap();
        assert_eq!(report.n_findings, report.findings.len());
        report.findings.into_iter().map(|f| (f.problem, f.name, f.neighbour, f.area_m2.map(f64::round))).collect()
    }

    fn of(problem: Problem, one: &str, other: &str, area: f64) -> (Problem, String, Option<String>, Option<f64>) {
        (problem, one.to_owned(), Some(other.to_owned()), Some(area))
    }

    #[test]
    fn neighbours_that_fit_are_fine() {
        let grid = (0..9).map(|i| square(f64::from(i % 3) * 100.0, f64::from(i / 3) * 100.0, 100.0)).collect();
        assert_eq!(found(&layer(grid)), []);
        // A vertex of one on the edge of the other is no fault either.
        assert_eq!(found(&layer(vec![square(0., 0., 100.), square(100., 0., 50.), square(100., 50., 50.)])), []);
    }

    #[test]
    fn overlaps_are_named_with_their_area() {
        let crossing = layer(vec![square(0., 0., 100.), square(90., 20., 100.)]);
        assert_eq!(found(&crossing), [of(Problem::Overlap, "Ward 1", "Ward 2", 800.0)]);
        let same = layer(vec![square(0., 0., 100.), square(0., 0., 100.)]);
        assert_eq!(found(&same), [of(Problem::Overlap, "Ward 1", "Ward 2", 10_000.0)]);
        let within = layer(vec![square(0., 0., 100.), square(10., 10., 20.)]);
        assert_eq!(found(&within), [of(Problem::Overlap, "Ward 1", "Ward 2", 400.0)]);
        // Sharing a corner and an edge, on the same side.
        let corner = layer(vec![square(0., 0., 100.), square(0., 0., 50.)]);
        assert_eq!(found(&corner), [of(Problem::Overlap, "Ward 1", "Ward 2", 2_500.0)]);
    }

    #[test]
    fn an_overlap_between_common_vertices_is_found() {
        // The second enters the first at one of its corners and leaves at another: no edges cross.
        let (x, y) = (4_300_000.0, 3_200_000.0);
        let second =
            polygon![(x: x, y: y), (x: x + 200., y: y - 100.), (x: x + 200., y: y + 200.), (x: x + 100., y: y + 100.)];
        assert_eq!(
            found(&layer(vec![square(0., 0., 100.), second])),
            [of(Problem::Overlap, "Ward 1", "Ward 2", 5_000.0)]
        );
    }

    #[test]
    fn slivers_between_neighbours_are_gaps_and_lakes_are_not() {
        // Four around a hole of 2 by 100.
        let (x, y) = (4_300_000.0, 3_200_000.0);
        let rect = |a: f64, b: f64, c: f64, d: f64| polygon![(x: x + a, y: y + b), (x: x + c, y: y + b), (x: x + c, y: y + d), (x: x + a, y: y + d)];
        let around = |width: f64, height: f64| {
            layer(vec![
                rect(0., 0., 300. + width, 100.),
                rect(0., 100., 100., 100. + height),
                rect(100. + width, 100., 300. + width, 100. + height),
                rect(0., 100. + height, 300. + width, 200. + height),
            ])
        };
        let sliver = found(&around(2.0, 100.0));
        assert_eq!(sliver.len(), 1);
        assert_eq!((sliver[0].0, sliver[0].3), (Problem::Gap, Some(200.0)));
        assert_eq!(found(&around(2000.0, 1000.0)), []);
        // An enclave that fills its hole.
        let ring = polygon![
            exterior: [(x: x, y: y), (x: x + 100., y: y), (x: x + 100., y: y + 100.), (x: x, y: y + 100.)],
            interiors: [[(x: x + 10., y: y + 10.), (x: x + 30., y: y + 10.), (x: x + 30., y: y + 30.), (x: x + 10., y: y + 30.)]],
        ];
        assert_eq!(found(&layer(vec![ring, square(10., 10., 20.)])), []);
    }

    #[test]
    fn one_area_of_fifty_thousand_is_too_large() {
        let side = 224;
        let shapes: Vec<_> = (0..side * side)
            .map(|i| square(f64::from(i % side) * 10.0, f64::from(i / side) * 10.0, if i == 777 { 12.0 } else { 10.0 }))
            .collect();
        let found = found(&layer(shapes));
        // The one that is too large lies over three of its neighbours.
        assert_eq!(found.iter().filter(|finding| finding.0 == Problem::Overlap).count(), 3, "{found:?}");
    }
}
