//! # What it finds
//! A result that a report speaks of and that no story is linked to.
//!
//! # Why it matters
//! A figure says how much, a story says how and for whom; readers believe the two together.
//!
//! # Example
//! The report says that more authorities decide by published rules, and tells of none of them.
//!
//! # What to do
//! Add a story of a place or of people who agreed to be named.

use model::Record;
use rustc_hash::FxHashSet;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND053: Code = Code { id: "IND053", name: "reported-without-story", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    for line in context.records.report_lines.iter() {
        let Some(result) = line.result.as_ref().and_then(|r| context.records.results.of(r)) else { continue };
        if !context.stories.any(&result.id) && seen.insert(result.id.as_str()) {
            let finding = Diagnostic::new(&IND053).on("report_line", line.id()).field("result");
            let finding = finding.arg("result", title(&result.title)).arg("period", line.period.to_string());
            out.push(finding.related("result", result.id.as_str()));
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND053, run, file: include_str!("reported_without_story.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | starts_on  | ends_on
              | P  | 2014-01-01 | 2015-12-31
        results | id | plan | level
                | O  | P    | 1
        outputs | id | project
                | X  | J
        report_lines | plan | period | position | result
                     | P    | 2014   | 1        | O",
    wrong: "",
    right: "stories | id | result
                | S  | O",
};
