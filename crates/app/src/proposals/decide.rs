//! Agreeing, returning, rejecting, withdrawing, and putting something through without its lane.

use diag::{Diagnostic, Severity};
use jiff::Timestamp;
use register::{
    access::{Actor, Deed, Subject, decide as may},
    lane::{Action, Case, CaseState, Refusal, Word},
};
use store::{Beside, Proposed};

use super::{
    Content, Written, in_force, remarks, show,
    submit::{LONGEST_REASON, day},
};
use crate::{App, error::AppError, people, people::entry};

/// What became of a decision.
#[derive(Clone, Debug)]
pub enum Done {
    /// It was kept; the proposal stands there now.
    Kept(CaseState),
    /// The proposal is in force, as this change.
    InForce(u64),
    /// Errors stand against it: it can be returned or rejected, not agreed to.
    Refused(Vec<Diagnostic>),
    /// The checker warns of what it would bring: agreeing needs a word.
    NeedsWord(Vec<Diagnostic>),
}

/// Decides in the step that is open to somebody. `step` names one of several that are open at once.
pub async fn decide(
    app: &App,
    by: &Actor,
    number: i64,
    step: &str,
    word: Word,
    reason: &str,
    now: Timestamp,
) -> Result<Done, AppError> {
    if reason.len() > LONGEST_REASON {
        return Err(AppError::TooLong);
    }
    let p = found(app, number).await?;
    let world = app.world().await?;
    let open = p.case.open_steps().find(|s| s.id == step).cloned();
    let step = open.ok_or(AppError::Case(if p.case.state == CaseState::Submitted {
        Refusal::StepClosed
    } else {
        Refusal::State
    }))?;
    let deed = Deed::Agree(step.role());
    let decision = may(world.records(), by, deed, &step.subject(), day(now));
    if !decision.allowed {
        return Err(forbidden(by, deed, decision));
    }
    let is_asked = by.person().is_none_or(|code| {
        code == p.case.author
            || p.case.has_decided(code, None)
            || remarks::who_can(world.records(), &p, &step, now).iter().any(|c| c == code)
    });
    if !is_asked {
        return Err(forbidden(by, deed, decision));
    }
    // In one's own name where one may, else for the first person who is not the author.
    let names: Vec<&str> = decision.on_behalf().collect();
    let for_person = match names.iter().any(|n| n.is_empty()) || names.is_empty() {
        true => None,
        false => {
            Some(names.iter().find(|n| **n != p.case.author).ok_or(AppError::Case(Refusal::OwnChange))?.to_string())
        }
    };
    if word == Word::Agree {
        let effect = show::effect_of(app, &world, &p, day(now)).await?;
        let errors: Vec<Diagnostic> = effect.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
        if !errors.is_empty() {
            return Ok(Done::Refused(errors));
        }
        let warnings: Vec<Diagnostic> = effect.into_iter().filter(|d| d.severity == Severity::Warning).collect();
        if !warnings.is_empty() && reason.trim().is_empty() {
            return Ok(Done::NeedsWord(warnings));
        }
    }
    let action = Action::Decide { step: step.id.clone(), word, reason: reason.to_owned(), for_person };
    let deed = match word {
        Word::Agree => "agree",
        Word::Return => "return",
        Word::Reject => "reject",
    };
    act(app, by, p, &action, deed, now).await
}

/// Takes back one's own proposal.
pub async fn withdraw(app: &App, by: &Actor, number: i64, now: Timestamp) -> Result<Done, AppError> {
    let p = found(app, number).await?;
    act(app, by, p, &Action::Withdraw, "withdraw", now).await
}

/// Asks to put a proposal through without its lane, or confirms somebody else's wish to do so.
pub async fn overrule(app: &App, by: &Actor, number: i64, reason: &str, now: Timestamp) -> Result<Done, AppError> {
    if reason.len() > LONGEST_REASON {
        return Err(AppError::TooLong);
    }
    people::require(app, by, Deed::Override, &Subject::organisation(), now).await?;
    let p = found(app, number).await?;
    let action = match &p.case.overriding {
        None => Action::Override { reason: reason.to_owned() },
        Some(_) => Action::ConfirmOverride,
    };
    act(app, by, p, &action, "override", now).await
}

