//! Rasters: read by windows, written with overviews, and what is computed cell by cell from them: the degree of urbanisation,
//! statistics of zones, built-up land.
//!
//! Invariant: nothing here knows a record or an indicator; grids and shapes in, grids, classes and sums out.

mod fault;
mod progress;

pub mod raster;

pub mod degurba;
pub mod entities;
pub mod zonal;

pub mod functional;
pub mod land;
pub mod units;

pub mod command;

pub use fault::{Fault, Holds};
pub use progress::{Progress, Quiet};
