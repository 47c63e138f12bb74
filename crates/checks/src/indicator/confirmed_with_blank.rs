//! # What it finds
//! A confirmed indicator that lacks at least one of baseline, target, source and means of verification.
//!
//! # Why it matters
//! When a set is confirmed each of its indicators opens these four fields; a blank one is a promise without
//! ground.
//!
//! # Example
//! The indicator is in the set, and its means of verification is empty.
//!
//! # What to do
//! Fill the four fields, or make it a candidate again.

use model::kinds::TargetKind;

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND043: Code = Code { id: "IND043", name: "confirmed-with-blank", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND043,
        "status",
        |seen| match seen.is_confirmed() && seen.is_number() {
            true => {
                let i = seen.indicator;
                let planned = |kind| seen.planned(context, kind).next().is_some();
                let is_whole = planned(TargetKind::Baseline) && planned(TargetKind::Target) && i.source.is_some();
                Look::at(is_whole && i.verification.is_some(), Severity::Error)
            }
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND043, run, file: include_str!("confirmed_with_blank.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "plans | id | kind           | starts_on  | ends_on
              | P  | strategic_plan | 2014-01-01 | 2019-12-31
        levels | plan | position | role
               | P    | 1        | area
               | P    | 2        | outcome
        results | id | plan | parent | level
                | A  | P    |        | 1
                | O  | P    | A      | 2
        targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10
                | I         | target   | 2019-12-31 | 20",
    wrong: "indicators | id | result | status    | source
                   | I  | O      | confirmed | S",
    right: "indicators | id | result | status    | source | verification
                   | I  | O      | confirmed | S      | visit",
};
