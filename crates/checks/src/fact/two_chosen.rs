//! # What it finds
//! Two claims for one fact (same subject, year and place) that are both chosen.
//!
//! # Why it matters
//! One fact has one value that is followed; with two, pages and reports differ by chance.
//!
//! # Example
//! Both 3 and 2 are chosen for the number of levels.
//!
//! # What to do
//! Choose one and reject the other, or say that both hold.

use model::kinds::{ClaimVerdict, Fact};
use rustc_hash::FxHashMap;

use super::{place_key, said};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT011: Code = Code { id: "FCT011", name: "two-claims-chosen", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut chosen: FxHashMap<(&str, Option<&str>, String), &Fact> = FxHashMap::default();
    for fact in context.records.facts.iter().filter(|f| f.verdict == Some(ClaimVerdict::Chosen)) {
        let Some(subject) = &fact.subject else { continue };
        let key = (subject.0.as_str(), fact.year.as_ref().map(|y| y.0.as_str()), place_key(fact));
        match chosen.get(&key) {
            None => {
                chosen.insert(key, fact);
            }
            Some(first) => out.push(
                Diagnostic::new(&FCT011)
                    .on("fact", fact.id.as_str())
                    .field("verdict")
                    .related("fact", first.id.as_str())
                    .arg("title", title(&fact.title))
                    .arg("value", said(fact))
                    .arg("other", said(first)),
            ),
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FCT011, run, file: include_str!("two_chosen.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic | subject | value | verdict
              | F1 | plan  | levels  | 3     | chosen",
    wrong: "facts | id | topic | subject | value | verdict
              | F2 | plan  | levels  | 2     | chosen",
    right: "facts | id | topic | subject | value | verdict
              | F2 | plan  | levels  | 2     | rejected",
};
