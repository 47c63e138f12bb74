//! The gap matrix: which city has which indicator of a framework, how good the figure is, and who could supply it.

use jiff::{Span, civil::Date};
use model::{
    figure::FigureKey,
    kinds::{Indicator, ObservationState, ObservationStatus, Place, Scope},
    value::{Breakdown, Id, Period},
};
use rustc_hash::FxHashMap;

use super::Frameworks;
use crate::{evaluate::brief, prepared::Prepared};

/// A figure whose period ended more than this many years before the day asked about is old.
pub const OLD_AFTER_YEARS: i16 = 5;
/// Above this ratio of standard error to value a figure is weak.
pub const WIDEST_CV: f64 = 0.3;
/// A figure from fewer units than this is weak.
pub const LEAST_SAMPLE: i64 = 25;

/// What a city has of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GapState {
    /// A figure that is neither old nor weak.
    There,
    /// A figure, but an old one.
    Old,
    /// A figure of these years, but a weak one.
    Weak,
    /// No figure.
    Missing,
    /// The question does not apply there.
    NotApplicable,
}

impl GapState {
    /// All of them, the best first.
    pub const ALL: [GapState; 5] =
        [GapState::There, GapState::Weak, GapState::Old, GapState::Missing, GapState::NotApplicable];

    /// The code, for JSON and message keys `framework-gap-<code>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            GapState::There => "there",
            GapState::Old => "old",
            GapState::Weak => "weak",
            GapState::Missing => "missing",
            GapState::NotApplicable => "not-applicable",
        }
    }
}

/// Why a figure is weak.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// It was estimated, not measured.
    Estimated,
    /// Nobody has checked it yet.
    Provisional,
    /// Its standard error is more than [`WIDEST_CV`] of it.
    WideError,
    /// It rests on fewer than [`LEAST_SAMPLE`] units.
    SmallSample,
}

impl Weakness {
    /// All of them.
    pub const ALL: [Weakness; 4] =
        [Weakness::Estimated, Weakness::Provisional, Weakness::WideError, Weakness::SmallSample];

    /// The code, for JSON and message keys `framework-weak-<code>`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Weakness::Estimated => "estimated",
            Weakness::Provisional => "provisional",
            Weakness::WideError => "wide-error",
            Weakness::SmallSample => "small-sample",
        }
    }
}

/// The figure that a cell shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The figure's address.
    pub key: FigureKey,
    /// Its value in the unit of the register's indicator.
    pub value: f64,
    /// Standard error, where there is one.
    pub standard_error: Option<f64>,
    /// Why it is weak; empty when it is not.
    pub weaknesses: Vec<Weakness>,
}

/// One cell: a city and an indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// What there is.
    pub state: GapState,
    /// The newest figure; none where it is missing or does not apply.
    pub found: Option<Found>,
    /// Why there is none, where somebody said so: the status of the newest observation without a value.
    pub reason: Option<ObservationStatus>,
}

/// How many of some cells are filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cells with a figure, old and weak ones included.
    pub n_filled: usize,
    /// Cells with a figure that is neither old nor weak.
    pub n_there: usize,
    /// Cells whose question applies.
    pub n_applicable: usize,
}

impl Tally {
    /// The share of applicable cells that are filled, 0 to 1; none where nothing applies.
    pub fn share(self) -> Option<f64> {
        (self.n_applicable > 0).then(|| self.n_filled as f64 / self.n_applicable as f64)
    }
    fn add(&mut self, state: GapState) {
        self.n_applicable += usize::from(state != GapState::NotApplicable);
        self.n_there += usize::from(state == GapState::There);
        self.n_filled += usize::from(matches!(state, GapState::There | GapState::Old | GapState::Weak));
    }
}

/// Cities by indicators of a framework.
#[derive(Clone, Debug)]
pub struct GapMatrix {
    /// The rows.
    pub places: Vec<Id<Place>>,
    /// The columns, as places in [`Frameworks::indicators`].
    pub indicators: Vec<usize>,
    /// The register's indicators that measure each column; without one, only the custodian could supply it.
    pub measures: Vec<Vec<Id<Indicator>>>,
    /// Row by row.
    pub cells: Vec<Vec<Gap>>,
    /// By row.
    pub by_place: Vec<Tally>,
    /// By column.
    pub by_indicator: Vec<Tally>,
    /// Of all cells.
    pub all: Tally,
}

/// The newest of what was observed of one cell, while it is looked for.
#[derive(Clone, Copy, Default)]
struct Newest {
    valued: Option<(usize, Rank)>,
    without: Option<(Date, ObservationStatus)>,
}

/// Later, then of the world as it is, then measured, then further checked.
type Rank = (Date, bool, bool, ObservationState);

