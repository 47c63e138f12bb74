//! The indicator tracking table of a plan.

use jiff::civil::Date;
use model::{
    figure::{Answer, Figure, FigureKey, Reason, Tracking, TrackingCell, TrackingRow},
    kinds::{Cadence, Direction, Measure, Plan, Scope},
    value::{Breakdown, Grain, Id, Period},
};

use crate::{
    evaluate::brief,
    path::{self, Path},
    prepared::{Held, Prepared},
    schedule,
    standing::{running, standing},
};

/// The table of a plan on a day: one row for each indicator and each of its groups, one cell for each period.
///
/// The columns are the calendar years of the plan. A plan of at most two years has its half-years too where any of
/// its indicators is reported more often than yearly, and a plan of two years ends with a column for both. A value
/// of a longer period, such as a biennial one, stands in the column in which its period ends. Retired indicators
/// are left out unless something was reported. An unknown plan gives an empty table.
pub fn tracking(prepared: &Prepared, plan: &Id<Plan>, on: Date) -> Tracking {
    let mut table = Tracking { plan: plan.clone(), periods: Vec::new(), rows: Vec::new() };
    let Some(record) = prepared.snapshot.records.plans.of(plan) else { return table };
    table.periods = columns(prepared, record, on);
    let (first, last) = schedule::years(record, on);
    let Some(tree) = prepared.trees.get(plan) else { return table };
    for (result, indicator) in tree.indicators() {
        let Some(held) = prepared.held(indicator) else { continue };
        let scope = prepared.own_scope(indicator);
        let pieces = held.latest(scope);
        if held.indicator.status == model::kinds::IndicatorStatus::Retired && pieces.sorted.is_empty() {
            continue;
        }
        let due = schedule::periods(held.indicator.cadence, first, last);
        let keys: Vec<(Period, bool)> = table
            .periods
            .iter()
            .map(|column| {
                let falls = |p: &Period| ends_in(*column, *p) && p.ends_on() <= on;
                (reported_as(&pieces.periods, *column), due.iter().any(falls))
            })
            .collect();
        let mut groups: Vec<Breakdown> =
            pieces.groups.iter().filter_map(|g| prepared.groups.group(*g).cloned()).collect();
        groups.extend(held.targets.iter().filter(|t| t.place.is_none()).map(|t| t.breakdown.clone()));
        groups.push(Breakdown::default());
        groups.sort_unstable();
        groups.dedup();
        for breakdown in groups {
            let path = Path::of(held, &breakdown);
            let standing = breakdown.is_total().then(|| standing(prepared, indicator, on));
            table.rows.push(TrackingRow {
                indicator: indicator.clone(),
                result: result.clone(),
                scope,
                measure: held.indicator.measure,
                direction: held.indicator.direction,
                baseline: path::baseline(held, &breakdown).cloned(),
                target: path::target(held, &breakdown).cloned(),
                cells: keys
                    .iter()
                    .map(|(period, due)| cell(prepared, held, scope, *period, &breakdown, path.as_ref(), *due))
                    .collect(),
                standing,
                breakdown,
            });
        }
    }
    table
}

/// Columns of a plan's table.
fn columns(prepared: &Prepared, plan: &Plan, on: Date) -> Vec<Period> {
    let (first, last) = schedule::years(plan, on);
    let years = (first..=last).map(Period::year);
    if last - first > 1 {
        return years.collect();
    }
    let often = prepared.indicators(&plan.id).any(|i| {
        matches!(i.cadence, Some(Cadence::HalfYearly | Cadence::Quarterly | Cadence::Monthly))
            || prepared.periods(&i.id, prepared.own_scope(&i.id)).iter().any(|p| p.grain() < Grain::Year)
    });
    let mut columns = Vec::new();
    for year in years {
        if often {
            let (a, b) = (year.first_month(), year.month_after());
            columns.extend([Period::of_months(a, a + 6), Period::of_months(a + 6, b)].into_iter().flatten());
        }
        columns.push(year);
    }
    if last > first {
        columns.push(Period::years(first, last));
    }
    columns
}

/// Whether a period ends inside a column.
fn ends_in(column: Period, period: Period) -> bool {
    column.first_month() < period.month_after() && period.month_after() <= column.month_after()
}

/// The period that a column's figure is asked for: the column itself, or the shortest longer one that was reported and
/// ends with the column, when nothing inside the column was.
fn reported_as(reported: &[Period], column: Period) -> Period {
    if reported.iter().any(|p| column.contains(*p)) {
        return column;
    }
    let longer = reported.iter().filter(|p| p.contains(column) && p.month_after() == column.month_after());
    longer.min_by_key(|p| p.n_months()).copied().unwrap_or(column)
}

fn cell(
    prepared: &Prepared,
    held: &Held,
    scope: Scope,
    period: Period,
    breakdown: &Breakdown,
    path: Option<&Path>,
    due: bool,
) -> TrackingCell {
    let key = |period| FigureKey {
        indicator: held.indicator.id.clone(),
        scope,
        place: None,
        period,
        breakdown: breakdown.clone(),
    };
    let figure = brief(prepared, &key(period));
    // Nothing due and nothing told leaves the cell empty; a story is told once it has an observation or a story.
    let empty = match figure.answer {
        Answer::None(Reason::NothingReported) => true,
        Answer::None(Reason::Story) => figure.derivation.inputs.is_empty() && figure.derivation.bodies.is_empty(),
        _ => false,
    };
    if empty && !due {
        return TrackingCell { figure: None, percent: None, due };
    }
    let percent = path.and_then(|path| percent(prepared, held, path, &figure, &key));
    TrackingCell { figure: Some(figure), percent, due }
}

/// Share of the way from baseline to target as a percentage; by the running total where values add up.
fn percent(
    prepared: &Prepared,
    held: &Held,
    path: &Path,
    figure: &Figure,
    key: &dyn Fn(Period) -> FigureKey,
) -> Option<f64> {
    let counted = !matches!(held.indicator.measure, Measure::StageCount | Measure::Story);
    let value = figure.answer.value().filter(|_| counted && held.indicator.direction != Some(Direction::Maintain))?;
    if !path::adds_up(&held.indicator) {
        return path.share(value).map(|s| s * 100.0);
    }
    // A column that ends inside a year has no running total of whole years.
    let years =
        running(prepared, held, figure.key.period).filter(|r| r.month_after() == figure.key.period.month_after())?;
    let total = if years == figure.key.period { value } else { brief(prepared, &key(years)).answer.value()? };
    path.share(total + path.from()).map(|s| s * 100.0)
}
