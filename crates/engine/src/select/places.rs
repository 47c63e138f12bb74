//! Of nested places one level counts.
//!
//! A place's own value is taken where the place asked for has one. Otherwise the outermost reported places are
//! summed. If other places inside them were reported too, the outermost ones must all be of one sort
//! (countries, say): then that is the level used, and the inner ones are parts of it. A mixture, such as a country
//! with one of its cities beside a city of a silent country, has no single level: the answer is refused.
//! Values of single bodies are parts of their place's value where the place itself has one.

use model::{figure::Reason, kinds::PlaceKind};

use super::{Leaf, Leaves, State};
use crate::ask::Ask;

/// One level in each period of each contributor; what a project says is a part of what the programme itself says
/// for the same place and period.
pub(super) fn one_level(ask: &Ask<'_>, leaves: &mut Leaves) -> Result<(), Reason> {
    under_the_programme(ask, leaves);
    leaves.all.chunk_by_mut(|a, b| (a.project, a.period) == (b.project, b.period)).try_for_each(|run| sweep(ask, run))
}

/// One level for each contributor, whatever the period.
pub(super) fn one_level_over_time(ask: &Ask<'_>, leaves: &mut Leaves) -> Result<(), Reason> {
    leaves.all.sort_unstable_by_key(|l| (l.project, l.place, l.entity, l.period));
    leaves.all.chunk_by_mut(|a, b| a.project == b.project).try_for_each(|run| sweep(ask, run))
}

/// The run is sorted by place, a place's own value before those of its bodies.
fn sweep(ask: &Ask<'_>, run: &mut [Leaf]) -> Result<(), Reason> {
    let places = &ask.prepared.places;
    if run.len() < 2 {
        return Ok(());
    }
    let itself = |l: &Leaf| l.counts() && l.entity == 0 && places.is_asked(l.place, ask.place);
    if let Some(own) = run.iter().position(itself) {
        let rest = run.iter_mut().enumerate().filter(|(i, l)| *i != own && l.counts());
        rest.for_each(|(_, l)| l.out = Some("subset"));
        return Ok(());
    }
    let mut top: Option<&Leaf> = None;
    let mut inner: Vec<usize> = Vec::new();
    let mut nested = false;
    let (mut level, mut mixed): (Option<Option<PlaceKind>>, bool) = (None, false);
    for (i, leaf) in run.iter().enumerate().filter(|(_, l)| l.counts()) {
        if let Some(above) = top.filter(|t| places.inside(leaf.place, t.place)) {
            inner.push(i);
            nested |= leaf.place != above.place;
        } else {
            let kind = places.kind(leaf.place);
            mixed |= *level.get_or_insert(kind) != kind;
            top = Some(leaf).filter(|l| l.entity == 0).or(top);
        }
    }
    if nested && mixed {
        return Err(Reason::PlacesOverlap);
    }
    for i in inner {
        if let Some(leaf) = run.get_mut(i) {
            leaf.out = Some("subset");
        }
    }
    Ok(())
}

/// Where nobody in particular gives a value for a place and period, the projects' values there are parts of it.
fn under_the_programme(ask: &Ask<'_>, leaves: &mut Leaves) {
    let split = leaves.all.partition_point(|l| l.project == 0);
    let (own, projects) = leaves.all.split_at_mut(split);
    if own.is_empty() || projects.is_empty() {
        return;
    }
    let totals: Vec<&Leaf> = own.iter().filter(|l| l.entity == 0 && l.state == State::Number).collect();
    for leaf in projects {
        let part = |t: &&Leaf| ask.prepared.places.inside(leaf.place, t.place) && t.period.contains(leaf.period);
        if totals.iter().any(part) {
            leaf.out = Some("subset");
        }
    }
}
