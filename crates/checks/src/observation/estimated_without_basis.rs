//! # What it finds
//! Values marked as estimated with no source, no evidence and no comment.
//!
//! # Why it matters
//! An estimate is as good as what it rests on. Without that, it is a guess that is counted like a measurement.
//!
//! # Example
//! A project estimates that 5,000 people benefited, and does not say how.
//!
//! # What to do
//! Say in the comment how it was estimated, or name the source.

use model::kinds::ObservationStatus;

use super::{Case, each_indicator};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS012: Code = Code { id: "OBS012", name: "estimate-without-basis", severity: Severity::Warning, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    each_indicator(context, &OBS012, out, |_, rows| {
        let lacks = |row: &usize| {
            o.status[*row] == ObservationStatus::Estimated
                && o.source[*row] == 0
                && o.evidence[*row] == 0
                && o.comment[*row] == 0
        };
        rows.iter().copied().filter(lacks).map(Case::plain).collect()
    });
}

pub(super) const CHECK: Check =
    Check { code: &OBS012, run, file: include_str!("estimated_without_basis.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "indicators | id | measure
                   | I  | flow",
    wrong: "observations | indicator | place | period | value | status
                         | I         | KEN   | 2015   | 5000  | estimated",
    right: "observations | indicator | place | period | value | status    | comment
                         | I         | KEN   | 2015   | 5000  | estimated | 1000 taps for 5 people each",
};
