//! From ways to a network: pairs of nodes as edges, nodes and edges numbered along a curve, short parts left out.

use super::{curve::hilbert, graph::Graph, parts::Parts};
use crate::{
    error::StreetsError,
    osm::{NO_NODE, OsmWays, StreetTraits},
    sphere::haversine_m,
};
use rayon::prelude::*;
use serde::Serialize;

/// What there was before and after short parts were left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct BuildCounts {
    /// Ways that were kept by their tags.
    pub ways: u64,
    /// Nodes with an edge, in all parts.
    pub nodes_before_prune: u64,
    /// Edges, in all parts.
    pub edges_before_prune: u64,
    /// Connected parts.
    pub components: u64,
    /// Those that are long enough.
    pub components_kept: u64,
    /// Nodes in the parts that are kept.
    pub nodes: u64,
    /// Edges in the parts that are kept.
    pub edges: u64,
    /// Length of the parts that are kept.
    pub length_km: f64,
    /// Nodes of ways that the extract does not hold; each breaks its way.
    pub missing_refs: u64,
}

/// A network on the Earth.
///
/// Nodes are numbered along a Hilbert curve over the box of all nodes, ties by their number in OpenStreetMap; edges by
/// their lower, then their higher node, and run from the lower to the higher. The numbers depend on the extract alone.
/// Where two edges are equally near to a point, as at every corner, the one wins that comes first in the extract: way by
/// way, each from its first node to its last.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// Nodes and edges.
    pub graph: Graph,
    /// What was left out on the way.
    pub counts: BuildCounts,
    places: Vec<[i32; 2]>,
    /// For each edge, how early it comes in the extract.
    ranks: Vec<u32>,
}

/// A network of streets with what is known of each edge.
#[derive(Debug, Clone, Default)]
pub struct StreetNetwork {
    /// The network.
    pub network: Network,
    /// Each edge's street, by its number: the first way that has the edge.
    pub streets: Vec<StreetTraits>,
}

impl Network {
    /// The walking network `walk-v1`: what is walked, without parts shorter than `min_component_m` in all.
    ///
    /// Cost: three sorts and one pass over the edges; memory 60 bytes an edge while building.
    pub fn walking(ways: &OsmWays, min_component_m: f64) -> Result<Self, StreetsError> {
        let pairs = Pairs::of(ways, |way| ways.ways[way].walked);
        let mut keys: Vec<(u64, u32)> = Vec::with_capacity(ways.refs.len());
        pairs.each(|key, _| keys.push((key, keys.len() as u32)));
        keys.par_sort_unstable();
        keys.dedup_by_key(|(key, _)| *key);
        let edges: Vec<[u32; 2]> = keys.iter().map(|(key, _)| unpack(*key)).collect();
        let ranks: Vec<u32> = keys.iter().map(|(_, rank)| *rank).collect();
        drop(keys);
        Self::pruned(pairs, edges, ranks, min_component_m)
    }

    /// A network from lines (longitude, latitude in degrees); lines meet where they share a point, to 10⁻⁷ degrees.
    ///
    /// Errors: [`StreetsError::Shape`] for a place that is not on Earth.
    pub fn from_lines(lines: &[Vec<[f64; 2]>], min_component_m: f64) -> Result<Self, StreetsError> {
        let mut places: Vec<[i32; 2]> = Vec::new();
        let mut at_line = Vec::with_capacity(lines.len());
        for (i, line) in lines.iter().enumerate() {
            for place in line {
                places.push(stored(*place).ok_or_else(|| StreetsError::Shape {
                    file: "lines of the network".into(),
                    why: format!("line {} has the place {place:?}, which is not on Earth", i + 1),
                })?);
            }
            at_line.push(places.len() as u32);
        }
        let mut sorted = places.clone();
        sorted.par_sort_unstable();
        sorted.dedup();
        let refs = places.iter().map(|place| sorted.binary_search(place).map_or(NO_NODE, |at| at as u32)).collect();
        let way = |end| crate::osm::KeptWay { end, walked: true, street: None };
        let ways = at_line.into_iter().map(way).collect();
        Self::walking(
            &OsmWays { header: Default::default(), ways, refs, places: sorted, excluded: Vec::new() },
            min_component_m,
        )
    }

    /// A network whose nodes and edges keep the order, and whose edges the direction, that they are given in.
    ///
    /// Errors: as [`Graph::new`], and [`StreetsError::Shape`] for a place that is not on Earth.
    pub fn in_order(places: &[[f64; 2]], edges: Vec<[u32; 2]>) -> Result<Self, StreetsError> {
        let wrong = |why| StreetsError::Shape { file: "network".into(), why };
        let stored: Option<Vec<[i32; 2]>> = places.iter().map(|place| stored(*place)).collect();
        let places = stored.ok_or_else(|| wrong("a place is not on Earth".into()))?;
        if edges.iter().flatten().any(|node| *node as usize >= places.len()) {
            return Err(wrong("an edge has an unknown node".into()));
        }
        let lengths = lengths(&places, &edges);
        let ranks = (0..edges.len() as u32).collect();
        Ok(Self { graph: Graph::new(places.len(), edges, lengths)?, counts: BuildCounts::default(), places, ranks })
    }

