//! The search behind a distance field: Dijkstra's, from all sources at once.

use super::{Field, OnEdge, Source};
use crate::{
    error::StreetsError,
    network::Graph,
    progress::{Progress, Stage, tell},
};
use std::{cmp::Reverse, collections::BinaryHeap};

/// Whether to keep which source serves a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Serving {
    /// Distances alone.
    Forget,
    /// Also the source; of equal distances the lower number.
    Keep,
}

/// After how many nodes the caller is asked whether to go on.
const TELL_EVERY: u64 = 1 << 18;

/// Nodes in the order of their distances, in eight bytes each: the distance in steps in the upper half.
///
/// A step is a 2³²th of the limit, less than a micrometre in a search of 4 km. Nodes within one step may come in the
/// wrong order; the search then visits one again, so distances are exact all the same.
struct Queue {
    heap: BinaryHeap<Reverse<u64>>,
    steps_per_m: f64,
}

impl Queue {
    fn of(limit_m: f64) -> Self {
        // Beyond the circumference of the Earth all is one step, and the order no matter.
        let longest_m = limit_m.clamp(1.0, 4e7);
        Self { heap: BinaryHeap::new(), steps_per_m: f64::from(u32::MAX - 1) / longest_m }
    }

    #[inline]
    fn steps(&self, distance_m: f64) -> u64 {
        // Casting stops at the largest number.
        u64::from((distance_m * self.steps_per_m) as u32)
    }

    #[inline]
    fn push(&mut self, distance_m: f64, node: u32) {
        self.heap.push(Reverse(self.steps(distance_m) << 32 | u64::from(node)));
    }

    #[inline]
    fn pop(&mut self) -> Option<(u64, u32)> {
        self.heap.pop().map(|Reverse(key)| (key >> 32, key as u32))
    }
}

impl Field {
    /// Walks from all sources at once, no farther than `limit_m` along the streets (infinite: everywhere).
    ///
    /// Sources on edges or nodes that the graph does not have, or with distances that are no numbers from 0 up, are
    /// refused with their place in the list. Cost: every arc once, every node through the queue once or a little more.
    /// Source: E. W. Dijkstra, "A note on two problems in connexion with graphs", Numer. Math. 1 (1959).
    pub fn search(
        graph: &Graph,
        sources: &[Source],
        limit_m: f64,
        serving: Serving,
        progress: Progress<'_>,
    ) -> Result<Self, StreetsError> {
        for (i, source) in sources.iter().enumerate() {
            let sound = match source {
                Source::Beside(at) => {
                    let on_graph = (at.edge as usize) < graph.n_edges();
                    on_graph && (0.0..=1.0).contains(&at.t) && at.connector_m >= 0.0
                }
                Source::Node(node) => (*node as usize) < graph.n_nodes(),
                Source::Street(edge) => (*edge as usize) < graph.n_edges(),
            };
            if !sound {
                let why = format!("source {i} is not on the network: {source:?}");
                return Err(StreetsError::Shape { file: "sources".into(), why });
            }
        }
        let mut search = Search {
            distances_m: vec![f64::INFINITY; graph.n_nodes()],
            sources: if serving == Serving::Keep { vec![u32::MAX; graph.n_nodes()] } else { Vec::new() },
            queue: Queue::of(limit_m),
            limit_m,
        };
        let mut on_edge: Vec<OnEdge> = Vec::new();
        for (source, number) in sources.iter().zip(0u32..) {
            on_edge.extend(OnEdge::of(source, number));
            match *source {
                Source::Beside(at) => {
                    let [u, v] = graph.edges()[at.edge as usize];
                    let length_m = graph.lengths()[at.edge as usize];
                    search.offer(u, at.connector_m + at.t * length_m, number);
                    search.offer(v, at.connector_m + (1.0 - at.t) * length_m, number);
                }
                Source::Node(node) => search.offer(node, 0.0, number),
                Source::Street(edge) => {
                    graph.edges()[edge as usize].into_iter().for_each(|node| search.offer(node, 0.0, number));
                }
            }
        }
        on_edge.sort_by_key(|on| on.edge);
        search.run(graph, progress)?;
        Ok(Self { limit_m, distances_m: search.distances_m, sources: search.sources, on_edge })
    }
}

