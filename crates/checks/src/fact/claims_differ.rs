//! # What it finds
//! Claims for one fact (same subject, year and place) with different values. When one is chosen or
//! rejected it is a note; when both are said to hold, nothing is found. Dates, projections and slips of
//! a thousand or a million are findings of their own.
//!
//! # Why it matters
//! Both claims will be quoted; without a decision and its reason each reader decides for himself.
//!
//! # Example
//! One document counts three levels that are tracked, another paragraph of it counts two.
//!
//! # What to do
//! Choose one claim and give the reason, or say that both hold and why they differ. Keep both.

use model::kinds::{Fact, FactKind};
use rustc_hash::FxHashMap;

use super::{both_hold, decided, followed, place_key, said};
use crate::{arithmetic::slip, context::title};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT001: Code = Code { id: "FCT001", name: "claims-differ", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (subject, facts) in context.facts.sorted() {
        let mut claims: FxHashMap<(Option<&str>, String), Vec<&Fact>> = FxHashMap::default();
        let mut order = Vec::new();
        for fact in facts.iter().filter(|f| !matches!(f.kind, FactKind::Date | FactKind::Projection)) {
            // Numbers of different years may differ; words for one fact are compared whatever their year.
            let year = fact.year.as_ref().filter(|_| fact.value.is_some()).map(|y| y.0.as_str());
            let key = (year, place_key(fact));
            if !claims.contains_key(&key) {
                order.push(key.clone());
            }
            claims.entry(key).or_default().push(fact);
        }
        for group in order.iter().filter_map(|k| claims.get(k)) {
            let Some(kept) = followed(group) else { continue };
            for other in group.iter().filter(|f| f.id != kept.id && differ(kept, f) && !both_hold(kept, f)) {
                let settled = decided(kept, other);
                let severity = if settled { Severity::Note } else { Severity::Warning };
                out.push(
                    Diagnostic::new(&FCT001)
                        .severity(severity)
                        .on("fact", other.id.as_str())
                        .field(if other.value.is_some() { "value" } else { "value_text" })
                        .related("fact", kept.id.as_str())
                        .arg("subject", subject)
                        .arg("title", title(&other.title))
                        .arg("value", said(other))
                        .arg("kept", said(kept))
                        .arg("other", kept.id.as_str())
                        .arg("state", if settled { "decided" } else { "open" }),
                );
            }
        }
    }
}

fn differ(a: &Fact, b: &Fact) -> bool {
    match (a.value, b.value) {
        (Some(x), Some(y)) => {
            a.unit == b.unit && slip(x, y, 0.02).is_none() && (x - y).abs() > 1e-9 * x.abs().max(y.abs())
        }
        (None, None) => a.value_text.is_some() && b.value_text.is_some() && a.value_text != b.value_text,
        _ => false,
    }
}

pub(super) const CHECK: Check = Check { code: &FCT001, run, file: include_str!("claims_differ.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic | subject        | title_en       | year | value | kind
              | F1 | plan  | levels-tracked | Levels tracked | 2026 | 3     | count",
    wrong: "facts | id | topic | subject        | title_en       | year | value | kind
              | F2 | plan  | levels-tracked | Levels tracked | 2026 | 2     | count",
    right: "facts | id | topic | subject        | title_en       | year | value | kind  | verdict
              | F2 | plan  | levels-tracked | Levels tracked | 2026 | 2     | count | both",
};
