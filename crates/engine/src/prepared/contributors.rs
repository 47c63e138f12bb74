//! Projects as contributors: which should report an indicator, and how their figures overlap.

use jiff::civil::Date;
use model::{
    Records,
    kinds::{Indicator, OverlapRelation, Project, ProjectStatus},
    value::{Id, Period},
};
use rustc_hash::FxHashMap;

use super::{NameIx, Names, PlaceIx, Places};

/// A project that lists an indicator.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    pub project: Id<Project>,
    /// Its name among those that reported anything at all.
    pub name: Option<NameIx>,
    starts_on: Date,
    ends_on: Option<Date>,
    /// Empty when the project names no place.
    places: Vec<PlaceIx>,
}

impl Expected {
    /// Whether its dates share a day with the period.
    pub fn in_period(&self, period: Period) -> bool {
        self.starts_on <= period.ends_on() && self.ends_on.is_none_or(|end| period.starts_on() <= end)
    }
    /// Whether it works inside the place asked for. A project that names no place is expected for all places only.
    pub fn works_in(&self, places: &Places, asked: Option<PlaceIx>) -> bool {
        asked.is_none() || self.places.iter().any(|p| places.within(*p, asked))
    }
}

/// Projects that list each indicator, drafts left out, in order of their ids.
pub(crate) fn expected(records: &Records, names: &Names, places: &Places) -> FxHashMap<Id<Indicator>, Vec<Expected>> {
    let mut of: FxHashMap<Id<Indicator>, Vec<Expected>> = FxHashMap::default();
    for project in records.projects.iter().filter(|p| p.status != ProjectStatus::Draft) {
        for indicator in &project.indicators {
            of.entry(indicator.clone()).or_default().push(Expected {
                project: project.id.clone(),
                name: names.ix(project.id.as_str()),
                starts_on: project.starts_on,
                ends_on: project.ends_on,
                places: project.places.iter().filter_map(|p| places.ix(p.as_str())).collect(),
            });
        }
    }
    for list in of.values_mut() {
        list.sort_unstable_by(|a, b| a.project.cmp(&b.project));
        list.dedup_by(|a, b| a.project == b.project);
    }
    of
}

/// Recorded overlaps of an indicator: what the first project's figures are to the second's.
pub(crate) type Overlaps = FxHashMap<(NameIx, NameIx), OverlapRelation>;

/// Recorded overlaps by indicator.
pub(crate) fn overlaps(records: &Records, names: &Names) -> FxHashMap<Id<Indicator>, Overlaps> {
    let mut of: FxHashMap<Id<Indicator>, Overlaps> = FxHashMap::default();
    for o in records.overlaps.iter() {
        if let (Some(a), Some(b)) = (names.ix(o.project.as_str()), names.ix(o.with_project.as_str())) {
            of.entry(o.indicator.clone()).or_default().insert((a, b), o.relation);
        }
    }
    of
}

/// The projects above each project that is part of another, nearest first. A circle is left at its second round.
pub(crate) fn parents(records: &Records, names: &Names) -> FxHashMap<NameIx, Vec<NameIx>> {
    let mut of = FxHashMap::default();
    for project in records.projects.iter().filter(|p| p.parent.is_some()) {
        let Some(own) = names.ix(project.id.as_str()) else { continue };
        let mut above: Vec<&str> = vec![project.id.as_str()];
        let mut next = project.parent.as_ref();
        while let Some(parent) = next.filter(|p| !above.contains(&p.as_str())) {
            above.push(parent.as_str());
            next = records.projects.of(parent).and_then(|p| p.parent.as_ref());
        }
        let above: Vec<NameIx> = above.iter().skip(1).filter_map(|id| names.ix(id)).collect();
        of.insert(own, above);
    }
    of
}
