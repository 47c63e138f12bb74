//! # What it finds
//! An outcome with reported figures and no story beside them.
//!
//! # Why it matters
//! A figure says how much, a story says how and for whom; reports pair the two.
//!
//! # Example
//! An outcome reports 12 cities and tells of none of them.
//!
//! # What to do
//! Add a story of a place or of people who agreed to be named.

use model::kinds::LevelRole;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN041: Code = Code { id: "PLN041", name: "outcome-without-story", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for result in context.records.results.iter().filter(|r| context.role(r) == Some(LevelRole::Outcome)) {
        let reported = context.indicators.of(&result.id).iter().any(|i| !context.rows_of(&i.id).is_empty());
        if reported && !context.stories.any(&result.id) {
            out.push(Diagnostic::new(&PLN041).on("result", result.id.as_str()).arg("result", title(&result.title)));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &PLN041, run, file: include_str!("outcome_without_story.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | outcome
        results | id | plan | level
                | O  | P    | 1
        indicators | id | result
                   | I  | O
        observations | indicator | place | period | value
                     | I         | KEN   | 2015   | 12",
    wrong: "",
    right: "stories | id | result
                | S  | O",
};
