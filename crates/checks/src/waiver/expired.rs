//! # What it finds
//! A waiver whose last day has passed although the finding that it covered is still there.
//!
//! # Why it matters
//! A waiver is a promise to mend something by a day. When the day has passed, the finding counts again,
//! and whoever took the responsibility should know.
//!
//! # Example
//! A plan has no indicators, which was waived until the end of 2015; on 30 June 2016 it still has none.
//!
//! # What to do
//! Mend the finding, or renew the waiver with a new last day and a reason that still holds.

use std::collections::BTreeMap;

use diag::Waived;
use model::kinds::Waiver;

use super::Waivers;
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN098: Code = Code { id: "PLN098", name: "waiver-expired", severity: Severity::Warning, since: "0.1" };

/// Marks the findings that a waiver in force covers, and reports the waivers that are no longer in force.
fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let waivers = Waivers::of(context);
    let mut expired: BTreeMap<&str, &Waiver> = BTreeMap::new();
    for finding in out.iter_mut() {
        for waiver in waivers.covering(finding) {
            if context.on <= waiver.expires_on {
                finding.waived = Some(Waived {
                    reason: waiver.reason.clone(),
                    author: waiver.author.clone(),
                    expires_on: waiver.expires_on.to_string(),
                });
            } else {
                expired.insert(waiver.id.as_str(), waiver);
            }
        }
    }
    out.extend(expired.into_values().map(|waiver| {
        Diagnostic::new(&PLN098)
            .on("waiver", waiver.id.as_str())
            .field("expires_on")
            .arg("code", waiver.code.0.as_str())
            .arg("record", waiver.record.as_str())
            .arg("expires_on", waiver.expires_on.to_string())
            .arg("author", waiver.author.as_str())
    }));
}

pub(super) const CHECK: Check = Check { code: &PLN098, run, file: include_str!("expired.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans  | id | kind           | status   | starts_on  | ends_on
                  | P  | strategic_plan | in_force | 2014-01-01 | 2019-12-31
           levels | plan | position | role
                  | P    | 1        | area
           results | id  | plan | level | code
                   | P.A | P    | 1     | A ",
    wrong: "waivers | id | code   | record_kind | record | reason            | author | expires_on
                    | W  | PLN001 | plan        | P      | Indicators follow | chief  | 2015-12-31",
    right: "waivers | id | code   | record_kind | record | reason            | author | expires_on
                    | W  | PLN001 | plan        | P      | Indicators follow | chief  | 2016-12-31",
};
