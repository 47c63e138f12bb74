//! One question in the terms of the indexes.

use model::{figure::FigureKey, kinds::ObservationStatus, observations::Observations, value::Period};

use crate::prepared::{GroupIx, Held, Piece, Pieces, PlaceIx, Prepared};

/// A question with everything that its answer is made from.
pub(crate) struct Ask<'a> {
    pub prepared: &'a Prepared,
    pub held: &'a Held,
    pub key: &'a FigureKey,
    pub pieces: &'a Pieces,
    /// `None` for all places.
    pub place: Option<PlaceIx>,
    pub group: GroupIx,
}

impl<'a> Ask<'a> {
    /// The question; `None` when its indicator or place is unknown, so nothing can be there.
    pub fn new(prepared: &'a Prepared, key: &'a FigureKey) -> Option<Self> {
        let held = prepared.held(&key.indicator)?;
        let place = match &key.place {
            Some(id) => Some(prepared.places.ix(id.as_str())?),
            None => None,
        };
        // A group that nobody ever named still has contributors who were expected to report it.
        let group = if key.breakdown.is_total() {
            0
        } else {
            prepared.groups.ix(&key.breakdown.to_string()).unwrap_or(GroupIx::MAX)
        };
        Some(Ask { prepared, held, key, pieces: held.pieces(key.scope, key.period), place, group })
    }
    /// The columns.
    pub fn rows(&self) -> &'a Observations {
        &self.prepared.snapshot.observations
    }
    /// Whether a piece is an answer by itself: this place, this period and this group, told by nobody in particular.
    pub fn is_exact(&self, piece: &Piece) -> bool {
        piece.group == self.group
            && piece.project == 0
            && piece.entity == 0
            && piece.period == self.key.period
            && self.prepared.places.is_asked(piece.place, self.place)
            && self.has_number(piece)
    }
    /// Whether a piece lies inside the place and the group asked for.
    pub fn covers(&self, piece: &Piece) -> bool {
        self.prepared.places.counts_within(piece.place, self.place)
            && self.prepared.groups.refines(piece.group, self.group)
    }
    /// Whether a period ends inside the period asked for.
    pub fn ends_inside(&self, period: Period) -> bool {
        self.key.period.first_month() < period.month_after() && period.month_after() <= self.key.period.month_after()
    }
    /// Whether a piece carries a number.
    pub fn has_number(&self, piece: &Piece) -> bool {
        let (rows, row) = (self.rows(), piece.row as usize);
        rows.status[row].has_value()
            && (rows.value[row].is_some() || (rows.numerator[row].is_some() && rows.denominator[row].is_some()))
    }
    /// Why a piece carries none. A row that says "measured" without a number is not available.
    pub fn status_of(&self, piece: &Piece) -> ObservationStatus {
        let status = self.rows().status[piece.row as usize];
        if status.has_value() { ObservationStatus::NotAvailable } else { status }
    }
}
