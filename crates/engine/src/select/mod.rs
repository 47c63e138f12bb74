//! Choosing the observations that count: every measure that adds, weighs or divides goes through these steps.
//!
//! 1. `leaves`: what one contributor says about one place in one period, in the group asked for or put
//!    together from a complete partition of it.
//! 2. `places`: of nested places only one level counts.
//! 3. `time`: of nested periods only the longest counts; of a level or a cumulative value only the last.
//! 4. `projects`: of overlapping projects each person, dollar or thing counts once, or nobody knows.
//!
//! What does not count stays, marked with the cause.

mod leaves;
mod places;
mod projects;
mod time;

pub(crate) use leaves::{Leaf, Leaves, State};
pub(crate) use projects::{Contribution, People};
pub(crate) use time::Timing;

use model::figure::Reason;

use crate::{ask::Ask, prepared::Piece};

/// Takes all steps. Returns the leaves, and groups of projects whose overlap nobody knows.
///
/// `keep` says which observations take part at all; `size` is what two contributions are compared by when they are the same thing and the larger one counts.
pub(crate) fn select(
    ask: &Ask<'_>,
    timing: Timing,
    people: People,
    keep: impl Fn(&Piece) -> bool,
    size: impl Fn(&Leaves, &Leaf) -> f64,
) -> (Leaves, Result<Vec<Vec<Contribution>>, Reason>) {
    let mut leaves = Leaves::collect(ask, timing, keep);
    if leaves.exact {
        return (leaves, Ok(Vec::new()));
    }
    let steps = (|| {
        places::one_level(ask, &mut leaves)?;
        time::choose(&mut leaves, timing)?;
        if matches!(timing, Timing::Last | Timing::Cumulative) {
            // The last values of nested places can come from different periods.
            places::one_level_over_time(ask, &mut leaves)?;
        }
        Ok(projects::count_once(ask, &mut leaves, people, size))
    })();
    (leaves, steps)
}
