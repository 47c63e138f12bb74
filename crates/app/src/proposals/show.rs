//! A proposal as it is shown: its difference, what the checker says to the result, its steps, what was said about it.

use std::sync::Arc;

use diag::{Diagnostic, Pointer};
use jiff::{Timestamp, civil::Date};
use model::{Kind, Records, observations::Observations, value::Value};
use register::{
    Edit,
    access::{Actor, Deed, Subject, decide},
    lane::{Case, CaseState},
};
use store::Proposed;

use super::{
    Content, Ready,
    decide::is_open_to,
    remarks::{Said, who_can},
    submit::{clashes_with_later, day, new_rows},
};
use crate::{App, error::AppError, import, observed, people, personal, view::DiffLine, world::World};

/// Records and observations shown at most.
const MOST_SHOWN: usize = 200;

/// A proposal in one line.
#[derive(Clone, Debug)]
pub struct ProposalLine {
    /// Its number.
    pub number: i64,
    /// What it is about.
    pub title: String,
    /// Where it stands.
    pub case: Case,
    /// The change that it became.
    pub change: Option<u64>,
    /// Since when.
    pub created_at: Timestamp,
    /// When it last moved.
    pub moved_at: Timestamp,
}

impl ProposalLine {
    pub(super) fn of(p: &Proposed) -> Self {
        ProposalLine {
            number: p.number,
            title: p.title.clone(),
            case: p.case.clone(),
            change: p.change,
            created_at: p.created_at,
            moved_at: p.moved_at,
        }
    }
}

/// A step with who can take it.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Code within the lane.
    pub id: String,
    /// The role that agrees.
    pub role: String,
    /// The unit that agrees.
    pub unit: Option<String>,
    /// How many must agree.
    pub n_persons: u32,
    /// Whether it has all its agreements.
    pub is_done: bool,
    /// Whether somebody can decide in it now.
    pub is_open: bool,
    /// Whether whoever asks can.
    pub can_decide: bool,
    /// The persons who can.
    pub persons: Vec<String>,
}

/// A proposal with everything about it.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// The proposal.
    pub line: ProposalLine,
    /// What it changes, the first 200 records and observations.
    pub diff: Vec<DiffLine>,
    /// How many records and observations it changes.
    pub n_changed: usize,
    /// The change that it takes back.
    pub undoes: Option<u64>,
    /// What the checker says to the result and not to what is in force.
    pub effect: Vec<Diagnostic>,
    /// Its steps.
    pub steps: Vec<StepView>,
    /// What was said.
    pub remarks: Vec<Said>,
    /// Whether whoever asks may mend and submit it.
    pub can_mend: bool,
    /// Whether whoever asks may take it back.
    pub can_withdraw: bool,
    /// Whether whoever asks may put it through, or confirm that.
    pub can_overrule: bool,
    /// Whether a later change touched the same.
    pub clashes: bool,
}

/// Whether somebody may see a proposal: its author, and whoever reads what is internal.
pub(super) async fn may_see(app: &App, by: &Actor, p: &Proposed, now: Timestamp) -> Result<(), AppError> {
    if p.case.author == by.author() && by.person().is_some() {
        return Ok(());
    }
    // A draft is its author's business.
    if p.case.state == CaseState::Draft && !matches!(by, Actor::Local { .. }) {
        return Err(AppError::Unknown);
    }
    people::require(app, by, Deed::ReadInternal, &Subject::Anywhere, now).await
}

/// One proposal.
pub async fn proposal(app: &App, by: &Actor, number: i64, now: Timestamp) -> Result<ProposalView, AppError> {
    let p = app.store()?.proposal(number).await?.ok_or(AppError::Unknown)?;
    may_see(app, by, &p, now).await?;
    let world = app.world().await?;
    let records = world.records();
    let content = Content::read(&p.edits)?;
    let (diff, n_changed) = difference(app, &world, &content, &p).await?;
    let is_open = !p.case.state.is_end();
    let effect = if is_open { effect_of(app, &world, &p, day(now)).await? } else { Vec::new() };
    let steps = p.case.route.steps.iter().map(|step| {
        let is_open = p.case.open_steps().any(|s| s.id == step.id);
        let persons = if is_open { who_can(records, &p, step, now) } else { Vec::new() };
        StepView {
            id: step.id.clone(),
            role: step.role.clone(),
            unit: step.unit.clone(),
            n_persons: step.n_persons,
            is_done: p.case.is_done(step),
            is_open,
            can_decide: is_open
                && match by {
                    Actor::Local { name } => *name != p.case.author,
                    _ => by.person().is_some_and(|code| persons.iter().any(|x| x == code)),
                },
            persons,
        }
    });
    let clashes = is_open && {
        let observed = content.observations(app).await?;
        let observed = Arc::new(observed);
        let ready =
            Ready { edits: content.edits(), observed, against: p.against, undoes: content.undoes, ..Ready::default() };
        clashes_with_later(app, &world, &ready).await?
    };
    let overrules = decide(records, by, Deed::Override, &Subject::organisation(), day(now)).allowed;
    let asked = p.case.overriding.as_ref().map(|o| o.by.as_str());
    Ok(ProposalView {
        steps: steps.collect(),
        diff,
        n_changed,
        undoes: content.undoes,
        effect,
        remarks: app.store()?.remarks_of_proposal(number).await?.into_iter().map(Said::of).collect(),
        can_mend: is_open_to(&p.case, by) && content.undoes.is_none(),
        can_withdraw: p.case.author == by.author() && is_open,
        can_overrule: overrules
            && p.case.state == CaseState::Submitted
            && p.case.author != by.author()
            && asked != Some(by.author()),
        clashes,
        line: ProposalLine::of(&p),
    })
}

