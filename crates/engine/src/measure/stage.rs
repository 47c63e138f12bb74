//! Stage count: bodies at each stage of a scale, each body at its latest stage at or before the end of the period.

use model::{
    figure::{Answer, Reason},
    kinds::ObservationStatus,
    value::Period,
};

use super::{Outcome, input, reason_of};
use crate::{
    ask::Ask,
    completeness::Told,
    prepared::{Mapped, Piece},
};

/// The stages of bodies: one run of steps for each body, oldest first.
fn steps<'a>(ask: &Ask<'a>) -> Vec<&'a Piece> {
    let rows = ask.rows();
    let of = ask.pieces.until(ask.key.period).filter(|p| p.entity != 0 && ask.covers(p));
    let mut steps: Vec<&Piece> = of.filter(|p| rows.status[p.row as usize].has_value()).collect();
    steps.sort_unstable_by_key(|p| {
        let row = p.row as usize;
        let day = rows.measured_on[row].unwrap_or(p.period.ends_on());
        (p.entity, p.period.month_after(), day, rows.change[row], p.project, p.row)
    });
    steps
}

pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    let rows = ask.rows();
    let stage_of = |p: &Piece| rows.dict.text(rows.stage[p.row as usize]);
    let asked = ask.pieces.until(ask.key.period).filter(|p| ask.covers(p));
    let told: Vec<&Piece> = asked.filter(|p| ask.ends_inside(p.period)).collect();
    let mut outcome = Outcome::none(Reason::NothingReported);
    outcome.told = told
        .iter()
        .map(|p| Told {
            project: p.project,
            place: p.place,
            number: rows.status[p.row as usize].has_value(),
            estimated: rows.status[p.row as usize] == ObservationStatus::Estimated || p.mapped == Mapped::Estimated,
            aside: false,
        })
        .collect();
    // A state lasts, but with nobody reporting in the period it is not known to have lasted so far.
    if told.is_empty() {
        return outcome;
    }
    let steps = steps(ask);
    let mut scale: Vec<(String, u32)> = ask.held.stages.iter().map(|s| (s.code.0.clone(), 0)).collect();
    if scale.is_empty() {
        // Without a scale the stages stand in text order.
        let mut seen: Vec<&str> = steps.iter().map(|p| stage_of(p)).filter(|s| !s.is_empty()).collect();
        seen.sort_unstable();
        seen.dedup();
        scale = seen.into_iter().map(|s| (s.to_owned(), 0)).collect();
    }
    let codes: Vec<String> = scale.iter().map(|(s, _)| s.clone()).collect();
    let known = |p: &Piece| codes.iter().any(|s| s == stage_of(p));
    for run in steps.chunk_by(|a, b| a.entity == b.entity) {
        let latest = run.iter().rev().find(|p| known(p)).map(|p| p.row);
        for piece in run {
            let left_out = match latest {
                Some(row) if row == piece.row => None,
                _ if !known(piece) => Some("unknown-stage"),
                _ => Some("earlier-stage"),
            };
            outcome.inputs.push(input(ask, piece, left_out));
            if left_out.is_none() {
                if let Some((_, n)) = scale.iter_mut().find(|(s, _)| s == stage_of(piece)) {
                    *n += 1;
                }
                let mut projects: Vec<u32> = run.iter().map(|p| p.project).filter(|p| *p != 0).collect();
                projects.sort_unstable();
                projects.dedup();
                let by = projects.into_iter().map(|p| ask.prepared.names.text(p).to_owned()).collect();
                outcome.bodies.push((ask.prepared.names.text(piece.entity).to_owned(), by));
            }
        }
    }
    let unnamed = told.iter().filter(|p| p.entity == 0 && rows.status[p.row as usize].has_value());
    outcome.inputs.extend(unnamed.clone().map(|p| input(ask, p, Some("no-body"))));
    let silent = told.iter().filter(|p| !rows.status[p.row as usize].has_value());
    outcome.inputs.extend(silent.clone().map(|p| input(ask, p, Some("no-value"))));
    outcome.answer = if !outcome.bodies.is_empty() {
        outcome.rule = "stage-latest";
        let terms: Vec<String> = scale.iter().map(|(s, n)| format!("{s}: {n}")).collect();
        outcome.formula = terms.join(", ");
        outcome.symbols.push(("bodies", outcome.bodies.len() as f64));
        Answer::Stages(scale)
    } else if unnamed.count() > 0 || !steps.is_empty() {
        // A number of bodies without names, or stages that the scale does not know, cannot be followed.
        Answer::None(Reason::IllegalRollUp)
    } else {
        Answer::None(reason_of(silent.map(|p| ask.status_of(p))))
    };
    outcome
}

/// The stages of one body in order.
pub(crate) struct Path {
    /// The body.
    pub entity: u32,
    /// Its stage at the end of the first period; `None` when it had none.
    pub from: Option<String>,
    /// Every stage reported after that, up to the end of the second period.
    pub then: Vec<String>,
}

/// The stages of every body between the ends of two periods; the question asks for the later one.
pub(crate) fn stages_between(ask: &Ask<'_>, from: Period) -> Vec<Path> {
    let rows = ask.rows();
    let mut paths = Vec::new();
    for run in steps(ask).chunk_by(|a, b| a.entity == b.entity) {
        let stage_of =
            |p: &&Piece| Some(rows.dict.text(rows.stage[p.row as usize]).to_owned()).filter(|s| !s.is_empty());
        let split = run.partition_point(|p| p.period.month_after() <= from.month_after());
        let (before, after) = run.split_at(split);
        let from = before.iter().rev().find_map(stage_of);
        let then: Vec<String> = after.iter().filter_map(stage_of).collect();
        if let Some(first) = run.first().filter(|_| from.is_some() || !then.is_empty()) {
            paths.push(Path { entity: first.entity, from, then });
        }
    }
    paths
}
