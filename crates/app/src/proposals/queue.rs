//! What waits for somebody: the page that a person sees first.

use jiff::Timestamp;
use model::figure::{Duty, DutyState};
use register::{
    access::{Actor, Deed, Subject, decide},
    lane::CaseState,
};
use store::Notice;

use super::{remarks::who_can, show::ProposalLine, submit::day};
use crate::{App, error::AppError};

/// Proposals looked at for a queue.
const MOST: u32 = 500;
/// Duties shown.
const MOST_DUTIES: usize = 30;

/// A proposal in a queue.
#[derive(Clone, Debug)]
pub struct QueueLine {
    /// The proposal.
    pub line: ProposalLine,
    /// The reviewer's word, of one that was returned.
    pub word: String,
    /// The persons it waits for.
    pub waits_for: Vec<String>,
}

/// What waits for somebody.
#[derive(Clone, Debug, Default)]
pub struct Queue {
    /// Sent back to mend.
    pub returned: Vec<QueueLine>,
    /// To agree to.
    pub to_review: Vec<QueueLine>,
    /// One's own, waiting for others.
    pub waiting: Vec<QueueLine>,
    /// One's own, not submitted.
    pub drafts: Vec<QueueLine>,
    /// Due in the units where one has a role, soonest first.
    pub due: Vec<Duty>,
    /// What happened, newest first.
    pub notices: Vec<Notice>,
}

impl Queue {
    /// Things to do, without those that wait for others.
    pub fn n_to_do(&self) -> usize {
        self.returned.len() + self.to_review.len() + self.drafts.len()
    }
}

/// What waits for a person.
pub async fn queue(app: &App, by: &Actor, now: Timestamp) -> Result<Queue, AppError> {
    let store = app.store()?;
    let world = app.world().await?;
    let records = world.records();
    let line = |p: &store::Proposed| QueueLine {
        line: ProposalLine::of(p),
        word: p.case.returned().map(|d| d.reason.clone()).unwrap_or_default(),
        waits_for: {
            let mut codes: Vec<String> = p.case.open_steps().flat_map(|s| who_can(records, p, s, now)).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        },
    };
    let author = by.author();
    let mut queue = Queue::default();
    for (state, list) in [
        (CaseState::Returned, &mut queue.returned),
        (CaseState::Submitted, &mut queue.waiting),
        (CaseState::Draft, &mut queue.drafts),
    ] {
        list.extend(store.proposals(state.as_str(), author, author, None, MOST).await?.iter().map(line));
    }
    for p in store.proposals(CaseState::Submitted.as_str(), "", author, None, MOST).await? {
        let mine = match by {
            Actor::Local { .. } => p.case.author != author,
            _ => p.case.open_steps().any(|s| who_can(records, &p, s, now).iter().any(|code| code == author)),
        };
        if mine {
            queue.to_review.push(line(&p));
        }
    }
    // The one that waits longest stands first.
    queue.to_review.reverse();
    queue.returned.reverse();
    if let Some(code) = by.person() {
        queue.notices = store.notices_of(code, 30).await?;
        let reached = |duty: &&Duty| {
            // What was done, or is far away, waits for nobody.
            let waits = matches!(duty.state, DutyState::Overdue | DutyState::Due);
            waits
                && duty.owner.as_ref().is_some_and(|unit| {
                    decide(records, by, Deed::ReadInternal, &Subject::unit(unit.as_str()), day(now)).allowed
                })
        };
        let mut due: Vec<Duty> = world.duties(day(now)).iter().filter(reached).cloned().collect();
        due.sort_by_key(|d| d.due_on);
        due.truncate(MOST_DUTIES);
        queue.due = due;
    }
    Ok(queue)
}
