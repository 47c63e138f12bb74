//! Values of indicators: for each period of the plan by the indicator's cadence, and from each project for indicators that
//! projects report. A value is due [`schedule::GRACE_DAYS`] after its period. A reason for its absence meets the duty too.

use diag::RecordRef;
use jiff::civil::Date;
use model::{
    figure::{Duty, DutyKind},
    kinds::{IndicatorStatus, Plan, PlanKind, PlanStatus, Project, Result as PlanResult, Scope, Unit},
    value::{Id, Period},
};

use super::{Done, state};
use crate::{
    prepared::{Held, NameIx, Prepared},
    schedule,
};

pub(super) fn add(prepared: &Prepared, on: Date, all: &mut Vec<Duty>) {
    let records = &prepared.snapshot.records;
    // A framework agreed elsewhere has its own calendar; a plan that its revision replaced owes nothing twice.
    let owes = |p: &&Plan| p.kind != PlanKind::ExternalFramework && p.status != PlanStatus::Superseded;
    for plan in records.plans.iter().filter(owes) {
        let (first, last) = schedule::years(plan, on);
        for (result, indicator) in prepared.trees.get(&plan.id).into_iter().flat_map(|t| t.indicators()) {
            let Some(held) = prepared.held(indicator).filter(|h| h.indicator.status == IndicatorStatus::Confirmed)
            else {
                continue;
            };
            let owner = held.indicator.owner.clone().or_else(|| owner_above(prepared, result));
            for period in schedule::periods(held.indicator.cadence, first, last) {
                if held.expected.is_empty() {
                    let done = any_scope(held, period).into();
                    all.push(duty(plan, held, period, done, on, owner.clone(), None));
                    continue;
                }
                for expected in held.expected.iter().filter(|e| e.in_period(period)) {
                    let done = expected.name.is_some_and(|n| by_project(held, period, n)).into();
                    let unit = records.projects.of(&expected.project).and_then(|p| p.unit.clone());
                    let project = Some(expected.project.clone());
                    all.push(duty(plan, held, period, done, on, unit.or_else(|| owner.clone()), project));
                }
            }
        }
    }
}

fn duty(
    plan: &Plan,
    held: &Held,
    period: Period,
    done: Done,
    on: Date,
    owner: Option<Id<Unit>>,
    project: Option<Id<Project>>,
) -> Duty {
    let due_on = schedule::due_on(period);
    Duty {
        kind: DutyKind::Value,
        about: RecordRef { kind: "indicator", id: held.indicator.id.to_string() },
        plan: Some(plan.id.clone()),
        period: Some(period),
        due_on,
        state: state(done, due_on, on),
        owner,
        project,
    }
}

/// Whether an observation of any scope belongs to the period.
fn any_scope(held: &Held, period: Period) -> bool {
    Scope::ALL.iter().any(|s| held.latest(*s).periods.iter().any(|p| period.contains(*p)))
}

fn by_project(held: &Held, period: Period, project: NameIx) -> bool {
    Scope::ALL.iter().any(|s| held.latest(*s).inside(period).any(|p| p.project == project))
}

/// The unit of the result or of the nearest one above it that has one.
fn owner_above(prepared: &Prepared, result: &Id<PlanResult>) -> Option<Id<Unit>> {
    let results = &prepared.snapshot.records.results;
    let mut at = results.of(result);
    // A circle of parents is a finding of the checker; nobody's tree is deeper than this.
    for _ in 0..99 {
        let here = at?;
        if here.owner.is_some() {
            return here.owner.clone();
        }
        at = here.parent.as_ref().and_then(|p| results.of(p));
    }
    None
}
