//! # What it finds
//! An indicator without any observation and without a source, so that nobody can tell where data will come
//! from.
//!
//! # Why it matters
//! An indicator without a path to data is a wish; the gap shows when the report is due.
//!
//! # Example
//! No source is named, nothing was ever observed.
//!
//! # What to do
//! Name the source, its reliability and how it is checked, or replace the indicator.

use model::kinds::Criterion;

use super::smart::missed;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND008: Code = Code { id: "IND008", name: "criterion-data", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    missed(context, Criterion::Data, &IND008, out);
}

pub(super) const CHECK: Check = Check { code: &IND008, run, file: include_str!("criterion_data.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        sources | id
                | S",
    wrong: "indicators | id | result | status
                    | I  | O      | confirmed",
    right: "indicators | id | result | status    | source | verification
                    | I  | O      | confirmed | S      | Compare with the register of plans",
};
