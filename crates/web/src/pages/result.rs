//! One result with its indicators, and its series through the plan cycles.

use askama::Template;
use axum::{extract::Path, response::Response};
use model::{
    figure::{Duty, Progress, Series, SeriesPart, Standing},
    kinds::{Indicator, Plan, Result as PlanResult},
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
    chart: Html,
    projects: Vec<&'a model::kinds::Project>,
    duties: Vec<Duty>,
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
        chart: series.as_ref().map_or_else(Html::default, |s| chart_of(&v, result, s).svg()),
        series,
        projects: records.projects.iter().filter(|p| p.results.contains(&result.id)).collect(),
        duties,
        result,
        v: &v,
    };
    page(&v, &template)
}

fn chart_of(v: &Visit, result: &PlanResult, series: &Series) -> Chart {
    let records = v.records();
    let classes = ["t0", "t1", "t2", "t3"];
    let mut traces = Vec::new();
    let mut cycles = Vec::new();
    let mut path = Vec::new();
    for (i, part) in series.parts.iter().enumerate() {
        let indicator = part.indicator.as_ref().and_then(|id| records.indicators.of(id));
        if let Some(indicator) = indicator {
            let points = part.figures.iter().map(|f| point(v, indicator.measure, f)).collect();
            traces.push(Trace { class: classes[i % classes.len()], points });
        }
        if let Some(plan) = records.plans.of(&part.plan) {
            let last = plan.ends_on.unwrap_or(v.on);
            let label = format!("{}–{}", plan.starts_on.year(), last.year());
            cycles.push(Cycle { span: (plan.starts_on, last), label });
        }
        if let Some((target, on)) = part.target.as_ref().and_then(|t| Some((t, t.on?))) {
            path.push((
                on,
                target.value,
                format!("{} {on}: {}", v.item("target-kind", target.kind.as_str()), locale::number(target.value)),
            ));
        }
    }
    path.sort_by_key(|(on, ..)| *on);
    Chart {
        title: v.plain(&result.title).to_owned(),
        desc: v.say("page-series-desc"),
        traces,
        path,
        tolerance: None,
        cycles,
        on: Some(v.on),
    }
}
