//! Everything about one indicator, and figures opened up.

use std::collections::{BTreeSet, hash_map::Entry};

use jiff::civil::Date;
use model::{
    Kind,
    figure::{Figure, FigureKey},
    kinds::{Indicator, Measure, ObservationStatus, Place, PlaceKind, Scope, Source},
    value::{Breakdown, Id, Period},
};
use rustc_hash::FxHashMap;

use crate::{
    App,
    error::AppError,
    history,
    view::{CriterionGrade, ExplainedInput, Explanation, IndicatorSheet, PlaceFigure},
    world::World,
};

/// Inputs shown under a figure at most; the count says how many there are.
const MOST_INPUTS: usize = 500;

/// Everything the page of an indicator shows.
pub fn indicator_sheet(world: &World, id: &Id<Indicator>, on: Date) -> Option<IndicatorSheet> {
    let records = world.records();
    let indicator = records.indicators.of(id)?;
    let mut path = Vec::new();
    let mut at = records.results.of(&indicator.result);
    while let Some(result) = at {
        path.push(result.clone());
        // A register holds no cycle; the bound is for a file that is checked before it is taken.
        at = result.parent.as_ref().and_then(|p| records.results.of(p)).filter(|_| path.len() < 100);
    }
    path.reverse();
    let plan = records.plans.of(&path.last()?.plan)?;
    let standing = world.standing(id, on);
    let observations = &world.snapshot().observations;
    let rows = world.rows_of(id);
    let scopes = [Scope::Delivered, Scope::Supported, Scope::Global]
        .into_iter()
        .map(|scope| (scope, by_period(world, id, scope)))
        .filter(|(_, figures)| !figures.is_empty())
        .collect::<Vec<_>>();
    let latest = standing.actual.as_ref().map(|f| f.key.clone());
    let groups = latest.as_ref().map_or_else(Vec::new, |key| groups_of(world, key));
    let mut sources: FxHashMap<&str, usize> = FxHashMap::default();
    for row in rows {
        *sources.entry(observations.row(*row).source()).or_default() += 1;
    }
    let mut sources: Vec<(Source, usize)> =
        sources.into_iter().filter_map(|(id, n)| Some((records.sources.get(id)?.clone(), n))).collect();
    sources.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    let findings = world.findings(Some(&plan.id), on);
    let about = |kind: &str, record: &str| kind == "indicator" && record == id.as_str();
    Some(IndicatorSheet {
        indicator: indicator.clone(),
        plan: plan.clone(),
        path,
        targets: records.targets.iter().filter(|t| t.indicator == *id).cloned().collect(),
        scopes,
        groups,
        places: {
            let group = on_maps(world, id).groups.into_iter().next().unwrap_or_default();
            place_figures_of(world, id, None, &group)
        },
        grades: grades(world, indicator, on),
        findings: findings
            .diagnostics
            .iter()
            .filter(|d| {
                d.record.as_ref().is_some_and(|r| about(r.kind, &r.id))
                    || d.related.iter().any(|r| about(r.kind, &r.id))
            })
            .cloned()
            .collect(),
        definitions: records.definitions.iter().filter(|d| d.indicator == *id).cloned().collect(),
        stories: records
            .stories
            .iter()
            .filter(|s| s.indicator.as_ref() == Some(id) || (s.indicator.is_none() && s.result == indicator.result))
            .cloned()
            .collect(),
        transitions: moves(world, indicator, standing.actual.as_ref()),
        sources,
        n_observations: rows.len(),
        standing: standing.as_ref().clone(),
    })
}

/// The figures of all places for each period that was reported in a scope. A world series has no sum over countries
/// unless the measure allows it; then the figure says why.
fn by_period(world: &World, id: &Id<Indicator>, scope: Scope) -> Vec<Figure> {
    let observations = &world.snapshot().observations;
    let mut periods: Vec<Period> = world
        .rows_of(id)
        .iter()
        .filter(|r| observations.scope[**r] == scope)
        .map(|r| observations.period[*r])
        .collect();
    periods.sort_unstable();
    periods.dedup();
    let place = (scope == Scope::Global).then(|| world_place(world)).flatten();
    periods
        .into_iter()
        .map(|period| {
            let key =
                |place| FigureKey { indicator: id.clone(), scope, place, period, breakdown: Breakdown::default() };
            let figure = engine::evaluate(world.prepared(), &key(place.clone()));
            // The world itself may never have been asked; all places that were are the next best question.
            if place.is_some() && figure.answer.value().is_none() {
                engine::evaluate(world.prepared(), &key(None))
            } else {
                figure
            }
        })
        .collect()
}

