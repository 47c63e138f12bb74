//! Words that the pages of places, boundaries and maps share: populations with their time and source, groups, boundaries.

use model::{
    kinds::{BoundaryDefinition, Place},
    value::Breakdown,
};

use crate::visit::Visit;

/// For when a place's people were counted, in words.
pub(super) fn population_time(v: &Visit, place: &Place) -> String {
    place.population_period.map_or_else(|| v.say("profile-population-undated"), |period| period.to_string())
}

/// The people of a place with their time and source; none where they are not known.
pub(super) fn population(v: &Visit, place: &Place) -> Option<String> {
    let n = locale::number(place.population?.0 as f64);
    Some(v.say_with("profile-population-of", [("n", n.into()), ("about", population_about(v, place).into())]))
}

/// The time and the source of a place's people.
fn population_about(v: &Visit, place: &Place) -> String {
    let source = place.population_source.as_ref().and_then(|id| v.records().sources.of(id));
    let source = source.map_or_else(|| v.say("profile-population-unsourced"), |of| v.plain(&of.title).to_owned());
    let args = [("period", population_time(v, place).into()), ("source", source.into())];
    v.say_with("profile-population-about", args)
}

/// The times and sources of the people of several places, each once, the most frequent first.
pub(super) fn population_sources<'p>(v: &Visit, places: impl Iterator<Item = &'p Place>) -> Vec<String> {
    let mut found: Vec<(String, usize)> = Vec::new();
    for about in places.filter(|place| place.population.is_some()).map(|place| population_about(v, place)) {
        match found.iter_mut().find(|(held, _)| *held == about) {
            Some((_, n)) => *n += 1,
            None => found.push((about, 1)),
        }
    }
    found.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    found.into_iter().map(|(about, _)| about).collect()
}

/// A group in words without mark-up: `female, 15–24`; the word for all people when empty.
pub(super) fn group(v: &Visit, breakdown: &Breakdown) -> String {
    if breakdown.is_total() {
        return v.say("survey-all");
    }
    let category = |(dimension, category): (&str, &str)| {
        let of = v.records().categories.get(format!("{dimension}/{category}"));
        of.map_or_else(|| category.to_owned(), |of| v.plain(&of.title).to_owned())
    };
    breakdown.parts().map(category).collect::<Vec<_>>().join(", ")
}

/// A day in one piece: its digits keep their order in a line that runs the other way, and no line ends within it.
pub(super) fn unbroken(day: &str) -> String {
    format!("\u{2066}{}\u{2069}", day.replace('-', "\u{2060}-\u{2060}"))
}

/// A boundary's name as a figure has it (`PLACE/DEFINITION/DAY@FINGERPRINT`) in words: what it is and from when.
pub(super) fn boundary(v: &Visit, name: &str) -> String {
    let mut parts = name.rsplitn(3, '/');
    let (last, definition) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    // An urban centre that is not published yet has no day.
    if BoundaryDefinition::parse(last).is_some() {
        return v.item("boundary-definition", last);
    }
    let day = last.split('@').next().unwrap_or_default();
    let args = [("definition", v.item("boundary-definition", definition).into()), ("day", unbroken(day).into())];
    v.say_with("space-boundary-from", args)
}

/// Boundaries in words, beside each other. Two that would read alike are told apart by the beginning of their shapes' fingerprints.
pub(super) fn boundaries(v: &Visit, all: &[String]) -> Vec<String> {
    let words: Vec<String> = all.iter().map(|name| boundary(v, name)).collect();
    let told = |(at, name): (usize, &String)| {
        let is_alike = words.iter().zip(all).any(|(other, of)| *other == words[at] && of != name);
        match name.rsplit_once('@').filter(|_| is_alike) {
            Some((_, shape)) => format!("{} ({})", words[at], shape.get(..4).unwrap_or(shape)),
            None => words[at].clone(),
        }
    };
    all.iter().enumerate().map(told).collect()
}
