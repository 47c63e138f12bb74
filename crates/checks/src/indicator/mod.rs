//! Checks of indicators.

use crate::Check;

/// The checks of indicators.
pub const CHECKS: &[Check] = &[];
