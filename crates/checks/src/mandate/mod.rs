//! Checks of mandates, events and sessions.

use crate::Check;

/// The checks of mandates, events and sessions.
pub const CHECKS: &[Check] = &[];
