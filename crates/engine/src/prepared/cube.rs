//! The observations of one indicator, by scope, sorted by period, seen from each version of its definition.

use jiff::civil::Date;
use model::{
    kinds::{PlaceKind, Scope},
    value::Period,
};

use super::{GroupIx, PlaceIx, versions::Mapped};

/// A project or body by its position in text order; 0 is none.
pub(crate) type NameIx = u32;

/// One observation as figures need it. The numbers stay in the snapshot's columns.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Piece {
    pub period: Period,
    pub project: NameIx,
    pub entity: NameIx,
    pub place: PlaceIx,
    pub group: GroupIx,
    /// Row of the snapshot.
    pub row: u32,
    /// Factor on the value, from changes of the unit.
    pub factor: f64,
    /// Part of it that falls into this group, from splits.
    pub part: f64,
    /// How many values make up the group's value, after a merge.
    pub n_sources: u16,
    pub mapped: Mapped,
}

/// The observations of one scope.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    /// Sorted by period, project, place, body, group.
    pub sorted: Vec<Piece>,
    /// Longest period in months: how far before a day a period around that day can begin.
    pub longest: i32,
    /// Places that ever reported, by sort of place.
    pub places: Vec<(Option<PlaceKind>, PlaceIx)>,
    /// Periods reported, in order.
    pub periods: Vec<Period>,
    /// Groups reported, the total too if it was.
    pub groups: Vec<GroupIx>,
    /// Whether any project reported.
    pub has_projects: bool,
}

impl Pieces {
    /// Sorts what was collected and lists places, periods and groups.
    pub fn finish(&mut self, kind_of: impl Fn(PlaceIx) -> Option<PlaceKind>) {
        self.sorted.sort_unstable_by_key(|p| (p.period, p.project, p.place, p.entity, p.group, p.row));
        self.longest = self.sorted.iter().map(|p| p.period.n_months()).max().unwrap_or_default();
        self.has_projects = self.sorted.iter().any(|p| p.project != 0);
        self.places = self.sorted.iter().map(|p| (kind_of(p.place), p.place)).collect();
        self.places.sort_unstable();
        self.places.dedup();
        self.periods = self.sorted.iter().map(|p| p.period).collect();
        self.periods.dedup();
        self.groups = self.sorted.iter().map(|p| p.group).collect();
        self.groups.sort_unstable();
        self.groups.dedup();
    }
    /// Observations of periods that lie inside the one asked for.
    pub fn inside(&self, period: Period) -> impl Iterator<Item = &Piece> {
        let from = self.sorted.partition_point(|p| p.period.first_month() < period.first_month());
        self.sorted
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(move |p| p.period.first_month() < period.month_after())
            .filter(move |p| p.period.month_after() <= period.month_after())
    }
    /// Observations of periods that ended when the one asked for ended, or before.
    pub fn until(&self, period: Period) -> impl Iterator<Item = &Piece> {
        self.sorted
            .iter()
            .take_while(move |p| p.period.first_month() < period.month_after())
            .filter(move |p| p.period.month_after() <= period.month_after())
    }
}

/// All scopes of one version.
#[derive(Debug, Default)]
pub(crate) struct Cube {
    /// First day of the version; `None` for the only one.
    pub effective_on: Option<Date>,
    scopes: [Pieces; 3],
}

impl Cube {
    /// An empty cube of the version that begins on this day.
    pub fn from_day(effective_on: Option<Date>) -> Self {
        Cube { effective_on, ..Cube::default() }
    }
    /// One scope. Scopes are never mixed, so there is no way to get two.
    pub fn scope(&self, scope: Scope) -> &Pieces {
        &self.scopes[slot(scope)]
    }
    /// One scope, to be filled.
    pub fn scope_mut(&mut self, scope: Scope) -> &mut Pieces {
        &mut self.scopes[slot(scope)]
    }
}

fn slot(scope: Scope) -> usize {
    match scope {
        Scope::Global => 0,
        Scope::Supported => 1,
        Scope::Delivered => 2,
    }
}
