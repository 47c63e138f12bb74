//! Checks of observations.

use crate::Check;

pub(crate) mod series;

/// The checks of observations.
pub const CHECKS: &[Check] = &[];
