//! From rows of values in the order of the table's columns to observation columns.

use model::{
    kinds::{Observation, ObservationState, ObservationStatus},
    observations::{NewRow, Observations},
    record::Record,
    value::Value,
};

/// Adds a row of values; whether it could be added.
pub(crate) fn push_values(all: &mut Observations, row: &[Value]) -> bool {
    let Ok(o) = Observation::from_row(row) else { return false };
    all.push(&NewRow {
        indicator: o.indicator.as_str(),
        place: o.place.as_str(),
        period: o.period,
        breakdown: &o.breakdown.to_string(),
        scope: o.scope,
        project: o.project.as_ref().map_or("", |p| p.as_str()),
        entity: o.entity.as_ref().map_or("", |e| e.as_str()),
        stage: o.stage.as_ref().map_or("", |s| &s.0),
        value: o.value,
        numerator: o.numerator,
        denominator: o.denominator,
        standard_error: o.standard_error,
        sample_size: o.sample_size.map(|n| n.0),
        status: o.status.unwrap_or(ObservationStatus::Measured),
        state: o.state.unwrap_or(ObservationState::Provisional),
        source: o.source.as_ref().map_or("", |s| s.as_str()),
        evidence: o.evidence.as_deref().unwrap_or(""),
        measured_on: o.measured_on,
        comment: o.comment.as_deref().unwrap_or(""),
        change: 0,
    });
    true
}

/// Keeps the rows that stay, in their order.
pub(crate) fn retain(all: &mut Observations, taken: &[bool]) {
    macro_rules! keep {
        ($($column:ident)*) => {
            $({
                let mut stays = taken.iter();
                all.$column.retain(|_| stays.next().copied().unwrap_or(true));
            })*
        };
    }
    macro_rules! keep_sparse {
        ($($column:ident)*) => {
            $({
                let mut stays = taken.iter();
                all.$column.retain(|| stays.next().copied().unwrap_or(true));
            })*
        };
    }
    keep!(indicator place period breakdown scope project entity stage value status state source evidence comment change);
    keep_sparse!(numerator denominator standard_error sample_size measured_on);
}
