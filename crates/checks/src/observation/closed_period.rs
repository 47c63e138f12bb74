//! # What it finds
//! In a closed reporting period that was not opened again: values measured after the day of closing, and values
//! that are still provisional.
//!
//! # Why it matters
//! Closed means that the figures reported are the figures. What enters later, or was never checked, makes the report
//! and the register differ.
//!
//! # Example
//! 2014 was closed on 30 June 2015; a value of 2014 was measured in September 2015.
//!
//! # What to do
//! Open the period again with a reason and close it anew, or record the value for the period in which it was measured.

use model::{
    kinds::{ObservationState, Scope},
    value::Period,
};
use rustc_hash::FxHashMap;

use super::{Case, Naming, filled};
use crate::{Check, Code, Context, Diagnostic, Example, Severity};

static OBS021: Code = Code { id: "OBS021", name: "value-in-closed-period", severity: Severity::Error, since: "0.1" };

fn run(context: &Context<'_>, out: &mut Vec<Diagnostic>) {
    let o = context.observations;
    let closed: Vec<_> = context
        .records
        .closures
        .iter()
        .filter(|c| c.closed_on <= context.on && c.reopened_on.is_none_or(|d| d > context.on))
        .collect();
    if closed.is_empty() {
        return;
    }
    let mut within: FxHashMap<Period, Option<usize>> = FxHashMap::default();
    let mut late: Vec<Vec<Case>> = vec![Vec::new(); closed.len()];
    let mut open = late.clone();
    // The world's statistics do not follow the calendar of our reports.
    for row in (0..o.len()).filter(|r| o.scope[*r] != Scope::Global && o.value[*r].is_some()) {
        let period = o.period[row];
        let at = *within.entry(period).or_insert_with(|| closed.iter().position(|c| c.period.contains(period)));
        let Some((at, closure)) = at.and_then(|at| Some((at, closed.get(at)?))) else { continue };
        let group = if o.measured_on[row].is_some_and(|day| day > closure.closed_on) {
            &mut late
        } else if o.state[row] == ObservationState::Provisional {
            &mut open
        } else {
            continue;
        };
        if let Some(cases) = group.get_mut(at) {
            cases.push(Case::plain(row));
        }
    }
    for (state, severity, groups) in [("late", Severity::Error, late), ("open", Severity::Warning, open)] {
        for (closure, cases) in closed.iter().zip(groups) {
            let one = Diagnostic::new(&OBS021)
                .severity(severity)
                .on("closure", closure.period.to_string())
                .arg("state", state)
                .arg("period", closure.period.to_string())
                .arg("closed_on", closure.closed_on.to_string());
            out.extend(filled(context, one, cases, Naming::Indicator));
        }
    }
}

pub(super) const CHECK: Check = Check { code: &OBS021, run, file: include_str!("closed_period.rs"), example: EXAMPLE };

const EXAMPLE: Example = Example {
    on: jiff::civil::date(2016, 6, 30),
    both: "closures | period | closed_on
                 | 2014   | 2015-06-30
        indicators | id | measure
                   | I  | flow",
    wrong: "observations | indicator | place | period | scope     | value | measured_on | state
                         | I         | KEN   | 2014   | delivered | 1200  | 2015-09-12  | final",
    right: "observations | indicator | place | period | scope     | value | measured_on | state
                         | I         | KEN   | 2014   | delivered | 1200  | 2014-12-12  | final",
};
