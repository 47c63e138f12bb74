//! The one door for changes.

use std::sync::Arc;

use diag::{Diagnostic, Severity};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use model::{Kind, Records, observations::Observations};
use register::{
    Checked, Committed, Edit, Log, Op, Proposal, SegmentRef,
    access::{Actor, Deed, Subject, decide, subjects},
    lane::{Action, Case, CaseState, Refusal, lane_for, route_in},
};
use store::{Beside, Entry, Proposed};

use super::{Content, merge, remarks};
use crate::{App, error::AppError, observed, people, personal, view::ChangeLine, world::World};

/// A change that was read and judged, ready to be submitted.
#[derive(Clone, Debug, Default)]
pub struct Ready {
    /// Why, in the author's words.
    pub reason: String,
    /// Records.
    pub edits: Vec<Edit>,
    /// Observations.
    pub observed: Arc<Observations>,
    /// Their order, where it is known.
    pub order: Option<Vec<u32>>,
    /// Number of the change that the author looked at.
    pub against: u64,
    /// The change that it takes back.
    pub undoes: Option<u64>,
    /// The proposal that it is a new round of.
    pub again: Option<i64>,
    /// What is written with it: the answer to the request that it came by, and what is set apart from the chain.
    pub beside: Beside,
    /// The position at which the rules of acceptance had nothing against it.
    pub judged_at: Option<u64>,
}

/// Reasons are at most this long, in bytes: they stand in the chain for ever.
pub(super) const LONGEST_REASON: usize = 8_000;

/// What became of a change.
#[derive(Clone, Debug)]
pub enum Written {
    /// In force.
    InForce(ChangeLine),
    /// Waits for others: the proposal's number.
    Waiting(i64),
    /// Somebody else changed the same in the meantime: kept as a draft under this number, to be decided field by field.
    Clashes(i64),
}

impl Written {
    /// The change, when it is in force.
    pub fn line(self) -> Option<ChangeLine> {
        match self {
            Written::InForce(line) => Some(line),
            _ => None,
        }
    }
}

pub(super) fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

/// Refuses what the actor may not write.
pub(super) fn allowed(
    records: &Records,
    by: &Actor,
    touched: &[(Kind, Subject)],
    now: Timestamp,
) -> Result<(), AppError> {
    for (kind, subject) in touched {
        let deed = Deed::Write(*kind);
        let decision = decide(records, by, deed, subject, day(now));
        if !decision.allowed {
            return Err(match by {
                Actor::Public => AppError::SignedOut,
                _ => AppError::Forbidden(Box::new((deed, decision))),
            });
        }
    }
    Ok(())
}

