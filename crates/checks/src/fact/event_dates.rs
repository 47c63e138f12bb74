//! # What it finds
//! Claims that put one event on different days. A claim may give a day, a month, a season or a year;
//! two claims agree when they can both be true. A claim whose subject is a recorded event is compared
//! with that event too. Decided claims are a note.
//!
//! # Why it matters
//! An event with two dates is counted twice in calendars and once wrongly in reports.
//!
//! # Example
//! A forum is put in spring 2004 by one paragraph and on 13 September 2004 by another.
//!
//! # What to do
//! Choose one date and give the reason; keep both claims.

use jiff::civil::{Date, date};
use model::kinds::{Fact, FactKind};

use super::{both_hold, decided, followed, said};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static FCT003: Code = Code { id: "FCT003", name: "dates-of-one-event", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for (subject, facts) in context.facts.sorted() {
        let claims: Vec<&Fact> = facts.iter().copied().filter(|f| f.kind == FactKind::Date).collect();
        let event = context.records.events.get(subject).and_then(|e| Some((e.starts_on?, e.ends_on.or(e.starts_on)?)));
        let kept = followed(&claims).filter(|_| event.is_none());
        let Some(true_days) = event.or_else(|| kept.and_then(days)) else { continue };
        for claim in claims.iter().filter(|c| kept.is_none_or(|k| k.id != c.id && !both_hold(k, c))) {
            let Some((first, last)) = days(claim) else { continue };
            if first <= true_days.1 && true_days.0 <= last {
                continue;
            }
            let settled = kept.map_or(claim.verdict.is_some(), |k| decided(k, claim));
            let finding = Diagnostic::new(&FCT003)
                .severity(if settled { Severity::Note } else { Severity::Warning })
                .on("fact", claim.id.as_str())
                .field(if claim.value_on.is_some() { "value_on" } else { "value_text" })
                .arg("title", title(&claim.title))
                .arg("value", said(claim))
                .arg("first", true_days.0.to_string())
                .arg("last", true_days.1.to_string());
            out.push(match kept {
                Some(kept) => finding.related("fact", kept.id.as_str()),
                None => finding.related("event", subject),
            });
        }
    }
}

/// The days on which a claim puts an event: a day, else a month or season with a year in words, else a year.
fn days(fact: &Fact) -> Option<(Date, Date)> {
    if let Some(day) = fact.value_on {
        return Some((day, day));
    }
    let text = fact.value_text.as_deref().unwrap_or_default().to_lowercase();
    let printed = text.split(|c: char| !c.is_ascii_digit()).find(|p| p.len() == 4).and_then(|p| p.parse().ok());
    let value = fact.value.filter(|v| v.fract() == 0.0 && (1000.0..3000.0).contains(v)).map(|v| v as i16);
    let year: i16 = printed.or(value).or_else(|| fact.year.as_ref()?.0.parse().ok())?;
    // Seasons of the northern half, as the documents use them. Longer names first, so that "late" finds its season.
    let (first, last) = SPANS.iter().find(|(name, _, _)| text.contains(name)).map_or((1, 12), |s| (s.1, s.2));
    let end = date(year, last, 1).last_of_month();
    Some((date(year, first, 1), end))
}

const SPANS: &[(&str, i8, i8)] = &[
    ("january", 1, 1),
    ("february", 2, 2),
    ("march", 3, 3),
    ("april", 4, 4),
    ("may", 5, 5),
    ("june", 6, 6),
    ("july", 7, 7),
    ("august", 8, 8),
    ("september", 9, 9),
    ("october", 10, 10),
    ("november", 11, 11),
    ("december", 12, 12),
    ("spring", 3, 5),
    ("summer", 6, 8),
    ("autumn", 9, 11),
    ("early", 1, 4),
    ("late", 9, 12),
    ("春", 3, 5),
    ("夏", 6, 8),
    ("秋", 9, 11),
    ("年初", 1, 4),
    ("年底", 9, 12),
    ("年末", 9, 12),
];

pub(super) const CHECK: Check = Check { code: &FCT003, run, file: include_str!("event_dates.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "facts | id | topic | subject   | kind | value_on   | verdict
              | F1 | event | wuf2-date | date | 2004-09-13 | open",
    wrong: "facts | id | topic | subject   | kind | value_text  | verdict
              | F2 | event | wuf2-date | date | spring 2004 | open",
    right: "facts | id | topic | subject   | kind | value_text     | verdict
              | F2 | event | wuf2-date | date | September 2004 | open",
};
