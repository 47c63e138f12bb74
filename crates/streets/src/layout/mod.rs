//! How a city is laid out: density of streets and intersections, connectivity, land in streets.

mod sample;

pub use sample::{SAMPLE_M2, SampledShare, read_sampled_shares, sample_circle, sample_points};

use crate::{
    city::City,
    network::{Bounds, BoxTree, Parts, StreetNetwork},
    osm::{StreetClass, WidthTable},
    sphere::{METRES_PER_DEGREE, haversine_m},
};
use rayon::prelude::*;
use serde::Serialize;

/// Intersections so near to each other are one: two carriageways that cross one street, the arms of a roundabout.
pub const CONSOLIDATE_M: f64 = 15.0;

/// The measures of `street-v1`. What divides by nothing is `None`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Layout {
    /// Nodes of the whole extract.
    pub nodes: u64,
    /// Edges of the whole extract.
    pub edges: u64,
    /// Edges with their middle in the city.
    pub edges_in_area: u64,
    /// Their length.
    pub length_in_area_km: f64,
    /// Length for each km² of the city (in its plane).
    pub street_density_km_per_km2: f64,
    /// Nodes in the city where at least three streets meet.
    pub intersections_3plus: u64,
    /// Nodes in the city where at least four streets meet.
    pub intersections_4plus: u64,
    /// Intersections of three or more, those within 15 m of each other (also in a chain) taken as one.
    pub intersections_consolidated_15m: u64,
    /// Nodes in the city where a street ends.
    pub dead_ends: u64,
    /// Intersections for each km².
    pub intersection_density_per_km2: f64,
    /// Consolidated intersections for each km².
    pub intersection_density_consolidated_per_km2: f64,
    /// Half of the arms at nodes in the city that are no bends.
    pub segments_equiv: f64,
    /// Length by segments.
    pub mean_segment_m: Option<f64>,
    /// Segments by intersections and dead ends.
    pub link_node_ratio: Option<f64>,
    /// Length times width, percent of the city.
    pub land_allocated_to_streets_percent: f64,
    /// Percent of the length in the city whose width is a tag, not that of its class.
    pub width_tagged_percent: Option<f64>,
    /// Classes with more than a third of their length one-way: dual carriageways may count twice there.
    pub mostly_oneway: Vec<StreetClass>,
}

impl Layout {
    /// Measures the streets of an extract inside a city. Arms of a node count in the whole extract, so that one at the
    /// boundary keeps them.
    pub fn of(streets: &StreetNetwork, city: &City, widths: &WidthTable) -> Self {
        let (network, graph) = (&streets.network, &streets.network.graph);
        let planar = |node: u32| city.plane.project(network.place(node));
        let inside: Vec<bool> =
            (0..graph.n_nodes() as u32).into_par_iter().map(|node| city.zone.covers(planar(node))).collect();
        let edge_inside = |[u, v]: &[u32; 2]| city.zone.covers((planar(*u) + planar(*v)) / 2.0);
        let edges_inside: Vec<bool> = graph.edges().par_iter().map(edge_inside).collect();

        let mut layout = Self { nodes: graph.n_nodes() as u64, edges: graph.n_edges() as u64, ..Self::default() };
        let (mut length_m, mut tagged_m, mut land_m2) = (0.0, 0.0, 0.0);
        // Length and one-way length of each class.
        let mut classes: Vec<(StreetClass, f64, f64)> = Vec::new();
        let lengths = graph.lengths().iter().zip(&streets.streets).zip(&edges_inside);
        for ((length, street), _) in lengths.filter(|(_, inside)| **inside) {
            layout.edges_in_area += 1;
            length_m += length;
            land_m2 += length * widths.width_m(street);
            tagged_m += if street.tagged_width_m.is_some() { *length } else { 0.0 };
            let oneway_m = if street.oneway { *length } else { 0.0 };
            match classes.iter_mut().find(|(class, ..)| *class == street.class) {
                Some((_, all, oneway)) => {
                    *all += length;
                    *oneway += oneway_m;
                }
                None => classes.push((street.class, *length, oneway_m)),
            }
        }
        let (mut arms, mut crossings) = (0usize, Vec::new());
        for node in (0..graph.n_nodes() as u32).filter(|node| inside[*node as usize]) {
            let degree = graph.degree(node);
            layout.dead_ends += u64::from(degree == 1);
            layout.intersections_4plus += u64::from(degree >= 4);
            if degree >= 3 {
                crossings.push(network.stored_places()[node as usize]);
            }
            if degree != 2 {
                arms += degree;
            }
        }
        let km2 = city.planar_km2();
        layout.intersections_3plus = crossings.len() as u64;
        layout.intersections_consolidated_15m = consolidated(&crossings);
        layout.length_in_area_km = length_m / 1000.0;
        layout.street_density_km_per_km2 = layout.length_in_area_km / km2;
        layout.intersection_density_per_km2 = layout.intersections_3plus as f64 / km2;
        layout.intersection_density_consolidated_per_km2 = layout.intersections_consolidated_15m as f64 / km2;
        layout.segments_equiv = arms as f64 / 2.0;
        let by = |over: f64, under: f64| (under > 0.0).then(|| over / under);
        layout.mean_segment_m = by(length_m, layout.segments_equiv);
        layout.link_node_ratio = by(layout.segments_equiv, (layout.intersections_3plus + layout.dead_ends) as f64);
        layout.land_allocated_to_streets_percent = 100.0 * land_m2 / (km2 * 1e6);
        layout.width_tagged_percent = by(100.0 * tagged_m, length_m);
        classes.sort_unstable_by_key(|(class, ..)| *class);
        let mostly = classes.iter().filter(|(_, all, oneway)| *oneway > all / 3.0);
        layout.mostly_oneway = mostly.map(|(class, ..)| *class).collect();
        layout
    }
}

