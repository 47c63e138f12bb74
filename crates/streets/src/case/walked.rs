//! The part of a result that is walked: network, distances, areas, open space, streets.

use super::{
    CellTable, CrowFly, Evaluation, MeanDistances, Named, OpenSpaceResult, Options, Paratransit, People, Served,
    ServedShape, ServiceArea, Shapes, Spread, Stops, Unknown, VerifiedOpenSpace, Warning,
    beside::{frequent, places_reached, streets_served},
    evaluate::{counts, distances_crow_fly, near_threshold, of_all, shares_by_group},
    inputs::Inputs,
    kept::Kept,
};
use crate::{
    access::{CellDistances, Connectors, HIGH_M, LOW_M, Lattice, Shares, WalkAccess, buffered},
    city::City,
    error::StreetsError,
    field::Reached,
    layout::Layout,
    network::{Network, SnapIndex, Snapped, StreetNetwork},
    open_space::{OpenLand, OpenSpace, OpenSpaceAccess, SMALL_M2},
    osm::{OsmWays, WayNetwork, WidthTable, read_ways},
    progress::{Progress, Stage, tell},
    sphere::{METRES_PER_DEGREE, Plane},
    tables::{Population, PopulationGroup, Stop},
};
use geo::Area;
use std::path::Path;

/// Stops farther from the network than this are counted.
const FAR_M: f64 = 100.0;
/// More open space and streets than any benchmark asks for, percent of the city: 15 and 30.
const MUCH_PUBLIC_PERCENT: f64 = 45.0;
/// How much of an extract must lie beyond the city.
const MARGIN_M: f64 = 1500.0;
/// Points that a spread of cells may have.
const SPREAD_LIMIT: usize = 20_000_000;

/// The networks of a case.
pub(super) struct Walked {
    walking: Network,
    streets: StreetNetwork,
    replicated_at: Option<i64>,
    bounds: Option<[f64; 4]>,
}

impl Walked {
    /// Reads the extract and builds both networks.
    pub fn read(inputs: &mut Inputs, progress: Progress<'_>) -> Result<Self, StreetsError> {
        let Some(path) = inputs.settings.osm.clone() else {
            let why = "`osm` is missing: distances along streets need an extract, or set `mode` to `crow_fly`".into();
            return Err(StreetsError::Case { file: inputs.settings.id.clone(), why });
        };
        let mut excluded = inputs.settings.choices.excluded_ways.clone();
        excluded.sort_unstable();
        excluded.dedup();
        let ways = read(&path, &excluded, progress)?;
        let unknown: Vec<&i64> = excluded.iter().filter(|way| ways.excluded.binary_search(way).is_err()).collect();
        if !unknown.is_empty() {
            let first = unknown.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join(", ");
            inputs.warnings.push(Warning::ExcludedWaysUnknown { n: unknown.len() as u64, first });
        }
        tell(progress, Stage::Network, 0, 0)?;
        let bounds = ways.bounds();
        inputs.refuse_elsewhere(bounds);
        if let (Some([west, south, east, north]), Some(city)) = (bounds, &inputs.city) {
            let [w, s, e, n] = city.bounds(0.0);
            if w > east || e < west || s > north || n < south {
                let why = format!(
                    "`area` ({w:.3} to {e:.3}, {s:.3} to {n:.3}) lies outside of the extract ({west:.3} to {east:.3}, \
                     {south:.3} to {north:.3}); are longitude and latitude swapped?"
                );
                return Err(StreetsError::Case { file: inputs.settings.id.clone(), why });
            }
        }
        let (walking, streets) =
            rayon::join(|| Network::walking(&ways, inputs.settings.min_component_m), || StreetNetwork::of(&ways));
        Ok(Self { walking: walking?, streets: streets?, replicated_at: ways.header.replicated_at, bounds })
    }
}

fn read(path: &Path, excluded: &[i64], progress: Progress<'_>) -> Result<OsmWays, StreetsError> {
    read_ways(path, WayNetwork { walked: true, streets: true, excluded }, progress)
}

