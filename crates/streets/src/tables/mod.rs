//! Tables in CSV: cells of population, stops, places; rows that cannot be used are named and left out.

mod population;
mod read;
mod stops;

pub use population::{Population, PopulationGroup};
pub use read::Refused;
pub use stops::{Capacity, Stop, StopTable, read_stops};

pub(crate) use read::{Column, Table, place_of};
