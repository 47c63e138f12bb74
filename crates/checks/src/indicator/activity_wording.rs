//! # What it finds
//! An indicator of an outcome or a higher result that counts what is done: workshops, courses, missions,
//! reports published, people trained.
//!
//! # Why it matters
//! A hundred workshops can be held while nothing changes; a result is what people and cities do differently.
//!
//! # Example
//! “Workshops held” under an outcome.
//!
//! # What to do
//! Measure the change, and count the work at the level of outputs.

use super::{seen::none, wording};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND029: Code = Code { id: "IND029", name: "counts-work", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen().filter(|s| s.is_result()) {
        let Some(words) = wording::activity(&seen.indicator.title) else { continue };
        let finding = seen.finding(&IND029).severity(seen.severity(Severity::Warning)).field("title");
        out.push(finding.arg("words", words).arg("result", seen.result.map_or_else(none, |r| title(&r.title))));
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND029, run, file: include_str!("activity_wording.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2",
    wrong: "indicators | id | result | status    | title_en
                   | I  | O      | confirmed | Workshops held on land law",
    right: "indicators | id | result | status    | title_en
                   | I  | O      | confirmed | Cities that apply the land law",
};
