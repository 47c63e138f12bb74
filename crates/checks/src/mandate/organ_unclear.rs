//! # What it finds
//! A mandate whose number does not belong to its organ: the Commission on Human Settlements held
//! sessions 1 to 18 (until 2001), the Governing Council sessions 19 to 26 (2003 to 2017), and the
//! Assembly followed in 2019 with session 1. The same number under two of them is found too.
//!
//! # Why it matters
//! Each organ took over the numbering of the one before; a resolution under the wrong organ is not
//! found by anybody who looks for it.
//!
//! # Example
//! Resolution 18/10 stands under the Governing Council, whose first session was the nineteenth.
//!
//! # What to do
//! Correct the organ or the number; if documents disagree, keep the reading that the session's year
//! supports.

use model::kinds::Mandate;
use rustc_hash::FxHashMap;

use super::folded_number;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static MND007: Code = Code { id: "MND007", name: "organ-unclear", severity: Severity::Warning, since: "0.1" };

/// Organ, first and last session of the governing bodies whose sessions were numbered through. The Assembly
/// began to count anew, so its numbers say nothing.
const LINE: [(&str, i64, i64); 2] = [("CHS", 1, 18), ("GC", 19, 26)];

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let mut seen: FxHashMap<(&str, String), &Mandate> = FxHashMap::default();
    for mandate in context.records.mandates.iter() {
        let organ = mandate.organ.0.as_str();
        let Some((_, first, last)) = LINE.iter().find(|(name, _, _)| *name == organ) else { continue };
        let Some(number) = &mandate.number else { continue };
        let Some(session) = number.split_once('/').and_then(|(s, _)| s.trim().parse::<i64>().ok()) else { continue };
        let key = (mandate.kind.0.as_str(), folded_number(number));
        let other = seen.get(&key).copied().filter(|o| o.organ != mandate.organ);
        seen.entry(key).or_insert(mandate);
        if !(*first..=*last).contains(&session) || other.is_some() {
            let mut finding = Diagnostic::new(&MND007)
                .on("mandate", mandate.id.as_str())
                .field("organ")
                .arg("organ", organ)
                .arg("number", number)
                .arg("first", *first)
                .arg("last", *last);
            if let Some(other) = other {
                finding = finding.related("mandate", other.id.as_str());
            }
            out.push(finding);
        }
    }
}

pub(super) const CHECK: Check = Check { code: &MND007, run, file: include_str!("organ_unclear.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "",
    wrong: "mandates | id | organ | kind       | number
                 | M  | GC    | resolution | 18/10",
    right: "mandates | id | organ | kind       | number
                 | M  | CHS   | resolution | 18/10",
};
