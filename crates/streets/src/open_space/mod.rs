//! Open public space: its share of the land, and the people within a walk of it (SDG 11.7.1).

use crate::{
    access::{distances_m, share_percent},
    city::{City, polygons, read_layer},
    error::StreetsError,
    field::{Field, Serving, Source},
    network::{Bounds, BoxTree, SnapIndex, Snapped},
    overlay::{cut, united},
    progress::{Progress, Stage, tell},
    sphere::Plane,
    tables::Population,
    zone::Zone,
};
use geo::{Area, Centroid, Coord, MultiPolygon};
use rayon::prelude::*;
use std::path::Path;

/// How far people walk to an open public space, in metres (SDG 11.7.1).
pub const OPEN_SPACE_M: f64 = 400.0;
/// How far from a space a node of the network may lie and be an entrance: the street along its fence, where gates open.
pub const ENTRANCE_M: f64 = 20.0;
/// Below this many square metres a space is counted apart.
pub const SMALL_M2: f64 = 400.0;

/// One open space.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenSpace {
    /// What it is called in its source.
    pub id: String,
    /// Its polygons in degrees.
    pub shape: MultiPolygon<f64>,
    /// Whether somebody checked that it is open to all and free. What OpenStreetMap gives is only potential.
    pub verified: bool,
}

/// Reads an inventory: polygons with, perhaps, a text `id` and a flag `verified`, which may also be 1 or a text (`yes`, `true`).
pub fn read_open_spaces(path: &Path) -> Result<Vec<OpenSpace>, StreetsError> {
    let layer = read_layer(path)?;
    let verified = layer.fields.iter().position(|field| field.name == "verified");
    let is_yes = |value: &shapes::Value| match value {
        shapes::Value::Flag(flag) => *flag,
        shapes::Value::Whole(n) => *n == 1,
        shapes::Value::Number(n) => *n == 1.0,
        shapes::Value::Text(text) => {
            ["true", "yes", "1", "t", "y"].contains(&text.trim().to_ascii_lowercase().as_str())
        }
        shapes::Value::Missing => false,
    };
    let spaces = polygons(&layer).map(|(id, shape, values)| {
        let verified = verified.and_then(|at| values.get(at)).is_some_and(is_yes);
        OpenSpace { id, shape, verified }
    });
    Ok(spaces.collect())
}

/// Land of open spaces within a city.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OpenLand {
    /// Area inside the city in its plane, km²; what nests or overlaps counts once.
    pub area_km2: f64,
    /// Percent of the city in the same plane.
    pub share_percent: f64,
}

impl OpenLand {
    /// Unites the spaces and cuts them to the city.
    pub fn of(city: &City, spaces: &[&OpenSpace]) -> Self {
        let planar: Vec<MultiPolygon<f64>> =
            spaces.iter().map(|space| city.plane.project_shape(&space.shape)).collect();
        let area_km2 = cut(&united(&planar), &city.planar).unsigned_area() / 1e6;
        Self { area_km2, share_percent: 100.0 * area_km2 / city.planar_km2() }
    }
}

/// Distances to the nearest open space (`ops-v1`).
#[derive(Debug, Clone)]
pub struct OpenSpaceAccess {
    /// Nodes of the network inside a space or at its edge, each once.
    pub n_source_nodes: u64,
    /// Spaces without such a node, which are entered at the street nearest to their middle.
    pub n_without_node: u64,
    /// Spaces with known gates, which are entered there and nowhere else.
    pub n_with_gates: u64,
    /// Distance of each cell in metres; 0 inside a space, infinite where none is within the limit.
    pub distances_m: Vec<f64>,
}

