//! Observations as columns: text is interned, one row is one observation.

use std::sync::Arc;

use crate::{
    kinds::{ObservationState, ObservationStatus, Scope},
    sparse::Sparse,
    value::{Breakdown, Period},
};
use rustc_hash::FxHashMap;

/// Texts by number. Code 0 is always the empty text, so an optional column needs no null.
#[derive(Clone, Debug)]
pub struct Dict {
    texts: Vec<Arc<str>>,
    codes: FxHashMap<Arc<str>, u32>,
}

impl Default for Dict {
    fn default() -> Self {
        let empty: Arc<str> = Arc::from("");
        Dict { texts: vec![empty.clone()], codes: FxHashMap::from_iter([(empty, 0)]) }
    }
}

impl Dict {
    /// The number of a text, new if need be.
    pub fn intern(&mut self, text: &str) -> u32 {
        if let Some(code) = self.codes.get(text) {
            return *code;
        }
        let code = self.texts.len() as u32;
        let text: Arc<str> = Arc::from(text);
        self.texts.push(text.clone());
        self.codes.insert(text, code);
        code
    }
    /// The number of a text, if it is there.
    pub fn code(&self, text: &str) -> Option<u32> {
        self.codes.get(text).copied()
    }
    /// The text of a number; empty for a number that was never given.
    pub fn text(&self, code: u32) -> &str {
        self.texts.get(code as usize).map_or("", |t| t)
    }
    /// All texts in order of their numbers.
    pub fn texts(&self) -> &[Arc<str>] {
        &self.texts
    }
}

/// Observation columns. Every column has the same length; NaN never stands for a missing number, the
/// mask beside it does.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// All texts of the code columns below.
    pub dict: Dict,
    /// Indicator id.
    pub indicator: Vec<u32>,
    /// Place id.
    pub place: Vec<u32>,
    /// Period.
    pub period: Vec<Period>,
    /// Breakdown in canonical text; 0 is the total.
    pub breakdown: Vec<u32>,
    /// Scope.
    pub scope: Vec<Scope>,
    /// Project id; 0 when none.
    pub project: Vec<u32>,
    /// Entity id; 0 when none.
    pub entity: Vec<u32>,
    /// Stage code; 0 when none.
    pub stage: Vec<u32>,
    /// Value; `None` when there is none.
    pub value: Vec<Option<f64>>,
    /// Numerator.
    pub numerator: Sparse<f64>,
    /// Denominator or weight.
    pub denominator: Sparse<f64>,
    /// Standard error.
    pub standard_error: Sparse<f64>,
    /// Units observed.
    pub sample_size: Sparse<i64>,
    /// Status.
    pub status: Vec<ObservationStatus>,
    /// State.
    pub state: Vec<ObservationState>,
    /// Source id; 0 when none.
    pub source: Vec<u32>,
    /// Evidence; 0 when none.
    pub evidence: Vec<u32>,
    /// Day of measurement.
    pub measured_on: Sparse<jiff::civil::Date>,
    /// Comment; 0 when none.
    pub comment: Vec<u32>,
    /// Number of the change that recorded it.
    pub change: Vec<u64>,
}

/// One row, borrowed.
#[derive(Clone, Copy)]
pub struct Row<'a> {
    /// The columns.
    pub of: &'a Observations,
    /// The row's index.
    pub idx: usize,
}

/// One row to be added; texts are borrowed, empty when there is none.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "the fields are documented at `Observations`")]
pub struct NewRow<'a> {
    pub indicator: &'a str,
    pub place: &'a str,
    pub period: Period,
    pub breakdown: &'a str,
    pub scope: Scope,
    pub project: &'a str,
    pub entity: &'a str,
    pub stage: &'a str,
    pub value: Option<f64>,
    pub numerator: Option<f64>,
    pub denominator: Option<f64>,
    pub standard_error: Option<f64>,
    pub sample_size: Option<i64>,
    pub status: ObservationStatus,
    pub state: ObservationState,
    pub source: &'a str,
    pub evidence: &'a str,
    pub measured_on: Option<jiff::civil::Date>,
    pub comment: &'a str,
    pub change: u64,
}

impl<'a> NewRow<'a> {
    /// A measured, provisional value; set the rest with struct update.
    pub fn new(indicator: &'a str, place: &'a str, period: Period, scope: Scope, value: Option<f64>) -> Self {
        NewRow {
            indicator,
            place,
            period,
            breakdown: "",
            scope,
            project: "",
            entity: "",
            stage: "",
            value,
            numerator: None,
            denominator: None,
            standard_error: None,
            sample_size: None,
            status: ObservationStatus::Measured,
            state: ObservationState::Provisional,
            source: "",
            evidence: "",
            measured_on: None,
            comment: "",
            change: 0,
        }
    }
}

/// The natural key of a row, as codes of one dictionary.
pub(crate) type Key = (u32, u32, Period, u32, Scope, u32, u32);

