//! The result of a filled questionnaire: its scores, the change since last time, and the others of its round.

use std::sync::Arc;

use diag::Diagnostic;
use engine::instrument::{change, score, views};
use model::kinds::{Response, ResponseState};

use super::{
    Answers, Change, Questionnaire, Scored, Views, find_instrument,
    rounds::{answers_of, rounds},
};
use crate::world::World;

/// A response of a round with its score.
#[derive(Clone, Debug)]
pub struct InRound {
    /// The response.
    pub response: Response,
    /// Its score.
    pub scored: Scored,
}

/// The result of a response.
#[derive(Clone, Debug)]
pub struct ResponseResult {
    /// The questionnaire in the version that was filled.
    pub questionnaire: Arc<Questionnaire>,
    /// The response.
    pub response: Response,
    /// What was answered.
    pub answers: Answers,
    /// What it scores.
    pub scored: Scored,
    /// The response of the last round that it is compared with, and what changed since.
    pub earlier: Option<(Response, Change)>,
    /// The views of its round, itself among them where it is one.
    pub round: Vec<InRound>,
    /// How far apart they are, where there are several.
    pub views: Option<Views>,
    /// What the round agreed on.
    pub consensus: Option<Response>,
}

/// The result of a response; `None` when this reader sees none with that id.
///
/// Errors: `INS019` when the program does not have the questionnaire in that version.
pub fn response_result(world: &World, id: &str) -> Option<Result<ResponseResult, Box<Diagnostic>>> {
    let records = world.records();
    let response = records.responses.get(id)?.clone();
    let questionnaire = match find_instrument(world, &response.instrument.0, Some(response.version.0)) {
        Ok(found) => found,
        Err(unknown) => return Some(Err(unknown)),
    };
    let scored_of = |r: &Response| {
        let questionnaire = find_instrument(world, &r.instrument.0, Some(r.version.0)).ok()?;
        Some(score(&questionnaire, &answers_of(records, &r.id)))
    };
    let answers = answers_of(records, &response.id);
    let scored = score(&questionnaire, &answers);
    let all = rounds(records, &response.instrument.0, &response.subject_kind.0, &response.subject);
    let own = all.iter().position(|round| round.iter().any(|r| r.id == response.id)).unwrap_or(0);
    let before = own.checked_sub(1).and_then(|i| all.get(i)).map_or(&[][..], Vec::as_slice);
    let earlier = settled(before, &response).and_then(|r| Some((r.clone(), change(&scored, &scored_of(r)?))));
    let of_round = || all.get(own).into_iter().flatten();
    let round: Vec<InRound> = of_round()
        // Other versions ask other questions.
        .filter(|r| r.state == ResponseState::Submitted && r.version == response.version)
        .filter_map(|r| Some(InRound { response: (*r).clone(), scored: scored_of(r)? }))
        .collect();
    let each: Vec<Scored> = round.iter().map(|r| r.scored.clone()).collect();
    let consensus = of_round().find(|r| r.state == ResponseState::Consensus).map(|r| (*r).clone());
    Some(Ok(ResponseResult {
        views: (each.len() > 1).then(|| views(&questionnaire, &each)),
        questionnaire,
        response,
        answers,
        scored,
        earlier,
        round,
        consensus,
    }))
}

/// What a round settled on: its consensus, else the view of the same role, else the last one.
fn settled<'r>(round: &[&'r Response], response: &Response) -> Option<&'r Response> {
    let consensus = round.iter().find(|r| r.state == ResponseState::Consensus);
    let same = || round.iter().rfind(|r| r.role.is_some() && r.role == response.role);
    consensus.or_else(same).or_else(|| round.last()).copied()
}
