//! # What it finds
//! A confirmed indicator that misses at least one of the criteria of selection: not met, or nobody can tell.
//!
//! # Why it matters
//! An indicator enters the set when it meets every criterion; each one let in without is paid for at every
//! report.
//!
//! # Example
//! The indicator is in the set although it has no target, so it is not time-bound.
//!
//! # What to do
//! Mend what the criteria name, record what a reviewer says, or make it a candidate again.

use model::kinds::Indicator;

use super::seen::{Look, Seen};

use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static IND011: Code =
    Code { id: "IND011", name: "confirmed-without-criteria", severity: Severity::Error, since: "0.1" };

/// How many of the criteria an indicator misses.
fn n_missed(context: &Context<'_>, indicator: &Indicator) -> usize {
    context.misses(indicator).count()
}

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let at = out.len();
    let look = |seen: Seen<'_>| Look::at(n_missed(context, seen.indicator) == 0, Severity::Error);
    let asked = |seen: Seen<'_>| seen.is_confirmed() && seen.is_number();
    context.each_or_plan(&IND011, "status", |seen| if asked(seen) { look(seen) } else { Look::NotAsked }, out);
    for finding in out.iter_mut().skip(at) {
        let indicator = finding.record.as_ref().and_then(|r| context.records.indicators.get(&r.id));
        let n = indicator.map_or(0, |i| n_missed(context, i));
        finding.args.push(("missed", n.into()));
    }
}

pub(super) const CHECK: Check =
    Check { code: &IND011, run, file: include_str!("confirmed_without_criteria.rs"), example: EXAMPLE };

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
        units | id
              | U
        sources | id
                | S
        indicators | id | result | status    | measure | unit    | direction | numerator | denominator | definition_en | cadence | source | verification | owner
                   | I  | O      | confirmed | share   | percent | increase  | a         | b           | defined       | yearly  | S      | visit        | U
        projects | id | indicators
                 | J  | I
        assessments | indicator | criterion  | grade | reason | by | on
                    | I         | achievable | met   | done   | E  | 2015-01-01",
    wrong: "",
    right: "targets | indicator | kind     | on         | value
                | I         | baseline | 2013-12-31 | 10
                | I         | target   | 2019-12-31 | 20",
};
