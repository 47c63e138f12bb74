//! # What it finds
//! A mandate that names no result and is not said to govern the whole programme.
//!
//! # Why it matters
//! A mandate tied to no result is nobody's work, and its duty to report finds no one.
//!
//! # Example
//! A resolution on one territory names no result.
//!
//! # What to do
//! Name the results that the mandate governs, or mark it as general.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND004: Code = Code { id: "MND004", name: "mandate-governs-nothing", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for mandate in context.records.mandates.iter().filter(|m| m.results.is_empty() && m.general != Some(true)) {
        out.push(
            Diagnostic::new(&MND004)
                .on("mandate", mandate.id.as_str())
                .field("results")
                .arg("mandate", title(&mandate.title)),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND004, run, file: include_str!("governs_nothing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "mandates | id | organ | kind
                 | M  | GC    | resolution",
    right: "mandates | id | organ | kind       | general
                 | M  | GC    | resolution | true",
};
