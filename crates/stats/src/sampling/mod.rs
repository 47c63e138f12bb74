//! Drawing samples from a list: how many from each stratum, which ones, and with which probability.
//!
//! Source: Cochran, *Sampling Techniques* (1977), chapters 4, 5 and 9A; UN-Habitat, *National Sample of Cities* (2017).

mod allocate;
mod select;
mod size;

pub use allocate::{AllocationError, Stratum, allocate};
pub use select::{Inclusion, permanent_number, proportional_to_size, systematic};
pub use size::{finite_size, simple_size, stratified_size};
