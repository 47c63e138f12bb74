//! # What it finds
//! A fact whose own qualifier says that it is disputed, and on which nobody has decided.
//!
//! # Why it matters
//! Documents disagree about it; whoever uses the figure should know before the reader does.
//!
//! # Example
//! The date of a framework is disputed between two documents.
//!
//! # What to do
//! Record each claim as a fact of its own with the same subject, and choose one with a reason.

use model::kinds::ClaimVerdict;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT010: Code = Code { id: "FCT010", name: "disputed-without-verdict", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for fact in context.records.facts.iter() {
        let disputed = fact.qualifier.as_ref().is_some_and(|q| q.0 == "disputed");
        if disputed && matches!(fact.verdict, None | Some(ClaimVerdict::Open)) {
            out.push(
                Diagnostic::new(&FCT010).on("fact", fact.id.as_str()).field("verdict").arg("title", title(&fact.title)),
            );
        }
    }
}

pub(super) const CHECK: Check = Check { code: &FCT010, run, file: include_str!("disputed.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "facts | id | topic | value | qualifier
              | F  | plan  | 2009  | disputed",
    right: "facts | id | topic | value | qualifier | verdict
              | F  | plan  | 2009  | disputed  | chosen",
};
