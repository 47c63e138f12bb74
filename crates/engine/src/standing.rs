//! Where an indicator stands: the published method of the progress status.
//!
//! 1. **Path.** Straight lines, day by day, from the latest dated baseline through the milestones to the final target.
//! 2. **Figure.** The latest figure of the programme's own scope ([`Prepared::own_scope`]) for all places and the
//!    total, of a period that has ended. Flows and distinct counts declared *incremental* are additions to the
//!    baseline: their figure is the running total since the plan's start (or since the year after the baseline, if that is
//!    later), and it stands against the part of the path above the baseline.
//! 3. **Day.** Flows, counts and stocks are compared with the path at the end of their period; shares, means, indices and
//!    scores, which describe the whole period, at its middle. A day of measurement, where one observation alone
//!    is the figure, goes before both.
//! 4. **Status.** *Achieved* at the target or beyond. Otherwise let the tolerance be the indicator's own (0.1 if none)
//!    times the way from baseline to target: *on track* if the figure is behind the path by no more than that,
//!    *at risk* up to three times that, else *off track*; behind by more than the tolerance and behind the
//!    baseline too is *off track* at once. An interval is judged by its worse end.
//! 5. **Maintain.** The way is a band around the target (the baseline where there is none), as wide to both sides as the
//!    tolerance times its value: inside is *on track*, from the target's day on *achieved*; up to three
//!    times the band is *at risk*.
//! 6. **Probability.** With a standard error, the probability that the true value, normally distributed around the
//!    figure, is not behind the path by more than the tolerance (for *maintain*: lies in the band). It stands
//!    beside the status and does not change it.

use jiff::civil::Date;
use model::{
    figure::{Answer, Figure, FigureKey, Progress, Standing},
    kinds::{Direction, Indicator, Judgement, Measure},
    value::{Breakdown, Id, Period},
};

use crate::{
    evaluate::brief,
    path::{self, Path},
    prepared::{Held, Prepared},
    schedule,
};

/// Tolerance where the indicator states none, as a share of the way from baseline to target.
pub const TOLERANCE: f64 = 0.1;
/// Up to this many times the tolerance an indicator is at risk, beyond it off track.
pub const AT_RISK_TIMES: f64 = 3.0;
/// So many reported periods are tried, latest first, for a figure with a number.
const MOST_TRIES: usize = 24;

/// Where an indicator stands on a day. An unknown indicator is not measured.
pub fn standing(prepared: &Prepared, indicator: &Id<Indicator>, on: Date) -> Standing {
    let mut standing = Standing {
        indicator: indicator.clone(),
        on,
        progress: Progress::NotMeasured,
        expected: None,
        actual: None,
        baseline: None,
        target: None,
        achieved_share: None,
        expected_share: None,
        probability: None,
        tolerance: TOLERANCE,
        judgements: Vec::new(),
    };
    let Some(held) = prepared.held(indicator) else { return standing };
    let total = Breakdown::default();
    standing.tolerance = held.indicator.tolerance.filter(|t| t.is_finite() && *t >= 0.0).unwrap_or(TOLERANCE);
    standing.baseline = path::baseline(held, &total).cloned();
    standing.target = path::target(held, &total).cloned();
    standing.judgements = judgements(prepared, indicator, on);
    let latest = latest(prepared, held, on);
    let day = latest.as_ref().map(|(f, last)| day_of(prepared, held, f, *last));
    standing.actual = latest.map(|(figure, _)| figure);
    let measure = held.indicator.measure;
    standing.progress = match (measure, held.indicator.direction) {
        (Measure::Story | Measure::StageCount, _) => Progress::NotMeasured,
        (_, Some(Direction::Maintain)) => maintained(held, &mut standing, on),
        _ => on_the_way(held, &mut standing, day),
    };
    if standing.progress == Progress::NoData && !was_due(prepared, held, on) {
        standing.progress = Progress::NotYetDue;
    }
    standing
}

/// Judges against the path.
fn on_the_way(held: &Held, standing: &mut Standing, day: Option<Date>) -> Progress {
    if standing.baseline.is_none() {
        return Progress::NoBaseline;
    }
    let Some(path) = Path::of(held, &Breakdown::default()) else { return Progress::NoTarget };
    // Additions stand against the part of the path above the baseline.
    let base = if path::adds_up(&held.indicator) { path.from() } else { 0.0 };
    let (from, to) = (path.from() - base, path.to() - base);
    let sign = match (to - from, held.indicator.direction) {
        (way, _) if way > 0.0 => 1.0,
        (way, _) if way < 0.0 => -1.0,
        (_, Some(Direction::Decrease)) => -1.0,
        _ => 1.0,
    };
    let (Some(figure), Some(day)) = (&standing.actual, day) else { return Progress::NoData };
    let Some(value) = worse_end(&figure.answer, sign) else { return Progress::NoData };
    let expected = path.at(day) - base;
    standing.expected = Some(expected);
    standing.achieved_share = path.share(value + base);
    standing.expected_share = path.share(expected + base);
    // A target that is the baseline again leaves no way: then the tolerance is a share of its size.
    let way = if to == from { to.abs() } else { (to - from).abs() };
    let allowed = standing.tolerance * way;
    let behind = (expected - value) * sign;
    standing.probability =
        figure.standard_error.filter(|e| *e > 0.0).map(|e| stats::normal_cdf((allowed - behind) / e));
    if (value - to) * sign >= 0.0 {
        Progress::Achieved
    } else if behind <= allowed {
        Progress::OnTrack
    } else if behind <= AT_RISK_TIMES * allowed && (value - from) * sign >= 0.0 {
        Progress::AtRisk
    } else {
        Progress::OffTrack
    }
}

