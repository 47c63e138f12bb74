//! Random observations with few keys, so that rows supersede each other, and plain pictures to compare.

use jiff::civil::Date;
use model::{
    kinds::{ObservationState, ObservationStatus, Scope},
    observations::{NewRow, Observations},
    value::Period,
};
use proptest::prelude::*;

/// One row with owned texts.
#[derive(Clone, Debug)]
pub struct AnyRow {
    key: (usize, usize, usize, usize, usize, usize, usize),
    value: Option<f64>,
    parts: (Option<f64>, Option<f64>, Option<f64>),
    sample_size: Option<i64>,
    status: usize,
    state: usize,
    texts: (bool, bool, String),
    measured_on: Option<Date>,
    pub change: u64,
}

const INDICATORS: [&str; 3] = ["EA-1", "EA-2", "ea-1"];
const PLACES: [&str; 4] = ["KEN", "NBO", "UGA", "内罗毕"];
const PERIODS: [&str; 6] = ["2015", "2016", "2016-S1", "2016-Q1", "2014/2015", "2016-03"];
const BREAKDOWNS: [&str; 2] = ["", "age=15-24;sex=female"];
const PROJECTS: [&str; 2] = ["", "P-1"];
const ENTITIES: [&str; 3] = ["", "E-1", "E-2"];

impl AnyRow {
    pub fn push_to(&self, obs: &mut Observations) {
        let (indicator, place, period, breakdown, scope, project, entity) = self.key;
        obs.push(&NewRow {
            indicator: INDICATORS[indicator],
            place: PLACES[place],
            period: Period::parse(PERIODS[period]).expect("a period"),
            breakdown: BREAKDOWNS[breakdown],
            scope: Scope::ALL[scope],
            project: PROJECTS[project],
            entity: ENTITIES[entity],
            stage: if self.texts.0 { "adopted" } else { "" },
            value: self.value,
            numerator: self.parts.0,
            denominator: self.parts.1,
            standard_error: self.parts.2,
            sample_size: self.sample_size,
            status: ObservationStatus::ALL[self.status],
            state: ObservationState::ALL[self.state],
            source: if self.texts.1 { "S-1" } else { "" },
            evidence: &self.texts.2,
            measured_on: self.measured_on,
            comment: &self.texts.2,
            change: self.change,
        });
    }
}

pub fn observations(rows: &[AnyRow]) -> Observations {
    let mut obs = Observations::default();
    rows.iter().for_each(|row| row.push_to(&mut obs));
    obs
}

fn number() -> impl Strategy<Value = Option<f64>> {
    // Eighths add up without rounding, so that a naive sum is exact.
    prop::option::weighted(0.8, (-8000i32..8000).prop_map(|n| f64::from(n) / 8.0))
}

pub fn row() -> impl Strategy<Value = AnyRow> {
    let day = (1i16..9999, 1i8..13, 1i8..29).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day"));
    (
        (0..3usize, 0..4usize, 0..6usize, 0..2usize, 0..3usize, 0..2usize, 0..3usize),
        number(),
        (number(), number(), number()),
        prop::option::of(0i64..20_000_000_000),
        (0..6usize, 0..3usize),
        (any::<bool>(), any::<bool>(), "[a-zé\n内 ]{0,6}"),
        prop::option::of(day),
        0..5u64,
    )
        .prop_map(|(key, value, parts, sample_size, (status, state), texts, measured_on, change)| AnyRow {
            key,
            value,
            parts,
            sample_size,
            status,
            state,
            texts,
            measured_on,
            change,
        })
}

/// A row as text: every column.
pub fn picture(obs: &Observations, idx: usize) -> String {
    let row = obs.row(idx);
    format!(
        "{} | {} {:?} {:?} {:?} {:?} {:?} {} {} {:?} {:?} {:?} {:?} #{}",
        row.id(),
        row.stage(),
        obs.value[idx],
        obs.numerator[idx],
        obs.denominator[idx],
        obs.standard_error[idx],
        obs.sample_size[idx],
        row.status(),
        obs.state[idx],
        row.source(),
        row.evidence(),
        obs.measured_on[idx],
        row.comment(),
        obs.change[idx],
    )
}

/// All rows as sorted texts.
pub fn pictures(obs: &Observations, rows: impl IntoIterator<Item = usize>) -> Vec<String> {
    let mut all: Vec<String> = rows.into_iter().map(|idx| picture(obs, idx)).collect();
    all.sort();
    all
}
