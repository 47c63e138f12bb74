//! # What it finds
//! Shares, means, indices and scores from a survey without a standard error.
//!
//! # Why it matters
//! A survey asks some and speaks of all. Without its standard error nobody can say whether a change is real or
//! chance, and the mean of several surveys cannot be given with its uncertainty.
//!
//! # Example
//! A household survey gives 46 % satisfied, without saying of how many.
//!
//! # What to do
//! Ask for the standard error, or for the sample and how it was drawn.

use model::kinds::SourceKind;
use rustc_hash::FxHashSet;

use super::{Case, each_indicator, is_state};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS013: Code = Code { id: "OBS013", name: "standard-error-missing", severity: Severity::Note, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let surveys: FxHashSet<u32> = context
        .records
        .sources
        .iter()
        .filter(|s| s.kind == SourceKind::Survey)
        .filter_map(|s| o.dict.code(s.id.as_str()))
        .collect();
    each_indicator(context, &OBS013, out, |indicator, rows| {
        if !is_state(indicator.measure) {
            return Vec::new();
        }
        let lacks = |row: &usize| {
            o.value[*row].is_some() && o.standard_error[*row].is_none() && surveys.contains(&o.source[*row])
        };
        rows.iter().copied().filter(lacks).map(Case::plain).collect()
    });
}

pub(super) const CHECK: Check =
    Check { code: &OBS013, run, file: include_str!("standard_error_missing.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "sources | id | kind
                   | S  | survey
        indicators | id | measure | unit
                   | I  | share   | percent",
    wrong: "observations | indicator | place | period | value | source
                         | I         | KEN   | 2015   | 46    | S",
    right: "observations | indicator | place | period | value | source | standard_error
                         | I         | KEN   | 2015   | 46    | S      | 1.8",
};
