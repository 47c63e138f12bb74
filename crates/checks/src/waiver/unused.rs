//! # What it finds
//! A waiver that covers no finding.
//!
//! # Why it matters
//! A waiver left behind would silence the same finding the day it comes back, unseen.
//!
//! # Example
//! A waiver speaks of a result without indicators, but all results of the plan have indicators by now.
//!
//! # What to do
//! Remove the waiver, or correct the code, record or field that it names.

use rustc_hash::FxHashSet;

use super::Waivers;
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static PLN099: Code = Code { id: "PLN099", name: "waiver-unused", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let waivers = Waivers::of(context);
    let used: FxHashSet<&str> = out.iter().flat_map(|d| waivers.covering(d)).map(|w| w.id.as_str()).collect();
    let unused = context.records.waivers.iter().filter(|w| !used.contains(w.id.as_str()));
    out.extend(unused.map(|waiver| {
        Diagnostic::new(&PLN099)
            .on("waiver", waiver.id.as_str())
            .field("code")
            .arg("code", waiver.code.0.as_str())
            .arg("record", waiver.record.as_str())
    }));
}

pub(super) const CHECK: Check = Check { code: &PLN099, run, file: include_str!("unused.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "waivers | id | code   | record_kind | record | reason            | author | expires_on
                   | W  | PLN001 | plan        | P      | Indicators follow | chief  | 2016-12-31",
    wrong: "",
    right: "plans  | id | kind           | status   | starts_on  | ends_on
                   | P  | strategic_plan | in_force | 2014-01-01 | 2019-12-31
            levels | plan | position | role
                   | P    | 1        | area
            results | id  | plan | level | code
                    | P.A | P    | 1     | A ",
};
