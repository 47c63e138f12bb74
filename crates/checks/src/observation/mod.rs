//! Checks of observations.

use crate::Check;

/// The checks of observations.
pub const CHECKS: &[Check] = &[];
