//! Leaves: what one contributor says about one place in one period.

use std::ops::Range;

use model::{kinds::ObservationStatus, value::Period};

use super::Timing;
use crate::{
    ask::Ask,
    prepared::{GroupIx, Mapped, NameIx, Piece, PlaceIx},
};

/// Whether a leaf carries a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Yes.
    Number,
    /// A reason was given instead.
    Without(ObservationStatus),
    /// Finer groups were reported that do not make up the one asked for.
    Incomplete,
    /// The definition changed and nothing joins the versions.
    Unmapped,
}

/// One leaf: observations of one project, body, place and period; several only when finer groups make up the one asked for.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub project: NameIx,
    pub entity: NameIx,
    pub place: PlaceIx,
    pub period: Period,
    /// Its pieces among [`Leaves::chosen`].
    pub pieces: Range<usize>,
    pub state: State,
    /// Why it does not count.
    pub out: Option<&'static str>,
}

impl Leaf {
    /// Whether its number counts.
    pub fn counts(&self) -> bool {
        self.out.is_none() && self.state == State::Number
    }
}

/// All leaves of a question.
#[derive(Debug, Default)]
pub(crate) struct Leaves {
    pub chosen: Vec<Piece>,
    pub all: Vec<Leaf>,
    /// The question was answered by somebody as it stands.
    pub exact: bool,
}

impl Leaves {
    /// Collects the leaves, sorted by project, period, place and body.
    pub fn collect(ask: &Ask<'_>, timing: Timing, keep: impl Fn(&Piece) -> bool) -> Self {
        let keep = |p: &&Piece| keep(p);
        let mut pieces: Vec<Piece> =
            ask.pieces.inside(ask.key.period).filter(|p| ask.is_exact(p)).filter(keep).copied().collect();
        let exact = is_complete(&pieces) && pieces.iter().all(|p| p.mapped != Mapped::Unmapped);
        if !exact {
            pieces.clear();
            if timing.looks_back() {
                pieces.extend(ask.pieces.until(ask.key.period).filter(|p| ask.covers(p)).filter(keep));
                // Nothing new in the period: the values before it answer an earlier question.
                if !pieces.iter().any(|p| ask.ends_inside(p.period)) {
                    pieces.clear();
                }
            } else {
                pieces.extend(ask.pieces.inside(ask.key.period).filter(|p| ask.covers(p)).filter(keep));
            }
            pieces.sort_unstable_by_key(|p| (p.project, p.period, p.place, p.entity, p.group, p.row));
        }
        let mut leaves =
            Leaves { chosen: Vec::with_capacity(pieces.len()), all: Vec::with_capacity(pieces.len()), exact };
        for run in pieces.chunk_by(same_leaf) {
            leaves.add(ask, run);
        }
        leaves
    }
    fn add(&mut self, ask: &Ask<'_>, run: &[Piece]) {
        let Some(first) = run.first() else { return };
        let start = self.chosen.len();
        let complete = match one_group(run, ask.group) {
            Some(exact) => {
                self.chosen.extend_from_slice(exact);
                is_complete(exact)
            }
            None => partition(ask, run, ask.group, &mut self.chosen),
        };
        let state = if !complete {
            if self.chosen.len() == start {
                self.chosen.extend_from_slice(run);
            }
            State::Incomplete
        } else {
            let own = self.chosen.get(start..).unwrap_or_default();
            if own.iter().any(|p| p.mapped == Mapped::Unmapped) {
                State::Unmapped
            } else {
                own.iter().find(|p| !ask.has_number(p)).map_or(State::Number, |p| State::Without(ask.status_of(p)))
            }
        };
        self.all.push(Leaf {
            project: first.project,
            entity: first.entity,
            place: first.place,
            period: first.period,
            pieces: start..self.chosen.len(),
            state,
            out: None,
        });
    }
    /// The pieces of a leaf.
    pub fn pieces(&self, leaf: &Leaf) -> &[Piece] {
        self.chosen.get(leaf.pieces.clone()).unwrap_or_default()
    }
    /// The leaves whose numbers count.
    pub fn counting(&self) -> impl Iterator<Item = &Leaf> + Clone {
        self.all.iter().filter(|l| l.counts())
    }
    /// The pieces whose numbers count.
    pub fn counting_pieces(&self) -> impl Iterator<Item = &Piece> + Clone {
        self.counting().flat_map(|l| self.pieces(l))
    }
}

fn same_leaf(a: &Piece, b: &Piece) -> bool {
    (a.project, a.entity, a.place, a.period) == (b.project, b.entity, b.place, b.period)
}

/// The pieces of exactly this group, if there are any; the run is sorted by group.
fn one_group(run: &[Piece], group: GroupIx) -> Option<&[Piece]> {
    let from = run.partition_point(|p| p.group < group);
    let to = run.partition_point(|p| p.group <= group);
    run.get(from..to).filter(|r| !r.is_empty())
}

/// Whether all parts of a merged category are there.
fn is_complete(pieces: &[Piece]) -> bool {
    !pieces.is_empty() && pieces.iter().all(|p| pieces.len() >= usize::from(p.n_sources))
}

/// Puts a group together from a dimension that partitions it and of which every category was reported, if need
/// be category by category the same way. The first such dimension in text order is taken.
fn partition(ask: &Ask<'_>, run: &[Piece], group: GroupIx, out: &mut Vec<Piece>) -> bool {
    let groups = &ask.prepared.groups;
    let start = out.len();
    'dimension: for categories in &groups.partitions {
        out.truncate(start);
        for category in categories {
            let Some(finer) = groups.finer(group, *category) else { continue 'dimension };
            match one_group(run, finer) {
                Some(exact) if is_complete(exact) => out.extend_from_slice(exact),
                Some(_) => continue 'dimension,
                None => {
                    if !partition(ask, run, finer, out) {
                        continue 'dimension;
                    }
                }
            }
        }
        return true;
    }
    out.truncate(start);
    false
}
