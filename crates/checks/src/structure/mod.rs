//! Checks of plans: their levels, results, links and dates.

use crate::Check;

mod plan_without_indicators;

/// The checks of plans.
pub const CHECKS: &[Check] = &[plan_without_indicators::CHECK];
