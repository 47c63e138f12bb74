//! A trend that runs through several plan cycles, along the crosswalk.

use std::collections::VecDeque;

use model::{
    figure::{Figure, FigureKey, Series, SeriesPart},
    kinds::{Crosswalk, Indicator, Result as PlanResult, Scope},
    value::{Breakdown, Id, Period},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{evaluate::brief, path, prepared::Prepared};

/// The series of a result, oldest plan first: every result that links which carry a series join to it, in either
/// direction, with its indicators in their own scope. A result without indicators stands in the series
/// without figures. Where an indicator names a world indicator, the world's series joins once, as global figures
/// under its own result.
pub fn series(prepared: &Prepared, result: &Id<PlanResult>) -> Series {
    let records = &prepared.snapshot.records;
    let mut links: FxHashMap<&Id<PlanResult>, Vec<&Crosswalk>> = FxHashMap::default();
    for link in records.crosswalk.iter().filter(|c| c.relation.carries_series()) {
        if let Some(to) = &link.to_result {
            links.entry(&link.from_result).or_default().push(link);
            links.entry(to).or_default().push(link);
        }
    }
    let mut found: Vec<&Id<PlanResult>> = vec![result];
    let mut open: VecDeque<&Id<PlanResult>> = VecDeque::from([result]);
    while let Some(at) = open.pop_front() {
        for link in links.get(at).into_iter().flatten() {
            for other in std::iter::once(&link.from_result).chain(&link.to_result) {
                if !found.contains(&other) {
                    found.push(other);
                    open.push_back(other);
                }
            }
        }
    }
    let known: FxHashSet<&Id<PlanResult>> = found.iter().copied().collect();
    let started = |r: &Id<PlanResult>| {
        let plan = records.results.of(r).and_then(|r| records.plans.of(&r.plan));
        plan.map(|p| (p.starts_on, p.id.clone()))
    };
    let mut parts: Vec<SeriesPart> = Vec::new();
    let mut worlds: Vec<Id<Indicator>> = Vec::new();
    for result in found.iter().filter_map(|r| records.results.of(r)) {
        // The link to the oldest neighbour: what this part follows from.
        let mut before: Vec<&Crosswalk> = links.get(&result.id).cloned().unwrap_or_default();
        before.sort_by(|a, b| a.id.cmp(&b.id));
        let other =
            |c: &Crosswalk| if c.from_result == result.id { c.to_result.clone() } else { Some(c.from_result.clone()) };
        let earlier = before
            .into_iter()
            .filter(|c| other(c).is_some_and(|o| known.contains(&o) && started(&o) < started(&result.id)));
        let link = earlier.max_by_key(|c| other(c).and_then(|o| started(&o))).map(|c| (c.relation, c.confidence));
        let mut measured = false;
        for indicator in prepared.indicators_of(result) {
            measured = true;
            let scope = prepared.own_scope(&indicator.id);
            parts.push(part(prepared, result, Some(indicator), scope, link));
            worlds.extend(indicator.world_indicator.clone());
        }
        if !measured {
            parts.push(part(prepared, result, None, Scope::Global, link));
        }
    }
    for world in worlds {
        let there = parts.iter().any(|p| p.indicator.as_ref() == Some(&world));
        let record = records.indicators.of(&world).filter(|_| !there);
        if let Some((indicator, result)) = record.and_then(|i| Some((i, records.results.of(&i.result)?))) {
            parts.push(part(prepared, result, Some(indicator), Scope::Global, None));
        }
    }
    parts.sort_by_cached_key(|p| {
        let plan = records.plans.of(&p.plan).map(|p| p.starts_on);
        (plan, p.plan.clone(), p.result.clone(), p.indicator.clone())
    });
    Series { result: result.clone(), parts }
}

fn part(
    prepared: &Prepared,
    result: &PlanResult,
    indicator: Option<&Indicator>,
    scope: Scope,
    link: Option<(model::kinds::CrosswalkRelation, model::kinds::Confidence)>,
) -> SeriesPart {
    let held = indicator.and_then(|i| prepared.held(&i.id));
    let figures = indicator.map_or_else(Vec::new, |i| {
        let key =
            |period| FigureKey { indicator: i.id.clone(), scope, place: None, period, breakdown: Breakdown::default() };
        outermost(prepared.periods(&i.id, scope)).into_iter().map(|p| brief(prepared, &key(p))).collect::<Vec<Figure>>()
    });
    SeriesPart {
        plan: result.plan.clone(),
        result: result.id.clone(),
        indicator: indicator.map(|i| i.id.clone()),
        link,
        figures,
        target: held.and_then(|h| path::target(h, &Breakdown::default())).cloned(),
    }
}

/// The periods that no longer one of at most a year contains, so that a year and its halves are one point; a span of years
/// stands only where none of its years does.
pub(crate) fn outermost(periods: &[Period]) -> Vec<Period> {
    let inside = |p: &Period| periods.iter().any(|o| o != p && o.n_months() <= 12 && o.contains(*p));
    let around = |p: &Period| p.n_months() > 12 && periods.iter().any(|o| o != p && p.contains(*o));
    periods.iter().copied().filter(|p| !inside(p) && !around(p)).collect()
}
