//! Figures as a list: those of the tracking tables, or those of one place.

use jiff::civil::Date;
use model::{
    figure::{Figure, FigureKey},
    kinds::{Indicator, Place, Plan, Scope},
    value::{Breakdown, Id, Period},
};

use crate::world::World;

/// Which figures are wanted; what is empty selects all.
#[derive(Clone, Debug, Default)]
pub struct FigureFilter {
    /// Of the indicators of this plan.
    pub plan: Option<Id<Plan>>,
    /// Of this indicator.
    pub indicator: Option<Id<Indicator>>,
    /// Of this place, period by period as something was observed there; else the totals that the tracking tables show.
    pub place: Option<Id<Place>>,
    /// Of this period.
    pub period: Option<Period>,
    /// Of this scope.
    pub scope: Option<Scope>,
}

/// The figures in the order of the plans, their trees and time.
pub fn figures(world: &World, filter: &FigureFilter, on: Date) -> Vec<Figure> {
    let wanted = |key: &FigureKey| {
        filter.indicator.as_ref().is_none_or(|i| *i == key.indicator)
            && filter.period.is_none_or(|p| p == key.period)
            && filter.scope.is_none_or(|s| s == key.scope)
    };
    let of_indicator = filter.indicator.as_ref().and_then(|i| world.records().indicators.of(i));
    let of_indicator = of_indicator.and_then(|i| world.records().results.of(&i.result)).map(|r| &r.plan);
    let plans = world
        .records()
        .plans
        .iter()
        .filter(|p| filter.plan.as_ref().is_none_or(|wanted| *wanted == p.id))
        .filter(|p| filter.indicator.is_none() || of_indicator == Some(&p.id))
        .filter(|p| !world.indicators_of(&p.id).is_empty());
    let mut found = Vec::new();
    for plan in plans {
        match &filter.place {
            None => {
                let tracking = world.tracking(&plan.id, on);
                let figures = tracking.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| cell.figure.as_ref());
                found.extend(figures.filter(|f| wanted(&f.key)).cloned());
            }
            Some(place) => {
                for indicator in world.indicators_of(&plan.id) {
                    let keys = keys_of(world, &indicator.id, place);
                    found.extend(keys.iter().filter(|k| wanted(k)).map(|k| engine::evaluate(world.prepared(), k)));
                }
            }
        }
    }
    found
}

/// The totals of an indicator at a place, for each scope and period that something was observed in.
fn keys_of(world: &World, indicator: &Id<Indicator>, place: &Id<Place>) -> Vec<FigureKey> {
    let all = &world.snapshot().observations;
    let rows = world.rows_of(indicator).iter().map(|row| all.row(*row));
    let mut asked: Vec<(Scope, Period)> =
        rows.filter(|row| row.place() == place.as_str()).map(|row| (row.scope(), row.period())).collect();
    asked.sort_unstable();
    asked.dedup();
    let key = |(scope, period)| FigureKey {
        indicator: indicator.clone(),
        scope,
        place: Some(place.clone()),
        period,
        breakdown: Breakdown::default(),
    };
    asked.into_iter().map(key).collect()
}
