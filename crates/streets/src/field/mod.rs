//! The distance field: how far each node is from the nearest source, and from it each point of the network.

mod reached;
mod search;

pub use reached::{Piece, Reached};
pub use search::Serving;

use crate::network::{Graph, Snapped};

/// Where walking begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Source {
    /// A point beside an edge; its connector is walked.
    Beside(Snapped),
    /// A node, at distance 0.
    Node(u32),
    /// A whole edge, at distance 0: a street on which vehicles stop anywhere.
    Street(u32),
}

/// What an edge has of sources on itself: distance `start_m` everywhere between two shares of its length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct OnEdge {
    pub edge: u32,
    pub low: f64,
    pub high: f64,
    pub start_m: f64,
    pub source: u32,
}

impl OnEdge {
    fn of(source: &Source, number: u32) -> Option<Self> {
        let on = |edge, low, high, start_m| Some(Self { edge, low, high, start_m, source: number });
        match *source {
            Source::Beside(at) => on(at.edge, at.t, at.t, at.connector_m),
            Source::Street(edge) => on(edge, 0.0, 1.0, 0.0),
            Source::Node(_) => None,
        }
    }

    fn distance_m(&self, t: f64, length_m: f64) -> f64 {
        self.start_m + (self.low - t).max(t - self.high).max(0.0) * length_m
    }
}

/// Walking distances from the nearest of many sources: one search for all of them.
///
/// One field answers every threshold up to its limit; a second threshold costs a look at each point, no search.
#[derive(Debug, Clone)]
pub struct Field {
    limit_m: f64,
    distances_m: Vec<f64>,
    /// The source of each node; empty unless asked for.
    sources: Vec<u32>,
    /// By edge, then source.
    on_edge: Vec<OnEdge>,
}

impl Field {
    /// Distance of each node in metres; infinite where none of the sources is within the limit.
    pub fn distances_m(&self) -> &[f64] {
        &self.distances_m
    }

    /// How far was searched, in metres.
    pub fn limit_m(&self) -> f64 {
        self.limit_m
    }

    /// Distance in metres of a point beside an edge: its connector and the shortest of the ways over either end of the
    /// edge and along the edge itself. Infinite where nothing is within the limit.
    pub fn distance_m(&self, graph: &Graph, at: &Snapped) -> f64 {
        self.nearest(graph, at).0
    }

    /// The source that serves a point, by its place in the list given; the lower of equals. `None` where nothing is
    /// within the limit or the search did not keep it.
    pub fn serving(&self, graph: &Graph, at: &Snapped) -> Option<u32> {
        let (distance_m, source) = self.nearest(graph, at);
        (distance_m.is_finite() && !self.sources.is_empty()).then_some(source)
    }

    fn nearest(&self, graph: &Graph, at: &Snapped) -> (f64, u32) {
        let [u, v] = graph.edges()[at.edge as usize];
        let length_m = graph.lengths()[at.edge as usize];
        let over = |node: u32, walked_m: f64| {
            let source = self.sources.get(node as usize).copied().unwrap_or_default();
            (self.distances_m[node as usize] + walked_m, source)
        };
        let ends = [over(u, at.t * length_m), over(v, (1.0 - at.t) * length_m)];
        let along = self.on_edge(at.edge).iter().map(|on| (on.distance_m(at.t, length_m), on.source));
        let nearer = |best: (f64, u32), one: (f64, u32)| {
            if one.0 < best.0 || (one.0 == best.0 && one.1 < best.1) { one } else { best }
        };
        let (distance_m, source) = ends.into_iter().chain(along).fold((f64::INFINITY, u32::MAX), nearer);
        (at.connector_m + distance_m, source)
    }

    /// The sources on an edge.
    pub(crate) fn on_edge(&self, edge: u32) -> &[OnEdge] {
        let start = self.on_edge.partition_point(|on| on.edge < edge);
        let rest = &self.on_edge[start..];
        &rest[..rest.iter().take_while(|on| on.edge == edge).count()]
    }

    /// The field of the sources of both, without which source serves.
    pub fn nearer(&self, other: &Self) -> Self {
        let pairs = self.distances_m.iter().zip(&other.distances_m);
        let mut on_edge = [self.on_edge.as_slice(), &other.on_edge].concat();
        on_edge.sort_by_key(|on| on.edge);
        Self {
            limit_m: self.limit_m.min(other.limit_m),
            distances_m: pairs.map(|(a, b)| a.min(*b)).collect(),
            sources: Vec::new(),
            on_edge,
        }
    }
}