/// The place that is the world.
fn world_place(world: &World) -> Option<Id<Place>> {
    world.records().places.iter().find(|p| p.kind == PlaceKind::World).map(|p| p.id.clone())
}

/// Bodies that moved between stages from the period before the latest figure to it.
fn moves(world: &World, indicator: &Indicator, latest: Option<&Figure>) -> Vec<(String, String, u32)> {
    let (Measure::StageCount, Some(latest)) = (indicator.measure, latest) else { return Vec::new() };
    let observations = &world.snapshot().observations;
    let before = world
        .rows_of(&indicator.id)
        .iter()
        .map(|r| observations.period[*r])
        .filter(|p| p.ends_on() < latest.key.period.starts_on())
        .max();
    let Some(before) = before else { return Vec::new() };
    let table = engine::transitions(world.prepared(), &indicator.id, before, latest.key.period);
    table
        .moves
        .into_iter()
        .filter(|(from, to, _)| from.as_deref() != Some(to.as_str()))
        .map(|(from, to, n)| (from.unwrap_or_default(), to, n))
        .collect()
}

/// The figures of each group for the place and period of a figure.
fn groups_of(world: &World, key: &FigureKey) -> Vec<Figure> {
    let observations = &world.snapshot().observations;
    let mut groups: Vec<Breakdown> = world
        .rows_of(&key.indicator)
        .iter()
        .map(|row| observations.row(*row))
        .filter(|row| row.scope() == key.scope && key.period.contains(row.period()))
        .map(|row| row.breakdown())
        .filter(|b| !b.is_total())
        .collect();
    groups.sort();
    groups.dedup();
    groups
        .into_iter()
        .map(|breakdown| engine::evaluate(world.prepared(), &FigureKey { breakdown, ..key.clone() }))
        .collect()
}

/// The SMART and selection criteria of an indicator.
fn grades<'a>(world: &'a World, indicator: &'a Indicator, on: Date) -> Vec<CriterionGrade> {
    let context = checks::Context::new(world.snapshot(), on);
    checks::indicator::grade(&context, indicator)
        .into_iter()
        .map(|g| CriterionGrade {
            criterion: g.criterion,
            grade: g.grade,
            reasons: g.reasons.into_iter().map(|r| (r.key.to_owned(), r.args)).collect(),
            reviewer: g.by_reviewer.cloned(),
        })
        .collect()
}

/// The figure of every country, district and city that has one, in a period or in its own latest, for the map.
///
/// Countries have their place on the map by their code, others by their coordinates. Where nothing has a value, but somebody said
/// that it is withheld or does not apply, that is the figure.
pub fn place_figures(world: &World, indicator: &Id<Indicator>, period: Option<Period>) -> Vec<PlaceFigure> {
    place_figures_of(world, indicator, period, &Breakdown::default())
}

/// Whether a map has a sign for a place.
fn is_on_maps(place: &Place) -> bool {
    match place.kind {
        PlaceKind::Country => true,
        PlaceKind::Subnational | PlaceKind::City | PlaceKind::FunctionalArea => {
            place.longitude.is_some() && place.latitude.is_some()
        }
        PlaceKind::World | PlaceKind::Region | PlaceKind::Neighbourhood => false,
    }
}

/// What an indicator has that a map could show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OnMaps {
    /// Groups with a value for a place that a map shows, all people first where they have one.
    pub groups: Vec<Breakdown>,
    /// Values for places that no map shows: the world, regions, neighbourhoods, places without coordinates.
    pub n_elsewhere: usize,
}

/// What an indicator has that a map could show, in any period.
pub fn on_maps(world: &World, indicator: &Id<Indicator>) -> OnMaps {
    let observations = &world.snapshot().observations;
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    let mut found = OnMaps::default();
    for row in world.rows_of(indicator).iter().map(|r| observations.row(*r)) {
        if !row.status().has_value() {
            continue;
        }
        match world.records().places.get(row.place()) {
            Some(place) if is_on_maps(place) => _ = groups.insert(row.breakdown_text()),
            _ => found.n_elsewhere += 1,
        }
    }
    // The empty text of all people comes first.
    found.groups = groups.into_iter().filter_map(Breakdown::parse).collect();
    found
}

