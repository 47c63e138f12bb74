//! Story: never aggregated, always linked. The answer names the stories and the observations beside them.

use model::{
    figure::{Answer, Reason},
    value::Id,
};

use super::{Outcome, input};
use crate::{ask::Ask, completeness::Told, prepared::Piece};

/// No number; `bodies` holds the ids of the stories about this place and period (those that name neither are
/// about all), `inputs` the observations.
pub(super) fn answer(ask: &Ask<'_>) -> Outcome {
    let mut outcome = Outcome::none(Reason::Story);
    outcome.answer = Answer::None(Reason::Story);
    outcome.rule = "story";
    let places = &ask.prepared.places;
    let here = |place: Option<&Id<model::kinds::Place>>| {
        ask.place.is_none() || place.and_then(|p| places.ix(p.as_str())).is_none_or(|p| places.within(p, ask.place))
    };
    let stories = ask.prepared.snapshot.records.stories.iter();
    let mut of: Vec<&str> = stories
        .filter(|s| s.indicator.as_ref() == Some(&ask.key.indicator) && here(s.place.as_ref()))
        .filter(|s| s.period.is_none_or(|p| ask.key.period.overlaps(p)))
        .map(|s| s.id.as_str())
        .collect();
    of.sort_unstable();
    outcome.bodies = of.into_iter().map(|id| (id.to_owned(), Vec::new())).collect();
    let pieces: Vec<&Piece> = ask.pieces.inside(ask.key.period).filter(|p| ask.covers(p)).collect();
    outcome.inputs = pieces.iter().map(|p| input(ask, p, None)).collect();
    outcome.told = pieces
        .iter()
        .map(|p| Told { project: p.project, place: p.place, number: true, estimated: false, aside: false })
        .collect();
    outcome
}
