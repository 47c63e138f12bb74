//! Mandates, what followed from them, events and their sessions.

use jiff::civil::Date;

use crate::{
    code_list, record,
    record::{Code, Whole},
    value::{Id, Text},
};

use super::{Cadence, Place, Result, Source, Unit};

record! {
    /// A resolution, decision or other mandate. It is known by organ, type and number together.
    Mandate as "mandate" in "mandates" {
        /// Code.
        own [id]: Id<Mandate>,
        /// The body that took it, e.g. `GA`, `GC`, `UNHA`.
        [organ]: Code,
        /// What sort: resolution, decision, declaration, …
        [kind]: Code,
        /// Number within organ and type.
        [number]: Option<String>,
        /// Year.
        [year]: Option<Whole<1900, 2999>>,
        /// How the year is known: stated, number, session, known.
        [year_basis]: Option<Code>,
        /// Name.
        [title]: Text,
        /// Results that it governs.
        [results]: Vec<Id<Result>>,
        /// Whether it governs the whole programme.
        [general]: Option<bool>,
        /// How often it asks for a report; empty when it asks for none.
        [duty]: Option<Cadence>,
        /// First year of the duty to report.
        [duty_from]: Option<Whole<1900, 2999>>,
        /// Last year of the duty to report.
        [duty_until]: Option<Whole<1900, 2999>>,
        /// The unit that reports.
        [owner]: Option<Id<Unit>>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

code_list! {
    /// How far a mandate has been carried out.
    FollowupState as "followup-state" {
        /// Not begun.
        NotStarted = "not_started",
        /// Under way.
        Ongoing = "ongoing",
        /// Done.
        Done = "done",
    }
}

record! {
    /// What was reported on carrying out a mandate.
    Followup as "followup" in "followups" {
        /// The mandate.
        key [mandate]: Id<Mandate>,
        /// When it was reported.
        key [on]: Date,
        /// How far it has been carried out.
        [state]: FollowupState,
        /// What was done.
        [note]: Option<Text>,
        /// Document.
        [source]: Option<Id<Source>>,
        /// Paragraph of the document.
        [source_para]: Option<String>,
    }
}

record! {
    /// A forum, conference or meeting.
    Event as "event" in "events" {
        /// Code.
        own [id]: Id<Event>,
        /// Name.
        [title]: Text,
        /// First day.
        [starts_on]: Option<Date>,
        /// Last day.
        [ends_on]: Option<Date>,
        /// Where.
        [place]: Option<Id<Place>>,
        /// Series it belongs to, e.g. `WUF`.
        [series]: Option<Code>,
    }
}

record! {
    /// A session of an event: what was expected before, what was recorded after.
    Session as "session" in "sessions" {
        /// Code.
        own [id]: Id<Session>,
        /// The event.
        [event]: Id<Event>,
        /// Name.
        [title]: Text,
        /// Outcomes expected beforehand.
        [expected_outcomes]: Option<String>,
        /// When the rapporteur returned the template.
        [returned_on]: Option<Date>,
        /// Outcomes recorded.
        [recorded_outcomes]: Option<String>,
    }
}
