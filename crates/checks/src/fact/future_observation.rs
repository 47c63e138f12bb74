//! # What it finds
//! A fact that is called an observation or a count and speaks of a year that has not begun.
//!
//! # Why it matters
//! Nobody has observed the future; it is a projection or a target, and is compared and charted as such.
//!
//! # Example
//! A share for 2050 is called an observation.
//!
//! # What to do
//! Call it a projection or a target, or correct the year.

use model::kinds::FactKind;

use super::last_year;
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT013: Code = Code { id: "FCT013", name: "observed-in-the-future", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fact in context.records.facts.iter().filter(|f| f.kind == FactKind::Observation) {
        if let Some(year) = last_year(fact).filter(|y| *y > context.on.year()) {
            out.push(
                Diagnostic::new(&FCT013)
                    .on("fact", fact.id.as_str())
                    .field("kind")
                    .arg("title", title(&fact.title))
                    .arg("year", year.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FCT013, run, file: include_str!("future_observation.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "facts | id | topic | year | value | kind
              | F  | urban | 2050 | 68    | observation",
    right: "facts | id | topic | year | value | kind
              | F  | urban | 2050 | 68    | projection",
};
