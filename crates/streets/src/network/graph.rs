//! The graph alone: which nodes an edge joins, how long it is, and what each node leads to.

use crate::error::StreetsError;
use rayon::prelude::*;

/// An undirected graph with lengths, in rows (compressed): what a node leads to lies in one piece.
///
/// Edges keep the numbers that they are given in. There may be loops and edges beside each other.
#[derive(Debug, Clone, Default)]
pub struct Graph {
    edges: Vec<[u32; 2]>,
    lengths: Vec<f64>,
    /// Where the arcs of a node begin; one more than there are nodes.
    first: Vec<u32>,
    heads: Vec<u32>,
    arc_lengths: Vec<f64>,
}

impl Graph {
    /// A graph from edges (their two nodes, from 0) and their lengths in metres.
    ///
    /// Errors: a node that is not below `n_nodes`, a length that is no number or below 0, or another number of lengths
    /// than of edges is refused with its edge; so are more than 2³¹ edges.
    pub fn new(n_nodes: usize, edges: Vec<[u32; 2]>, lengths: Vec<f64>) -> Result<Self, StreetsError> {
        let limit = (u32::MAX / 2) as usize;
        for (what, n) in [("edges", edges.len()), ("nodes", n_nodes)] {
            if n > limit {
                return Err(StreetsError::TooLarge { what, n: n as u64, limit: limit as u64 });
            }
        }
        let wrong = |why: String| StreetsError::Shape { file: "network".into(), why };
        if edges.len() != lengths.len() {
            return Err(wrong(format!("{} edges have {} lengths", edges.len(), lengths.len())));
        }
        let bad = edges.par_iter().zip(&lengths).position_first(|([u, v], length)| {
            *u as usize >= n_nodes || *v as usize >= n_nodes || !length.is_finite() || *length < 0.0
        });
        if let Some(at) = bad {
            return Err(wrong(format!("edge {at} has an unknown node, or a length that is no number from 0 up")));
        }

        let mut first = vec![0u32; n_nodes + 1];
        for [u, v] in &edges {
            first[*u as usize + 1] += 1;
            first[*v as usize + 1] += 1;
        }
        for node in 0..n_nodes {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let (mut heads, mut arc_lengths) = (vec![0u32; 2 * edges.len()], vec![0.0; 2 * edges.len()]);
        for ([u, v], length) in edges.iter().zip(&lengths) {
            for (from, to) in [(*u, *v), (*v, *u)] {
                let at = next[from as usize] as usize;
                heads[at] = to;
                arc_lengths[at] = *length;
                next[from as usize] += 1;
            }
        }
        Ok(Self { edges, lengths, first, heads, arc_lengths })
    }

    /// Number of nodes.
    pub fn n_nodes(&self) -> usize {
        self.first.len().saturating_sub(1)
    }

    /// Number of edges.
    pub fn n_edges(&self) -> usize {
        self.edges.len()
    }

    /// The two nodes of each edge, by its number.
    pub fn edges(&self) -> &[[u32; 2]] {
        &self.edges
    }

    /// Length of each edge in metres, by its number.
    pub fn lengths(&self) -> &[f64] {
        &self.lengths
    }

    /// What a node leads to: nodes and lengths.
    #[inline]
    pub fn arcs(&self, node: u32) -> impl Iterator<Item = (u32, f64)> + '_ {
        let range = self.first[node as usize] as usize..self.first[node as usize + 1] as usize;
        self.heads[range.clone()].iter().copied().zip(self.arc_lengths[range].iter().copied())
    }

    /// How many arcs leave a node. A loop counts twice.
    pub fn degree(&self, node: u32) -> usize {
        (self.first[node as usize + 1] - self.first[node as usize]) as usize
    }

    /// Sum of all lengths in metres.
    pub fn length_m(&self) -> f64 {
        self.lengths.iter().sum()
    }
}
