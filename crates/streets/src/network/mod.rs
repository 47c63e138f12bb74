//! The network: nodes, edges with lengths, connected parts, and where a point stands on it.

mod build;
mod curve;
mod graph;
mod parts;
mod snap;
mod tree;

pub use build::{BuildCounts, Network, StreetNetwork};
pub use graph::Graph;
pub use snap::{SnapIndex, Snapped};

pub(crate) use parts::Parts;
pub(crate) use tree::{Bounds, BoxTree};
