//! # What it finds
//! Two mandates of one organ with the same title and different numbers. What stands in brackets does
//! not count.
//!
//! # Why it matters
//! Two mandates with one title, such as 21/4 and 22/8 on basic services, are easily taken for one, and
//! the duty of the second is lost.
//!
//! # Example
//! Resolutions 21/4 and 22/8 have the same title.
//!
//! # What to do
//! Keep both. Where one follows the other, say so in the title in brackets.

use model::{kinds::Mandate, value::Lang};
use rustc_hash::FxHashMap;

use crate::context::folded;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND003: Code = Code { id: "MND003", name: "same-title-other-number", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<(&str, String), &Mandate> = FxHashMap::default();
    for mandate in context.records.mandates.iter() {
        let name = folded(mandate.title.show(Lang::En));
        if name.is_empty() {
            continue;
        }
        let key = (mandate.organ.0.as_str(), name);
        match seen.get(&key) {
            None => {
                seen.insert(key, mandate);
            }
            Some(first) if first.number != mandate.number => out.push(
                Diagnostic::new(&MND003)
                    .on("mandate", mandate.id.as_str())
                    .field("title")
                    .related("mandate", first.id.as_str())
                    .arg("title", mandate.title.show(Lang::En))
                    .arg("number", mandate.number.clone().unwrap_or_default())
                    .arg("other", first.number.clone().unwrap_or_default()),
            ),
            Some(_) => {}
        }
    }
}

pub(super) const CHECK: Check = Check { code: &MND003, run, file: include_str!("same_title.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "mandates | id | organ | kind       | number | title_en
                 | M1 | GC    | resolution | 21/4   | Basic services for all (2007)",
    wrong: "mandates | id | organ | kind       | number | title_en
                 | M2 | GC    | resolution | 22/8   | Basic services for all",
    right: "mandates | id | organ | kind       | number | title_en
                 | M2 | GC    | resolution | 22/8   | Affordable housing finance",
};
