//! One indicator: chart, figures behind it, definition, criteria, findings, sources, map.

use std::collections::BTreeSet;

use app::{
    analyses::{boundaries_of, breaks},
    view::IndicatorSheet,
};
use askama::Template;
use axum::{extract::Path, response::Response};
use diag::Arg;
use jiff::civil::Date;
use model::{
    figure::{Answer, Figure},
    kinds::{Measure, Scope, Target, TargetKind},
    value::{Id, Period},
};

use crate::{
    chart::{Chart, MapWidth, Point, Trace},
    failure::Failure,
    html::Html,
    pages::choropleth::PlaceMap,
    visit::{Visit, page},
};

#[derive(Template)]
#[template(path = "indicator.html")]
struct IndicatorPage<'a> {
    v: &'a Visit,
    title: String,
    s: &'a IndicatorSheet,
    chart: Html,
    /// Whether its lines break because boundaries moved.
    is_broken: bool,
    /// The map on a desk and on a phone.
    map: Option<(Html, Html)>,
    /// Figures by period, one column for each scope.
    table: Vec<(Period, Vec<Option<&'a Figure>>)>,
    actor: String,
    expires_on: Date,
}

/// The page.
pub async fn sheet(v: Visit, Path(id): Path<String>) -> Result<Response, Failure> {
    let s = app::indicator_sheet(&v.world, &Id::new(id), v.on).ok_or_else(Failure::not_found)?;
    let map = PlaceMap::of(&v, &s.indicator, &s.places)
        .map(|map| (map.svg("map", MapWidth::Wide), map.svg("mapn", MapWidth::Narrow)));
    let chart = chart_of(&v, &s);
    let template = IndicatorPage {
        title: v.plain(&s.indicator.title).to_owned(),
        is_broken: chart.traces.iter().flat_map(|trace| &trace.points).any(|point| point.breaks),
        chart: chart.svg(),
        map,
        table: table(&s),
        actor: v.site.options.actor.clone(),
        expires_on: v.today().checked_add(jiff::Span::new().months(6)).unwrap_or(v.today()),
        s: &s,
        v: &v,
    };
    page(&v, &template)
}

impl IndicatorPage<'_> {
    fn scope_class(&self, scope: &Scope) -> &'static str {
        scope_class(*scope)
    }
    fn reason(&self, reason: &(String, Vec<(&'static str, Arg)>)) -> String {
        self.v.say_with(&reason.0, &reason.1)
    }
    fn stage(&self, code: &str) -> Html {
        let scale = self.s.indicator.scale.as_ref().map_or("", |s| s.0.as_str());
        let stage = self.v.records().stages.get(format!("{scale}/{code}"));
        stage.map_or_else(|| Html(crate::html::escaped(code)), |s| self.v.text(&s.title))
    }
    /// Baselines, milestones and targets by day.
    fn planned(&self) -> Vec<&Target> {
        let mut planned: Vec<&Target> = self.s.targets.iter().collect();
        planned.sort_by_key(|t| (t.place.clone(), t.breakdown.clone(), t.on, t.kind));
        planned
    }
}

fn scope_class(scope: Scope) -> &'static str {
    match scope {
        Scope::Delivered => "t0",
        Scope::Supported => "t1",
        Scope::Global => "t2",
    }
}

fn table(s: &IndicatorSheet) -> Vec<(Period, Vec<Option<&Figure>>)> {
    let periods: BTreeSet<Period> =
        s.scopes.iter().flat_map(|(_, figures)| figures.iter().map(|f| f.key.period)).collect();
    let of = |period: Period| s.scopes.iter().map(|(_, f)| f.iter().find(|f| f.key.period == period)).collect();
    periods.into_iter().rev().map(|p| (p, of(p))).collect()
}

/// A figure as a point of a line: a level in the middle of its period, what adds up at its end.
pub(crate) fn point(v: &Visit, measure: Measure, figure: &Figure) -> Point {
    let period = figure.key.period;
    let on = match measure {
        Measure::Flow | Measure::DistinctCount | Measure::StageCount => period.ends_on(),
        _ => period.mid(),
    };
    let value = figure.answer.value();
    let bounds = match (&figure.answer, value, figure.standard_error) {
        (Answer::Interval { low, high, .. }, ..) => Some((*low, *high)),
        // 1.96 standard errors hold 95 % of a normal distribution.
        (_, Some(v), Some(se)) => Some((v - 1.96 * se, v + 1.96 * se)),
        _ => None,
    };
    let partial = figure.completeness.n_reported * 2 < figure.completeness.n_expected;
    let mut label = format!("{period}: {}", v.answer_text(&figure.answer));
    if partial {
        label = format!("{label} ({})", v.completeness(figure));
    }
    Point { on, value, bounds, partial, breaks: false, label, link: v.figure_link(&figure.key.to_string()) }
}

/// Figures over time as points of a line, which breaks where they go over to another boundary.
pub(crate) fn points<'f>(v: &Visit, measure: Measure, figures: impl Iterator<Item = &'f Figure>) -> Vec<Point> {
    let drawn = figures.map(|figure| (boundaries_of(&v.world, figure), point(v, measure, figure)));
    let (boundaries, mut points): (Vec<Vec<String>>, Vec<Point>) =
        drawn.filter(|(_, point)| point.value.is_some() || point.bounds.is_some()).unzip();
    for (point, is_new) in points.iter_mut().zip(breaks(&boundaries)) {
        point.breaks = is_new;
    }
    points
}

fn chart_of(v: &Visit, s: &IndicatorSheet) -> Chart {
    let measure = s.indicator.measure;
    let traces = s
        .scopes
        .iter()
        .map(|(scope, figures)| Trace { class: scope_class(*scope), points: points(v, measure, figures.iter()) });
    let mut planned: Vec<&Target> =
        s.targets.iter().filter(|t| t.place.is_none() && t.breakdown.is_total() && t.on.is_some()).collect();
    planned.sort_by_key(|t| t.on);
    let label = |t: &Target| {
        let on = t.on.map_or(String::new(), |d| d.to_string());
        format!("{} {on}: {}", v.item(TargetKind::LIST, t.kind.as_str()), locale::number(t.value))
    };
    let distance = s.standing.baseline.as_ref().zip(s.standing.target.as_ref()).map(|(b, t)| (t.value - b.value).abs());
    Chart {
        title: v.plain(&s.indicator.title).to_owned(),
        desc: v.say("page-chart-desc"),
        traces: traces.filter(|t| !t.points.is_empty()).collect(),
        path: planned.iter().filter_map(|t| Some((t.on?, t.value, label(t)))).collect(),
        goals: Vec::new(),
        tolerance: distance.map(|d| d * s.standing.tolerance),
        cycles: Vec::new(),
        on: Some(v.on),
    }
}
