//! Connected parts of a network, and which of them are too short to be kept.

/// Which part a node belongs to: sets that are joined edge by edge.
///
/// Source: union by index with path halving, R. E. Tarjan and J. van Leeuwen, J. ACM 31 (1984).
pub(crate) struct Parts {
    above: Vec<u32>,
}

impl Parts {
    /// Joins the nodes of every edge.
    pub fn of(n_nodes: usize, edges: &[[u32; 2]]) -> Self {
        let mut parts = Self { above: (0..n_nodes as u32).collect() };
        for [u, v] in edges {
            let (u, v) = (parts.root(*u), parts.root(*v));
            // The lower number stands for both, so that a part is called the same in any order of edges.
            parts.above[u.max(v) as usize] = u.min(v);
        }
        parts
    }

    /// The lowest node of the part that a node is in.
    pub fn root(&mut self, mut node: u32) -> u32 {
        loop {
            let above = self.above[node as usize];
            if above == node {
                return node;
            }
            let higher = self.above[above as usize];
            self.above[node as usize] = higher;
            node = higher;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_called_by_their_lowest_node() {
        let mut parts = Parts::of(6, &[[4, 5], [1, 2], [5, 2]]);
        assert_eq!((0..6).map(|node| parts.root(node)).collect::<Vec<_>>(), [0, 1, 1, 3, 1, 1]);
    }
}
