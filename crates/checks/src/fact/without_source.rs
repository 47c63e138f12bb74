//! # What it finds
//! A fact without a source.
//!
//! # Why it matters
//! A figure that nobody can look up cannot be defended, corrected or dated.
//!
//! # Example
//! A share of 55 % names no document.
//!
//! # What to do
//! Name the source and, where there is one, the paragraph.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT009: Code = Code { id: "FCT009", name: "fact-without-source", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fact in context.records.facts.iter().filter(|f| f.source.is_none()) {
        out.push(
            Diagnostic::new(&FCT009).on("fact", fact.id.as_str()).field("source").arg("title", title(&fact.title)),
        );
    }
}

pub(super) const CHECK: Check = Check { code: &FCT009, run, file: include_str!("without_source.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "facts | id | topic | value
              | F  | urban | 55",
    right: "facts | id | topic | value | source
              | F  | urban | 55    | DOC",
};