/// Measures everything that is walked.
pub(super) fn measure(
    evaluation: &mut Evaluation,
    inputs: &mut Inputs,
    walked: &Walked,
    (options, kept): (&Options, &dyn Kept),
    progress: Progress<'_>,
) -> Result<(), StreetsError> {
    let report = &mut evaluation.report;
    report.network_replicated_at = walked.replicated_at;
    report.walk_network = Some(walked.walking.counts);
    network_warnings(&mut report.warnings, walked, inputs.city.as_ref());
    let has_network = walked.walking.graph.n_edges() > 0;
    if !has_network {
        report.unknown.push(Unknown { what: "sdg_11_2_1", why: "no_network" });
    }
    let population = &inputs.population;

    tell(progress, Stage::Snapping, 0, 0)?;
    let index = SnapIndex::of(&walked.walking);
    let cells = index.edges(&population.places, f64::INFINITY);
    tell(progress, Stage::Distances, 0, 0)?;
    let along = match &inputs.settings.choices.paratransit {
        Some(path) if has_network => Some(streets_served(path, &index)?),
        _ => None,
    };
    let streets: &[u32] = along.as_ref().map_or(&[], |(_, edges)| edges);
    let known = has_network && !(inputs.stops.is_empty() && streets.is_empty());
    let access = WalkAccess::of(index, &inputs.stops, streets, options.limit_m, progress)?;
    let distances = access.distances(&cells);

    report.stops = told_stops(&inputs.stops, &access.stops);
    let lengths = walked.walking.graph.lengths();
    report.paratransit = along.as_ref().map(|(lines, edges)| Paratransit {
        lines: *lines,
        edges: edges.len() as u64,
        street_km: edges.iter().map(|edge| lengths[*edge as usize]).sum::<f64>() / 1000.0 + 0.0,
    });
    let far = report.stops.connector_over_100m.unwrap_or_default();
    if far > 0 {
        let percent = 100.0 * far as f64 / inputs.stops.len() as f64;
        report.warnings.push(Warning::StopsFarFromNetwork { n: far, percent, farther_than_m: FAR_M });
    }
    report.cell_spacing_m = cell_spacing_m(&population.places);
    people(evaluation, population, &cells, &distances, known);
    let report = &mut evaluation.report;
    shares_by_group(report, population, &distances, known);
    let all: &[Option<f64>] = population.groups.first().map_or(&[], |all| &all.people);
    let any_m = distances.any_m();
    if known {
        // Streets on which vehicles stop anywhere are no nodes: without a stop there is nothing to compare.
        if !inputs.stops.is_empty() {
            let by_node = access.distances_by_node(&inputs.stops, &population.places, progress)?;
            report.share_percent_node_snap_no_connector = Some(Shares::of(all, &by_node));
        }
        let within = |metres: &f64| (*metres, of_all(population, |cell| any_m[cell] <= *metres));
        report.curve_any_percent = Some(options.curve_m.iter().map(within).collect());
        if let Some((cell_m, k)) = inputs.settings.choices.spread {
            report.share_percent_spread = Some(spread(&access, population, cell_m, k)?);
        }
    }
    if !inputs.stops.is_empty() {
        let crow_fly = distances_crow_fly(population, &inputs.stops);
        report.share_percent_crow_fly = Some(CrowFly::All(Shares::of(all, &crow_fly)));
    }
    let half_metre = near_threshold(population, &distances, 0.5);
    let percent = half_metre.low_500.into_iter().chain(half_metre.high_1000).fold(0.0, f64::max);
    if percent > 0.1 {
        report.warnings.push(Warning::SensitiveToThreshold { percent });
    }
    report.sensitivity_pop_percent_within_half_metre_of_threshold = Some(half_metre);
    report.sensitivity_pop_percent_within_5cm_of_threshold = Some(near_threshold(population, &distances, 0.05));
    report.network_distance_m_pop_weighted_mean_where_reached = Some(MeanDistances {
        low: mean_m(all, &distances.low_m),
        high: mean_m(all, &distances.high_m),
        any: mean_m(all, &any_m),
    });
    if has_network {
        let (places, refused) = places_reached(inputs, &access.index, &cells, options, progress)?;
        report.places = (!places.0.is_empty()).then_some(places);
        report.refused.extend(refused);
        report.frequent_service = frequent(inputs, SnapIndex::of(&walked.walking), &cells, options, progress)?;
        if report.frequent_service.as_ref().is_some_and(|of| of.stops.low + of.stops.high == 0) {
            report.unknown.push(Unknown { what: "frequent_service", why: "no_frequent_stop" });
        }
    }
    evaluation.cells = CellTable::of(population, distances.low_m, distances.high_m);

    if let Some(city) = &inputs.city {
        tell(progress, Stage::Areas, 0, 0)?;
        if known {
            service_area(evaluation, city, &access, inputs.settings.lattice_m, (options, kept), progress)?;
        }
        tell(progress, Stage::Streets, 0, 0)?;
        let layout = Layout::of(&walked.streets, city, &WidthTable(inputs.settings.choices.widths.clone()));
        if !layout.mostly_oneway.is_empty() {
            evaluation.report.warnings.push(Warning::MostlyOneway { classes: layout.mostly_oneway.clone() });
        }
        evaluation.report.streets = Some(layout);
        tell(progress, Stage::OpenSpace, 0, 0)?;
        if let Some(spaces) = &inputs.open_spaces {
            let cells = (population.places.as_slice(), cells.as_slice());
            if !has_network {
                evaluation.report.unknown.push(Unknown { what: "open_space_access", why: "no_network" });
            }
            open_space(
                evaluation,
                city,
                &access.index,
                (spaces, &inputs.gates),
                (population, cells),
                options,
                progress,
            )?;
        }
    }
    Ok(())
}