/// Submits a change: writes it where no lane takes it, else keeps it as a proposal and tells those who can agree.
/// Findings of error severity refuse it; then nothing is kept but, of a later round, the draft that was there.
pub async fn submit(
    app: &App,
    by: &Actor,
    mut ready: Ready,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    if ready.reason.len() > LONGEST_REASON {
        return Err(AppError::TooLong);
    }
    let world = app.world().await?;
    let touched = subjects(world.records(), &ready.edits, &ready.observed);
    let touched =
        if ready.undoes.is_some() { touched_by_segments(app, touched, &ready, &world).await? } else { touched };
    allowed(world.records(), by, &touched, now)?;
    if people::takes_last_administrator(world.records(), &ready.edits, day(now)) {
        return Err(AppError::LastAdministrator);
    }
    let refused = match ready.judged_at {
        Some(position) if position == world.snapshot().position => Vec::new(),
        _ => judged(&world, &ready, by, now),
    };
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    ready.beside.personal = personal::apart(app, &mut ready.edits).await?;
    let draft = match ready.again {
        None => Case::draft(by.author()),
        Some(number) => {
            let held = app.store()?.proposal(number).await?.ok_or(AppError::Expired)?.case;
            if held.author != by.author() {
                return Err(AppError::Case(Refusal::OnlyAuthor));
            }
            if !held.state.is_open_to_author() {
                return Err(AppError::Case(Refusal::State));
            }
            held
        }
    };
    let clash = clashes_with_later(app, &world, &ready).await?;
    if clash && by.person().is_some() {
        return keep(app, by, &ready, draft, now).await.map(Written::Clashes).map(Ok);
    }
    let lane = lane_for(world.records(), &ready.edits, &touched, day(now));
    let Some(lane) = lane else {
        if ready.again.is_some() {
            // Its lane was switched off, or the change left it: it goes the way of any other.
            let number = keep(app, by, &ready, draft, now).await?;
            let p = app.store()?.proposal(number).await?.ok_or(AppError::Expired)?;
            return in_force(app, p, by, now).await;
        }
        return straight(app, by, ready, now).await;
    };
    let route = route_in(world.records(), lane, &ready.edits, &touched);
    let case = draft.after(&Action::Submit(route), by.author(), now).map_err(AppError::Case)?;
    let is_agreed = case.state == CaseState::Accepted;
    let kept = if is_agreed { draft } else { case };
    let number = keep(app, by, &ready, kept, now).await?;
    let p = app.store()?.proposal(number).await?.ok_or(AppError::Expired)?;
    if is_agreed {
        return in_force(app, p, by, now).await;
    }
    remarks::tell_those_who_can_agree(app, world.records(), &p, now).await?;
    Ok(Ok(Written::Waiting(number)))
}

/// An undo moves whole segments; whose observations they hold must be known before it is allowed.
async fn touched_by_segments(
    app: &App,
    mut touched: Vec<(Kind, Subject)>,
    ready: &Ready,
    world: &World,
) -> Result<Vec<(Kind, Subject)>, AppError> {
    let segments: Vec<SegmentRef> = ready
        .edits
        .iter()
        .filter_map(|e| match e {
            Edit::AddSegment(s) | Edit::RetractSegment(s) => Some(s.clone()),
            _ => None,
        })
        .collect();
    let held = Content { segments, ..Content::default() }.observations(app).await?;
    touched.extend(subjects(world.records(), &[], &held));
    Ok(touched)
}

/// What the rules of acceptance say against it.
pub(super) fn judged(world: &World, ready: &Ready, by: &Actor, now: Timestamp) -> Vec<Diagnostic> {
    let (_, mut found) = register::accept(world.records(), proposal_of(ready, by.author(), ready.edits.clone(), now));
    let after = register::applied(world.records(), &ready.edits);
    let pointer = |_: usize, _: &str| diag::Pointer::default();
    found.extend(register::accept_observations(world.records(), &after, &ready.observed, now, &pointer));
    found.retain(|d| d.severity == Severity::Error);
    found
}

fn proposal_of(ready: &Ready, author: &str, edits: Vec<Edit>, now: Timestamp) -> Proposal {
    Proposal {
        author: author.to_owned(),
        at: now,
        reason: ready.reason.clone(),
        undoes: ready.undoes,
        against: ready.against,
        edits,
    }
}

/// Whether a later change touched one of its records, or brought another value of one of its observations.
pub(super) async fn clashes_with_later(app: &App, world: &World, ready: &Ready) -> Result<bool, AppError> {
    if ready.against >= world.snapshot().position || ready.undoes.is_some() {
        return Ok(false);
    }
    if !merge::later_observations(world, &ready.observed, ready.against).is_empty() {
        return Ok(true);
    }
    let later = app.store()?.touched_since(ready.against).await?;
    Ok(ready.edits.iter().any(|edit| match edit {
        Edit::Put { kind, row, .. } => later.contains(&(kind.name().to_owned(), kind.def().id_of(row))),
        Edit::Remove { kind, id } => later.contains(&(kind.name().to_owned(), id.clone())),
        _ => false,
    }))
}

