//! Checks of projects and their teams.

use crate::Check;

/// The checks of projects and their teams.
pub const CHECKS: &[Check] = &[];
