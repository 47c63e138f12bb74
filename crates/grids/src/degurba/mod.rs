//! The degree of urbanisation: cells of a population grid become urban centres, urban clusters and rural cells.
//!
//! Level 1 has four classes, level 2 eight; both come from the density of cells and the people of clusters of cells.
//! The rules, their presets and what differs between them are in `docs/methods/degree-of-urbanisation.md`.
//! Work is done on runs of cells, so its cost follows the places where people live.
//!
//! Source: Applying the Degree of Urbanisation (2021, doi 10.2785/706535); Dijkstra et al. 2021, doi 10.1016/j.jue.2020.103312.

mod options;

mod cells;
mod geographic;
mod people;
mod plausible;

mod labels;
mod runs;

mod centres;
mod fill;
mod smooth;

mod buffer;
mod classify;
mod threshold;

pub(crate) use cells::cell_km2;
pub use cells::{AreaUnit, Layers};
pub use classify::{
    ClassCount, Classes, Clusters, LEVEL_1, LEVEL_2, Levels, NO_CLASS, Warning, class_name, classify, level_1_of,
};
pub use geographic::cell_area_km2;
pub use options::{BuiltThreshold, Connectivity, Majority, NAMES as OPTION_NAMES, Options, Order, PRESETS};
pub(crate) use people::People;
pub(crate) use plausible::SLACK;
pub(crate) use runs::{Components, Runs, Sets};
pub use threshold::{Optimal, optimal_threshold};
