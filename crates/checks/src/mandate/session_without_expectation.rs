//! # What it finds
//! A session of a forum without expected outcomes.
//!
//! # Why it matters
//! What was not expected beforehand cannot be found missing afterwards.
//!
//! # Example
//! A dialogue of the next forum has a title and nothing else.
//!
//! # What to do
//! Write down what the session should bring about before it takes place.

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND008: Code =
    Code { id: "MND008", name: "session-without-expected-outcomes", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for session in context.records.sessions.iter().filter(|s| s.expected_outcomes.is_none()) {
        out.push(
            Diagnostic::new(&MND008)
                .on("session", session.id.as_str())
                .field("expected_outcomes")
                .related("event", session.event.as_str())
                .arg("session", title(&session.title)),
        );
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND008, run, file: include_str!("session_without_expectation.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "sessions | id | event
                 | S  | WUF9",
    right: "sessions | id | event | expected_outcomes
                 | S  | WUF9  | Three cities sign the pledge",
};
