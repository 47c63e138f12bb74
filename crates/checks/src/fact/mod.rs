//! Checks of facts, claims and terms.

use crate::Check;

/// The checks of facts, claims and terms.
pub const CHECKS: &[Check] = &[];