    /// Longitude and latitude of a node in degrees.
    #[inline]
    pub fn place(&self, node: u32) -> [f64; 2] {
        self.places[node as usize].map(|v| f64::from(v) / 1e7)
    }

    /// Longitude and latitude of each node in 10⁻⁷ degrees, as stored.
    pub(crate) fn stored_places(&self) -> &[[i32; 2]] {
        &self.places
    }

    /// How early an edge comes in the extract: decides between equally near edges.
    #[inline]
    pub(super) fn rank(&self, edge: usize) -> u32 {
        self.ranks.get(edge).copied().unwrap_or(u32::MAX)
    }

    /// Point of an edge (longitude, latitude) at a share of the way from its first to its second node.
    pub fn along(&self, edge: u32, t: f64) -> [f64; 2] {
        let [from, to] = self.graph.edges()[edge as usize].map(|node| self.place(node));
        [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])]
    }

    /// Leaves out short parts.
    fn pruned(pairs: Pairs<'_>, edges: Vec<[u32; 2]>, ranks: Vec<u32>, least_m: f64) -> Result<Self, StreetsError> {
        let (n_nodes, missing_refs, n_ways) = (pairs.order.len(), pairs.missing_refs, pairs.n_ways);
        let places: Vec<[i32; 2]> = pairs.order.iter().map(|at| pairs.ways.places[*at as usize]).collect();
        drop(pairs);
        let lengths = lengths(&places, &edges);
        let mut counts = BuildCounts {
            ways: n_ways,
            nodes_before_prune: n_nodes as u64,
            edges_before_prune: edges.len() as u64,
            missing_refs,
            ..BuildCounts::default()
        };
        let mut parts = Parts::of(n_nodes, &edges);
        let mut of_part = vec![0.0; n_nodes];
        for ([u, _], length) in edges.iter().zip(&lengths) {
            of_part[parts.root(*u) as usize] += length;
        }
        let mut number = vec![NO_NODE; n_nodes];
        let mut kept = 0u32;
        for node in 0..n_nodes as u32 {
            let root = parts.root(node);
            let stays = of_part[root as usize] >= least_m;
            if root == node {
                counts.components += 1;
                counts.components_kept += u64::from(stays);
            }
            if stays {
                number[node as usize] = kept;
                kept += 1;
            }
        }
        drop((parts, of_part));
        let (places, edges, lengths, ranks) = if kept as usize == n_nodes {
            (places, edges, lengths, ranks)
        } else {
            let stays: Vec<bool> = edges.iter().map(|[u, _]| number[*u as usize] != NO_NODE).collect();
            let nodes: Vec<bool> = number.iter().map(|number| *number != NO_NODE).collect();
            let renumbered = kept_of(edges, &stays).into_iter().map(|edge| edge.map(|node| number[node as usize]));
            let edges = renumbered.collect();
            (kept_of(places, &nodes), edges, kept_of(lengths, &stays), kept_of(ranks, &stays))
        };
        drop(number);
        let graph = Graph::new(places.len(), edges, lengths)?;
        counts.nodes = graph.n_nodes() as u64;
        counts.edges = graph.n_edges() as u64;
        counts.length_km = graph.length_m() / 1000.0;
        Ok(Self { graph, counts, places, ranks })
    }
}

impl StreetNetwork {
    /// The streets `street-v1`, all parts.
    pub fn of(ways: &OsmWays) -> Result<Self, StreetsError> {
        let pairs = Pairs::of(ways, |way| ways.ways[way].street.is_some());
        let mut keys: Vec<(u64, u32)> = Vec::new();
        pairs.each(|key, way| keys.push((key, way)));
        // Ways are numbered in the order of the file, so the first of equal keys is the first way's.
        keys.par_sort_unstable();
        keys.dedup_by_key(|(key, _)| *key);
        let streets: Vec<StreetTraits> = keys.iter().filter_map(|(_, way)| ways.ways[*way as usize].street).collect();
        let edges: Vec<[u32; 2]> = keys.iter().map(|(key, _)| unpack(*key)).collect();
        let ranks = keys.iter().map(|(_, way)| *way).collect();
        drop(keys);
        Ok(Self { network: Network::pruned(pairs, edges, ranks, 0.0)?, streets })
    }
}

