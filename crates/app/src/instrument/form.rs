//! The form of a questionnaire about a record: what is asked, and what it begins with.

use std::sync::Arc;

use diag::Diagnostic;
use engine::instrument::{agreed, codes::INS020};
use model::kinds::ResponseState;

use super::{
    Answers, Questionnaire, find_instrument,
    rounds::{answers_of, rounds},
};
use crate::world::World;

/// What a form begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStart {
    /// Nothing.
    Empty,
    /// What all respondents of the last round agree on.
    Consensus,
}

/// A form.
#[derive(Clone, Debug)]
pub struct InstrumentForm {
    /// The questionnaire.
    pub questionnaire: Arc<Questionnaire>,
    /// The record that it is about.
    pub subject: String,
    /// What it begins with.
    pub answers: Answers,
    /// Respondents of the round that a consensus is sought among; 0 for an empty form.
    pub n_views: usize,
}

/// The form of a questionnaire's latest version about a record.
///
/// Errors: `INS019` for a questionnaire that there is not, `INS020` for a record that there is not.
pub fn instrument_form(
    world: &World,
    instrument: &str,
    subject: &str,
    start: FormStart,
) -> Result<InstrumentForm, Box<Diagnostic>> {
    let questionnaire = find_instrument(world, instrument, None)?;
    let kind = questionnaire.subject.kind();
    if !world.records().contains(kind, subject) {
        return Err(Box::new(Diagnostic::new(&INS020).arg("kind", kind.name()).arg("subject", subject)));
    }
    let views: Vec<Answers> = match start {
        FormStart::Empty => Vec::new(),
        FormStart::Consensus => {
            let all = rounds(world.records(), instrument, kind.name(), subject);
            let last = all.last().into_iter().flatten();
            let is_view = |r: &&&model::kinds::Response| {
                r.state == ResponseState::Submitted && r.version.0 == i64::from(questionnaire.version)
            };
            last.filter(is_view).map(|r| answers_of(world.records(), &r.id)).collect()
        }
    };
    let answers = agreed(&questionnaire, &views);
    Ok(InstrumentForm { questionnaire, subject: subject.to_owned(), answers, n_views: views.len() })
}
