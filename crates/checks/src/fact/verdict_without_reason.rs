//! # What it finds
//! A claim that was chosen or rejected without a reason.
//!
//! # Why it matters
//! A decision without its reason is taken again by the next person, perhaps the other way.
//!
//! # Example
//! A claim is rejected, and nobody says why.
//!
//! # What to do
//! Write one sentence that says why.

use model::kinds::ClaimVerdict;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT012: Code = Code { id: "FCT012", name: "verdict-without-reason", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fact in context.records.facts.iter() {
        let judged = matches!(fact.verdict, Some(ClaimVerdict::Chosen | ClaimVerdict::Rejected));
        if judged && fact.verdict_reason.is_none() {
            out.push(
                Diagnostic::new(&FCT012)
                    .on("fact", fact.id.as_str())
                    .field("verdict_reason")
                    .arg("title", title(&fact.title))
                    .arg("verdict", fact.verdict.map_or("", |v| v.as_str())),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &FCT012, run, file: include_str!("verdict_without_reason.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "facts | id | topic  | value | verdict
              | F  | target | 100   | rejected",
    right: "facts | id | topic  | value | verdict  | verdict_reason_en
              | F  | target | 100   | rejected | Three other paragraphs say 100 million",
};
