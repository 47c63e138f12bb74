//! # What it finds
//! An indicator without a target. Once the plan has started this is an error; of a candidate it is a note.
//!
//! # Why it matters
//! Without a target nobody can say whether the result is on track, and every value is a success.
//!
//! # Example
//! The plan has started, and nothing says where the share should arrive.
//!
//! # What to do
//! Set a target with its day; where the plan cannot, say so and keep the indicator as a candidate.

use model::kinds::TargetKind;

use super::seen::Look;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND017: Code = Code { id: "IND017", name: "indicator-without-target", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    context.each_or_plan(
        &IND017,
        "id",
        |seen| match seen.is_number() {
            true => Look::at(seen.planned(context, TargetKind::Target).next().is_some(), seen.by_start(context.on)),
            false => Look::NotAsked,
        },
        out,
    );
}

pub(super) const CHECK: Check = Check { code: &IND017, run, file: include_str!("without_target.rs"), example: EXAMPLE };

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
    right: "targets | indicator | kind   | on         | value
                | I         | target | 2019-12-31 | 20",
};
