//! # What it finds
//! An indicator whose result is not there, or does not lead up to the focus of its plan: an impact, a strategic
//! result or an area.
//!
//! # Why it matters
//! An indicator that leads nowhere is collected for nobody; the strategic focus stays unmeasured.
//!
//! # Example
//! The result stands alone; nothing above it is an area.
//!
//! # What to do
//! Tie its result to an area, a strategic result or an impact, or retire the indicator.

use super::{seen::none, smart::focus};
use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND042: Code = Code { id: "IND042", name: "indicator-not-tied", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let state = match seen.result {
            None => "no-result",
            Some(_) if focus(context, seen).is_none() => "no-focus",
            Some(_) => continue,
        };
        let finding = seen.finding(&IND042).field("result").arg("state", state);
        let finding = finding.arg("id", seen.indicator.result.as_str());
        out.push(finding.arg("result", seen.result.map_or_else(none, |r| title(&r.title))));
    }
}

pub(super) const CHECK: Check = Check { code: &IND042, run, file: include_str!("not_tied.rs"), example: EXAMPLE };

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
        results | id | plan | level
                | X  | P    | 2",
    wrong: "indicators | id | result
                   | I  | X",
    right: "indicators | id | result
                   | I  | O",
};
