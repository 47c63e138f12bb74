//! The five criteria of selection beside SMART, from what is recorded.

use diag::Arg;
use model::kinds::{Cadence, Grade, LevelRole, ObservationState, Source, SourceKind};

use super::{Reason, Verdict};
use crate::{
    Context,
    context::title,
    indicator::seen::{Seen, none},
};

/// Indicators for one result up to which a set stays manageable.
pub(in crate::indicator) const MOST_PER_RESULT: usize = 3;

/// Figures a year for one place up to which an indicator stays manageable: twelve months of eight groups.
const MOST_FIGURES: usize = 96;

/// Indicators that one unit can answer for.
const MOST_PER_OWNER: usize = 20;

/// The set stays small: few indicators for the result, few figures a year.
pub(super) fn manageable(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let mut verdict = Verdict::met();
    let n = context.indicators.of(&seen.indicator.result).len();
    if n > 2 * MOST_PER_RESULT {
        verdict.against(Grade::NotMet, Reason::new("smart-many-per-result").arg("n", n).arg("most", MOST_PER_RESULT));
    } else if n > MOST_PER_RESULT {
        verdict.against(Grade::Partly, Reason::new("smart-many-per-result").arg("n", n).arg("most", MOST_PER_RESULT));
    }
    let n_figures = figures_a_year(context, seen);
    if n_figures > MOST_FIGURES {
        verdict.against(Grade::Partly, Reason::new("smart-many-figures").arg("n", n_figures));
    }
    verdict.or(Reason::new("smart-few").arg("n", n))
}

/// How many figures a year one place must report: all groups, as often as the cadence says.
fn figures_a_year(context: &Context<'_>, seen: Seen<'_>) -> usize {
    let groups: usize =
        seen.indicator.dimensions.iter().map(|d| context.categories.of(d).len() + 1).fold(1, usize::saturating_mul);
    let times = match seen.indicator.cadence {
        Some(Cadence::Monthly) => 12,
        Some(Cadence::Quarterly) => 4,
        Some(Cadence::HalfYearly) => 2,
        _ => 1,
    };
    groups.saturating_mul(times)
}

/// Change can fairly be ascribed to the work: somebody reports on it, or it stands at a level of direct influence.
pub(super) fn attributable(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let mut verdict = Verdict::met();
    let n = context.reporters.of(&seen.indicator.id).len();
    let is_far = matches!(seen.role, Some(LevelRole::Impact | LevelRole::StrategicResult | LevelRole::Goal));
    if is_far && seen.indicator.world_indicator.is_none() && seen.indicator.counts.is_none() {
        verdict.against(Grade::Partly, Reason::new("smart-world-moves"));
    }
    if n == 0 && !matches!(seen.role, Some(LevelRole::Output | LevelRole::Support)) {
        verdict.against(Grade::Unknown, Reason::new("smart-nobody-reports"));
    }
    let own = matches!(seen.role, Some(LevelRole::Output | LevelRole::Support));
    verdict.or(if own && n == 0 { Reason::new("smart-own-work") } else { Reason::new("smart-reported").arg("n", n) })
}

/// Data are at hand, or the path to them is clear: a source and how a value is verified.
pub(super) fn data(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let mut verdict = Verdict::met();
    let source = seen.indicator.source.as_ref().and_then(|s| context.records.sources.of(s));
    let observations = context.observations;
    let rows =
        context.rows_of(&seen.indicator.id).iter().filter(|r| observations.value.get(**r).is_some_and(Option::is_some));
    let (mut n, mut n_provisional) = (0usize, 0usize);
    for row in rows {
        n += 1;
        n_provisional += usize::from(observations.state.get(*row) == Some(&ObservationState::Provisional));
    }
    match (source, n) {
        (None, 0) => verdict.against(Grade::Unknown, Reason::new("smart-no-data")),
        (None, n) => verdict.against(Grade::Partly, Reason::new("smart-no-source").arg("n", n)),
        (Some(_), 0) if seen.indicator.verification.is_none() => {
            verdict.against(Grade::Partly, Reason::new("smart-path-unclear"));
        }
        _ => {}
    }
    if n_provisional * 2 > n {
        verdict.against(Grade::Partly, Reason::new("smart-provisional").arg("n", n_provisional).arg("all", n));
    }
    let name = source.map_or_else(none, |s: &Source| title(&s.title));
    verdict.or(if n > 0 {
        Reason::new("smart-at-hand").arg("n", n).arg("source", name)
    } else {
        Reason::new("smart-path").arg("source", name)
    })
}

/// Cost and skill fit: somebody answers for it, who does not answer for too many, and surveys are not asked for yearly.
pub(super) fn capacity(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let mut verdict = Verdict::met();
    let Some(owner) = &seen.indicator.owner else {
        verdict.against(Grade::Unknown, Reason::new("smart-no-owner"));
        return verdict;
    };
    let name = context.records.units.of(owner).map_or_else(|| Arg::from(owner.as_str()), |u| title(&u.title));
    let n = context.n_owned.get(owner.as_str()).copied().unwrap_or(0);
    if n > MOST_PER_OWNER {
        verdict.against(Grade::Partly, Reason::new("smart-owner-full").arg("n", n).arg("owner", name.clone()));
    }
    let source = seen.indicator.source.as_ref().and_then(|s| context.records.sources.of(s));
    let often = matches!(seen.indicator.cadence, Some(Cadence::Monthly | Cadence::Quarterly | Cadence::HalfYearly));
    if often && source.is_some_and(|s| s.kind == SourceKind::Survey) {
        verdict.against(Grade::Partly, Reason::new("smart-survey-too-often"));
    }
    verdict.or(Reason::new("smart-owned").arg("owner", name))
}

/// The evidence can be checked: the record says how, or the observations carry evidence.
pub(super) fn verifiable(context: &Context<'_>, seen: Seen<'_>) -> Verdict {
    let mut verdict = Verdict::met();
    let has_evidence = || {
        let evidence = &context.observations.evidence;
        context.rows_of(&seen.indicator.id).iter().any(|r| evidence.get(*r).is_some_and(|e| *e != 0))
    };
    if seen.indicator.verification.is_none() {
        if has_evidence() || seen.indicator.source.is_some() {
            verdict.against(Grade::Partly, Reason::new("smart-source-only"));
        } else {
            verdict.against(Grade::NotMet, Reason::new("smart-no-verification"));
        }
    }
    verdict.or(Reason::new("smart-verifiable"))
}
