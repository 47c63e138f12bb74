//! What is measured beside the method where the settings ask for it: walks to any places, frequent service, and the streets on
//! which vehicles stop anywhere.

use super::{FrequentService, Named, Options, PlaceOrigin, PlaceSet, PlacesReached, evaluate::counts, inputs::Inputs};
use crate::{
    access::{Shares, WalkAccess},
    city::read_layer,
    error::StreetsError,
    gtfs::date_of_day,
    network::{SnapIndex, Snapped},
    places::{Destinations, PlaceAccess},
    progress::Progress,
    sphere::{Plane, haversine_m},
    tables::Refused,
};
use geo::Geometry;
use rustc_hash::FxHashMap;
use std::path::Path;

/// A line is looked at in steps of so many metres.
const STEP_M: f64 = 5.0;
/// How far beside a street a line of vehicles may be drawn.
const BESIDE_M: f64 = 20.0;
/// Points of lines that are looked at, at most: 50 000 km.
const POINTS_LIMIT: usize = 10_000_000;

/// Streets along lines on which vehicles stop anywhere: edges of the network, ascending. A street is one of them where a line
/// runs beside at least half of it and no other street is nearer; lines that cross it do not count.
///
/// Source: the metadata of SDG 11.2.1 on paratransit without fixed stops.
pub(super) fn streets_served(path: &Path, index: &SnapIndex<'_>) -> Result<(u64, Vec<u32>), StreetsError> {
    let layer = read_layer(path)?;
    let mut lines: Vec<Vec<[f64; 2]>> = Vec::new();
    for shape in layer.features.iter().filter_map(|feature| feature.shape.as_ref()) {
        lines_of(shape, &mut lines);
    }
    let wrong = |why: String| StreetsError::Shape { file: path.display().to_string(), why };
    if lines.is_empty() {
        return Err(wrong("it holds no line; lines along which vehicles stop are expected".into()));
    }
    let mut points = Vec::new();
    for pair in lines.iter().flat_map(|line| line.windows(2)) {
        let [from, to] = [pair[0], pair[1]];
        let n = (haversine_m(from, to) / STEP_M).ceil().max(1.0);
        if !n.is_finite() || points.len() as f64 + n > POINTS_LIMIT as f64 {
            return Err(wrong("its lines are longer than 50 000 km, or no lines on Earth".into()));
        }
        let at = |i: f64| [0, 1].map(|axis| from[axis] + i / n * (to[axis] - from[axis]));
        points.extend((0..n as usize).map(|i| i as f64).map(|i| (at(i + 0.5), [at(i), at(i + 1.0)])));
    }
    let places: Vec<[f64; 2]> = points.iter().map(|(place, _)| *place).collect();
    // What of each edge is run along, as shares of its length: a line that comes twice counts once, and one that crosses
    // runs along nothing.
    let mut beside: FxHashMap<u32, Vec<[f64; 2]>> = FxHashMap::default();
    let network = index.network();
    for (snapped, (_, ends)) in index.edges(&places, BESIDE_M).into_iter().zip(&points) {
        let Some(at) = snapped else { continue };
        let [start, end] = [0.0, 1.0].map(|t| network.along(at.edge, t));
        let plane = Plane::at(start[0], start[1]);
        let edge = plane.project(end);
        let squared = edge.x * edge.x + edge.y * edge.y;
        if squared > 0.0 {
            let share = |place: [f64; 2]| {
                let to = plane.project(place);
                ((to.x * edge.x + to.y * edge.y) / squared).clamp(0.0, 1.0)
            };
            let [a, b] = ends.map(share);
            beside.entry(at.edge).or_default().push([a.min(b), a.max(b)]);
        }
    }
    let is_run_along = |(edge, parts): (u32, Vec<[f64; 2]>)| (covered(parts) >= 0.5 - 1e-9).then_some(edge);
    let mut edges: Vec<u32> = beside.into_iter().filter_map(is_run_along).collect();
    edges.sort_unstable();
    Ok((lines.len() as u64, edges))
}

/// How much of the line from 0 to 1 parts of it cover together.
fn covered(mut parts: Vec<[f64; 2]>) -> f64 {
    parts.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let (mut sum, mut up_to) = (0.0, 0.0f64);
    for [from, to] in parts {
        sum += (to - from.max(up_to)).max(0.0);
        up_to = up_to.max(to);
    }
    sum
}

fn lines_of(shape: &Geometry<f64>, into: &mut Vec<Vec<[f64; 2]>>) {
    match shape {
        Geometry::LineString(line) => into.push(line.coords().map(|at| [at.x, at.y]).collect()),
        Geometry::MultiLineString(lines) => {
            into.extend(lines.iter().map(|line| line.coords().map(|at| [at.x, at.y]).collect()));
        }
        Geometry::GeometryCollection(shapes) => shapes.iter().for_each(|shape| lines_of(shape, into)),
        _ => {}
    }
}

/// Who lives within a walk of each set of places.
pub(super) fn places_reached(
    inputs: &Inputs,
    index: &SnapIndex<'_>,
    cells: &[Option<Snapped>],
    options: &Options,
    progress: Progress<'_>,
) -> Result<(Named<PlacesReached>, Vec<Refused>), StreetsError> {
    let (mut found, mut refused) = (Vec::new(), Vec::new());
    for PlaceSet { name, origin, within_m } in &inputs.settings.choices.places {
        let places = match (origin, &inputs.settings.osm) {
            (PlaceOrigin::File(path), _) => Destinations::read(path)?,
            (PlaceOrigin::Extract(tags), Some(osm)) => Destinations::of_osm(osm, tags, progress)?,
            // Settings that ask for this are refused.
            (PlaceOrigin::Extract(_), None) => Destinations::default(),
        };
        let limit_m = within_m.iter().copied().fold(options.limit_m, f64::max);
        let access = PlaceAccess::of(index, &places.places, cells, limit_m, progress)?;
        let is_known = !places.places.is_empty();
        let mut shares = access.shares(&inputs.population, within_m);
        if !is_known {
            // No place in the data is no place on the ground, perhaps; unknown is the honest word.
            shares.iter_mut().for_each(|share| share.percent = None);
        }
        found.push((name.clone(), PlacesReached { places: places.places.len() as u64, shares }));
        refused.extend(places.refused);
    }
    Ok((Named(found), refused))
}

/// Shares by stops where vehicles come often enough, beside those by all stops.
pub(super) fn frequent(
    inputs: &Inputs,
    index: SnapIndex<'_>,
    cells: &[Option<Snapped>],
    options: &Options,
    progress: Progress<'_>,
) -> Result<Option<FrequentService>, StreetsError> {
    let (Some(rule), Some(stops)) = (&inputs.settings.choices.frequency, &inputs.frequent) else { return Ok(None) };
    let access = WalkAccess::of(index, stops, &[], options.limit_m, progress)?;
    let distances = access.distances(cells);
    let of = |people: &[Option<f64>]| if stops.is_empty() { Shares::default() } else { Shares::of(people, &distances) };
    let groups = inputs.population.groups.iter().map(|group| (group.name.clone(), of(&group.people)));
    Ok(Some(FrequentService {
        most_minutes: rule.most_minutes,
        day: inputs.frequency_day.map(date_of_day),
        stops: counts(stops),
        share_percent: Named(groups.collect()),
    }))
}
