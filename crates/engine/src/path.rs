//! The path from baseline to target.

use jiff::civil::Date;
use model::{
    kinds::{Indicator, Measure, Reporting, Target, TargetKind},
    value::Breakdown,
};

use crate::prepared::Held;

/// A baseline, the milestones after it and the target, all in the indicator's unit; broken lines between them.
#[derive(Clone, Debug)]
pub(crate) struct Path {
    /// Days and values, baseline first, target last.
    points: Vec<(Date, f64)>,
}

impl Path {
    /// The path of a group; `None` without a dated baseline or a target after it. Undated targets
    /// and those in a unit that does not convert have no place on a path.
    pub fn of(held: &Held, group: &Breakdown) -> Option<Self> {
        let (baseline, target) = (baseline(held, group)?, target(held, group)?);
        let (from, to) = (baseline.on?, target.on?);
        if to <= from {
            return None;
        }
        let between = held.targets.iter().filter(|t| {
            t.kind == TargetKind::Milestone
                && t.place.is_none()
                && t.breakdown == *group
                && t.on.is_some_and(|on| from < on && on < to)
        });
        let points = std::iter::once(baseline).chain(between).chain(std::iter::once(target));
        let points = points.filter_map(|t| Some((t.on?, in_unit(t, &held.indicator)?))).collect();
        Some(Path { points })
    }
    /// Value at the start.
    pub fn from(&self) -> f64 {
        self.points.first().map_or(0.0, |p| p.1)
    }
    /// Value at the end.
    pub fn to(&self) -> f64 {
        self.points.last().map_or(0.0, |p| p.1)
    }
    /// Value on a day; before the first day that of the baseline, after the last that of the target.
    pub fn at(&self, day: Date) -> f64 {
        let after = self.points.partition_point(|p| p.0 <= day);
        match (after.checked_sub(1).and_then(|i| self.points.get(i)), self.points.get(after)) {
            (Some((d0, v0)), Some((d1, v1))) => v0 + (v1 - v0) * days(*d0, day) / days(*d0, *d1),
            (Some((_, v)), None) => *v,
            (None, _) => self.from(),
        }
    }
    /// The part of the way from start to end that a value has made; `None` when there is no way to go.
    pub fn share(&self, value: f64) -> Option<f64> {
        let way = self.to() - self.from();
        (way != 0.0).then(|| (value - self.from()) / way)
    }
}

/// The dated baseline of a group with the latest day, for all places.
pub(crate) fn baseline<'a>(held: &'a Held, group: &Breakdown) -> Option<&'a Target> {
    held.target(TargetKind::Baseline, group).filter(|t| in_unit(t, &held.indicator).is_some())
}

/// The dated target of a group with the latest day, for all places.
pub(crate) fn target<'a>(held: &'a Held, group: &Breakdown) -> Option<&'a Target> {
    held.target(TargetKind::Target, group).filter(|t| in_unit(t, &held.indicator).is_some())
}

/// The value of a target in the indicator's unit: percent and share convert, other units do not.
pub(crate) fn in_unit(target: &Target, indicator: &Indicator) -> Option<f64> {
    let of = |c: &Option<model::record::Code>| c.as_ref().map(|c| c.0.clone());
    let (Some(own), Some(stated)) = (of(&indicator.unit), of(&target.unit)) else { return Some(target.value) };
    match (stated.as_str(), own.as_str()) {
        (a, b) if a == b => Some(target.value),
        ("percent", "share") => Some(target.value / 100.0),
        ("share", "percent") => Some(target.value * 100.0),
        _ => None,
    }
}

/// Whether an indicator's values are additions to the baseline: each covers its own period only, so what
/// stands against the path is their running total.
pub(crate) fn adds_up(indicator: &Indicator) -> bool {
    matches!(indicator.measure, Measure::Flow | Measure::DistinctCount)
        && indicator.reporting == Some(Reporting::Incremental)
}

fn days(from: Date, to: Date) -> f64 {
    f64::from(from.until(to).map_or(0, |s| s.get_days()))
}
