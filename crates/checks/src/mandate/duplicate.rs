//! # What it finds
//! Two mandates of one organ with the same type and number.
//!
//! # Why it matters
//! A mandate is known by organ, type and number together; recorded twice, its duties are counted and
//! answered twice.
//!
//! # Example
//! Resolution 26/8 of the Governing Council is recorded twice.
//!
//! # What to do
//! Merge the two records into one.

use rustc_hash::FxHashMap;

use super::folded_number;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND001: Code = Code { id: "MND001", name: "mandate-recorded-twice", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<(&str, &str, String), &str> = FxHashMap::default();
    for mandate in context.records.mandates.iter() {
        let Some(number) = &mandate.number else { continue };
        let key = (mandate.organ.0.as_str(), mandate.kind.0.as_str(), folded_number(number));
        match seen.get(&key) {
            None => {
                seen.insert(key, mandate.id.as_str());
            }
            Some(first) => out.push(
                Diagnostic::new(&MND001)
                    .on("mandate", mandate.id.as_str())
                    .field("number")
                    .related("mandate", *first)
                    .arg("organ", key.0)
                    .arg("kind", key.1)
                    .arg("number", number)
                    .arg("other", *first),
            ),
        }
    }
}

pub(super) const CHECK: Check = Check { code: &MND001, run, file: include_str!("duplicate.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "mandates | id | organ | kind       | number
                 | M1 | GC    | resolution | 26/8",
    wrong: "mandates | id | organ | kind       | number
                 | M2 | GC    | resolution | 26/8",
    right: "mandates | id | organ | kind       | number
                 | M2 | GC    | resolution | 26/9",
};
