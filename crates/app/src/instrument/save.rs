//! Handing in a filled questionnaire.

use diag::Diagnostic;
use engine::instrument::{codes::INS020, faults};
use jiff::{Timestamp, civil::Date};
use model::{
    Kind,
    kinds::{Answer, Response, ResponseState},
    record::{Code, Record, Whole},
    value::Id,
};
use register::{Edit, access::Actor};

use super::{Answers, find_instrument};
use crate::{
    App,
    error::AppError,
    proposals::{Ready, Written, submit},
};

/// A filled questionnaire that somebody hands in.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The questionnaire.
    pub instrument: String,
    /// The version that was filled.
    pub version: i64,
    /// The record that it is about.
    pub subject: String,
    /// In which capacity it was answered; empty when that is not said.
    pub role: String,
    /// One view, or what was agreed on.
    pub state: ResponseState,
    /// When it was answered.
    pub on: Date,
    /// What else should be known; may be empty.
    pub note: String,
    /// The answers.
    pub answers: Answers,
}

/// Hands in a filled questionnaire as one change: the response with its answers, or nothing of it. Answers to questions
/// that are not asked are not kept. The answer is what became of the change, and the response's id.
///
/// Findings refuse it; their field is the code of the question at fault.
pub async fn save_response(
    app: &App,
    filled: Filled,
    by: &Actor,
    at: Timestamp,
) -> Result<Result<(Written, Id<Response>), Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let questionnaire = match find_instrument(&world, &filled.instrument, Some(filled.version)) {
        Ok(found) => found,
        Err(unknown) => return Ok(Err(vec![*unknown])),
    };
    let kind = questionnaire.subject.kind();
    if !world.records().contains(kind, &filled.subject) {
        return Ok(Err(vec![Diagnostic::new(&INS020).arg("kind", kind.name()).arg("subject", &filled.subject)]));
    }
    let found = faults(&questionnaire, &filled.answers);
    if !found.is_empty() {
        return Ok(Err(found));
    }
    let id = Id::new(new_id(&filled, at));
    let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let response = Response {
        id: id.clone(),
        instrument: Code(filled.instrument.clone()),
        version: Whole(filled.version),
        subject_kind: Code(kind.name().to_owned()),
        place: (kind == Kind::Place).then(|| Id::new(&filled.subject)),
        project: (kind == Kind::Project).then(|| Id::new(&filled.subject)),
        indicator: (kind == Kind::Indicator).then(|| Id::new(&filled.subject)),
        subject: filled.subject.clone(),
        role: some(&filled.role),
        state: filled.state,
        on: filled.on,
        note: some(&filled.note),
    };
    let put = |kind: Kind, row: Vec<model::value::Value>| Edit::Put { kind, row, origin: None };
    let mut edits = vec![put(Kind::Response, response.to_row())];
    for ((_, question), reply) in questionnaire.questions().zip(questionnaire.replies(&filled.answers)) {
        let (Some(Some(_)), Some(given)) = (reply, filled.answers.get(&question.id)) else { continue };
        let answer = Answer {
            response: id.clone(),
            question: Code(question.id.clone()),
            value: given.value.trim().to_owned(),
            evidence: some(&given.evidence),
            comment: some(&given.comment),
        };
        edits.push(put(Kind::Answer, answer.to_row()));
    }
    let ready = Ready {
        reason: format!("{} {}: {}", filled.instrument, filled.version, filled.subject),
        edits,
        against: world.snapshot().position,
        ..Ready::default()
    };
    Ok(submit(app, by, ready, at).await?.map(|written| (written, id)))
}

/// An id of its own for each response: what is handed in, and when. Two who hand in at the same moment differ in what they
/// answered.
fn new_id(filled: &Filled, at: Timestamp) -> String {
    let hash = blake3::hash(format!("{at:?} {filled:?}").as_bytes()).to_hex();
    format!("RSP-{}-{}", filled.on, hash.get(..10).unwrap_or_default())
}
