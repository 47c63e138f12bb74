//! The five SMART items, from what is recorded.

use diag::Arg;
use model::kinds::{Direction, Grade, LevelRole, Measure, PlaceKind, TargetKind};

use super::{Reason, Verdict};
use crate::{
    Context,
    context::title,
    indicator::{
        bounds::{Bounds, bounds},
        composite::is_composite,
        seen::Seen,
        wording,
    },
};

/// One thing, precisely: a definition, no second thing, no word that two people read differently.
pub(super) fn specific(seen: Seen<'_>) -> Verdict {
    let indicator = seen.indicator;
    let mut verdict = Verdict::met();
    if is_composite(indicator) {
        verdict.against(Grade::NotMet, Reason::new("smart-composite"));
    }
    if let Some(double) = wording::double_barrelled(&indicator.title) {
        let (first, second) = wording::double_in_words(&indicator.title, &double);
        let reason = Reason::new("smart-double-barrelled").arg("first", first).arg("second", second);
        verdict.against(Grade::Partly, reason);
    }
    if indicator.definition.is_none() {
        match wording::vague(&indicator.title) {
            Some(words) => verdict.against(Grade::NotMet, Reason::new("smart-vague-words").arg("words", words)),
            None => verdict.against(Grade::Partly, Reason::new("smart-no-definition")),
        }
    }
    verdict.or(Reason::new("smart-defined"))
}

/// A unit, and what its type of measure cannot do without.
pub(super) fn measurable(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let i = seen.indicator;
    if i.measure == Measure::Story {
        return Verdict::met().or(Reason::new("smart-story"));
    }
    let mut verdict = Verdict::met();
    if i.unit.is_none() {
        verdict.against(Grade::NotMet, Reason::new("smart-no-unit"));
    }
    let lacks_parts = match i.measure {
        Measure::Share => i.numerator.is_none() || i.denominator.is_none(),
        Measure::Mean | Measure::Index | Measure::Score => i.denominator.is_none(),
        _ => false,
    };
    if lacks_parts {
        let grade = if i.measure == Measure::Share { Grade::NotMet } else { Grade::Partly };
        verdict.against(grade, Reason::new("smart-no-parts"));
    }
    if i.measure == Measure::StageCount && i.scale.as_ref().is_none_or(|s| context.stages.of(&s.0).len() < 2) {
        verdict.against(Grade::NotMet, Reason::new("smart-no-scale"));
    }
    if i.direction.is_none() {
        verdict.against(Grade::Partly, Reason::new("smart-no-direction"));
    }
    if i.measure == Measure::Flow && i.reporting.is_none() {
        verdict.against(Grade::Partly, Reason::new("smart-no-reporting"));
    }
    verdict.or(Reason::new("smart-measured").arg("unit", i.unit.as_ref().map_or("", |u| u.0.as_str())))
}

/// How many times faster than ever before a target may ask for change before it is out of reach.
const REACH: f64 = 2.0;

/// A target that the measure allows, at a pace that has been seen. Without a series nobody can tell.
pub(super) fn achievable(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let i = seen.indicator;
    if i.measure == Measure::Story {
        return Verdict::met().or(Reason::new("smart-story"));
    }
    let mut verdict = Verdict::met();
    let target = seen.planned(context, TargetKind::Target).filter(|t| t.breakdown.is_total()).max_by_key(|t| t.on);
    let Some(target) = target else {
        verdict.against(Grade::Unknown, Reason::new("smart-no-target"));
        return verdict;
    };
    if let Bounds::Outside(_) = bounds(i, target.value) {
        verdict.against(Grade::NotMet, Reason::new("smart-out-of-bounds").arg("value", target.value));
        return verdict;
    }
    let Some(baseline) = seen.baseline_of(context, target) else {
        verdict.against(Grade::Unknown, Reason::new("smart-no-baseline"));
        return verdict;
    };
    let change = target.value - baseline.value;
    let against = match i.direction {
        Some(Direction::Increase) => change < 0.0,
        Some(Direction::Decrease) => change > 0.0,
        _ => false,
    };
    if against {
        verdict.against(Grade::NotMet, Reason::new("smart-against-direction"));
        return verdict;
    }
    let years = match (baseline.on, target.on) {
        (Some(from), Some(to)) => f64::from(from.until(to).map_or(0, |s| s.get_days())) / 365.25,
        _ => 0.0,
    };
    let fastest = fastest_pace(context, seen, target.place.as_ref().map(|p| p.as_str()), change);
    match fastest {
        Some(fastest) if years > 0.0 => {
            let needed = change.abs() / years;
            let paced = |key| {
                Reason::new(key)
                    .arg("needed", (needed * 100.0).round() / 100.0)
                    .arg("fastest", (fastest * 100.0).round() / 100.0)
            };
            if needed > REACH * fastest {
                verdict.against(Grade::NotMet, paced("smart-pace"));
            } else if needed > fastest {
                verdict.against(Grade::Partly, paced("smart-pace"));
            } else {
                return verdict.or(paced("smart-pace-known"));
            }
        }
        _ => verdict.against(Grade::Unknown, Reason::new("smart-no-history")),
    }
    verdict
}

