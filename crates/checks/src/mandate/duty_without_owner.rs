//! # What it finds
//! A duty to report for which no unit answers.
//!
//! # Why it matters
//! A duty that nobody owns is remembered by the body that asked, too late.
//!
//! # Example
//! A four-yearly duty names no unit.
//!
//! # What to do
//! Name the unit that reports.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND010: Code = Code { id: "MND010", name: "duty-without-owner", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for mandate in context.records.mandates.iter().filter(|m| m.duty.is_some() && m.owner.is_none()) {
        out.push(
            Diagnostic::new(&MND010)
                .on("mandate", mandate.id.as_str())
                .field("owner")
                .arg("mandate", title(&mandate.title)),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND010, run, file: include_str!("duty_without_owner.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "mandates | id | organ | kind       | duty
                 | M  | GA    | resolution | four_yearly",
    right: "mandates | id | organ | kind       | duty        | owner
                 | M  | GA    | resolution | four_yearly | U",
};
