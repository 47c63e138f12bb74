//! # What it finds
//! Two mandates of one organ with the same number and different types, such as decision 2/2 and
//! resolution 2/2.
//!
//! # Why it matters
//! They are two; whoever quotes the number alone gets the wrong one half of the time.
//!
//! # Example
//! Decision 2/2 adjourns a session, resolution 2/2 is on informal settlements.
//!
//! # What to do
//! Nothing to mend. Always quote organ, type and number.

use model::kinds::Mandate;
use rustc_hash::FxHashMap;

use super::folded_number;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND002: Code = Code { id: "MND002", name: "same-number-other-type", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<(&str, String), &Mandate> = FxHashMap::default();
    for mandate in context.records.mandates.iter() {
        let Some(number) = &mandate.number else { continue };
        let key = (mandate.organ.0.as_str(), folded_number(number));
        match seen.get(&key) {
            None => {
                seen.insert(key, mandate);
            }
            Some(first) if first.kind != mandate.kind => out.push(
                Diagnostic::new(&MND002)
                    .on("mandate", mandate.id.as_str())
                    .field("kind")
                    .related("mandate", first.id.as_str())
                    .arg("organ", key.0)
                    .arg("number", number)
                    .arg("kind", mandate.kind.0.as_str())
                    .arg("other", first.kind.0.as_str()),
            ),
            Some(_) => {}
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &MND002, run, file: include_str!("same_number_other_type.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "mandates | id | organ | kind     | number
                 | M1 | UNHA  | decision | 2/2",
    wrong: "mandates | id | organ | kind       | number
                 | M2 | UNHA  | resolution | 2/2",
    right: "mandates | id | organ | kind       | number
                 | M2 | UNHA  | resolution | 2/7",
};