/// As [`place_figures`], of one group.
pub fn place_figures_of(
    world: &World,
    indicator: &Id<Indicator>,
    period: Option<Period>,
    group: &Breakdown,
) -> Vec<PlaceFigure> {
    let wanted = group.to_string();
    let records = world.records();
    let observations = &world.snapshot().observations;
    // A value goes before the reason for having none, then the later period, then the wider scope.
    let mut latest: FxHashMap<&str, (bool, Period, Scope)> = FxHashMap::default();
    for row in world.rows_of(indicator).iter().map(|r| observations.row(*r)) {
        let status = row.status();
        let says_why = matches!(status, ObservationStatus::Suppressed | ObservationStatus::NotApplicable);
        if row.breakdown_text() != wanted
            || period.is_some_and(|p| p != row.period())
            || !(status.has_value() || says_why)
        {
            continue;
        }
        let this = (status.has_value(), row.period(), row.scope());
        let held = latest.entry(row.place()).or_insert(this);
        *held = this.max(*held);
    }
    let mut found: Vec<PlaceFigure> = latest
        .into_iter()
        .filter_map(|(place, (_, period, scope))| {
            let place = records.places.get(place)?;
            is_on_maps(place).then(|| {
                let key = FigureKey {
                    indicator: indicator.clone(),
                    scope,
                    place: Some(place.id.clone()),
                    period,
                    breakdown: group.clone(),
                };
                PlaceFigure { place: place.clone(), figure: engine::evaluate(world.prepared(), &key) }
            })
        })
        .collect();
    found.sort_by(|a, b| a.place.id.cmp(&b.place.id));
    found
}

/// The sources that figures of places name, each once, the most frequent first.
pub fn sources_of(world: &World, figures: &[PlaceFigure]) -> Vec<Source> {
    let observations = &world.snapshot().observations;
    let mut n_rows: FxHashMap<&str, usize> = FxHashMap::default();
    for input in figures.iter().flat_map(|of| &of.figure.derivation.inputs) {
        *n_rows.entry(observations.row(input.row_idx).source()).or_default() += 1;
    }
    let mut found: Vec<(usize, &Source)> =
        n_rows.into_iter().filter_map(|(id, n)| Some((n, world.records().sources.get(id)?))).collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    found.into_iter().map(|(_, source)| source.clone()).collect()
}

/// A figure opened up, down to its observations, who recorded them and when. `None` when there is no such indicator.
pub async fn explain(app: &App, world: &World, key: &FigureKey) -> Result<Option<Explanation>, AppError> {
    let Some(indicator) = world.records().indicators.of(&key.indicator) else { return Ok(None) };
    let figure = engine::evaluate(world.prepared(), key);
    let observations = &world.snapshot().observations;
    let n_inputs = figure.derivation.inputs.len();
    let seen = |column: &str, text: &str| {
        let sees = world.audience().sees_column(Kind::Observation, column);
        if sees { text.to_owned() } else { String::new() }
    };
    let mut inputs = Vec::with_capacity(n_inputs.min(MOST_INPUTS));
    let mut lines = FxHashMap::default();
    for input in figure.derivation.inputs.iter().take(MOST_INPUTS) {
        if let Entry::Vacant(unknown) = lines.entry(input.change) {
            unknown.insert(history::line(app, input.change).await?.map(|line| line.seen_by(world.audience())));
        }
        let Some(Some(change)) = lines.get(&input.change) else { continue };
        let row = observations.row(input.row_idx);
        inputs.push(ExplainedInput {
            id: row.id(),
            place: row.place().to_owned(),
            period: row.period(),
            breakdown: row.breakdown(),
            project: row.project().to_owned(),
            entity: row.entity().to_owned(),
            stage: row.stage().to_owned(),
            value: input.value,
            ratio: input.numerator.zip(input.denominator),
            status: row.status().as_str(),
            left_out: input.left_out,
            source: world.records().sources.get(row.source()).cloned(),
            evidence: seen("evidence", row.evidence()),
            comment: seen("comment", row.comment()),
            change: change.clone(),
        });
    }
    let side_by_side = engine::side_by_side(world.prepared(), &key.indicator, key.period, key.place.as_ref()).to_vec();
    Ok(Some(Explanation { figure, indicator: indicator.clone(), inputs, n_inputs, side_by_side }))
}
