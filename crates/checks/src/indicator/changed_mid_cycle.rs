//! # What it finds
//! An indicator that was added after the plan had started, or whose definition changed in a major way within
//! the cycle.
//!
//! # Why it matters
//! A cycle keeps one set of indicators; a major change breaks every series and every comparison with the
//! target.
//!
//! # Example
//! The plan starts in 2014; in 2016 the indicator counts something else.
//!
//! # What to do
//! Keep the old definition until the cycle ends, or change it through a revision of the plan with a mapping.

use diag::Arg;
use jiff::civil::Date;
use model::{Record, kinds::ChangeClass};

use crate::context::title;

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND038: Code = Code { id: "IND038", name: "set-changed-mid-cycle", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    for seen in context.all_seen() {
        let Some(plan) = seen.plan else { continue };
        let within = |day: Date| day > plan.starts_on && plan.ends_on.is_none_or(|end| day <= end);
        if let Some(added) = seen.indicator.added_on.filter(|day| within(*day)) {
            let finding = seen.finding(&IND038).field("added_on").arg("change", "added").arg("version", 1usize);
            out.push(finding.arg("date", added.to_string()).arg("start", plan.starts_on.to_string()));
        }
        // The first version is the definition itself, not a change of it.
        for later in context.definitions.of(&seen.indicator.id).iter().filter(|d| d.version.0 > 1) {
            if later.change == ChangeClass::Major && within(later.effective_on) {
                let finding = Diagnostic::new(&IND038).on("definition", later.id()).field("effective_on");
                let finding = finding.arg("indicator", title(&seen.indicator.title)).arg("change", "defined");
                let finding =
                    finding.arg("version", Arg::Whole(later.version.0)).arg("date", later.effective_on.to_string());
                out.push(finding.arg("start", plan.starts_on.to_string()));
            }
        }
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND038, run, file: include_str!("changed_mid_cycle.rs"), example: EXAMPLE };

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
                   | I  | O      | confirmed | share   | percent | increase
        definitions | indicator | version | effective_on | change
                    | I         | 1       | 2014-01-01   | major",
    wrong: "definitions | indicator | version | effective_on | change
                    | I         | 2       | 2016-01-01   | major",
    right: "definitions | indicator | version | effective_on | change
                    | I         | 2       | 2016-01-01   | minor",
};
