//! How much of the network lies within a threshold, and which pieces of it.

use super::Field;
use crate::network::Graph;
use rayon::prelude::*;

/// A piece of an edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// The edge, by its number.
    pub edge: u32,
    /// Metres from its first node to where the piece begins.
    pub from_m: f64,
    /// Metres from its first node to where the piece ends.
    pub to_m: f64,
}

/// The reached part of a network: pieces that do not overlap, by edge and place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reached {
    /// The pieces.
    pub pieces: Vec<Piece>,
}

impl Reached {
    /// What lies within a threshold of one field, or within the threshold of any of several (a distance each).
    ///
    /// On an edge of length L between u and v: [0, T − D(u)], [L − (T − D(v)), L], and around each source on it, united
    /// and cut to [0, L]. Thresholds beyond the limit of a field are not seen by it.
    pub fn within(graph: &Graph, fields: &[(&Field, f64)]) -> Self {
        let of = |edge: usize| {
            let mut spans: Vec<[f64; 2]> = Vec::new();
            let length_m = graph.lengths()[edge];
            let [u, v] = graph.edges()[edge].map(|node| node as usize);
            for (field, threshold_m) in fields {
                let left_m = [u, v].map(|node| threshold_m - field.distances_m[node]);
                if left_m[0] >= 0.0 {
                    spans.push([0.0, left_m[0].min(length_m)]);
                }
                if left_m[1] >= 0.0 {
                    spans.push([(length_m - left_m[1]).max(0.0), length_m]);
                }
                for on in field.on_edge(edge as u32) {
                    let left_m = threshold_m - on.start_m;
                    if left_m >= 0.0 {
                        let from_m = (on.low * length_m - left_m).max(0.0);
                        spans.push([from_m, (on.high * length_m + left_m).min(length_m)]);
                    }
                }
            }
            joined(edge as u32, spans)
        };
        Self { pieces: (0..graph.n_edges()).into_par_iter().with_min_len(256).flat_map_iter(of).collect() }
    }

    /// Length of all pieces in metres.
    pub fn length_m(&self) -> f64 {
        self.pieces.iter().map(|piece| piece.to_m - piece.from_m).sum()
    }
}

/// Spans as pieces that do not overlap, ascending.
fn joined(edge: u32, mut spans: Vec<[f64; 2]>) -> Vec<Piece> {
    spans.sort_by(|a, b| a[0].total_cmp(&b[0]));
    let mut pieces: Vec<Piece> = Vec::new();
    for [from_m, to_m] in spans {
        match pieces.last_mut() {
            Some(last) if from_m <= last.to_m => last.to_m = last.to_m.max(to_m),
            _ => pieces.push(Piece { edge, from_m, to_m }),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        field::{Serving, Source},
        network::Snapped,
        progress::unwatched,
    };

    /// E3 of the method.
    #[test]
    fn reached_pieces_by_hand() {
        let graph = Graph::new(3, vec![[0, 1], [0, 2]], vec![1000.0, 300.0]).expect("sound");
        let middle = Source::Beside(Snapped { edge: 0, t: 0.5, connector_m: 50.0 });
        let end = Source::Beside(Snapped { edge: 1, t: 1.0, connector_m: 0.0 });
        let search = |sources: &[Source], limit_m| {
            Field::search(&graph, sources, limit_m, Serving::Forget, &unwatched).expect("sound")
        };
        let one = Reached::within(&graph, &[(&search(&[middle], 500.0), 500.0)]);
        assert_eq!(one.pieces, [Piece { edge: 0, from_m: 50.0, to_m: 950.0 }]);
        assert_eq!(one.length_m(), 900.0);
        let two = search(&[middle, end], 500.0);
        let both = Reached::within(&graph, &[(&two, 500.0)]);
        let pieces = [Piece { edge: 0, from_m: 0.0, to_m: 950.0 }, Piece { edge: 1, from_m: 0.0, to_m: 300.0 }];
        assert_eq!(both.pieces, pieces);
        assert_eq!(both.length_m(), 1250.0);
        // The same from two fields of one stop each, and from their field in one.
        let (a, b) = (search(&[middle], 500.0), search(&[end], 500.0));
        assert_eq!(Reached::within(&graph, &[(&a, 500.0), (&b, 500.0)]).pieces, pieces);
        assert_eq!(Reached::within(&graph, &[(&a.nearer(&b), 500.0)]).pieces, pieces);
    }
}
