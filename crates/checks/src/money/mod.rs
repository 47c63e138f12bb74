//! Checks of money: funds and amounts.

use crate::Check;

/// The checks of money: funds and amounts.
pub const CHECKS: &[Check] = &[];
