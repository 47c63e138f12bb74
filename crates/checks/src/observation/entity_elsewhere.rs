//! # What it finds
//! Bodies that are counted in a place that is neither their own nor one that contains it.
//!
//! # Why it matters
//! The body is counted for the wrong country, and once more when somebody counts it where it is.
//!
//! # Example
//! The city authority of Nairobi is counted in Uganda.
//!
//! # What to do
//! Correct the place of the value, or the place of the body.

use rustc_hash::FxHashMap;

use super::{Case, each_indicator, places_above};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS015: Code = Code { id: "OBS015", name: "entity-elsewhere", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let above = places_above(context);
    // The places of a body that no observation names as a place have no code; they are found by walking up by name.
    let mut homes: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
    for entity in context.records.entities.iter() {
        let (Some(code), Some(place)) = (o.dict.code(entity.id.as_str()), &entity.place) else { continue };
        let own = o.dict.code(place.as_str());
        let mut places: Vec<u32> = own.into_iter().collect();
        match own.and_then(|p| above.get(&p)) {
            Some(chain) => places.extend(chain),
            None => places.extend(chain_of(context, place.as_str())),
        }
        homes.insert(code, places);
    }
    each_indicator(context, &OBS015, out, |_, rows| {
        let is_elsewhere = |row: &usize| homes.get(&o.entity[*row]).is_some_and(|p| !p.contains(&o.place[*row]));
        rows.iter().copied().filter(|r| o.entity[*r] != 0).filter(is_elsewhere).map(Case::plain).collect()
    });
}

/// The places above one that no observation names, as far as observations name them.
fn chain_of(context: &Context<'_>, place: &str) -> Vec<u32> {
    let mut codes = Vec::new();
    let mut next = context.records.places.get(place).and_then(|p| p.parent.as_ref());
    for _ in 0..16 {
        let Some(parent) = next else { break };
        codes.extend(context.observations.dict.code(parent.as_str()));
        next = context.records.places.of(parent).and_then(|p| p.parent.as_ref());
    }
    codes
}

pub(super) const CHECK: Check =
    Check { code: &OBS015, run, file: include_str!("entity_elsewhere.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "places | id          | kind    | parent
               | KEN         | country |
               | KEN-nairobi | city    | KEN
               | UGA         | country |
        entities | id  | kind      | place
                 | NBO | authority | KEN-nairobi
        indicators | id | measure
                   | I  | distinct_count",
    wrong: "observations | indicator | place | period | entity | value
                         | I         | UGA   | 2015   | NBO    | 1",
    right: "observations | indicator | place | period | entity | value
                         | I         | KEN   | 2015   | NBO    | 1",
};
