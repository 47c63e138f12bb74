//! How much of what should have been reported was.
//!
//! Contributors are projects where projects report or are expected to; otherwise they are places. A project is
//! expected when it lists the indicator, is no draft, and its dates share a day with the period. A place is
//! expected when it ever reported the indicator in this scope and is of the same sort (country, city) as those that
//! the figure is made of.

use model::{
    figure::Completeness,
    kinds::{PlaceKind, Scope},
};

use crate::{
    ask::Ask,
    prepared::Mapped,
    prepared::{NameIx, PlaceIx},
    select::{Leaf, Leaves, State},
};
use model::kinds::ObservationStatus;

/// What one contributor told in the period.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told {
    pub project: NameIx,
    pub place: PlaceIx,
    pub number: bool,
    pub estimated: bool,
    /// A part of another value, so its place is not at the level used.
    pub aside: bool,
}

/// What the leaves of the period tell.
pub(crate) fn told(ask: &Ask<'_>, leaves: &Leaves) -> Vec<Told> {
    let rows = ask.rows();
    let of = |leaf: &Leaf| Told {
        project: leaf.project,
        place: leaf.place,
        number: leaf.state == State::Number,
        estimated: leaf.counts()
            && leaves
                .pieces(leaf)
                .iter()
                .any(|p| rows.status[p.row as usize] == ObservationStatus::Estimated || p.mapped == Mapped::Estimated),
        aside: leaf.out == Some("subset"),
    };
    leaves.all.iter().filter(|l| ask.ends_inside(l.period)).map(of).collect()
}

/// Counts the contributors. `exact` figures stand on one statement, which is all that was expected.
pub(crate) fn count(ask: &Ask<'_>, exact: bool, mut told: Vec<Told>) -> Completeness {
    if exact {
        let n_estimated = u32::from(told.iter().any(|t| t.estimated));
        return Completeness { n_expected: 1, n_reported: 1, n_estimated, n_without_value: 0 };
    }
    let by_projects =
        told.iter().any(|t| t.project != 0) || ask.key.scope == Scope::Delivered && ask.held.by_projects();
    if !by_projects {
        told.retain(|t| !t.aside);
    }
    let contributor = |t: &Told| if by_projects { t.project } else { t.place };
    told.sort_unstable_by_key(contributor);
    let mut found = Completeness::default();
    for run in told.chunk_by(|a, b| contributor(a) == contributor(b)) {
        found.n_reported += 1;
        found.n_estimated += u32::from(run.iter().any(|t| t.estimated));
        found.n_without_value += u32::from(!run.iter().any(|t| t.number));
    }
    let others = if by_projects {
        let silent = |name: Option<NameIx>| name.is_none_or(|n| told.binary_search_by_key(&n, |t| t.project).is_err());
        let expected = ask
            .held
            .expected
            .iter()
            .filter(|e| e.in_period(ask.key.period) && e.works_in(&ask.prepared.places, ask.place));
        expected.filter(|e| silent(e.name)).count()
    } else {
        let mut kinds: Vec<Option<PlaceKind>> = told.iter().map(|t| ask.prepared.places.kind(t.place)).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let ever = ask.pieces.places.iter().filter(|(kind, place)| {
            (kinds.is_empty() || kinds.contains(kind)) && ask.prepared.places.within(*place, ask.place)
        });
        ever.filter(|(_, place)| told.binary_search_by_key(place, |t| t.place).is_err()).count()
    };
    found.n_expected = found.n_reported + others as u32;
    found
}
