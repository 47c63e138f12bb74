//! # What it finds
//! Measured values that name neither a source nor evidence, under an indicator that names no source either.
//!
//! # Why it matters
//! A value that cannot be looked up can neither be defended nor corrected.
//!
//! # Example
//! A project reports 1,200 people, and nothing says where the figure comes from.
//!
//! # What to do
//! Name the source of the values, or of the indicator if all come from one.

use model::kinds::ObservationStatus;

use super::{Case, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS011: Code = Code { id: "OBS011", name: "value-without-source", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    each_indicator(context, &OBS011, out, |indicator, rows| {
        if indicator.source.is_some() {
            return Vec::new();
        }
        let lacks = |row: &usize| {
            o.value[*row].is_some()
                && o.status[*row] == ObservationStatus::Measured
                && o.source[*row] == 0
                && o.evidence[*row] == 0
        };
        rows.iter().copied().filter(lacks).map(Case::plain).collect()
    });
}

pub(super) const CHECK: Check = Check { code: &OBS011, run, file: include_str!("without_source.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "sources | id
                   | S
        indicators | id | measure
                   | I  | flow",
    wrong: "observations | indicator | place | period | value
                         | I         | KEN   | 2015   | 1200",
    right: "observations | indicator | place | period | value | source
                         | I         | KEN   | 2015   | 1200  | S",
};
