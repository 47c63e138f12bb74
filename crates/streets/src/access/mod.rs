//! Who lives within walking distance of what: shares of people, areas, shapes.

mod crow_fly;
mod lattice;
mod shape;
mod shares;
mod walk;

pub use crow_fly::nearest_m;
pub use lattice::{LATTICE_CONNECTOR_M, Lattice, LatticeCounts};
pub use shape::{BUFFER_M, buffered};
pub use shares::{CellDistances, Classes, HIGH_M, LOW_M, Shares, share_percent};
pub use walk::{Connectors, WalkAccess};

pub(crate) use walk::distances_m;
