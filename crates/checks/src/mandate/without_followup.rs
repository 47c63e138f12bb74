//! # What it finds
//! A resolution of a session of which others have a follow-up and this one has none.
//!
//! # Why it matters
//! A governing body is told of every resolution of a session or of none; the one that is left out looks
//! hidden.
//!
//! # Example
//! Of two resolutions of session 26 one has a follow-up.
//!
//! # What to do
//! Record how far the resolution has been carried out.

use model::kinds::Mandate;
use rustc_hash::FxHashMap;

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND006: Code =
    Code { id: "MND006", name: "resolution-without-followup", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut sessions: FxHashMap<(&str, &str, &str), Vec<&Mandate>> = FxHashMap::default();
    let mut order = Vec::new();
    for mandate in context.records.mandates.iter() {
        let Some((session, _)) = mandate.number.as_deref().and_then(|n| n.split_once('/')) else { continue };
        let key = (mandate.organ.0.as_str(), mandate.kind.0.as_str(), session.trim());
        let of_session = sessions.entry(key).or_default();
        if of_session.is_empty() {
            order.push(key);
        }
        of_session.push(mandate);
    }
    for key in order {
        let Some(of_session) = sessions.get(&key) else { continue };
        let n = of_session.iter().filter(|m| context.followups.any(&m.id)).count();
        if n == 0 {
            continue;
        }
        for mandate in of_session.iter().filter(|m| !context.followups.any(&m.id)) {
            out.push(
                Diagnostic::new(&MND006)
                    .on("mandate", mandate.id.as_str())
                    .arg("mandate", title(&mandate.title))
                    .arg("number", mandate.number.clone().unwrap_or_default())
                    .arg("session", key.2)
                    .arg("n", n)
                    .arg("all", of_session.len()),
            );
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND006, run, file: include_str!("without_followup.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "mandates | id | organ | kind       | number
                 | M1 | GC    | resolution | 26/1
                 | M2 | GC    | resolution | 26/2
        followups | mandate | on         | state
                  | M1      | 2019-03-01 | ongoing",
    wrong: "",
    right: "followups | mandate | on         | state
                  | M2      | 2019-03-01 | done",
};