/// How many clusters places form when those within [`CONSOLIDATE_M`] of each other are joined.
fn consolidated(places: &[[i32; 2]]) -> u64 {
    let tree = BoxTree::of(places.len(), |i| Bounds::at(places[i]));
    let degrees = |place: [i32; 2]| place.map(|v| f64::from(v) / 1e7);
    let near = |i: usize| {
        let at = degrees(places[i]);
        // A hundredth more than needed, for the sphere is no plane.
        let north = CONSOLIDATE_M * 1.01 / METRES_PER_DEGREE;
        let east = north / at[1].to_radians().cos().max(1e-6);
        let step = |degrees: f64| (degrees * 1e7) as i32;
        let bounds = Bounds([step(at[0] - east), step(at[1] - north), step(at[0] + east), step(at[1] + north)]);
        let mut pairs = Vec::new();
        tree.meeting(bounds, |j| {
            if j > i && haversine_m(at, degrees(places[j])) <= CONSOLIDATE_M {
                pairs.push([i as u32, j as u32]);
            }
        });
        pairs
    };
    let pairs: Vec<[u32; 2]> = (0..places.len()).into_par_iter().flat_map_iter(near).collect();
    let mut parts = Parts::of(places.len(), &pairs);
    (0..places.len() as u32).filter(|i| parts.root(*i) == *i).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{network::Network, osm::StreetTraits};
    use geo::{MultiPolygon, Rect};

    /// S1 of the method: 3 × 3 nodes a thousandth of a degree apart at the equator.
    fn grid() -> StreetNetwork {
        let places: Vec<[f64; 2]> = (0..9).map(|i| [f64::from(i % 3) * 1e-3, f64::from(i / 3) * 1e-3]).collect();
        let mut edges = Vec::new();
        for i in 0..9u32 {
            if i % 3 < 2 {
                edges.push([i, i + 1]);
            }
            if i < 6 {
                edges.push([i, i + 3]);
            }
        }
        let street = StreetTraits { class: StreetClass::Residential, tagged_width_m: None, oneway: false };
        let streets = vec![street; edges.len()];
        StreetNetwork { network: Network::in_order(&places, edges).expect("sound"), streets }
    }

    fn city(side: f64) -> City {
        let square = Rect::new((-side, -side), (2e-3 + side, 2e-3 + side)).to_polygon();
        City::of("square", MultiPolygon(vec![square]), Some([0.0, 0.0])).expect("sound")
    }

    #[test]
    fn a_grid_by_hand() {
        let layout = Layout::of(&grid(), &city(1e-3), &WidthTable::default_of_method());
        assert!((layout.length_in_area_km * 1000.0 - 1334.340963).abs() < 1e-6);
        assert_eq!((layout.edges_in_area, layout.intersections_3plus, layout.intersections_4plus), (12, 5, 1));
        assert_eq!((layout.dead_ends, layout.segments_equiv, layout.link_node_ratio), (0, 8.0, Some(1.6)));
        assert!((layout.mean_segment_m.expect("streets") - 166.792620).abs() < 1e-6);
        // 12 streets of 111.195080 m, 9 m wide, in a square of 4 times that.
        let expected = 100.0 * 12.0 * 9.0 / (16.0 * 111.195080);
        assert!((layout.land_allocated_to_streets_percent - expected).abs() < 1e-6);
    }

    #[test]
    fn the_boundary_cuts_by_the_middle_and_keeps_arms() {
        // The boundary runs through the outer nodes, which are inside: on the polygon.
        let on_it = Layout::of(&grid(), &city(0.0), &WidthTable::default_of_method());
        assert_eq!((on_it.edges_in_area, on_it.intersections_3plus), (12, 5));
        // A hair smaller: only the middle node, with all its four arms, whose middles are inside too.
        let smaller = Layout::of(&grid(), &city(-1e-5), &WidthTable::default_of_method());
        assert_eq!((smaller.edges_in_area, smaller.intersections_3plus, smaller.intersections_4plus), (4, 1, 1));
        assert_eq!(smaller.segments_equiv, 2.0);
    }

    #[test]
    fn clusters_are_chains() {
        // S3: three in a row, 14 m apart; the first and the last are 28 m apart.
        let step = (14.0 / METRES_PER_DEGREE * 1e7) as i32;
        assert_eq!(consolidated(&[[0, 0], [step, 0], [2 * step, 0]]), 1);
        assert_eq!(consolidated(&[[0, 0], [2 * step, 0]]), 2);
        assert_eq!(consolidated(&[]), 0);
    }
}