/// Proposals in a state (all when `None`), below a number, newest first; drafts are their authors' business.
pub async fn proposals(
    app: &App,
    by: &Actor,
    state: Option<CaseState>,
    before: Option<i64>,
    limit: u32,
    now: Timestamp,
) -> Result<Vec<ProposalLine>, AppError> {
    people::require(app, by, Deed::ReadInternal, &Subject::Anywhere, now).await?;
    let found = app.store()?.proposals(state.map_or("", CaseState::as_str), "", by.author(), before, limit).await?;
    Ok(found.iter().map(ProposalLine::of).collect())
}

async fn difference(
    app: &App,
    world: &World,
    content: &Content,
    p: &Proposed,
) -> Result<(Vec<DiffLine>, usize), AppError> {
    if let Some(change) = p.change {
        // What is in force is shown as the log has it.
        let diff = crate::history::change(app, change).await?.map(|(_, diff)| diff).unwrap_or_default();
        let n = diff.len();
        return Ok((diff.into_iter().take(MOST_SHOWN).collect(), n));
    }
    let edits = personal::told_edits(app, content.edits()).await?;
    Ok(lines(world, &edits, &content.observations(app).await?))
}

/// What edits and observations would change: the first of them, and how many there are.
pub(super) fn lines(world: &World, edits: &[Edit], sent: &Observations) -> (Vec<DiffLine>, usize) {
    let mut lines: Vec<DiffLine> = edits.iter().filter_map(|e| line_of(world.records(), e)).take(MOST_SHOWN).collect();
    let current = &*world.snapshot().observations;
    let diff = observed::diff(current, sent);
    let rows = diff.changed.iter().map(|(row, held)| (*row, Some((current, *held))));
    let rows = rows.chain(diff.added.iter().map(|row| (*row, None)));
    lines.extend(rows.take(MOST_SHOWN).map(|(row, held)| DiffLine {
        kind: Kind::Observation,
        id: sent.row(row).id(),
        pointer: Pointer::default(),
        fields: observed::changes(held, sent, row),
    }));
    let n_records = edits.iter().filter(|e| matches!(e, Edit::Put { .. } | Edit::Remove { .. })).count();
    (lines, n_records + sent.len())
}

fn line_of(records: &Records, edit: &Edit) -> Option<DiffLine> {
    let (kind, id, new, pointer) = match edit {
        Edit::Put { kind, row, origin } => {
            let pointer = origin.as_ref().map(|o| o.pointer(None)).unwrap_or_default();
            (*kind, kind.def().id_of(row), Some(row.clone()), pointer)
        }
        Edit::Remove { kind, id } => (*kind, id.clone(), None, Pointer::default()),
        _ => return None,
    };
    let empty = vec![Value::Null; kind.def().columns.len()];
    let old = records.row(kind, &id).unwrap_or_else(|| empty.clone());
    let new = new.unwrap_or(empty);
    let fields =
        kind.def().columns.iter().zip(old.into_iter().zip(new)).map(|(c, (old, new))| (c.name.clone(), old, new));
    Some(DiffLine { kind, id, pointer, fields: fields.filter(|(_, old, new)| old != new).collect() })
}

/// What the checker would say if a proposal were in force, and does not say now.
pub(super) async fn effect_of(app: &App, world: &World, p: &Proposed, on: Date) -> Result<Vec<Diagnostic>, AppError> {
    let content = Content::read(&p.edits)?;
    if !content.retracted.is_empty() {
        return Ok(Vec::new());
    }
    Ok(effect(world, &content.edits(), &content.observations(app).await?, on))
}

/// What the checker would say if edits and observations were in force, and does not say now; nothing about a register
/// that is too large for an answer at once.
pub(super) fn effect(world: &World, edits: &[Edit], sent: &Observations, on: Date) -> Vec<Diagnostic> {
    let new = new_rows(&world.snapshot().observations, sent);
    if world.snapshot().observations.len() + new.len() > import::MOST_CHECKED {
        return Vec::new();
    }
    let after = register::applied(world.records(), edits);
    tokio::task::block_in_place(|| import::effect(world, Some(after), &new, on)).0
}
