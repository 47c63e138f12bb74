//! Stock: a level at a moment. The last one over time; sums over disjoint places, contributors and the groups of
//! a partition.

use super::{Outcome, additive};
use crate::{ask::Ask, select::Timing};

pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    additive::answer(ask, Timing::Last, "sum-of-latest")
}