fn network_warnings(warnings: &mut Vec<Warning>, walked: &Walked, city: Option<&City>) {
    let counts = &walked.walking.counts;
    if counts.missing_refs > 0 {
        warnings.push(Warning::NodesMissing { n: counts.missing_refs });
    }
    let percent = 100.0 * (1.0 - counts.edges as f64 / counts.edges_before_prune.max(1) as f64);
    if percent > 5.0 && counts.edges_before_prune > 0 {
        warnings.push(Warning::MuchPruned { percent });
    }
    if let (Some([west, south, east, north]), Some(city)) = (walked.bounds, city) {
        let [w, s, e, n] = city.bounds(MARGIN_M);
        let east_m = METRES_PER_DEGREE * ((s + n) / 2.0).to_radians().cos();
        let missing = [
            (west - w) * east_m,
            (south - s) * METRES_PER_DEGREE,
            (e - east) * east_m,
            (n - north) * METRES_PER_DEGREE,
        ];
        // A metre for rounding.
        if missing.iter().any(|metres| *metres > 1.0) {
            warnings.push(Warning::ExtractTooSmall { missing_m: missing.map(|metres| metres.max(0.0)) });
        }
    }
}

fn told_stops(stops: &[Stop], snapped: &[Option<Snapped>]) -> Stops {
    let far = snapped.iter().flatten().filter(|at| at.connector_m > FAR_M).count() as u64;
    Stops {
        total: Some(stops.len() as u64),
        connector_m: Some(Connectors::of(snapped)),
        connector_over_100m: Some(far),
        ..counts(stops)
    }
}

fn people(
    evaluation: &mut Evaluation,
    population: &Population,
    cells: &[Option<Snapped>],
    distances: &CellDistances,
    known: bool,
) {
    let unreached = |cell: usize| distances.low_m[cell].min(distances.high_m[cell]).is_infinite();
    let n_unreached = (0..population.len()).filter(|cell| unreached(*cell)).count() as u64;
    let percent = of_all(population, unreached);
    if let Some(percent) = percent.filter(|percent| known && *percent > 0.0) {
        evaluation.report.warnings.push(Warning::PeopleUnreached { cells: n_unreached, percent });
    }
    evaluation.report.population = Some(People {
        cells: population.len() as u64,
        total: population.total(),
        cells_unreached_2000m: n_unreached,
        unreached_percent: percent,
        connector_m: Connectors::of(cells),
    });
}

