//! Observations as series: the rows of one indicator, place, group, scope, project and body in order of time.

use std::sync::OnceLock;

use model::{
    kinds::{Indicator, Scope},
    value::Period,
};
use snapshot::Observations;

use crate::Context;

/// Rows in order of series and time, and where each series begins. Made once, when first asked for.
#[derive(Debug, Default)]
pub(crate) struct SeriesIndex(OnceLock<(Vec<usize>, Vec<usize>)>);

fn key(o: &Observations, idx: usize) -> Option<(u32, u32, u32, Scope, u32, u32)> {
    Some((
        *o.indicator.get(idx)?,
        *o.place.get(idx)?,
        *o.breakdown.get(idx)?,
        *o.scope.get(idx)?,
        *o.project.get(idx)?,
        *o.entity.get(idx)?,
    ))
}

impl SeriesIndex {
    fn get(&self, o: &Observations) -> &(Vec<usize>, Vec<usize>) {
        self.0.get_or_init(|| {
            let mut rows: Vec<usize> = (0..o.len()).collect();
            rows.sort_unstable_by_key(|idx| (key(o, *idx), o.period.get(*idx).copied(), *idx));
            let starts = (0..rows.len()).filter(|at| {
                let of = |at: usize| rows.get(at).map(|idx| key(o, *idx));
                *at == 0 || of(*at) != of(at - 1)
            });
            let mut starts: Vec<usize> = starts.collect();
            starts.push(rows.len());
            (rows, starts)
        })
    }
}

/// One point of a series that has a value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    /// The row.
    pub row: usize,
    /// Its period.
    pub period: Period,
    /// Its value.
    pub value: f64,
}

impl Point {
    /// The middle of the period, in years.
    pub fn year(self) -> f64 {
        f64::from(self.period.first_month() + self.period.month_after()) / 24.0
    }
}

impl<'a> Context<'a> {
    /// The rows of every series, in order of time.
    pub(super) fn all_series(&self) -> impl Iterator<Item = &[usize]> {
        let (rows, starts) = self.series.get(self.observations);
        starts.windows(2).filter_map(|w| match w {
            [from, to] => rows.get(*from..*to),
            _ => None,
        })
    }
    /// The points of a series that have a value.
    pub(super) fn points(&self, series: &[usize]) -> Vec<Point> {
        let o = self.observations;
        let point =
            |row: &usize| Some(Point { row: *row, period: *o.period.get(*row)?, value: (*o.value.get(*row)?)? });
        series.iter().filter_map(point).collect()
    }
    /// The indicator of a series; `None` when there is none of that name.
    pub(super) fn indicator_of(&self, row: usize) -> Option<&'a Indicator> {
        self.records.indicators.get(self.observations.row(row).indicator())
    }
}
