//! # What it finds
//! An observed fact that is recorded for several years with different values; the oldest is named.
//!
//! # Why it matters
//! Each figure belongs to its printed year and the later one does not replace it; quoted without its
//! year, the older one looks like today's.
//!
//! # Example
//! People in slums stand as 1 billion for 2010 and as 881 million for 2014.
//!
//! # What to do
//! Always quote the value with its year; use the newest when the present is meant.

use model::kinds::{ClaimVerdict, Fact, FactKind};
use std::collections::BTreeMap;

use super::{last_year, place_key};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT006: Code =
    Code { id: "FCT006", name: "older-value-stands-beside-newer", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (_, facts) in context.facts.sorted() {
        let mut places: BTreeMap<String, Vec<(i16, &Fact)>> = BTreeMap::new();
        for fact in
            facts.iter().filter(|f| f.kind == FactKind::Observation && f.verdict != Some(ClaimVerdict::Rejected))
        {
            if let Some(year) = last_year(fact).filter(|_| fact.value.is_some()) {
                places.entry(place_key(fact)).or_default().push((year, fact));
            }
        }
        for mut series in places.into_values() {
            series.sort_by_key(|(year, _)| *year);
            let (Some((first_year, first)), Some((last_year, last))) = (series.first(), series.last()) else {
                continue;
            };
            if first_year < last_year && first.value != last.value {
                out.push(
                    Diagnostic::new(&FCT006)
                        .on("fact", first.id.as_str())
                        .field("year")
                        .related("fact", last.id.as_str())
                        .arg("title", title(&first.title))
                        .arg("value", first.value.unwrap_or(0.0))
                        .arg("year", first_year.to_string())
                        .arg("newest", last.value.unwrap_or(0.0))
                        .arg("newest_year", last_year.to_string()),
                );
            }
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FCT006, run, file: include_str!("vintages.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic | subject       | year | value      | unit   | kind
              | F1 | urban | slum-dwellers | 2010 | 1000000000 | person | observation",
    wrong: "facts | id | topic | subject       | year | value     | unit   | kind
              | F2 | urban | slum-dwellers | 2014 | 881000000 | person | observation",
    right: "facts | id | topic | subject  | year | value     | unit   | kind
              | F2 | urban | homeless | 2014 | 881000000 | person | observation",
};
