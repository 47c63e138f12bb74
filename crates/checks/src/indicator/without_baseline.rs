//! # What it finds
//! An indicator without a baseline. Once the plan has started this is an error; of a candidate it is a note.
//!
//! # Why it matters
//! Without a baseline no change can be shown, and whatever is measured later already holds the effect of the
//! plan.
//!
//! # Example
//! The plan has started, and nothing says where the share stood before.
//!
//! # What to do
//! Measure or estimate where it stood before the plan, and record it with its day and source.

use model::kinds::TargetKind;

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND012: Code =
    Code { id: "IND012", name: "indicator-without-baseline", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND012,
        "id",
        |seen| match seen.is_number() {
            true => Look::at(seen.planned(context, TargetKind::Baseline).next().is_some(), seen.by_start(context.on)),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check =
    Check { code: &IND012, run, file: include_str!("without_baseline.rs"), example: EXAMPLE };

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
        indicators | id | result | status    | measure | unit    | direction
                   | I  | O      | confirmed | share   | percent | increase",
    wrong: "",
    right: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10",
};
