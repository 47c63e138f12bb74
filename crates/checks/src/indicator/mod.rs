//! Checks of indicators.

use crate::Check;

pub mod smart;
pub mod wording;

pub(crate) mod bounds;
mod composite;
pub(crate) mod seen;

pub use smart::{Graded, Reason, grade};

/// The checks of indicators.
pub const CHECKS: &[Check] = &[];
