//! One result with its indicators, and its series through the plan cycles.

use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    figure::{Duty, Progress, Series, SeriesPart, Standing},
    kinds::{Indicator, Plan, PlanKind, Result as PlanResult},
    value::Id,
};

use crate::{
    chart::{Chart, Cycle, Trace},
    failure::Failure,
    html::Html,
    pages::indicator::point,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "result.html")]
struct ResultPage<'a> {
    v: &'a Visit,
    title: String,
    result: &'a PlanResult,
    plan: &'a Plan,
    level: Html,
    above: Vec<&'a PlanResult>,
    below: Vec<(&'a PlanResult, Option<Progress>)>,
    indicators: Vec<(Indicator, Standing)>,
    series: Option<Series>,
    charts: Vec<UnitChart>,
    projects: Vec<&'a model::kinds::Project>,
    duties: Vec<Duty>,
}

/// The series of one unit.
struct UnitChart {
    unit: Option<String>,
    drawing: Html,
    /// Class and name of each line.
    keys: Vec<(&'static str, Html)>,
}

impl ResultPage<'_> {
    fn latest<'p>(&self, part: &'p SeriesPart) -> Option<&'p model::figure::Figure> {
        part.figures.last()
    }
}

/// The page.
pub async fn result(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let records = v.records();
    let result = records.results.get(&id).ok_or_else(Failure::not_found)?;
    let plan = records.plans.of(&result.plan).ok_or_else(Failure::not_found)?;
    let mut above = Vec::new();
    let mut at = result.parent.as_ref().and_then(|p| records.results.of(p));
    while let Some(parent) = at.filter(|p| !above.contains(p)) {
        above.push(parent);
        at = parent.parent.as_ref().and_then(|p| records.results.of(p));
    }
    above.reverse();
    let tree = app::tree(&v.world, &result.plan, v.on);
    let of = |id: &Id<PlanResult>| records.results.of(id);
    let below = tree.iter().filter(|n| n.result.parent.as_ref() == Some(&result.id));
    let below = below.filter_map(|n| Some((of(&n.result.id)?, n.worst))).collect();
    let node = tree.iter().find(|n| n.result.id == result.id);
    let series = app::series(&v.world, &result.id).filter(|s| s.parts.iter().any(|p| !p.figures.is_empty()));
    let mine = |d: &Duty| {
        d.about.id == result.id.as_str()
            || node.is_some_and(|n| n.indicators.iter().any(|(i, _)| i.id.as_str() == d.about.id))
    };
    let mut duties = app::duties(&v.world, Some(&result.plan), v.on);
    duties.retain(mine);
    duties.sort_by_key(|d| d.due_on);
    duties.truncate(8);
    let template = ResultPage {
        title: v.plain(&result.title).to_owned(),
        plan,
        level: node.map_or_else(Html::default, |n| v.text(&n.level)),
        above,
        below,
        indicators: node.map_or_else(Vec::new, |n| n.indicators.clone()),
        charts: series.as_ref().map_or_else(Vec::new, |s| charts_of(&v, result, s)),
        series,
        projects: records.projects.iter().filter(|p| p.results.contains(&result.id)).collect(),
        duties,
        result,
        v: &v,
    };
    page(&v, &template)
}

/// One chart for each unit: values of different units share no axis.
fn charts_of(v: &Visit, result: &PlanResult, series: &Series) -> Vec<UnitChart> {
    let records = v.records();
    let mut drafts: Vec<Draft> = Vec::new();
    for part in &series.parts {
        let Some(indicator) = part.indicator.as_ref().and_then(|id| records.indicators.of(id)) else { continue };
        let unit = indicator.unit.as_ref().map(|u| u.0.clone());
        if !drafts.iter().any(|d| d.unit == unit) {
            drafts.push(Draft { unit: unit.clone(), chart: empty_chart(v, result, series), keys: Vec::new() });
        }
        let Some(draft) = drafts.iter_mut().find(|d| d.unit == unit) else { continue };
        let points: Vec<_> = part.figures.iter().map(|f| point(v, indicator.measure, f)).collect();
        let class = CLASSES[draft.chart.traces.len() % CLASSES.len()];
        if points.iter().any(|p| p.value.is_some() || p.bounds.is_some()) {
            draft.chart.traces.push(Trace { class, points });
            draft.keys.push((class, v.text(&indicator.title)));
        }
        if let Some((target, on)) = part.target.as_ref().and_then(|t| Some((t, t.on?))) {
            let kind = v.item("target-kind", target.kind.as_str());
            draft.chart.goals.push((on, target.value, format!("{kind} {on}: {}", locale::number(target.value))));
        }
    }
    let drawn = drafts.into_iter().filter(|d| !d.chart.traces.is_empty());
    drawn.map(|d| UnitChart { unit: d.unit.map(|u| v.unit(&u)), drawing: d.chart.svg(), keys: d.keys }).collect()
}

/// A chart while its parts are gathered.
struct Draft {
    unit: Option<String>,
    chart: Chart,
    keys: Vec<(&'static str, Html)>,
}

const CLASSES: [&str; 4] = ["t0", "t1", "t2", "t3"];

/// A chart with the plan cycles that the series runs through.
fn empty_chart(v: &Visit, result: &PlanResult, series: &Series) -> Chart {
    let mut plans: Vec<&Plan> = series
        .parts
        .iter()
        .filter_map(|p| v.records().plans.of(&p.plan))
        .filter(|p| p.kind == PlanKind::StrategicPlan && p.ends_on.is_some())
        .collect();
    plans.sort_by_key(|p| p.starts_on);
    // Two texts of one cycle share one band.
    plans.dedup_by_key(|p| p.starts_on);
    let cycle = |plan: &&Plan| {
        let last = plan.ends_on?;
        let label = format!("{}–{}", plan.starts_on.year(), last.year());
        Some(Cycle { span: (plan.starts_on, last), label })
    };
    Chart {
        title: v.plain(&result.title).to_owned(),
        desc: v.say("page-series-desc"),
        traces: Vec::new(),
        path: Vec::new(),
        goals: Vec::new(),
        tolerance: None,
        cycles: plans.iter().filter_map(cycle).collect(),
        on: Some(v.on),
    }
}