impl OpenSpaceAccess {
    /// Walks from every space, `limit_m` at most, to every cell (where it is, and where it stands on the network).
    ///
    /// Sources are all nodes inside a space or up to [`ENTRANCE_M`] from it, measured in `plane`; for a space without
    /// any, its centroid, connected as every point is. A space with known gates (points inside or up to [`ENTRANCE_M`] from it)
    /// is entered through these, connected likewise. A cell inside a space or on its edge is at distance 0.
    pub fn of(
        index: &SnapIndex<'_>,
        plane: Plane,
        (spaces, gates): (&[&OpenSpace], &[[f64; 2]]),
        cells: (&[[f64; 2]], &[Option<Snapped>]),
        limit_m: f64,
        progress: Progress<'_>,
    ) -> Result<Self, StreetsError> {
        let places = index.network().stored_places();
        let tree = BoxTree::of(places.len(), |node| Bounds::at(places[node]));
        let planar: Vec<(MultiPolygon<f64>, Zone)> = spaces
            .par_iter()
            .map(|space| {
                let planar = plane.project_shape(&space.shape);
                let zone = Zone::of(&planar);
                (planar, zone)
            })
            .collect();
        tell(progress, Stage::OpenSpace, 0, 0)?;
        let at_gate: Vec<Coord<f64>> = gates.iter().map(|gate| plane.project(*gate)).collect();
        let gates_of = |(_, zone): &(MultiPolygon<f64>, Zone)| -> Vec<u32> {
            let is_of = |at: &u32| zone.is_within(at_gate[*at as usize], ENTRANCE_M);
            (0..gates.len() as u32).filter(is_of).collect()
        };
        let gates_of: Vec<Vec<u32>> = planar.par_iter().map(gates_of).collect();
        let entrances = |((_, zone), gates): (&(MultiPolygon<f64>, Zone), &Vec<u32>)| {
            let mut nodes = Vec::new();
            if !gates.is_empty() {
                return nodes;
            }
            tree.meeting(degrees_around(&plane, zone, ENTRANCE_M), |node| {
                if zone.is_within(plane.project(index.network().place(node as u32)), ENTRANCE_M) {
                    nodes.push(node as u32);
                }
            });
            nodes
        };
        let entrances: Vec<Vec<u32>> = planar.par_iter().zip(&gates_of).map(entrances).collect();
        let mut nodes: Vec<u32> = entrances.iter().flatten().copied().collect();
        nodes.sort_unstable();
        nodes.dedup();
        let is_entered = |at: &usize| !entrances[*at].is_empty() || !gates_of[*at].is_empty();
        let without = || (0..planar.len()).filter(|at| !is_entered(at)).map(|at| &planar[at]);
        let mut through: Vec<u32> = gates_of.iter().flatten().copied().collect();
        through.sort_unstable();
        through.dedup();
        let through =
            through.into_iter().filter_map(|gate| index.edge(gates[gate as usize], f64::INFINITY).map(Source::Beside));
        let beside = without().filter_map(|(shape, _)| {
            let middle = shape.centroid()?;
            index.edge(plane.unproject(middle.0), f64::INFINITY).map(Source::Beside)
        });
        let sources: Vec<Source> = nodes.iter().map(|node| Source::Node(*node)).chain(through).chain(beside).collect();
        let field = Field::search(&index.network().graph, &sources, limit_m, Serving::Forget, progress)?;
        let mut distances_m = distances_m(index, &field, cells.1);
        distances_m.par_iter_mut().zip(cells.0).for_each(|(distance_m, cell)| {
            let at = plane.project(*cell);
            if planar.iter().any(|(_, zone)| zone.covers(at)) {
                *distance_m = 0.0;
            }
        });
        let n_without_node = without().count() as u64;
        let n_with_gates = gates_of.iter().filter(|gates| !gates.is_empty()).count() as u64;
        Ok(Self { n_source_nodes: nodes.len() as u64, n_without_node, n_with_gates, distances_m })
    }

    /// Percent of each group within [`OPEN_SPACE_M`]; `None` where the group is unknown.
    pub fn share_percent(&self, population: &Population) -> Vec<(String, Option<f64>)> {
        let of = |people| share_percent(people, |cell| self.distances_m[cell] <= OPEN_SPACE_M);
        population.groups.iter().map(|group| (group.name.clone(), of(&group.people))).collect()
    }
}

/// The box around a zone and some metres more, in 10⁻⁷ degrees.
fn degrees_around(plane: &Plane, zone: &Zone, margin_m: f64) -> Bounds {
    let [west, south, east, north] = zone.bounds();
    let low = plane.unproject(Coord { x: west - margin_m, y: south - margin_m });
    let high = plane.unproject(Coord { x: east + margin_m, y: north + margin_m });
    // Casting stops at the ends; one step more for rounding.
    let step = |degrees: f64, by: f64| (degrees * 1e7 + by) as i32;
    Bounds([step(low[0], -1.0), step(low[1], -1.0), step(high[0], 1.0), step(high[1], 1.0)])
}
