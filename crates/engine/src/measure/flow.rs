//! Flow: an amount per period. Sums over time, place, contributor and the groups of a partition.
//!
//! Over time it depends on what was declared. *Incremental*: periods that do not overlap are summed. *Cumulative*:
//! each contributor's last value counts, also one from before the period asked for, since it covers everything
//! from the start. *Undeclared*: one value can stand, two cannot be put together.

use model::kinds::Reporting;

use super::{Outcome, additive};
use crate::{ask::Ask, select::Timing};

/// How the values of an indicator add up over time.
pub(super) fn timing(reporting: Option<Reporting>) -> Timing {
    match reporting {
        Some(Reporting::Incremental) => Timing::Apart,
        Some(Reporting::Cumulative) => Timing::Cumulative,
        None => Timing::Undeclared,
    }
}

pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    let timing = timing(ask.held.indicator.reporting);
    additive::answer(ask, timing, if timing == Timing::Cumulative { "sum-of-latest" } else { "sum" })
}
