//! # What it finds
//! A follow-up dated before the year of its mandate.
//!
//! # Why it matters
//! Nothing can be carried out before it was asked for; one of the two dates is wrong, or the follow-up
//! belongs to another mandate.
//!
//! # Example
//! A mandate of 2017 has a follow-up of 2016.
//!
//! # What to do
//! Correct the date, or move the follow-up to the mandate that it is about.

use model::Record;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND011: Code = Code { id: "MND011", name: "followup-before-mandate", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for followup in context.records.followups.iter() {
        let year = context.records.mandates.of(&followup.mandate).and_then(|m| m.year);
        if let Some(year) = year.filter(|y| i64::from(followup.on.year()) < y.0) {
            out.push(
                Diagnostic::new(&MND011)
                    .on("followup", followup.id())
                    .field("on")
                    .related("mandate", followup.mandate.as_str())
                    .arg("on", followup.on.to_string())
                    .arg("year", year.0.to_string()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND011, run, file: include_str!("followup_before_mandate.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "mandates | id | organ | kind       | year
                 | M  | GC    | resolution | 2017",
    wrong: "followups | mandate | on
                  | M       | 2016-05-01",
    right: "followups | mandate | on
                  | M       | 2018-05-01",
};