impl Observations {
    /// How many rows.
    pub fn len(&self) -> usize {
        self.indicator.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.indicator.is_empty()
    }
    /// Adds a row.
    pub fn push(&mut self, row: &NewRow<'_>) {
        let d = &mut self.dict;
        self.indicator.push(d.intern(row.indicator));
        self.place.push(d.intern(row.place));
        self.period.push(row.period);
        self.breakdown.push(d.intern(row.breakdown));
        self.scope.push(row.scope);
        self.project.push(d.intern(row.project));
        self.entity.push(d.intern(row.entity));
        self.stage.push(d.intern(row.stage));
        self.value.push(row.value);
        self.numerator.push(row.numerator);
        self.denominator.push(row.denominator);
        self.standard_error.push(row.standard_error);
        self.sample_size.push(row.sample_size);
        self.status.push(row.status);
        self.state.push(row.state);
        self.source.push(d.intern(row.source));
        self.evidence.push(d.intern(row.evidence));
        self.measured_on.push(row.measured_on);
        self.comment.push(d.intern(row.comment));
        self.change.push(row.change);
    }
    /// A row.
    pub fn row(&self, idx: usize) -> Row<'_> {
        Row { of: self, idx }
    }
    /// All rows.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.len()).map(|idx| self.row(idx))
    }
    pub(crate) fn key(&self, idx: usize) -> Key {
        (
            self.indicator[idx],
            self.place[idx],
            self.period[idx],
            self.breakdown[idx],
            self.scope[idx],
            self.project[idx],
            self.entity[idx],
        )
    }
}

impl<'a> Row<'a> {
    /// Indicator id.
    pub fn indicator(self) -> &'a str {
        self.of.dict.text(self.of.indicator[self.idx])
    }
    /// Place id.
    pub fn place(self) -> &'a str {
        self.of.dict.text(self.of.place[self.idx])
    }
    /// Period.
    pub fn period(self) -> Period {
        self.of.period[self.idx]
    }
    /// Breakdown as text; empty for the total.
    pub fn breakdown_text(self) -> &'a str {
        self.of.dict.text(self.of.breakdown[self.idx])
    }
    /// Breakdown.
    pub fn breakdown(self) -> Breakdown {
        Breakdown::parse(self.breakdown_text()).unwrap_or_default()
    }
    /// Scope.
    pub fn scope(self) -> Scope {
        self.of.scope[self.idx]
    }
    /// Project id; empty when none.
    pub fn project(self) -> &'a str {
        self.of.dict.text(self.of.project[self.idx])
    }
    /// Entity id; empty when none.
    pub fn entity(self) -> &'a str {
        self.of.dict.text(self.of.entity[self.idx])
    }
    /// Stage code; empty when none.
    pub fn stage(self) -> &'a str {
        self.of.dict.text(self.of.stage[self.idx])
    }
    /// Value.
    pub fn value(self) -> Option<f64> {
        self.of.value[self.idx]
    }
    /// Source id; empty when none.
    pub fn source(self) -> &'a str {
        self.of.dict.text(self.of.source[self.idx])
    }
    /// Evidence; empty when none.
    pub fn evidence(self) -> &'a str {
        self.of.dict.text(self.of.evidence[self.idx])
    }
    /// Comment; empty when none.
    pub fn comment(self) -> &'a str {
        self.of.dict.text(self.of.comment[self.idx])
    }
    /// Status.
    pub fn status(self) -> ObservationStatus {
        self.of.status[self.idx]
    }
    /// The record id of the observation: its natural key joined as every record's id is.
    pub fn id(self) -> String {
        let parts = [
            self.indicator(),
            self.place(),
            &self.period().to_string(),
            self.breakdown_text(),
            self.scope().as_str(),
            self.project(),
            self.entity(),
        ];
        parts.join("/").trim_end_matches('/').to_owned()
    }
}

/// Keeps the latest row of each natural key: the highest change wins, then the later row.
/// Order of the rows that stay is kept.
pub fn as_of(all: &Observations, last_change: u64) -> Vec<usize> {
    let mut latest: FxHashMap<Key, usize> = FxHashMap::default();
    for idx in (0..all.len()).filter(|i| all.change[*i] <= last_change) {
        latest
            .entry(all.key(idx))
            .and_modify(|held| {
                if all.change[idx] >= all.change[*held] {
                    *held = idx;
                }
            })
            .or_insert(idx);
    }
    let mut rows: Vec<usize> = latest.into_values().collect();
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_change_wins() {
        let mut all = Observations::default();
        let row = NewRow::new("I", "KEN", Period::year(2016), Scope::Global, Some(1.0));
        all.push(&NewRow { change: 2, ..row });
        all.push(&NewRow { change: 1, value: Some(2.0), ..row });
        all.push(&NewRow { change: 1, place: "UGA", ..row });
        assert_eq!(as_of(&all, 9), [0, 2]);
        assert_eq!(as_of(&all, 1), [1, 2]);
        assert_eq!(all.row(0).id(), "I/KEN/2016//global");
    }
}
