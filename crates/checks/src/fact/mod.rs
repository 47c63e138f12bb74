//! Checks of facts, claims and terms.

use diag::Arg;
use model::kinds::{ClaimVerdict, Fact};

use crate::Check;

mod claims_differ;
mod disputed;
mod event_dates;
mod factor_slip;
mod future_observation;
mod parts;
mod percent_range;
mod percentage;
mod projection_vintages;
mod term_without_preferred;
mod two_chosen;
mod variant_used;
mod verdict_without_reason;
mod vintages;
mod without_source;

/// The checks of facts, claims and terms.
pub const CHECKS: &[Check] = &[
    claims_differ::CHECK,
    factor_slip::CHECK,
    event_dates::CHECK,
    percentage::CHECK,
    parts::CHECK,
    vintages::CHECK,
    projection_vintages::CHECK,
    percent_range::CHECK,
    without_source::CHECK,
    disputed::CHECK,
    two_chosen::CHECK,
    verdict_without_reason::CHECK,
    future_observation::CHECK,
    term_without_preferred::CHECK,
    variant_used::CHECK,
];

/// What a claim says, for a message.
fn said(fact: &Fact) -> Arg {
    match (fact.value, fact.value_on, &fact.value_text) {
        (Some(value), _, _) => Arg::Number(value),
        (None, Some(day), _) => Arg::Text(day.to_string()),
        (None, None, Some(text)) => Arg::Text(text.clone()),
        (None, None, None) => Arg::Text("–".to_owned()),
    }
}

/// The claim that the others are compared with: the chosen one, else the first that is not rejected.
fn followed<'a>(claims: &[&'a Fact]) -> Option<&'a Fact> {
    let with = |v| claims.iter().copied().find(|c| c.verdict == Some(v));
    let not_rejected = claims.iter().copied().find(|c| c.verdict != Some(ClaimVerdict::Rejected));
    with(ClaimVerdict::Chosen).or(not_rejected).or_else(|| claims.first().copied())
}

/// Whether somebody has decided between two claims.
fn decided(a: &Fact, b: &Fact) -> bool {
    let by = |f: &Fact| matches!(f.verdict, Some(ClaimVerdict::Chosen | ClaimVerdict::Rejected));
    by(a) || by(b)
}

/// Whether somebody has said that two claims both hold.
fn both_hold(a: &Fact, b: &Fact) -> bool {
    a.verdict == Some(ClaimVerdict::Both) || b.verdict == Some(ClaimVerdict::Both)
}

/// Year, or last year of a range, that a fact speaks of.
fn last_year(fact: &Fact) -> Option<i16> {
    let text = &fact.year.as_ref()?.0;
    text.rsplit(['-', '/', '–']).next()?.parse().ok()
}

/// Where a fact holds, as one text for comparison.
fn place_key(fact: &Fact) -> String {
    let mut places: Vec<&str> = fact.places.iter().map(|p| p.as_str()).collect();
    places.sort_unstable();
    let note = fact.place_note.as_deref().unwrap_or("");
    format!("{};{note}", places.join(";"))
}
