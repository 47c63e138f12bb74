//! The filled questionnaires, of one questionnaire or about one record.

use model::kinds::Response;

use super::{Scored, find_instrument, rounds::answers_of};
use crate::world::World;

/// A filled questionnaire in a list.
#[derive(Clone, Debug)]
pub struct ResponseLine {
    /// The response.
    pub response: Response,
    /// Its score; `None` where the program does not have that version of the questionnaire.
    pub scored: Option<Scored>,
}

/// The responses to a questionnaire, or about a record given as kind and id, or both; the latest first.
pub fn responses(world: &World, instrument: Option<&str>, subject: Option<(&str, &str)>) -> Vec<ResponseLine> {
    let fits = |r: &&Response| {
        instrument.is_none_or(|i| r.instrument.0 == i)
            && subject.is_none_or(|(kind, id)| r.subject_kind.0 == kind && r.subject == id)
    };
    let mut found: Vec<&Response> = world.records().responses.iter().filter(fits).collect();
    found.sort_by(|a, b| (b.on, b.id.as_str()).cmp(&(a.on, a.id.as_str())));
    let line = |response: &Response| {
        let questionnaire = find_instrument(world, &response.instrument.0, Some(response.version.0)).ok();
        let scored = questionnaire.map(|q| engine::instrument::score(&q, &answers_of(world.records(), &response.id)));
        ResponseLine { response: response.clone(), scored }
    };
    found.into_iter().map(line).collect()
}