/// Mean distance of people who are reached.
fn mean_m(people: &[Option<f64>], distances_m: &[f64]) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for (people, distance_m) in people.iter().zip(distances_m) {
        if let Some(people) = people.filter(|_| distance_m.is_finite()) {
            sum += people * distance_m;
            all += people;
        }
    }
    (all > 0.0).then(|| sum / all)
}

/// Median distance of a cell to the nearest other, metres: how fine the people are known.
pub(super) fn cell_spacing_m(places: &[[f64; 2]]) -> Option<f64> {
    // Along rows of a table neighbours may be far apart, so by longitude, and no farther than the best so far.
    let mut sorted: Vec<[f64; 2]> = places.to_vec();
    sorted.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    sorted.dedup();
    // Some hundreds are enough for a median.
    let step = (sorted.len() / 512).max(1);
    let mut nearest: Vec<f64> = Vec::new();
    for i in (0..sorted.len()).step_by(step) {
        let (at, mut best) = (sorted[i], f64::INFINITY);
        let plane = Plane::at(at[0], at[1]);
        for side in [&mut sorted[..i].iter().rev() as &mut dyn Iterator<Item = &[f64; 2]>, &mut sorted[i + 1..].iter()]
        {
            for other in side {
                let to = plane.project(*other);
                if to.x.abs() >= best {
                    break;
                }
                best = best.min(to.x.hypot(to.y));
            }
        }
        nearest.extend(best.is_finite().then_some(best));
    }
    nearest.sort_by(f64::total_cmp);
    nearest.get(nearest.len() / 2).copied()
}

/// Shares with every cell spread evenly over a square of k × k points.
fn spread(access: &WalkAccess<'_>, population: &Population, cell_m: f64, k: u32) -> Result<Spread, StreetsError> {
    let per_cell = (k as usize).saturating_mul(k as usize);
    let n = population.len().saturating_mul(per_cell);
    if k == 0 || cell_m.is_nan() || cell_m <= 0.0 || n > SPREAD_LIMIT {
        let why =
            format!("cells of {cell_m} m with {k} × {k} points give {n} points; from 1 to {SPREAD_LIMIT} are possible");
        return Err(StreetsError::Case { file: "spread".into(), why });
    }
    let offset = |i: u32| ((f64::from(i) + 0.5) / f64::from(k) - 0.5) * cell_m;
    let around = |place: &[f64; 2]| {
        let plane = Plane::at(place[0], place[1]);
        (0..k * k).map(move |i| plane.unproject(geo::Coord { x: offset(i % k), y: offset(i / k) })).collect::<Vec<_>>()
    };
    let points: Vec<[f64; 2]> = population.places.iter().flat_map(around).collect();
    let distances = access.distances(&access.index.edges(&points, f64::INFINITY));
    let all = population.groups.first().map_or(&[][..], |all: &PopulationGroup| &all.people);
    let people: Vec<Option<f64>> = all.iter().flat_map(|people| std::iter::repeat_n(*people, per_cell)).collect();
    Ok(Spread { cell_m, k, shares: Shares::of(&people, &distances) })
}

