//! One question, one figure.

use model::{
    figure::{Answer, Completeness, Derivation, Figure, FigureKey, Reason},
    kinds::{Indicator, Place, Scope},
    value::{Breakdown, Id, Period},
};

use crate::{ask::Ask, completeness, measure, prepared::Prepared};

/// Answers one question, with the whole derivation: the figure's observations, and the figures that it is made of.
///
/// Where the place, period and group were themselves reported, that is the answer; otherwise it is rolled up
/// by the operations that the measure's type allows. A question that nobody ever reported on, or that names an
/// unknown indicator, place or group, is answered by [`Reason::NothingReported`].
pub fn evaluate(prepared: &Prepared, key: &FigureKey) -> Figure {
    let mut figure = brief(prepared, key);
    figure.derivation.parts = parts(prepared, &figure);
    figure
}

/// The same question in the three scopes, side by side: global, supported, delivered. Where the indicator itself
/// has no global value, that of its world indicator stands there, under that indicator's own key.
pub fn side_by_side(
    prepared: &Prepared,
    indicator: &Id<Indicator>,
    period: Period,
    place: Option<&Id<Place>>,
) -> [Figure; 3] {
    [Scope::Global, Scope::Supported, Scope::Delivered].map(|scope| {
        let mut key = FigureKey {
            indicator: indicator.clone(),
            scope,
            place: place.cloned(),
            period,
            breakdown: Breakdown::default(),
        };
        let world = || prepared.held(indicator).and_then(|h| h.indicator.world_indicator.clone());
        if scope == Scope::Global
            && prepared.periods(indicator, Scope::Global).is_empty()
            && let Some(world) = world()
        {
            key.indicator = world;
        }
        brief(prepared, &key)
    })
}

/// A figure without the figures below it: what tables need, many at a time.
pub(crate) fn brief(prepared: &Prepared, key: &FigureKey) -> Figure {
    let unit = || prepared.held(&key.indicator).and_then(|h| h.indicator.unit.as_ref().map(|u| u.0.clone()));
    let Some(ask) = Ask::new(prepared, key) else {
        return Figure {
            key: key.clone(),
            answer: Answer::None(Reason::NothingReported),
            unit: unit(),
            standard_error: None,
            completeness: Completeness::default(),
            derivation: Derivation { rule: "none", ..Derivation::default() },
        };
    };
    let outcome = measure::answer(&ask);
    Figure {
        key: key.clone(),
        standard_error: outcome.error,
        completeness: completeness::count(&ask, outcome.exact, outcome.told),
        unit: unit(),
        derivation: Derivation {
            rule: outcome.rule,
            symbols: outcome.symbols,
            formula: outcome.formula,
            inputs: outcome.inputs,
            bodies: outcome.bodies,
            parts: Vec::new(),
        },
        answer: outcome.answer,
    }
}

/// The figures that a rolled-up figure is made of: by period when several periods take part, else by the places
/// directly below that take part, else by the categories of a dimension that partitions. A figure that was
/// reported as it stands has none.
fn parts(prepared: &Prepared, figure: &Figure) -> Vec<(FigureKey, Answer)> {
    let (key, rows) = (&figure.key, &prepared.snapshot.observations);
    if figure.derivation.rule == "as-reported" {
        return Vec::new();
    }
    let used = || figure.derivation.inputs.iter().filter(|i| i.left_out.is_none()).map(|i| i.row_idx);
    let mut periods: Vec<Period> = used().map(|row| rows.period[row]).filter(|p| key.period.contains(*p)).collect();
    periods.sort_unstable();
    periods.dedup();
    let mut keys: Vec<FigureKey> = Vec::new();
    if periods.len() > 1 {
        keys.extend(periods.into_iter().map(|period| FigureKey { period, ..key.clone() }));
    } else {
        let asked = key.place.as_ref().and_then(|p| prepared.places.ix(p.as_str()));
        let mut places: Vec<u32> = used().filter_map(|row| prepared.places.ix(rows.row(row).place())).collect();
        places.sort_unstable();
        places.dedup();
        let children = prepared.places.children(asked);
        let takes_part = |c: &u32| places.iter().any(|p| prepared.places.inside(*p, *c));
        let of: Vec<u32> = children.filter(takes_part).collect();
        if places.len() > 1 || of.first().is_some_and(|c| Some(*c) != asked) {
            let ids = of.iter().filter_map(|c| prepared.places.id(*c).cloned());
            keys.extend(ids.map(|place| FigureKey { place: Some(place), ..key.clone() }));
        }
    }
    if keys.is_empty() {
        let mut groups: Vec<Breakdown> =
            used().map(|row| rows.row(row).breakdown()).filter(|b| *b != key.breakdown).collect();
        groups.sort_unstable();
        groups.dedup();
        keys.extend(groups.into_iter().map(|breakdown| FigureKey { breakdown, ..key.clone() }));
    }
    keys.into_iter()
        .map(|key| {
            let answer = brief(prepared, &key).answer;
            (key, answer)
        })
        .collect()
}
