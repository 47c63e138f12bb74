//! Who changed what, when and why; taking a change back.

use diag::Diagnostic;
use jiff::{Timestamp, tz::TimeZone};
use model::Kind;
use register::{ChangeSummary, Log, Op, access::Actor, invert};

use crate::{
    App,
    error::AppError,
    personal,
    proposals::{Ready, Written, submit},
    view::{ChangeLine, DiffLine, HistoryStep, Vital},
};

fn line_of(summary: ChangeSummary) -> ChangeLine {
    ChangeLine {
        number: summary.change.number,
        author: summary.change.author,
        at: summary.change.at,
        reason: summary.change.reason,
        undoes: summary.change.undoes,
        undone_by: summary.undone_by,
        n_records: summary.n_records,
        n_observations: summary.n_observations,
    }
}

/// One change in one line.
pub(crate) async fn line(app: &App, number: u64) -> Result<Option<ChangeLine>, AppError> {
    let found = app.store()?.changes(Some(number.saturating_add(1)), 1).await?;
    Ok(found.into_iter().find(|s| s.change.number == number).map(line_of))
}

/// The history of a record, newest first.
pub async fn history(app: &App, kind: Kind, id: &str) -> Result<Vec<HistoryStep>, AppError> {
    let revisions = app.store()?.revisions_of(kind.name(), id).await?;
    let mut steps = Vec::with_capacity(revisions.len());
    for step in register::history(&revisions) {
        let Some(change) = line(app, step.change.number).await? else { continue };
        steps.push(HistoryStep { change, removed: step.removed, fields: step.fields });
    }
    steps.reverse();
    personal::told_fields(app, &mut steps.iter_mut().map(|s| &mut s.fields).collect::<Vec<_>>()).await?;
    Ok(steps)
}

/// Changes below a number, newest first.
pub async fn changes(app: &App, before: Option<u64>, limit: usize) -> Result<Vec<ChangeLine>, AppError> {
    let limit = u32::try_from(limit).unwrap_or(u32::MAX);
    Ok(app.store()?.changes(before, limit).await?.into_iter().map(line_of).collect())
}

/// One change with what it did to each record.
pub async fn change(app: &App, number: u64) -> Result<Option<(ChangeLine, Vec<DiffLine>)>, AppError> {
    let Some((summary, touched)) = app.store()?.touched(number).await? else { return Ok(None) };
    let mut lines: Vec<DiffLine> = touched
        .iter()
        .filter_map(|t| {
            let kind = Kind::parse(&t.revision.kind)?;
            let columns = &kind.def().columns;
            let old = t.before.as_ref().and_then(|r| r.row()).map(|(_, row)| row);
            let new = t.revision.row().map(|(_, row)| row);
            let at = |row: &Option<Vec<model::value::Value>>, i: usize| {
                row.as_ref().and_then(|r| r.get(i)).cloned().unwrap_or_default()
            };
            let fields = columns
                .iter()
                .enumerate()
                .map(|(i, column)| (column.name.clone(), at(&old, i), at(&new, i)))
                .filter(|(_, old, new)| old != new)
                .collect();
            Some(DiffLine { kind, id: t.revision.record.clone(), pointer: diag::Pointer::default(), fields })
        })
        .collect();
    personal::told_fields(app, &mut lines.iter_mut().map(|l| &mut l.fields).collect::<Vec<_>>()).await?;
    Ok(Some((line_of(summary), lines)))
}

/// Takes a whole change back. Findings say why it cannot be.
pub async fn undo(
    app: &App,
    number: u64,
    by: &Actor,
    reason: &str,
    at: Timestamp,
) -> Result<std::result::Result<Written, Vec<Diagnostic>>, AppError> {
    let whole = i64::try_from(number).unwrap_or(i64::MAX);
    let Some((summary, touched)) = app.store()?.touched(number).await? else {
        return Ok(Err(vec![Diagnostic::new(&register::REG013).arg("change", whole)]));
    };
    let world = app.world().await?;
    let proposal = match invert(
        &summary.change,
        &touched,
        summary.undone_by,
        world.snapshot().position,
        by.author(),
        reason,
        at,
    ) {
        Ok(proposal) => proposal,
        Err(findings) => return Ok(Err(findings)),
    };
    // Segments that come back must still be whole.
    for t in touched.iter().filter(|t| t.revision.op == Op::RetractSegment) {
        if let Some(id) = t.revision.segment().and_then(|s| lake::SegmentId::parse(&s.id)) {
            app.lake()?.verify_segment(&id)?;
        }
    }
    let ready = Ready {
        reason: proposal.reason,
        edits: proposal.edits,
        against: proposal.against,
        undoes: proposal.undoes,
        ..Ready::default()
    };
    submit(app, by, ready, at).await
}

/// How far the register is.
pub async fn vital(app: &App) -> Result<Vital, AppError> {
    let world = app.world().await?;
    let last = app.store()?.changes(None, 1).await?.into_iter().next();
    let at = last.map(|s| s.change.at);
    Ok(Vital {
        position: world.snapshot().position,
        fingerprint: world.snapshot().fingerprint.clone(),
        n_records: Kind::REGISTER.iter().map(|k| world.records().count(*k)).sum(),
        n_observations: world.snapshot().observations.len(),
        changed_at: at.map(|a| a.to_string()),
        on: at.unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(TimeZone::UTC).date(),
    })
}
