//! Numbers on slices: sums, ratios, weighted means with their standard errors, the normal distribution.
//!
//! Invariant: nothing here knows an indicator, a place or a period; numbers in, numbers out.

pub mod accumulate;
mod combine;
pub mod component;
pub mod composite;
mod normal;
pub mod projection;
pub mod sampling;
pub mod survey;

pub use combine::{Undefined, correlation, error_of_sum, error_of_weighted_mean, ratio_of_sums, sum, weighted_mean};
pub use normal::normal_cdf;
