//! Street networks: from OpenStreetMap and timetables to walking distances, and who lives within them.
//!
//! Invariant: nothing here knows a record or an indicator; files of one city in, distances and shares out.

mod error;
mod progress;
mod sphere;

mod field;
mod network;
mod osm;

pub use error::StreetsError;
pub use field::{Field, Piece, Reached, Serving, Source};
pub use network::{BuildCounts, Graph, Network, SnapIndex, Snapped, StreetNetwork};
pub use osm::*;
pub use progress::{Flow, Progress, Stage, unwatched};
pub use sphere::{EARTH_RADIUS_M, Plane, haversine_m};