/// Judges against the band.
fn maintained(held: &Held, standing: &mut Standing, on: Date) -> Progress {
    let Some(kept) = standing.target.as_ref().or(standing.baseline.as_ref()) else { return Progress::NoBaseline };
    let Some(level) = path::in_unit(kept, &held.indicator) else { return Progress::NoTarget };
    let until = standing.target.as_ref().and_then(|t| t.on);
    standing.expected = Some(level);
    let band = standing.tolerance * level.abs();
    let Some(figure) = &standing.actual else { return Progress::NoData };
    let away = |v: f64| (v - level).abs();
    let distance = match figure.answer {
        Answer::Value(v) => away(v),
        Answer::Interval { low, high, .. } => away(low).max(away(high)),
        _ => return Progress::NoData,
    };
    if let (Answer::Value(v), Some(e)) = (&figure.answer, figure.standard_error.filter(|e| *e > 0.0)) {
        standing.probability =
            Some(stats::normal_cdf((level + band - v) / e) - stats::normal_cdf((level - band - v) / e));
    }
    if distance <= band {
        if until.is_some_and(|day| day <= on) { Progress::Achieved } else { Progress::OnTrack }
    } else if distance <= AT_RISK_TIMES * band {
        Progress::AtRisk
    } else {
        Progress::OffTrack
    }
}

fn worse_end(answer: &Answer, sign: f64) -> Option<f64> {
    match answer {
        Answer::Value(v) => Some(*v),
        Answer::Interval { low, high, .. } => Some(if sign > 0.0 { *low } else { *high }),
        _ => None,
    }
}

/// The latest figure with a number, or the latest at all, with the last period that it speaks of.
fn latest(prepared: &Prepared, held: &Held, on: Date) -> Option<(Figure, Period)> {
    let scope = prepared.own_scope(&held.indicator.id);
    let mut periods: Vec<Period> = held.latest(scope).periods.iter().copied().filter(|p| p.ends_on() <= on).collect();
    // Of periods that end together the one nearest to a year, as tables show it.
    periods.sort_by_key(|p| (std::cmp::Reverse(p.month_after()), (p.n_months() - 12).abs(), p.n_months()));
    periods.dedup_by_key(|p| p.month_after());
    let key = |period| FigureKey {
        indicator: held.indicator.id.clone(),
        scope,
        place: None,
        period,
        breakdown: Breakdown::default(),
    };
    let mut first = None;
    for last in periods.into_iter().take(MOST_TRIES) {
        let period = if path::adds_up(&held.indicator) { running(prepared, held, last) } else { Some(last) };
        let Some(period) = period else { continue };
        let figure = brief(prepared, &key(period));
        if !matches!(figure.answer, Answer::None(_)) {
            return Some((figure, last));
        }
        first.get_or_insert((figure, last));
    }
    first
}

/// The years whose sum is the running total at the end of a period; `None` when the period lies before them.
pub(crate) fn running(prepared: &Prepared, held: &Held, last: Period) -> Option<Period> {
    let plan = held.plan.as_ref().and_then(|p| prepared.snapshot.records.plans.of(p))?;
    let after_baseline = path::baseline(held, &Breakdown::default())
        .and_then(|b| b.on)
        .map_or(i16::MIN, |day| day.tomorrow().map_or(day.year(), Date::year));
    let first = plan.starts_on.year().max(after_baseline);
    (first <= last.last_year()).then(|| Period::years(first, last.last_year()))
}

/// The day on which a figure is compared with the path.
fn day_of(prepared: &Prepared, held: &Held, figure: &Figure, last: Period) -> Date {
    let mut used = figure.derivation.inputs.iter().filter(|i| i.left_out.is_none());
    let measured = match (used.next(), used.next()) {
        (Some(only), None) => prepared.snapshot.observations.measured_on[only.row_idx],
        _ => None,
    };
    measured.unwrap_or_else(|| match held.indicator.measure {
        Measure::Share | Measure::Mean | Measure::Index | Measure::Score => last.mid(),
        _ => last.ends_on(),
    })
}

/// Whether any value was due by the day.
fn was_due(prepared: &Prepared, held: &Held, on: Date) -> bool {
    let Some(plan) = held.plan.as_ref().and_then(|p| prepared.snapshot.records.plans.of(p)) else { return false };
    let (first, last) = schedule::years(plan, on);
    schedule::periods(held.indicator.cadence, first, last).into_iter().any(|p| schedule::due_on(p) <= on)
}

/// What persons judged up to the day, oldest first.
fn judgements(prepared: &Prepared, indicator: &Id<Indicator>, on: Date) -> Vec<Judgement> {
    let all = prepared.judgements.get(indicator).map_or(&[][..], Vec::as_slice);
    all.iter().filter(|j| j.on <= on).cloned().collect()
}