/// Writes the observations of a change as a segment that nobody names yet.
fn with_segment(app: &App, ready: &Ready) -> Result<(Vec<Edit>, Option<lake::SegmentId>), AppError> {
    let mut edits = ready.edits.clone();
    if ready.observed.is_empty() {
        return Ok((edits, None));
    }
    let lake = app.lake()?.clone();
    let segment = tokio::task::block_in_place(|| match &ready.order {
        Some(order) => lake.write_sorted(&ready.observed, order),
        None => lake.write_segment(&ready.observed),
    })?;
    edits.push(Edit::AddSegment(SegmentRef {
        id: segment.id.as_str().to_owned(),
        n_rows: segment.n_rows,
        n_bytes: segment.n_bytes,
    }));
    Ok((edits, Some(segment.id)))
}

/// Keeps a change as a proposal; of a later round, in the place of the earlier one.
async fn keep(app: &App, by: &Actor, ready: &Ready, case: Case, now: Timestamp) -> Result<i64, AppError> {
    let (edits, _) = with_segment(app, ready)?;
    let content = Content::of(&edits, ready.undoes);
    let deed = match case.state {
        CaseState::Draft => "draft",
        _ => "submit",
    };
    let record = ready.again.map(|n| n.to_string()).unwrap_or_default();
    let entry = Entry { at: now, who: by.author(), deed, kind: "proposal", record: &record, detail: "" };
    let store = app.store()?;
    if let Some(number) = ready.again {
        let held = store.proposal(number).await?.ok_or(AppError::Expired)?;
        let next = Proposed {
            title: ready.reason.clone(),
            against: ready.against,
            moved_at: now,
            case,
            edits: content.to_json(),
            ..held
        };
        if !store.save_proposal(&next, &entry, &ready.beside).await? {
            return Err(AppError::Case(Refusal::State));
        }
        return Ok(number);
    }
    let new = Proposed {
        number: 0,
        title: ready.reason.clone(),
        against: ready.against,
        change: None,
        created_at: now,
        moved_at: now,
        case,
        edits: content.to_json(),
        version: 0,
    };
    Ok(store.add_proposal(&new, &entry, &ready.beside).await?)
}

/// Writes a change that no lane takes.
async fn straight(
    app: &App,
    by: &Actor,
    ready: Ready,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let (edits, segment) = with_segment(app, &ready)?;
    let proposal = proposal_of(&ready, by.author(), edits, now);
    match write_checked(app, proposal, segment.clone(), &ready.beside).await {
        Ok(done) => {
            // Somebody who wrote the same rows at the same moment and was refused may have taken the file away.
            if done.is_ok() && segment.is_some_and(|id| app.lake().is_ok_and(|lake| !lake.contains(&id))) {
                with_segment(app, &ready)?;
            }
            Ok(done.map(Written::InForce))
        }
        // Somebody was faster by a moment.
        Err(AppError::Conflict { .. }) if by.person().is_some() => {
            keep(app, by, &ready, Case::draft(by.author()), now).await.map(Written::Clashes).map(Ok)
        }
        Err(error) => Err(error),
    }
}

/// Judges and appends a proposal; `segment` is what was written for it and goes when it is refused; `beside` is
/// written with it.
pub(crate) async fn write_checked(
    app: &App,
    proposal: Proposal,
    segment: Option<lake::SegmentId>,
    beside: &Beside,
) -> Result<Result<ChangeLine, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let result = match register::accept(world.records(), proposal) {
        (Some(checked), _) => {
            let written = line_of(&checked);
            app.store()?.append_with(checked, beside).await.map_err(AppError::from).map(written).map(Ok)
        }
        (None, findings) => Ok(Err(findings)),
    };
    // A segment that no change names is a trace; one that an earlier change names or another proposal holds has the same
    // bytes and stays. A proposal is asked for first: what it holds until it is in force, a change names from then on.
    if !matches!(result, Ok(Ok(_)))
        && let Some(id) = segment
        && app.store()?.is_segment_proposed(id.as_str(), 0).await.is_ok_and(|held| !held)
        && app.store()?.revisions_of("segment", id.as_str()).await.is_ok_and(|r| r.is_empty())
    {
        std::fs::remove_file(app.lake()?.path(&id)).ok();
    }
    match result? {
        Ok(line) => Ok(Ok(line)),
        Err(findings) => Ok(Err(findings.into_iter().filter(|d| d.severity == Severity::Error).collect())),
    }
}

