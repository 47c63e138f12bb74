//! What is due, from whom, by when: derived from cadences, never typed.

mod evaluations;
mod reports;
mod values;
mod work;

pub use evaluations::EVALUATED_ABOVE_USD;

use jiff::civil::Date;
use model::figure::{Duty, DutyState};

use crate::{prepared::Prepared, schedule};

/// Everything that is or was due, soonest first: values of indicators, reports to mandates, evaluations, tasks and outputs.
pub fn duties(prepared: &Prepared, on: Date) -> Vec<Duty> {
    let mut all = Vec::new();
    values::add(prepared, on, &mut all);
    reports::add(prepared, on, &mut all);
    evaluations::add(prepared, on, &mut all);
    work::add(prepared, on, &mut all);
    all.sort_by(|a, b| {
        (a.due_on, a.kind, &a.about, a.period, &a.project).cmp(&(b.due_on, b.kind, &b.about, b.period, &b.project))
    });
    all
}

/// Whether something is done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Done {
    Yes,
    No,
}

impl From<bool> for Done {
    fn from(done: bool) -> Self {
        if done { Done::Yes } else { Done::No }
    }
}

/// The state on a day of something due on another: met however late, overdue from the day after, due within
/// [`schedule::NOTICE_DAYS`], else upcoming.
fn state(done: Done, due_on: Date, on: Date) -> DutyState {
    if done == Done::Yes {
        DutyState::Met
    } else if due_on < on {
        DutyState::Overdue
    } else if due_on <= schedule::after(on, schedule::NOTICE_DAYS) {
        DutyState::Due
    } else {
        DutyState::Upcoming
    }
}