struct Search {
    distances_m: Vec<f64>,
    sources: Vec<u32>,
    queue: Queue,
    limit_m: f64,
}

impl Search {
    #[inline]
    fn offer(&mut self, node: u32, distance_m: f64, source: u32) {
        let known_m = self.distances_m[node as usize];
        let same_but_lower =
            || distance_m == known_m && self.sources.get(node as usize).is_some_and(|known| source < *known);
        if distance_m <= self.limit_m && (distance_m < known_m || same_but_lower()) {
            self.distances_m[node as usize] = distance_m;
            if let Some(known) = self.sources.get_mut(node as usize) {
                *known = source;
            }
            self.queue.push(distance_m, node);
        }
    }

    fn run(&mut self, graph: &Graph, progress: Progress<'_>) -> Result<(), StreetsError> {
        let mut n_popped = 0u64;
        while let Some((steps, node)) = self.queue.pop() {
            n_popped += 1;
            if n_popped.is_multiple_of(TELL_EVERY) {
                tell(progress, Stage::Distances, 0, 0)?;
            }
            let distance_m = self.distances_m[node as usize];
            // A shorter way was found after this was queued.
            if self.queue.steps(distance_m) < steps {
                continue;
            }
            let source = self.sources.get(node as usize).copied().unwrap_or_default();
            for (head, length_m) in graph.arcs(node) {
                self.offer(head, distance_m + length_m, source);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        network::Snapped,
        progress::{Flow, unwatched},
    };

    fn graph(lengths: &[(u32, u32, f64)]) -> Graph {
        let n = lengths.iter().map(|(u, v, _)| u.max(v) + 1).max().unwrap_or(0);
        let edges = lengths.iter().map(|(u, v, _)| [*u, *v]).collect();
        Graph::new(n as usize, edges, lengths.iter().map(|(_, _, l)| *l).collect()).expect("sound")
    }

    fn at(edge: u32, t: f64, connector_m: f64) -> Snapped {
        Snapped { edge, t, connector_m }
    }

    fn field(graph: &Graph, sources: &[Source], limit_m: f64) -> Field {
        Field::search(graph, sources, limit_m, Serving::Keep, &unwatched).expect("sound")
    }

    /// E1 of the method: A–B 300, B–C 300, C–D 500.
    #[test]
    fn along_a_path() {
        let path = graph(&[(0, 1, 300.0), (1, 2, 300.0), (2, 3, 500.0)]);
        let cells = [at(0, 1.0, 0.0), at(1, 0.5, 20.0), at(1, 1.0, 0.0), at(2, 1.0, 0.0)];
        let of = |source| {
            let field = field(&path, &[Source::Beside(source)], 2000.0);
            cells.map(|cell| field.distance_m(&path, &cell))
        };
        assert_eq!(of(at(0, 0.0, 0.0)), [300.0, 470.0, 600.0, 1100.0]);
        assert_eq!(of(at(2, 1.0, 0.0)), [800.0, 670.0, 500.0, 0.0]);
    }

    /// E2: stop and home on one edge.
    #[test]
    fn along_one_edge() {
        let one = graph(&[(0, 1, 400.0)]);
        let near = field(&one, &[Source::Beside(at(0, 0.25, 10.0))], 1000.0);
        assert_eq!(near.distance_m(&one, &at(0, 0.75, 5.0)), 215.0);
        assert_eq!(near.distance_m(&one, &at(0, 0.25, 0.0)), 10.0);
        // At the very place, both without a connector.
        let there = field(&one, &[Source::Beside(at(0, 0.25, 0.0))], 1000.0);
        assert_eq!(there.distance_m(&one, &at(0, 0.25, 0.0)), 0.0);
        // Both ends lie beyond the limit, the edge itself still counts.
        let long = graph(&[(0, 1, 4000.0)]);
        let middle = field(&long, &[Source::Beside(at(0, 0.5, 0.0))], 500.0);
        assert_eq!(middle.distances_m(), [f64::INFINITY; 2]);
        assert!((middle.distance_m(&long, &at(0, 0.6, 0.0)) - 400.0).abs() < 1e-9);
    }

    #[test]
    fn streets_and_nodes_are_sources() {
        let path = graph(&[(0, 1, 300.0), (1, 2, 300.0), (2, 3, 500.0)]);
        let street = field(&path, &[Source::Street(1)], 2000.0);
        assert_eq!(street.distances_m(), [300.0, 0.0, 0.0, 500.0]);
        assert_eq!(street.distance_m(&path, &at(1, 0.3, 7.0)), 7.0);
        assert_eq!(street.distance_m(&path, &at(2, 0.5, 7.0)), 257.0);
        let node = field(&path, &[Source::Node(0)], 400.0);
        assert_eq!(node.distances_m(), [0.0, 300.0, f64::INFINITY, f64::INFINITY]);
    }

    #[test]
    fn the_lower_of_equal_sources_serves() {
        let path = graph(&[(0, 1, 300.0), (1, 2, 300.0), (2, 3, 500.0)]);
        let both = field(&path, &[Source::Node(2), Source::Node(0), Source::Node(0)], 2000.0);
        assert_eq!(both.serving(&path, &at(0, 1.0, 0.0)), Some(0));
        assert_eq!(both.serving(&path, &at(0, 0.5, 0.0)), Some(1));
        assert_eq!(both.serving(&path, &at(2, 1.0, 0.0)), Some(0));
    }

    #[test]
    fn a_search_ends_on_request_and_refuses_unknown_places() {
        let path = graph(&[(0, 1, 300.0)]);
        assert!(Field::search(&path, &[Source::Node(7)], 1.0, Serving::Forget, &unwatched).is_err());
        assert!(
            Field::search(&path, &[Source::Beside(at(0, f64::NAN, 0.0))], 1.0, Serving::Forget, &unwatched).is_err()
        );
        let n = 600_000;
        let long = Graph::new(n + 1, (0..n as u32).map(|i| [i, i + 1]).collect(), vec![1.0; n]).expect("sound");
        let stopped =
            Field::search(&long, &[Source::Node(0)], f64::INFINITY, Serving::Forget, &|_, _, _| Flow::Break(()));
        assert!(matches!(stopped, Err(StreetsError::Stopped { .. })));
    }

    #[test]
    fn far_searches_are_exact_too() {
        // Steps are coarse here (about a centimetre); edges are shorter than one.
        let n = 2000;
        let lengths: Vec<f64> = (0..n).map(|i| 0.001 + f64::from(i % 7) * 1e-4).collect();
        let mut edges: Vec<[u32; 2]> = (0..n as u32).map(|i| [i, i + 1]).collect();
        let mut all = lengths.clone();
        for i in (0..n as u32 - 10).step_by(10) {
            edges.push([i, i + 10]);
            all.push(0.0101);
        }
        let graph = Graph::new(n as usize + 1, edges.clone(), all.clone()).expect("sound");
        let field = field(&graph, &[Source::Node(0)], f64::INFINITY);
        // Bellman and Ford's rounds until nothing changes.
        let mut plain = vec![f64::INFINITY; n as usize + 1];
        plain[0] = 0.0;
        loop {
            let before = plain.clone();
            for ([u, v], l) in edges.iter().map(|e| e.map(|n| n as usize)).zip(&all) {
                plain[v] = plain[v].min(plain[u] + l);
                plain[u] = plain[u].min(plain[v] + l);
            }
            if before == plain {
                break;
            }
        }
        assert_eq!(field.distances_m(), plain);
    }
}
