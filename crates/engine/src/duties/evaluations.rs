//! Evaluations: a plan's at its middle and at its end, each of its areas once, and each project above three million
//! dollars at its end. An evaluation that is planned gives its own day; one that nobody derived is due by it.

use diag::RecordRef;
use jiff::civil::{Date, date};
use model::{
    figure::{Duty, DutyKind},
    kinds::{Evaluation, EvaluationKind, LevelRole, Plan, PlanKind, PlanStatus, ProjectStatus},
    value::{Currency, Period},
};
use rustc_hash::FxHashSet;

use super::state;
use crate::{prepared::Prepared, schedule};

/// Projects with a larger budget must be evaluated at their end. In dollars; other currencies have no rate here,
/// so a project that is budgeted in one owes an evaluation only if one is planned.
pub const EVALUATED_ABOVE_USD: i64 = 3_000_000;

/// Plans of fewer years have no evaluation at their middle.
const SHORTEST_WITH_MIDDLE: i16 = 4;

pub(super) fn add(prepared: &Prepared, on: Date, all: &mut Vec<Duty>) {
    let records = &prepared.snapshot.records;
    let mut derived: FxHashSet<&str> = FxHashSet::default();
    let mut push =
        |held: Option<&Evaluation>, about: RecordRef, plan: Option<&Plan>, period, day: Date, owner, project| {
            let due_on = held.and_then(|e| e.planned_on).unwrap_or(day);
            let done = held.is_some_and(|e| e.done_on.is_some());
            let plan = plan.map(|p| p.id.clone());
            all.push(Duty {
                kind: DutyKind::Evaluation,
                about,
                plan,
                period,
                due_on,
                state: state(done.into(), due_on, on),
                owner,
                project,
            });
        };
    let find = |fits: &dyn Fn(&Evaluation) -> bool| {
        records.evaluations.iter().filter(|e| fits(e)).min_by_key(|e| (e.done_on.is_none(), e.planned_on, e.id.clone()))
    };
    let plans =
        records.plans.iter().filter(|p| p.kind == PlanKind::StrategicPlan && p.status != PlanStatus::Superseded);
    for plan in plans {
        let Some(end) = plan.ends_on else { continue };
        let (first, last) = schedule::years(plan, on);
        let about = || RecordRef { kind: "plan", id: plan.id.to_string() };
        if last - first + 1 >= SHORTEST_WITH_MIDDLE {
            let middle = schedule::middle_year(first, last);
            let found = find(&|e| e.kind == EvaluationKind::MidTerm && e.plan.as_ref() == Some(&plan.id));
            derived.extend(found.map(|e| e.id.as_str()));
            push(found, about(), Some(plan), Some(Period::year(middle)), date(middle, 12, 31), None, None);
        }
        let found = find(&|e| e.kind == EvaluationKind::Final && e.plan.as_ref() == Some(&plan.id));
        derived.extend(found.map(|e| e.id.as_str()));
        push(found, about(), Some(plan), Some(Period::year(last)), end, None, None);
        for (result, _) in prepared.results(&plan.id) {
            let level = records.levels.iter().find(|l| l.plan == plan.id && l.position == result.level);
            if level.is_none_or(|l| l.role != LevelRole::Area) {
                continue;
            }
            let found = find(&|e| e.kind == EvaluationKind::Area && e.result.as_ref() == Some(&result.id));
            derived.extend(found.map(|e| e.id.as_str()));
            let about = RecordRef { kind: "result", id: result.id.to_string() };
            push(found, about, Some(plan), Some(Period::years(first, last)), end, result.owner.clone(), None);
        }
    }
    for project in records.projects.iter().filter(|p| p.status != ProjectStatus::Draft) {
        let large = project.budget.currency == Currency::USD && project.budget.major() > EVALUATED_ABOVE_USD as f64;
        let Some(end) = project.ends_on.filter(|_| large) else { continue };
        let found = find(&|e| e.kind == EvaluationKind::Project && e.project.as_ref() == Some(&project.id));
        derived.extend(found.map(|e| e.id.as_str()));
        let about = RecordRef { kind: "project", id: project.id.to_string() };
        let plan = project.results.iter().find_map(|r| records.plans.of(&records.results.of(r)?.plan));
        push(found, about, plan, None, end, project.unit.clone(), Some(project.id.clone()));
    }
    for evaluation in records.evaluations.iter().filter(|e| !derived.contains(e.id.as_str())) {
        let Some(day) = evaluation.planned_on else { continue };
        let result = evaluation.result.as_ref().and_then(|r| records.results.of(r));
        let plan = evaluation.plan.as_ref().or(result.map(|r| &r.plan)).and_then(|p| records.plans.of(p));
        let project = evaluation.project.as_ref().and_then(|p| records.projects.of(p));
        let owner = result.and_then(|r| r.owner.clone()).or_else(|| project.and_then(|p| p.unit.clone()));
        let about = RecordRef { kind: "evaluation", id: evaluation.id.to_string() };
        push(Some(evaluation), about, plan, None, day, owner, evaluation.project.clone());
    }
}
