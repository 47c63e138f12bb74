//! Plans at a glance: cards, overview, tree, tracking, duties.

use std::sync::Arc;

use jiff::civil::Date;
use model::{
    Kind,
    figure::{Duty, DutyState, Progress, Series, Tracking},
    kinds::{Indicator, Plan, PlanKind, PlanStatus, Result as PlanResult},
    value::{Id, Text},
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    search::plan_of,
    view::{FindingCounts, Overview, PlanCard, ResultNode},
    world::World,
};

/// All plans with their counts: strategic plans by start, then the rest.
pub fn plans(world: &World, on: Date) -> Vec<PlanCard> {
    let mut plans: Vec<&Plan> = world.records().plans.iter().collect();
    plans.sort_by_key(|p| (p.kind, p.starts_on, p.id.clone()));
    plans.into_iter().map(|p| card(world, p, on)).collect()
}

/// The plan that a newcomer sees first: the strategic plan with most observations to look at, i.e. the one with most
/// standings that are a status, else the one in force, else the newest.
pub fn default_plan(world: &World) -> Option<Id<Plan>> {
    let strategic = || world.records().plans.iter().filter(|p| p.kind == PlanKind::StrategicPlan);
    let reported = |p: &&Plan| {
        let indicators = world.indicators_of(&p.id);
        indicators.iter().filter(|i| !world.rows_of(&i.id).is_empty()).count()
    };
    strategic()
        .filter(|p| p.status != PlanStatus::Superseded)
        .max_by_key(|p| (reported(p), p.status == PlanStatus::InForce, p.starts_on))
        .map(|p| p.id.clone())
}

fn card(world: &World, plan: &Plan, on: Date) -> PlanCard {
    let indicators = world.indicators_of(&plan.id);
    let standings: Vec<Progress> = indicators.iter().map(|i| world.standing(&i.id, on).progress).collect();
    let progress = Progress::ALL.into_iter().map(|p| (p, standings.iter().filter(|s| **s == p).count())).collect();
    PlanCard {
        plan: plan.clone(),
        n_results: world.records().results.iter().filter(|r| r.plan == plan.id).count(),
        n_indicators: indicators.len(),
        progress,
    }
}

/// The overview of a plan.
pub fn overview(world: &World, plan: &Id<Plan>, on: Date) -> Option<Overview> {
    let records = world.records();
    let plan = records.plans.of(plan)?;
    let report = world.findings(Some(&plan.id), on);
    let mut due: Vec<Duty> = duties(world, Some(&plan.id), on)
        .into_iter()
        .filter(|d| matches!(d.state, DutyState::Overdue | DutyState::Due))
        .collect();
    due.sort_by_key(|d| d.due_on);
    Some(Overview {
        card: card(world, plan, on),
        programmes: records.plans.iter().filter(|p| p.part_of.as_ref() == Some(&plan.id)).cloned().collect(),
        predecessor: plan.predecessor.as_ref().and_then(|p| records.plans.of(p)).cloned(),
        successor: records.plans.iter().find(|p| p.predecessor.as_ref() == Some(&plan.id)).cloned(),
        tree: tree(world, &plan.id, on),
        duties: due,
        findings: FindingCounts {
            errors: report.n_errors,
            warnings: report.n_warnings,
            notes: report.n_notes,
            waived: report.n_waived,
        },
        first_findings: report.diagnostics.iter().filter(|d| d.waived.is_none()).take(8).cloned().collect(),
        n_projects: records
            .projects
            .iter()
            .filter(|p| p.results.iter().any(|r| plan_of(records, Kind::Result, r.as_str()).as_ref() == Some(&plan.id)))
            .count(),
    })
}

/// The results of a plan in tree order with the standing of their indicators.
pub fn tree(world: &World, plan: &Id<Plan>, on: Date) -> Vec<ResultNode> {
    let records = world.records();
    let results: Vec<&PlanResult> = records.results.iter().filter(|r| r.plan == *plan).collect();
    let known: FxHashSet<&str> = results.iter().map(|r| r.id.as_str()).collect();
    let mut children: FxHashMap<&str, Vec<&PlanResult>> = FxHashMap::default();
    let mut stack: Vec<(&PlanResult, usize)> = Vec::new();
    for result in &results {
        match result.parent.as_ref().filter(|p| known.contains(p.as_str())) {
            Some(parent) => children.entry(parent.as_str()).or_default().push(result),
            None => stack.push((result, 0)),
        }
    }
    let mut measured: FxHashMap<&str, Vec<&Indicator>> = FxHashMap::default();
    for indicator in world.indicators_of(plan) {
        measured.entry(indicator.result.as_str()).or_default().push(indicator);
    }
    stack.reverse();
    let mut nodes = Vec::with_capacity(results.len());
    while let Some((result, depth)) = stack.pop() {
        let below = children.get(result.id.as_str()).map_or(&[][..], Vec::as_slice);
        let indicators: Vec<_> = measured
            .get(result.id.as_str())
            .into_iter()
            .flatten()
            .map(|i| ((*i).clone(), world.standing(&i.id, on).as_ref().clone()))
            .collect();
        // The order of `Progress` runs from best to worst among the four that are a status.
        let worst = indicators.iter().map(|(_, s)| s.progress).filter(|p| *p <= Progress::OffTrack).max();
        let level =
            records.levels.get(format!("{plan}/{}", result.level.0)).map_or_else(Text::default, |l| l.title.clone());
        nodes.push(ResultNode { result: result.clone(), depth, level, indicators, worst, n_children: below.len() });
        stack.extend(below.iter().rev().map(|c| (*c, depth + 1)));
    }
    nodes
}

/// The tracking table of a plan.
pub fn tracking(world: &World, plan: &Id<Plan>, on: Date) -> Arc<Tracking> {
    world.tracking(plan, on)
}

/// What is due, for a plan or for all.
pub fn duties(world: &World, plan: Option<&Id<Plan>>, on: Date) -> Vec<Duty> {
    world.duties(on).iter().filter(|d| plan.is_none() || d.plan.as_ref() == plan).cloned().collect()
}

/// A result's figures through all plan cycles.
pub fn series(world: &World, result: &Id<PlanResult>) -> Option<Series> {
    world.records().results.of(result).map(|r| engine::series(world.prepared(), &r.id))
}

/// What the checker says about a plan, or about everything.
pub fn findings(world: &World, plan: Option<&Id<Plan>>, on: Date) -> Arc<checks::Report> {
    world.findings(plan, on)
}