fn service_area(
    evaluation: &mut Evaluation,
    city: &City,
    access: &WalkAccess<'_>,
    lattice_m: f64,
    (options, kept): (&Options, &dyn Kept),
    progress: Progress<'_>,
) -> Result<(), StreetsError> {
    let counts = Lattice { side_m: lattice_m }.count(city, access, progress)?;
    let mut area = ServiceArea::of(lattice_m, &counts);
    let network = access.index.network();
    let (low, high) = (&access.low, &access.high);
    let classes: [(&'static str, &mut Served, [(_, f64); 2]); 5] = [
        ("low_500", &mut area.low_500, [(low, LOW_M), (low, LOW_M)]),
        ("high_1000", &mut area.high_1000, [(high, HIGH_M), (high, HIGH_M)]),
        ("sdg_11_2_1", &mut area.sdg_11_2_1, [(low, LOW_M), (high, HIGH_M)]),
        ("any_500", &mut area.any_500, [(low, LOW_M), (high, LOW_M)]),
        ("any_1000", &mut area.any_1000, [(low, HIGH_M), (high, HIGH_M)]),
    ];
    for (name, served, within) in classes {
        let reached = Reached::within(&network.graph, &within);
        served.reached_network_km = reached.length_m() / 1000.0;
        if options.shapes == Shapes::Skip {
            continue;
        }
        let shape = match kept.held(name) {
            Some(shape) => shape,
            None => {
                let shape = buffered(network, &reached, city, progress)?;
                kept.keep(name, &shape);
                shape
            }
        };
        served.buffer50_in_area_km2 = Some(shape.unsigned_area() / 1e6);
        if options.shapes == Shapes::Keep {
            evaluation.shapes.push(ServedShape { name, shape: city.plane.unproject_shape(&shape) });
        }
    }
    evaluation.report.service_area = Some(area);
    Ok(())
}

/// Cells: who lives there, where they are, where they stand on the network.
type Cells<'c> = (&'c Population, (&'c [[f64; 2]], &'c [Option<Snapped>]));

fn open_space(
    evaluation: &mut Evaluation,
    city: &City,
    index: &SnapIndex<'_>,
    (spaces, gates): (&[OpenSpace], &[[f64; 2]]),
    (population, cells): Cells<'_>,
    options: &Options,
    progress: Progress<'_>,
) -> Result<(), StreetsError> {
    let report = &mut evaluation.report;
    let all: Vec<&OpenSpace> = spaces.iter().collect();
    let verified: Vec<&OpenSpace> = spaces.iter().filter(|space| space.verified).collect();
    let measure = |spaces: &[&OpenSpace]| {
        let access = OpenSpaceAccess::of(index, city.plane, (spaces, gates), cells, options.limit_m, progress)?;
        Ok::<_, StreetsError>((OpenLand::of(city, spaces), access))
    };
    let (land, access) = measure(&all)?;
    // Who lives within a park is no answer where nobody can walk to one.
    let has_network = index.network().graph.n_edges() > 0;
    let people = |access: &OpenSpaceAccess| {
        let shares = access.share_percent(population).into_iter();
        Named(shares.map(|(group, share)| (group, share.filter(|_| has_network))).collect())
    };
    let small = |space: &&OpenSpace| city.plane.project_shape(&space.shape).unsigned_area() < SMALL_M2;
    let verified_only = if verified.is_empty() {
        None
    } else {
        let (land, access) = measure(&verified)?;
        Some(VerifiedOpenSpace {
            area_in_city_km2: land.area_km2,
            share_of_city_percent: land.share_percent,
            population_share_400_percent: people(&access),
        })
    };
    let streets = report.streets.as_ref().map(|streets| streets.land_allocated_to_streets_percent);
    let public = land.share_percent + streets.unwrap_or(0.0);
    if public > MUCH_PUBLIC_PERCENT {
        report.warnings.push(Warning::MuchPublicLand { percent: public });
    }
    let unverified = (spaces.len() - verified.len()) as u64;
    if unverified > 0 {
        report.warnings.push(Warning::OpenSpaceUnverified { n: unverified });
    }
    // No city of the world that was surveyed has so little; the data are thin.
    if land.share_percent < 0.5 {
        report.warnings.push(Warning::OpenSpaceThin { percent: land.share_percent });
    }
    report.open_space = Some(OpenSpaceResult {
        polygons: spaces.len() as u64,
        verified: verified.len() as u64,
        under_400_m2: spaces.iter().filter(small).count() as u64,
        polygons_without_node_within_20m: access.n_without_node,
        source_nodes: access.n_source_nodes,
        polygons_with_gates: (!gates.is_empty()).then_some(access.n_with_gates),
        area_in_city_km2: land.area_km2,
        share_of_city_percent: land.share_percent,
        share_11_7_1_percent: streets.map(|streets| land.share_percent + streets),
        population_share_400_percent: people(&access),
        verified_only,
    });
    evaluation.cells.open_space_m = Some(access.distances_m);
    Ok(())
}
