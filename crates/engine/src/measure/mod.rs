//! The types of measure, each with its only legal operations over time, place, contributor and group.

mod additive;
mod distinct;
mod flow;
mod mean;
mod share;
mod stage;
mod stock;
mod story;

use model::{
    figure::{Answer, Input, Reason},
    kinds::{Measure, ObservationStatus},
};

use crate::{
    ask::Ask,
    completeness::{self, Told},
    prepared::{Mapped, Piece},
    select::{Leaves, State},
};

pub(crate) use stage::stages_between;

/// What a measure answers, before it becomes a figure.
pub(crate) struct Outcome {
    pub answer: Answer,
    /// The rule: one of [`crate::RULES`].
    pub rule: &'static str,
    pub symbols: Vec<(&'static str, f64)>,
    pub formula: String,
    pub error: Option<f64>,
    pub inputs: Vec<Input>,
    pub bodies: Vec<(String, Vec<String>)>,
    pub told: Vec<Told>,
    pub exact: bool,
}

impl Outcome {
    /// No number, for this reason.
    fn none(reason: Reason) -> Self {
        Outcome {
            answer: Answer::None(reason),
            rule: "none",
            symbols: Vec::new(),
            formula: String::new(),
            error: None,
            inputs: Vec::new(),
            bodies: Vec::new(),
            told: Vec::new(),
            exact: false,
        }
    }
    /// With what the leaves told and used.
    fn over(mut self, ask: &Ask<'_>, leaves: &Leaves) -> Self {
        self.inputs = inputs(ask, leaves);
        self.told = completeness::told(ask, leaves);
        self.exact = leaves.exact;
        self
    }
}

/// Asks the measure of the indicator.
pub(crate) fn answer(ask: &Ask<'_>) -> Outcome {
    match ask.held.indicator.measure {
        Measure::Flow => flow::answer(ask),
        Measure::Stock => stock::answer(ask),
        Measure::DistinctCount => distinct::answer(ask),
        Measure::StageCount => stage::answer(ask),
        Measure::Share => share::answer(ask),
        Measure::Mean | Measure::Index | Measure::Score => mean::answer(ask),
        Measure::Story => story::answer(ask),
    }
}

/// The value of a piece in the unit and group asked for.
fn value(ask: &Ask<'_>, piece: &Piece) -> Option<f64> {
    ask.rows().value[piece.row as usize].map(|v| v * piece.factor)
}

/// The inputs that leaves stand on, in their order.
fn inputs(ask: &Ask<'_>, leaves: &Leaves) -> Vec<Input> {
    let mut all = Vec::with_capacity(leaves.chosen.len());
    for leaf in &leaves.all {
        let left_out = leaf.out.or(match leaf.state {
            State::Number => None,
            State::Without(_) => Some("no-value"),
            State::Incomplete => Some("groups-incomplete"),
            State::Unmapped => Some("unmapped"),
        });
        all.extend(leaves.pieces(leaf).iter().map(|p| input(ask, p, left_out)));
    }
    all
}

/// One observation as an input.
fn input(ask: &Ask<'_>, piece: &Piece, left_out: Option<&'static str>) -> Input {
    let (rows, row) = (ask.rows(), piece.row as usize);
    let part = |n: Option<f64>| n.map(|n| n * piece.part);
    let divided = ask.held.indicator.measure == Measure::Share || is_weighted(ask.held.indicator.measure);
    let value = value(ask, piece);
    Input {
        row_idx: row,
        value: if divided { value } else { part(value) },
        numerator: part(rows.numerator[row]),
        denominator: part(rows.denominator[row]),
        change: rows.change[row],
        left_out,
    }
}

fn is_weighted(measure: Measure) -> bool {
    matches!(measure, Measure::Mean | Measure::Index | Measure::Score)
}

/// Why leaves give no number: what stands in the way first, then what people gave as a reason.
///
/// Where reasons differ the most telling one is named: withheld before not available, before not yet due, before
/// not applicable.
fn without_number(leaves: &Leaves) -> Reason {
    let states = || leaves.all.iter().map(|l| l.state);
    if states().any(|s| s == State::Unmapped) {
        return Reason::NoMapping;
    }
    if states().any(|s| s == State::Incomplete) {
        return Reason::GroupsOverlap;
    }
    reason_of(states().filter_map(|s| match s {
        State::Without(status) => Some(status),
        _ => None,
    }))
}

/// The reason that statuses without a value give.
fn reason_of(statuses: impl Iterator<Item = ObservationStatus>) -> Reason {
    let rank = |s: ObservationStatus| match s {
        ObservationStatus::Suppressed => 3,
        ObservationStatus::NotYetDue => 1,
        ObservationStatus::NotApplicable => 0,
        _ => 2,
    };
    match statuses.map(rank).max() {
        Some(3) => Reason::Suppressed,
        Some(2) => Reason::NotAvailable,
        Some(1) => Reason::NotYetDue,
        Some(_) => Reason::NotApplicable,
        None => Reason::NothingReported,
    }
}

/// The rule's name when one observation alone is the answer: it says just what was asked, or it is the only
/// one that speaks of any of it.
fn rule_of_one(ask: &Ask<'_>, piece: &Piece) -> &'static str {
    let asked = ask.prepared.places.is_asked(piece.place, ask.place);
    if piece.mapped != Mapped::AsIs {
        "mapped"
    } else if asked && piece.period == ask.key.period && piece.group == ask.group {
        "as-reported"
    } else {
        "only-value"
    }
}
