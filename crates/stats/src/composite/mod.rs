//! Composite indices: values of many units brought onto one scale, means that allow for gaps, ranks, and how much of a
//! result is owed to each choice.
//!
//! Source: OECD and JRC, *Handbook on Constructing Composite Indicators* (2008); UN-Habitat, *Measurement of City
//! Prosperity: Methodology and Metadata* (2016).

mod aggregate;
mod rank;
mod sensitivity;
mod standardise;

pub use aggregate::{Mean, Missing, combine};
pub use rank::{percentile, ranks};
pub use sensitivity::{Sensitivity, sensitivity};
pub use standardise::{BoundsError, Direction, Scale, standardise, z_scores};
