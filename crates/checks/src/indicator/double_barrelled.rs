//! # What it finds
//! A name that measures two things at once: two sorts of bodies, two deeds, two questions, two measures, or a
//! list of figures. A list of services or of adjectives is one thing. Two sorts of bodies that a breakdown
//! keeps apart are a note.
//!
//! # Why it matters
//! When one half moves and the other does not, the value cannot say which, and two reporters will count
//! differently.
//!
//! # Example
//! “Cities that adopt and implement a climate plan”: one may adopt it and never implement it.
//!
//! # What to do
//! Make two indicators, keep the half that matters, or define what counts when only one half is true.

use super::wording::{self, Joined};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND028: Code = Code { id: "IND028", name: "double-barrelled", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(double) = wording::double_barrelled(&seen.indicator.title) else { continue };
        let kept_apart =
            matches!(double.joined, Joined::Subjects | Joined::List) && !seen.indicator.dimensions.is_empty();
        let severity = seen.severity(if kept_apart { Severity::Note } else { Severity::Warning });
        let finding = seen.finding(&IND028).severity(severity).field("title");
        let finding = finding.arg("joined", double.joined.as_str());
        let (first, second) = wording::double_in_words(&seen.indicator.title, &double);
        out.push(finding.arg("first", first).arg("second", second));
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND028, run, file: include_str!("double_barrelled.rs"), example: EXAMPLE };

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
                   | I  | O      | confirmed | Cities that adopt and implement a climate plan",
    right: "indicators | id | result | status    | title_en
                   | I  | O      | confirmed | People with water, sanitation and clean energy",
};
