//! # What it finds
//! Projections of one fact for one year with different values.
//!
//! # Why it matters
//! A projection belongs to the day when it was made; the later one knows more, and the older one
//! explains older plans.
//!
//! # Example
//! The share of people in cities in 2050 is given as 70 % by one document and as 68 % by a later one.
//!
//! # What to do
//! Quote the projection with its source; choose the newest one for new plans.

use model::kinds::{Fact, FactKind};
use rustc_hash::FxHashMap;

use super::{followed, place_key};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT007: Code = Code { id: "FCT007", name: "projections-differ", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, facts) in context.facts.sorted() {
        let mut claims: FxHashMap<(Option<i16>, String), Vec<&Fact>> = FxHashMap::default();
        for fact in facts.iter().filter(|f| f.kind == FactKind::Projection && f.value.is_some()) {
            claims.entry((super::last_year(fact), place_key(fact))).or_default().push(fact);
        }
        for ((year, _), group) in &claims {
            let Some(kept) = followed(group) else { continue };
            for other in group.iter().filter(|f| f.value != kept.value) {
                out.push(
                    Diagnostic::new(&FCT007)
                        .on("fact", other.id.as_str())
                        .field("value")
                        .related("fact", kept.id.as_str())
                        .arg("title", title(&other.title))
                        .arg("year", year.map(|y| y.to_string()).unwrap_or_default())
                        .arg("value", other.value.unwrap_or(0.0))
                        .arg("other", kept.value.unwrap_or(0.0)),
                );
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FCT007, run, file: include_str!("projection_vintages.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic | subject     | year | value | unit    | kind
              | F1 | urban | urban-share | 2050 | 70    | percent | projection",
    wrong: "facts | id | topic | subject     | year | value | unit    | kind
              | F2 | urban | urban-share | 2050 | 68    | percent | projection",
    right: "facts | id | topic | subject     | year | value | unit    | kind
              | F2 | urban | urban-share | 2030 | 60    | percent | projection",
};