/// A change as it is about to be written, in one line. Nothing is read for it after the change is written: what is written is
/// told as written also where the register cannot be read again at that moment.
fn line_of(checked: &Checked) -> impl FnOnce(Committed) -> ChangeLine + use<> {
    let links = checked.links();
    let n_records = links.iter().filter(|link| matches!(link.op, Op::Put | Op::Remove)).count() as u64;
    let n_observations = links.iter().filter_map(|link| link.segment.as_ref()).map(|segment| segment.n_rows).sum();
    let Proposal { author, reason, undoes, .. } = checked.proposal();
    let (author, reason, undoes) = (author.clone(), reason.clone(), *undoes);
    move |Committed { number, at, .. }| ChangeLine {
        number,
        author,
        at,
        reason,
        undoes,
        undone_by: None,
        n_records,
        n_observations,
    }
}

/// Puts a proposal in force: its change and its state in one transaction, with the agreement in the chain. `p` carries the
/// case as it was decided.
pub(crate) async fn in_force(
    app: &App,
    p: Proposed,
    by: &Actor,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let content = Content::read(&p.edits)?;
    let observed = content.observations(app).await?;
    let mut edits = content.edits();
    let ready = Ready {
        reason: p.title.clone(),
        edits: edits.clone(),
        observed: Arc::new(observed),
        against: p.against,
        undoes: content.undoes,
        ..Ready::default()
    };
    if clashes_with_later(app, &world, &ready).await? {
        return Err(AppError::Clashes(p.number));
    }
    if people::takes_last_administrator(world.records(), &edits, day(now)) {
        return Err(AppError::LastAdministrator);
    }
    let actor = Actor::Local { name: p.case.author.clone() };
    let records_only: Vec<Edit> = edits.iter().filter(|e| !matches!(e, Edit::AddSegment(_))).cloned().collect();
    let refused = judged(&world, &Ready { edits: records_only, ..ready.clone() }, &actor, now);
    if !refused.is_empty() {
        return Ok(Err(refused));
    }
    let case = Case { state: CaseState::Accepted, ..p.case.clone() };
    let body = serde_json::to_string(&case).map_err(|e| AppError::Internal(e.to_string()))?;
    edits.push(Edit::Agree { proposal: p.number as u64, body });
    let proposal = proposal_of(&ready, &p.case.author, edits, now);
    let (checked, found) = register::accept(world.records(), proposal);
    let Some(checked) = checked else {
        return Ok(Err(found.into_iter().filter(|d| d.severity == Severity::Error).collect()));
    };
    let written = line_of(&checked);
    let accepted = Proposed { case, moved_at: now, ..p };
    let store = app.store()?;
    let committed = store.accept_proposal(checked, &accepted).await.map_err(|error| match error {
        store::StoreError::Conflict { .. } => AppError::Clashes(accepted.number),
        other => other.into(),
    })?;
    let record = accepted.number.to_string();
    store.audit(&people::entry(now, by.author(), "accept", "proposal", &record)).await?;
    remarks::tell_author(app, &accepted, "accepted", by.author(), now).await?;
    Ok(Ok(Written::InForce(written(committed))))
}

/// Rows of observations that would be written, of those that somebody sent: new ones and those with another value.
pub(super) fn new_rows(current: &Observations, sent: &Observations) -> Observations {
    let diff = observed::diff(current, sent);
    let mut new = Observations::default();
    for row in diff.added.iter().copied().chain(diff.changed.iter().map(|(row, _)| *row)) {
        new.push(&observed::new_row(sent, row));
    }
    new
}