/// The members of a list that stay; the list itself where it can be.
fn kept_of<T>(mut list: Vec<T>, stays: &[bool]) -> Vec<T> {
    let mut stays = stays.iter();
    list.retain(|_| stays.next().copied().unwrap_or_default());
    list.shrink_to_fit();
    list
}

fn unpack(key: u64) -> [u32; 2] {
    [(key >> 32) as u32, key as u32]
}

/// A place in 10⁻⁷ degrees; `None` when it is not on Earth.
pub(super) fn stored(place: [f64; 2]) -> Option<[i32; 2]> {
    let [lon, lat] = place;
    // What is not a number is in no range.
    let on_earth = (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
    on_earth.then(|| place.map(|v| (v * 1e7).round() as i32))
}

fn lengths(places: &[[i32; 2]], edges: &[[u32; 2]]) -> Vec<f64> {
    let degrees = |node: u32| places[node as usize].map(|v| f64::from(v) / 1e7);
    edges.par_iter().map(|[u, v]| haversine_m(degrees(*u), degrees(*v))).collect()
}

/// Pairs of nodes that follow each other on chosen ways, with the new numbers of the nodes.
struct Pairs<'w> {
    ways: &'w OsmWays,
    chosen: Vec<bool>,
    /// The old place of each node by its new number.
    order: Vec<u32>,
    /// The new number by the old place.
    number: Vec<u32>,
    n_ways: u64,
    missing_refs: u64,
}

impl<'w> Pairs<'w> {
    fn of(ways: &'w OsmWays, chosen: impl Fn(usize) -> bool) -> Self {
        let chosen: Vec<bool> = (0..ways.ways.len()).map(chosen).collect();
        let n_ways = chosen.iter().filter(|c| **c).count() as u64;
        let mut pairs = Self { ways, chosen, order: Vec::new(), number: Vec::new(), n_ways, missing_refs: 0 };
        let mut used = vec![false; ways.places.len()];
        let mut missing_refs = 0;
        pairs.each_way(|_, refs| {
            missing_refs += refs.iter().filter(|at| **at == NO_NODE).count() as u64;
            each_pair(refs, |u, v| {
                used[u as usize] = true;
                used[v as usize] = true;
            });
        });
        pairs.missing_refs = missing_refs;
        let mut keys: Vec<u64> = along_curve(&ways.places, &used);
        keys.par_sort_unstable();
        pairs.order = keys.iter().map(|key| *key as u32).collect();
        pairs.number = vec![NO_NODE; ways.places.len()];
        for (new, old) in pairs.order.iter().enumerate() {
            pairs.number[*old as usize] = new as u32;
        }
        pairs
    }

    /// Every pair as a key (lower number in the upper half), with its way.
    fn each(&self, mut each: impl FnMut(u64, u32)) {
        self.each_way(|way, refs| {
            each_pair(refs, |u, v| {
                let (u, v) = (self.number[u as usize], self.number[v as usize]);
                each(u64::from(u.min(v)) << 32 | u64::from(u.max(v)), way);
            });
        });
    }

    fn each_way(&self, mut each: impl FnMut(u32, &[u32])) {
        let mut start = 0;
        for (i, way) in self.ways.ways.iter().enumerate() {
            let end = way.end as usize;
            if self.chosen[i] {
                each(i as u32, &self.ways.refs[start..end]);
            }
            start = end;
        }
    }
}

fn each_pair(refs: &[u32], mut each: impl FnMut(u32, u32)) {
    for pair in refs.windows(2) {
        if let [u, v] = *pair
            && u != NO_NODE
            && v != NO_NODE
            && u != v
        {
            each(u, v);
        }
    }
}

/// For each used node: its place on the curve in the upper half, its number in the lower.
fn along_curve(places: &[[i32; 2]], used: &[bool]) -> Vec<u64> {
    let (mut low, mut high) = ([i32::MAX; 2], [i32::MIN; 2]);
    for (place, _) in places.iter().zip(used).filter(|(_, used)| **used) {
        for axis in 0..2 {
            low[axis] = low[axis].min(place[axis]);
            high[axis] = high[axis].max(place[axis]);
        }
    }
    // One step for both axes would leave much of the square empty where a city is long; the curve does not mind either.
    let step = |axis: usize| (i64::from(high[axis]) - i64::from(low[axis])).max(1);
    let steps = [step(0), step(1)];
    let of = |(at, place): (usize, &[i32; 2])| {
        let [x, y] = [0, 1].map(|axis| {
            let from_low = i64::from(place[axis]) - i64::from(low[axis]);
            (from_low * i64::from(u16::MAX) / steps[axis]) as u16
        });
        u64::from(hilbert(x, y)) << 32 | at as u64
    };
    places.par_iter().enumerate().filter(|(at, _)| used[*at]).map(of).collect()
}