/// The matrix of a framework on a day.
///
/// `rows` gives the observations of an indicator. Totals only are looked at; what a project says it delivered tells how
/// the project did, not how the city is, and is left out, as is what begins after the day.
pub fn gaps<'a>(
    prepared: &Prepared,
    frameworks: &Frameworks,
    indicators: Vec<usize>,
    places: Vec<Id<Place>>,
    on: Date,
    rows: impl Fn(&Id<Indicator>) -> &'a [usize],
) -> GapMatrix {
    let observations = &prepared.snapshot.observations;
    let row_of: FxHashMap<u32, usize> =
        places.iter().enumerate().filter_map(|(at, p)| Some((observations.dict.code(p.as_str())?, at))).collect();
    let measures: Vec<Vec<Id<Indicator>>> = {
        let all = frameworks.measures(&prepared.snapshot.records);
        let ids = |at: &usize| all.get(*at).into_iter().flatten().map(|i| i.id.clone()).collect();
        indicators.iter().map(ids).collect()
    };
    let mut cells: Vec<Vec<Gap>> = places.iter().map(|_| Vec::with_capacity(indicators.len())).collect();
    for measured_by in &measures {
        let mut newest = vec![Newest::default(); places.len()];
        for row in measured_by.iter().flat_map(&rows).copied() {
            let Some(at) = row_of.get(&observations.place[row]) else { continue };
            let period = observations.period[row];
            let scope = observations.scope[row];
            if observations.breakdown[row] != 0 || scope == Scope::Delivered || period.starts_on() > on {
                continue;
            }
            let status = observations.status[row];
            let cell = &mut newest[*at];
            if status.has_value() {
                let measured = status == ObservationStatus::Measured;
                let rank = (period.ends_on(), scope == Scope::Global, measured, observations.state[row]);
                // Of equals the first stays: an indicator under the very code comes before one under a code that is the same.
                if cell.valued.is_none_or(|(_, held)| rank > held) {
                    cell.valued = Some((row, rank));
                }
            } else if cell.without.is_none_or(|(ends, _)| period.ends_on() > ends) {
                cell.without = Some((period.ends_on(), status));
            }
        }
        for (newest, line) in newest.iter().zip(&mut cells) {
            line.push(judged(prepared, newest, on));
        }
    }
    let mut by_place = vec![Tally::default(); places.len()];
    let mut by_indicator = vec![Tally::default(); indicators.len()];
    let mut all = Tally::default();
    for (line, of_place) in cells.iter().zip(&mut by_place) {
        for (cell, of_indicator) in line.iter().zip(&mut by_indicator) {
            [&mut *of_place, of_indicator, &mut all].into_iter().for_each(|t| t.add(cell.state));
        }
    }
    GapMatrix { places, indicators, measures, cells, by_place, by_indicator, all }
}

fn judged(prepared: &Prepared, newest: &Newest, on: Date) -> Gap {
    let reason = newest.without.map(|(_, status)| status);
    let said_later = |ends: Date| newest.without.is_some_and(|(said, _)| said > ends);
    let none = |state| Gap { state, found: None, reason };
    let absent = match reason {
        Some(ObservationStatus::NotApplicable) => GapState::NotApplicable,
        _ => GapState::Missing,
    };
    let Some((row, (ends, ..))) = newest.valued else { return none(absent) };
    if absent == GapState::NotApplicable && said_later(ends) {
        return none(absent);
    }
    let Some(found) = found(prepared, row) else { return none(GapState::Missing) };
    let state = match () {
        () if is_old(found.key.period, on) => GapState::Old,
        () if !found.weaknesses.is_empty() => GapState::Weak,
        () => GapState::There,
    };
    Gap { state, found: Some(found), reason: None }
}

fn is_old(period: Period, on: Date) -> bool {
    on.checked_sub(Span::new().years(OLD_AFTER_YEARS)).is_ok_and(|limit| period.ends_on() < limit)
}

fn found(prepared: &Prepared, row: usize) -> Option<Found> {
    let all = &prepared.snapshot.observations;
    let observation = all.row(row);
    let key = FigureKey {
        indicator: Id::new(observation.indicator()),
        scope: observation.scope(),
        place: Some(Id::new(observation.place())),
        period: observation.period(),
        breakdown: Breakdown::default(),
    };
    // A share may have been given as two counts only, and several projects may have reported.
    let figure = brief(prepared, &key);
    let value = figure.answer.value()?;
    let standard_error = figure.standard_error;
    let wide = standard_error.is_some_and(|se| value != 0.0 && se / value.abs() > WIDEST_CV);
    let small = all.sample_size[row].is_some_and(|n| n < LEAST_SAMPLE);
    let weak = [
        (Weakness::Estimated, observation.status() == ObservationStatus::Estimated),
        (Weakness::Provisional, all.state[row] == ObservationState::Provisional),
        (Weakness::WideError, wide),
        (Weakness::SmallSample, small),
    ];
    let weaknesses = weak.into_iter().filter(|(_, holds)| *holds).map(|(weakness, _)| weakness).collect();
    Some(Found { key, value, standard_error, weaknesses })
}
