//! Whether a grant reaches a subject: the units above it, the results above it.

use model::{
    Records,
    kinds::{Grant, Result as PlanResult, Unit},
    value::Id,
};

use super::Subject;

/// Parents go up this far at most: trees have no circles once they were accepted, but a reader must not hang on a
/// register that was tampered with.
const HIGHEST: usize = 64;

/// Whether a grant reaches a subject. What has no unit belongs to the whole organisation: only a grant without a unit, or
/// for a unit that has none above it, reaches it. What has no plan or result is reached by no grant for a part of a plan.
pub(super) fn reaches(records: &Records, grant: &Grant, subject: &Subject) -> bool {
    let Subject::At(spot) = subject else { return true };
    let unit = grant.unit.as_ref().is_none_or(|at| match &spot.unit {
        Some(unit) => is_within(records, unit, at),
        None => records.units.of(at).is_some_and(|u| u.parent.is_none()),
    });
    let plan = grant.plan.as_ref().is_none_or(|plan| spot.plans.contains(plan));
    let result = grant
        .result
        .as_ref()
        .is_none_or(|at| spot.results.iter().any(|result| results_above(records, result).any(|r| r == at)));
    unit && plan && result
}

/// How far above a subject's unit a grant stands.
pub(super) fn distance(records: &Records, grant: &Grant, subject: &Subject) -> usize {
    let Subject::At(spot) = subject else { return 0 };
    match (&grant.unit, &spot.unit) {
        (Some(at), Some(unit)) => units_above(records, unit).position(|u| u == at).unwrap_or(HIGHEST),
        (Some(_), None) => 0,
        (None, _) => HIGHEST,
    }
}

/// Whether a unit is another one or stands below it.
pub(crate) fn is_within(records: &Records, unit: &Id<Unit>, at: &Id<Unit>) -> bool {
    units_above(records, unit).any(|u| u == at)
}

/// A unit and those above it, the nearest first.
pub(crate) fn units_above<'a>(records: &'a Records, unit: &'a Id<Unit>) -> impl Iterator<Item = &'a Id<Unit>> + 'a {
    std::iter::successors(Some(unit), |u| records.units.of(u)?.parent.as_ref()).take(HIGHEST)
}

fn results_above<'a>(
    records: &'a Records,
    result: &'a Id<PlanResult>,
) -> impl Iterator<Item = &'a Id<PlanResult>> + 'a {
    std::iter::successors(Some(result), |r| records.results.of(r)?.parent.as_ref()).take(HIGHEST)
}
