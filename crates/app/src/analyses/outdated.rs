//! Figures that were computed within a boundary that is not in force any more, and their computation anew.

use std::collections::BTreeMap;

use jiff::Timestamp;
use model::{
    kinds::{Analysis, BoundaryDefinition, Indicator, Place},
    value::{Id, Period},
};
use register::access::Actor;

use super::{
    job::{Job, start_job},
    view,
    zones::boundary_name,
};
use crate::{App, error::AppError, space::boundary_on, world::World};

/// Figures of a place on an old boundary.
#[derive(Clone, Debug, PartialEq)]
pub struct Outdated {
    /// The computation that they came from.
    pub analysis: Id<Analysis>,
    /// The place.
    pub place: Id<Place>,
    /// The time of the figures.
    pub period: Period,
    /// The boundary within which they were computed.
    pub then: String,
    /// The one that is in force for their time; none when there is none any more.
    pub now: Option<String>,
    /// The indicators.
    pub indicators: Vec<Id<Indicator>>,
    /// How many figures.
    pub n: usize,
}

/// All figures on old boundaries, by computation and place.
pub fn outdated(world: &World) -> Vec<Outdated> {
    let all = &world.snapshot().observations;
    let names: BTreeMap<u32, &str> = (0..all.dict.texts().len() as u32)
        .filter_map(|code| Some((code, all.dict.text(code).strip_prefix("analysis/")?)))
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let mut found: BTreeMap<(&str, String), Outdated> = BTreeMap::new();
    // Many figures rest on one boundary.
    let mut known: BTreeMap<(&str, Period), Option<String>> = BTreeMap::new();
    for row in all.rows() {
        let Some((analysis, then)) = names.get(&all.evidence[row.idx]).and_then(|name| name.split_once('/')) else {
            continue;
        };
        let period = all.period[row.idx];
        let Some((place, definition)) = parts(then) else { continue };
        let in_force = || boundary_on(world.records(), &place, definition, period.ends_on()).map(boundary_name);
        let now = known.entry((then, period)).or_insert_with(in_force).clone();
        if now.as_deref() == Some(then) {
            continue;
        }
        let of = found.entry((analysis, then.to_owned())).or_insert_with(|| Outdated {
            analysis: Id::new(analysis),
            place,
            period,
            then: then.to_owned(),
            now,
            indicators: Vec::new(),
            n: 0,
        });
        of.n += 1;
        let indicator = Id::new(row.indicator());
        if !of.indicators.contains(&indicator) {
            of.indicators.push(indicator);
        }
    }
    found.into_values().collect()
}

/// Place and definition of a boundary's name: `PLACE/DEFINITION/DAY@FINGERPRINT`.
pub(super) fn parts(name: &str) -> Option<(Id<Place>, BoundaryDefinition)> {
    let mut parts = name.rsplitn(3, '/');
    let _day = parts.next()?;
    let definition = BoundaryDefinition::parse(parts.next()?)?;
    Some((Id::new(parts.next()?), definition))
}

/// Makes a job that computes an analysis again within the boundaries that are in force now. It does not compute yet.
///
/// Errors: no such analysis, evidence that is not there, inputs that this node does not hold, somebody who may not.
pub fn recompute(app: &App, world: &World, id: &str, by: &Actor, now: Timestamp) -> Result<Job, AppError> {
    let view = view::analysis(app, world, id)?.ok_or(AppError::Unknown)?;
    let request = view.found.request.ok_or(AppError::Unknown)?;
    for input in &request.inputs {
        super::inputs::path(app, input)?;
    }
    start_job(app, world, request, by, now)
}
