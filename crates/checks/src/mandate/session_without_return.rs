//! # What it finds
//! A session of an event that has ended, without the rapporteur's template returned.
//!
//! # Why it matters
//! What a session agreed is lost within weeks unless somebody writes it down.
//!
//! # Example
//! The forum ended in February 2018; the template of one session never came back.
//!
//! # What to do
//! Ask the rapporteur for the template, and record the day and the outcomes.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND009: Code = Code { id: "MND009", name: "session-without-return", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for session in context.records.sessions.iter().filter(|s| s.returned_on.is_none()) {
        let event = context.records.events.of(&session.event);
        let Some(end) = event.and_then(|e| e.ends_on.or(e.starts_on)).filter(|end| *end < context.on) else { continue };
        out.push(
            Diagnostic::new(&MND009)
                .on("session", session.id.as_str())
                .field("returned_on")
                .related("event", session.event.as_str())
                .arg("session", title(&session.title))
                .arg("end", end.to_string()),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND009, run, file: include_str!("session_without_return.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2018, 6, 30),
    both: "events | id   | starts_on  | ends_on
               | WUF9 | 2018-02-07 | 2018-02-13",
    wrong: "sessions | id | event
                 | S  | WUF9",
    right: "sessions | id | event | returned_on
                 | S  | WUF9  | 2018-02-20",
};
