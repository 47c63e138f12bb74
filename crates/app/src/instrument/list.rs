//! Every questionnaire, and how often it was filled.

use std::{collections::BTreeSet, sync::Arc};

use jiff::civil::Date;

use super::{Questionnaire, is_shipped, known_instruments};
use crate::world::World;

/// A questionnaire in the list.
#[derive(Clone, Debug)]
pub struct InstrumentCard {
    /// Its latest version.
    pub questionnaire: Arc<Questionnaire>,
    /// Responses to any version.
    pub n_responses: usize,
    /// Records that they are about.
    pub n_subjects: usize,
    /// The day of the last one.
    pub last_on: Option<Date>,
    /// Whether it is the organisation's own.
    pub is_own: bool,
}

/// Every questionnaire with what this reader sees of its responses.
pub fn instruments(world: &World) -> Vec<InstrumentCard> {
    let card = |questionnaire: Arc<Questionnaire>| {
        let own = || world.records().responses.iter().filter(|r| r.instrument.0 == questionnaire.id);
        let n_subjects = own().map(|r| r.subject.as_str()).collect::<BTreeSet<_>>().len();
        let (n_responses, last_on) = (own().count(), own().map(|r| r.on).max());
        let is_own = !is_shipped(&questionnaire.id);
        InstrumentCard { n_responses, n_subjects, last_on, is_own, questionnaire }
    };
    known_instruments(world).into_iter().map(card).collect()
}