/// Agrees to many at once, with one reason: each on its own merits. What did not go through is named.
pub async fn decide_many(
    app: &App,
    by: &Actor,
    numbers: &[i64],
    reason: &str,
    now: Timestamp,
) -> Result<Vec<(i64, Result<Done, AppError>)>, AppError> {
    if reason.trim().is_empty() {
        return Err(AppError::Case(Refusal::Reason));
    }
    let mut done = Vec::with_capacity(numbers.len());
    for number in numbers {
        let world = app.world().await?;
        let p = found(app, *number).await?;
        let step = p.case.open_steps().find(|s| match by.person() {
            Some(code) => remarks::who_can(world.records(), &p, s, now).iter().any(|c| c == code),
            None => may(world.records(), by, Deed::Agree(s.role()), &s.subject(), day(now)).allowed,
        });
        let outcome = match step.map(|s| s.id.clone()) {
            Some(step) => decide(app, by, *number, &step, Word::Agree, reason, now).await,
            None => Err(AppError::Case(Refusal::StepClosed)),
        };
        done.push((*number, outcome));
    }
    Ok(done)
}

async fn found(app: &App, number: i64) -> Result<Proposed, AppError> {
    app.store()?.proposal(number).await?.ok_or(AppError::Unknown)
}

pub(super) fn forbidden(by: &Actor, deed: Deed, decision: register::access::Decision) -> AppError {
    match by {
        Actor::Public => AppError::SignedOut,
        _ => AppError::Forbidden(Box::new((deed, decision))),
    }
}

async fn act(
    app: &App,
    by: &Actor,
    p: Proposed,
    action: &Action,
    deed: &'static str,
    now: Timestamp,
) -> Result<Done, AppError> {
    let case = p.case.after(action, by.author(), now).map_err(AppError::Case)?;
    let state = case.state;
    let next = Proposed { case, moved_at: now, ..p };
    if state == CaseState::Accepted {
        return Ok(match in_force(app, next, by, now).await? {
            Ok(Written::InForce(line)) => Done::InForce(line.number),
            Ok(_) => Done::Kept(CaseState::Submitted),
            Err(found) => Done::Refused(found),
        });
    }
    let store = app.store()?;
    let record = next.number.to_string();
    if !store.save_proposal(&next, &entry(now, by.author(), deed, "proposal", &record), &Beside::default()).await? {
        return Err(AppError::Case(Refusal::State));
    }
    tell(app, &next, by, now).await?;
    if state.is_end() {
        drop_segments(app, &next).await?;
    }
    Ok(Done::Kept(state))
}

async fn tell(app: &App, p: &Proposed, by: &Actor, now: Timestamp) -> Result<(), AppError> {
    match p.case.state {
        CaseState::Returned => remarks::tell_author(app, p, "returned", by.author(), now).await,
        CaseState::Rejected => remarks::tell_author(app, p, "rejected", by.author(), now).await,
        CaseState::Submitted => {
            let world = app.world().await?;
            remarks::tell_those_who_can_agree(app, world.records(), p, now).await
        }
        _ => Ok(()),
    }
}

/// Observations of a proposal that will never be in force leave the lake, unless something else has the same.
async fn drop_segments(app: &App, p: &Proposed) -> Result<(), AppError> {
    use register::Log;
    for segment in &Content::read(&p.edits)?.segments {
        let named = !app.store()?.revisions_of("segment", &segment.id).await?.is_empty();
        let wanted = app.store()?.is_segment_proposed(&segment.id, p.number).await?;
        if let Some(id) = lake::SegmentId::parse(&segment.id).filter(|_| !named && !wanted) {
            std::fs::remove_file(app.lake()?.path(&id)).ok();
        }
    }
    Ok(())
}

/// Whether a case may still be worked on by its author.
pub(super) fn is_open_to(case: &Case, by: &Actor) -> bool {
    case.author == by.author() && case.state.is_open_to_author()
}