/// The fastest change per year between two observations that follow each other, in the direction of `change`: of the
/// place, or of the world when the target is of no place. `None` without two observations.
fn fastest_pace(context: &Context<'_>, seen: Seen<'_>, place: Option<&str>, change: f64) -> Option<f64> {
    let world = |id: &str| context.records.places.get(id).is_some_and(|p| p.kind == PlaceKind::World);
    let own = context.rows_of(&seen.indicator.id);
    let others = seen.indicator.world_indicator.as_ref().map_or(&[][..], |w| context.rows_of(w));
    let rows = if own.is_empty() { others } else { own };
    let mut series: Vec<(f64, f64)> = rows
        .iter()
        .map(|idx| context.observations.row(*idx))
        .filter(|r| r.breakdown_text().is_empty() && r.project().is_empty())
        .filter(|r| place.map_or_else(|| world(r.place()), |p| p == r.place()))
        .filter_map(|r| Some((f64::from(r.period().first_month() + r.period().month_after()) / 24.0, r.value()?)))
        .collect();
    series.sort_by(|a, b| a.0.total_cmp(&b.0));
    let paces = series.windows(2).filter_map(|w| {
        let [(t0, v0), (t1, v1)] = w else { return None };
        let moved = (v1 - v0) * change.signum();
        (t1 > t0).then(|| moved.max(0.0) / (t1 - t0))
    });
    paces.reduce(f64::max)
}

/// It stands under a result that leads up to the focus of the plan, and measures change rather than work.
pub(super) fn relevant(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let mut verdict = Verdict::met();
    let Some(result) = seen.result else {
        verdict.against(Grade::NotMet, Reason::new("smart-no-result"));
        return verdict;
    };
    if let Some(words) = wording::activity(&seen.indicator.title).filter(|_| seen.is_result()) {
        verdict.against(Grade::NotMet, Reason::new("smart-activity").arg("words", words));
    }
    let Some(focus) = focus(context, seen) else {
        verdict.against(Grade::NotMet, Reason::new("smart-no-focus").arg("result", title(&result.title)));
        return verdict;
    };
    verdict.or(Reason::new("smart-tied").arg("result", title(&result.title)).arg("focus", focus))
}

/// The name of the highest result of the chain above an indicator that carries the plan's focus: an impact, a
/// strategic result, an area. A plan without such levels has no focus to tie to, so the result itself counts.
pub(in crate::indicator) fn focus(context: &Context<'_>, seen: Seen<'_>) -> Option<Arg> {
    use LevelRole::*;
    let result = seen.result?;
    let carries = |role| matches!(role, Some(Impact | StrategicResult | Area | Support | Goal));
    let above = context.ancestors(result);
    let highest = above.iter().rev().find(|r| carries(context.role(r))).map(|r| title(&r.title));
    let itself = || carries(seen.role).then(|| title(&result.title));
    let has_focus = || context.levels.of(&result.plan).iter().any(|l| carries(Some(l.role)));
    highest.or_else(itself).or_else(|| (!has_focus()).then(|| title(&result.title)))
}

/// A target with a day within the plan, and a rhythm of reporting.
pub(super) fn time_bound(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    if seen.indicator.measure == Measure::Story {
        return Verdict::met().or(Reason::new("smart-story"));
    }
    let mut verdict = Verdict::met();
    let mut targets = seen.planned(context, TargetKind::Target).peekable();
    if targets.peek().is_none() {
        verdict.against(Grade::NotMet, Reason::new("smart-no-target"));
        return verdict;
    }
    let Some(last) = targets.filter_map(|t| t.on).max() else {
        verdict.against(Grade::NotMet, Reason::new("smart-undated"));
        return verdict;
    };
    if let Some(end) = seen.plan.and_then(|p| p.ends_on).filter(|end| last > *end) {
        let reason = Reason::new("smart-after-plan").arg("date", last.to_string()).arg("end", end.to_string());
        verdict.against(Grade::Partly, reason);
    }
    if seen.indicator.cadence.is_none() {
        verdict.against(Grade::Partly, Reason::new("smart-no-cadence"));
    }
    verdict.or(Reason::new("smart-dated").arg("date", last.to_string()))
}
