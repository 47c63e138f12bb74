//! Grids of people made ready: larger cells, a date between two, known totals.

use std::path::{Path, PathBuf};

use grids::command::{PeopleGrid, aggregate_files, calibrate_files, interpolate_files};
use serde_json::Value as Json;

use super::{Watch, of_grids, outputs, zones as zones_of};
use crate::error::AppError;

/// What is to be done with a grid of people.
#[derive(Clone, Debug)]
pub enum PeopleRequest {
    /// Cells are summed to larger ones.
    Aggregate {
        /// Persons per cell.
        population: Vec<PathBuf>,
        /// Cells on a side of a large one.
        ratio: usize,
    },
    /// People at a date between two others: geometrically, linearly where nobody lives at one of them.
    Interpolate {
        /// Persons per cell at the two dates.
        population: (Vec<PathBuf>, Vec<PathBuf>),
        /// The dates, as years.
        dates: (f64, f64),
        /// The date that is wanted.
        at: f64,
    },
    /// Cells are fitted to the people of zones.
    Calibrate {
        /// Persons per cell.
        population: Vec<PathBuf>,
        /// The zones.
        zones: PathBuf,
        /// Their attribute with the people.
        totals: String,
    },
}

/// Writes a grid of people that follows from others.
///
/// Errors: files that cannot be read or do not fit; nothing is written then.
pub fn grid_people(asked: &PeopleRequest, out: &Path, watch: Watch<'_>) -> Result<Json, AppError> {
    match asked {
        PeopleRequest::Aggregate { population, .. } => outputs::check(&[out], &[population])?,
        PeopleRequest::Interpolate { population, .. } => outputs::check(&[out], &[&population.0, &population.1])?,
        PeopleRequest::Calibrate { population, zones, .. } => {
            outputs::check(&[out], &[population, std::slice::from_ref(zones)])?;
        }
    }
    let progress = |share: f64, stage: &str| watch(stage, share);
    let found: Result<PeopleGrid, grids::Fault> = match asked {
        PeopleRequest::Aggregate { population, ratio } => aggregate_files(population, *ratio, out, &progress),
        PeopleRequest::Interpolate { population, dates, at } => {
            interpolate_files((&population.0, &population.1), *dates, *at, out, &progress)
        }
        PeopleRequest::Calibrate { population, zones, totals } => {
            calibrate_files(population, &zones_of(zones, None)?, totals, out, &progress)
        }
    };
    found.map(|found| serde_json::to_value(found).unwrap_or_default()).map_err(of_grids)
}
