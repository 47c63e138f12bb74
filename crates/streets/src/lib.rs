//! Street networks: from OpenStreetMap and timetables to walking distances, and who lives within them.
//!
//! Invariant: nothing here knows a record or an indicator; files of one city in, distances and shares out.

mod error;
mod progress;
mod sphere;

mod access;
mod case;
mod city;
mod field;
mod gtfs;
mod layout;
mod network;
mod open_space;
mod osm;
mod overlay;
mod places;
mod tables;
mod zone;

pub use access::*;
pub use case::*;
pub use city::City;
pub use error::StreetsError;
pub use field::{Field, Piece, Reached, Serving, Source};
pub use gtfs::{FrequencyRule, GtfsCounts, RouteTypes, Timetable, read_gtfs};
pub use layout::{CONSOLIDATE_M, Layout, SAMPLE_M2, SampledShare, read_sampled_shares, sample_circle, sample_points};
pub use network::{BuildCounts, Graph, Network, SnapIndex, Snapped, StreetNetwork};
pub use open_space::{ENTRANCE_M, OPEN_SPACE_M, OpenLand, OpenSpace, OpenSpaceAccess, SMALL_M2, read_open_spaces};
pub use osm::*;
pub use places::{Destination, Destinations, PlaceAccess, WithinShare};
pub use progress::{Flow, Progress, Stage, unwatched};
pub use sphere::{EARTH_RADIUS_M, Plane, haversine_m};
pub use tables::{Capacity, Population, PopulationGroup, Refused, Stop, StopTable, read_stops};
