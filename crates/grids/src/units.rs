//! Administrative units classified by the cells their people live in (the second stage of the degree of urbanisation).
//!
//! Rules and their editions are in `docs/methods/degree-of-urbanisation.md`.
//! Source: Applying the Degree of Urbanisation (2021), chapter 7, and its edition of July 2024; GHS-DUC R2023A.

use std::sync::{Mutex, PoisonError};

use geo::MultiPolygon;
use serde::Serialize;

use crate::raster::{Frame, Source};
use crate::zonal::{Rule, Span, centres, each_band, exact, spans};
use crate::{Fault, Progress};

/// How a unit is cut out of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// Each cell by the share of it that lies inside.
    Exact,
    /// Cells are divided into `ratio` x `ratio` small ones, which belong to the unit that holds their centre. A unit without
    /// any is given all cells it touches, and no people, so that nobody is counted twice.
    Raster {
        /// Small cells on a side: 20 for 50 m in cells of 1 km.
        ratio: u32,
    },
}

/// Which edition of the rules of level 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// July 2024.
    Rules2024,
    /// 2021, also of GHS-DUC.
    Rules2021,
}

/// What shares are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Base {
    /// People.
    Population,
    /// Area, because nobody lives there.
    Area,
    /// No cell at all: no class.
    None,
}

/// The order of classes in [`Unit::amounts`], densest first.
pub const CLASSES: [u8; 8] = [30, 23, 22, 21, 13, 12, 11, 10];

/// A unit and its classes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Unit {
    /// Persons, of whatever class.
    pub population: f64,
    /// Cells of the grid inside, by their shares.
    pub area_cells: f64,
    /// What the shares are of.
    pub base: Base,
    /// Persons (or cells, with [`Base::Area`]) by class of level 2, in the order of [`CLASSES`].
    pub amounts: [f64; 8],
    /// All of it, also cells of no class.
    pub total: f64,
    /// 3 city, 2 town or semi-dense area, 1 rural area; 0 none.
    pub level_1: u8,
    /// By the rules of July 2024; 0 none.
    pub level_2_2024: u8,
    /// By the rules of 2021; 0 none.
    pub level_2_2021: u8,
    /// Two rural classes are equally large under the rules of 2021: the denser one was taken.
    pub tied: bool,
    /// No small cell had its centre inside, so all cells it touches were taken.
    pub without_centre: bool,
}

impl Unit {
    /// The shares by class, in the order of [`CLASSES`]; none without a base.
    pub fn shares(&self) -> Option<[f64; 8]> {
        (self.total > 0.0).then(|| self.amounts.map(|a| a / self.total))
    }

    /// The class of level 2 by an edition.
    pub fn level_2(&self, edition: Edition) -> u8 {
        match edition {
            Edition::Rules2024 => self.level_2_2024,
            Edition::Rules2021 => self.level_2_2021,
        }
    }
}

/// The name of a class of units.
pub fn unit_class_name(code: u8) -> &'static str {
    match code {
        3 | 30 => "city",
        2 => "town or semi-dense area",
        1 => "rural area",
        23 => "dense town",
        22 => "semi-dense town",
        21 => "suburban or peri-urban area",
        13 => "village",
        12 => "dispersed rural area",
        11 => "mostly uninhabited area",
        _ => "no class",
    }
}

impl std::str::FromStr for Edition {
    type Err = Fault;

    fn from_str(text: &str) -> Result<Edition, Fault> {
        match text {
            "2024" => Ok(Edition::Rules2024),
            "2021" => Ok(Edition::Rules2021),
            _ => Err(Fault::unknown("edition of the rules", text, ["2024", "2021"])),
        }
    }
}

/// Classes of a unit from its amounts by class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Level 1: 3, 2, 1.
    pub level_1: u8,
    /// Level 2, July 2024.
    pub level_2_2024: u8,
    /// Level 2, 2021.
    pub level_2_2021: u8,
    /// Whether rural classes tied under the rules of 2021.
    pub tied: bool,
}

/// Applies the rules to amounts in the order of [`CLASSES`] out of a total above zero.
///
/// Amounts are compared, not rounded shares: twice a class against the total.
pub fn judge(amounts: &[f64; 8], total: f64) -> Verdict {
    let [u, d, s, b, v, l, m, _] = *amounts;
    let rural = v + l + m;
    // Sums in another order differ in their last digits; half of a total is half of it for all of them.
    let half = |x: f64| 2.0 * x >= total * (1.0 - 1e-12);
    let level_1 = if half(u) {
        3
    } else if 2.0 * rural <= total * (1.0 + 1e-12) {
        2
    } else {
        1
    };
    let slack = total.abs() * 1e-12;
    let largest = v.max(l).max(m) - slack;
    let densest = if v >= largest {
        13
    } else if l >= largest {
        12
    } else {
        11
    };
    let tied = level_1 == 1 && [v, l, m].iter().filter(|x| **x >= largest).count() > 1;
    let (level_2_2024, level_2_2021) = match level_1 {
        3 => (30, 30),
        2 => {
            let new = if half(u + d) {
                23
            } else if half(b + rural) {
                21
            } else {
                22
            };
            let old = match () {
                () if d + s <= b + slack => 21,
                () if d >= s - slack => 23,
                () => 22,
            };
            (new, old)
        }
        _ => {
            let new = if half(u + d + s + b + v) {
                13
            } else if half(m) {
                11
            } else {
                12
            };
            (new, densest)
        }
    };
    Verdict { level_1, level_2_2024, level_2_2021, tied }
}

/// Classifies units over a grid of level 2 (or level 1, whose classes then stand for 30, 22 and 12).
///
/// Shape: one [`Unit`] for each polygon, in their order; polygons are in the grid's reference system. `classes` has the grid of
/// the population; its missing cells are of no class.
/// Errors: grids that do not align; a ratio of 0 or above 1 000; what the grids say; a request to stop.
pub fn classify_units(
    population: &dyn Source,
    classes: &dyn Source,
    units: &[MultiPolygon<f64>],
    cut: Cut,
    progress: &dyn Progress,
) -> Result<Vec<Unit>, Fault> {
    population.frame().same_as(classes.frame(), (&population.name(), &classes.name()))?;
    let mut counted: Vec<Counted> = units.iter().map(|_| Counted::default()).collect();
    // What is wrong with a cell, seen by some thread: which of them says it does not matter.
    let wrong: Mutex<Option<String>> = Mutex::new(None);
    let cells = match cut {
        Cut::Exact => spans(units, population, Rule::Exact),
        Cut::Raster { ratio } => by_small_cells(population.frame(), units, ratio, &mut counted)?,
    };
    each_band(population, Some(classes), &cells, &mut counted, progress, |unit, spans, band| {
        for span in spans {
            let range = band.cells(span);
            let codes = band.weights.map(|w| &w[range.clone()]).unwrap_or_default();
            for (people, code) in band.values[range].iter().zip(codes) {
                if *people < 0.0 || people.is_infinite() || is_no_class(*code) {
                    let why = if is_no_class(*code) {
                        format!("{} has the value {code}, which is no class of level 1 or 2", classes.name())
                    } else {
                        format!(
                            "{} has {people} persons in row {}; name the value for missing cells in the file (GDAL_NODATA)",
                            population.name(),
                            span.row
                        )
                    };
                    *wrong.lock().unwrap_or_else(PoisonError::into_inner) = Some(why);
                    continue;
                }
                let people = if people.is_nan() { 0.0 } else { people * span.share };
                unit.people += people;
                unit.area += span.share;
                if let Some(at) = place(*code) {
                    unit.by_people[at] += people;
                    unit.by_area[at] += span.share;
                }
            }
        }
    })?;
    match wrong.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(why) => Err(Fault::Grid { name: "units".to_owned(), why }),
        None => Ok(counted.into_iter().map(Counted::finish).collect()),
    }
}

/// Whether a value of a class raster stands for nothing that is known. Off the globe it is 255.
fn is_no_class(code: f64) -> bool {
    !code.is_nan() && code != 255.0 && place(code).is_none()
}

/// Where a class stands in [`CLASSES`].
fn place(code: f64) -> Option<usize> {
    match code {
        // Level 1 alone knows no more than city, town, rural and water.
        3.0 => Some(0),
        2.0 => Some(2),
        1.0 => Some(5),
        0.0 => Some(7),
        _ => CLASSES.iter().position(|c| f64::from(*c) == code),
    }
}

#[derive(Default)]
struct Counted {
    people: f64,
    area: f64,
    by_people: [f64; 8],
    by_area: [f64; 8],
    without_centre: bool,
}

impl Counted {
    fn finish(self) -> Unit {
        let people = if self.without_centre { 0.0 } else { self.people };
        let (base, amounts, total) = if people > 0.0 {
            (Base::Population, self.by_people, people)
        } else if self.area > 0.0 {
            (Base::Area, self.by_area, self.area)
        } else {
            (Base::None, [0.0; 8], 0.0)
        };
        let verdict = (base != Base::None).then(|| judge(&amounts, total));
        Unit {
            population: people,
            area_cells: self.area,
            base,
            amounts,
            total,
            level_1: verdict.map_or(0, |v| v.level_1),
            level_2_2024: verdict.map_or(0, |v| v.level_2_2024),
            level_2_2021: verdict.map_or(0, |v| v.level_2_2021),
            tied: verdict.is_some_and(|v| v.tied),
            without_centre: self.without_centre,
        }
    }
}

/// The share of each cell by the number of its small cells whose centre is inside.
fn by_small_cells(
    frame: &Frame,
    units: &[MultiPolygon<f64>],
    ratio: u32,
    counted: &mut [Counted],
) -> Result<Vec<Vec<Span>>, Fault> {
    if !(1..=1000).contains(&ratio) || frame.width.max(frame.height) as u64 * u64::from(ratio) > i32::MAX as u64 {
        return Err(Fault::Value {
            name: "ratio".to_owned(),
            found: ratio.to_string(),
            wanted: "a number of small cells from 1 to 1000 that the grid has room for".to_owned(),
        });
    }
    let n = ratio as usize;
    let (width, height) = (frame.width * n, frame.height * n);
    let fine = Frame { width, height, dx: frame.dx / n as f64, dy: frame.dy / n as f64, ..frame.clone() };
    let whole = f64::from(ratio * ratio);
    let mut all = Vec::with_capacity(units.len());
    for (unit, counted) in units.iter().zip(counted) {
        let mut spans = coarse(&centres(unit, &fine), ratio, whole);
        if spans.is_empty() {
            let mut touched = exact(unit, &fine);
            touched.iter_mut().for_each(|s| s.share = 1.0);
            spans = coarse(&touched, ratio, whole);
            counted.without_centre = !spans.is_empty();
        }
        all.push(spans);
    }
    Ok(all)
}

/// Spans of small cells as shares of whole ones.
fn coarse(small: &[Span], ratio: u32, whole: f64) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    let mut rest = small;
    while let Some(first) = rest.first() {
        let row = first.row / ratio;
        let here = rest.partition_point(|s| s.row / ratio == row);
        let left = rest[..here].iter().map(|s| s.start / ratio).min().unwrap_or(0);
        let right = rest[..here].iter().map(|s| s.end.div_ceil(ratio)).max().unwrap_or(0);
        let mut counts = vec![0u32; (right - left) as usize];
        for s in &rest[..here] {
            for (i, count) in counts.iter_mut().enumerate() {
                let from = (left + i as u32) * ratio;
                *count += s.end.min(from + ratio).saturating_sub(s.start.max(from));
            }
        }
        for (i, count) in counts.iter().enumerate().filter(|(_, c)| **c > 0) {
            let start = left + i as u32;
            out.push(Span { row, start, end: start + 1, share: f64::from(*count) / whole });
        }
        rest = &rest[here..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Example G: shares of u, d, s, b, v, l, m, and the three verdicts.
    #[test]
    fn shares_by_hand() {
        for (shares, expected) in [
            ([0.5, 0.1, 0.0, 0.2, 0.2, 0.0, 0.0], (3, 30, 30)),
            ([0.3, 0.2, 0.1, 0.2, 0.2, 0.0, 0.0], (2, 23, 23)),
            ([0.1, 0.1, 0.3, 0.2, 0.2, 0.1, 0.0], (2, 21, 22)),
            ([0.0, 0.1, 0.6, 0.2, 0.1, 0.0, 0.0], (2, 22, 22)),
            ([0.0, 0.1, 0.1, 0.6, 0.2, 0.0, 0.0], (2, 21, 21)),
            ([0.0, 0.0, 0.0, 0.3, 0.3, 0.4, 0.0], (1, 13, 12)),
            ([0.0, 0.0, 0.0, 0.1, 0.2, 0.3, 0.4], (1, 12, 11)),
            ([0.0, 0.0, 0.0, 0.0, 0.1, 0.3, 0.6], (1, 11, 11)),
        ] {
            let [u, d, s, b, v, l, m] = shares.map(|x: f64| (x * 10.0).round());
            let found = judge(&[u, d, s, b, v, l, m, 0.0], 10.0);
            assert_eq!((found.level_1, found.level_2_2024, found.level_2_2021), expected, "{shares:?}");
            assert!(!found.tied);
        }
    }

    #[test]
    fn a_tie_goes_to_the_denser_class() {
        let found = judge(&[0.0, 0.0, 0.0, 0.0, 40.0, 40.0, 20.0, 0.0], 100.0);
        assert_eq!((found.level_1, found.level_2_2021, found.tied), (1, 13, true));
    }

    /// Shares that are equal but for their last digits are equal.
    #[test]
    fn ties_survive_rounding() {
        let town = judge(&[0.0, 0.1, 0.2, 0.1 + 0.2, 0.0, 0.0, 0.0, 0.0], 0.6);
        assert_eq!((town.level_1, town.level_2_2021), (2, 21));
        let rural = judge(&[0.0, 0.0, 0.0, 0.0, 0.3, 0.1 + 0.2, 0.0, 0.0], 0.6);
        assert_eq!((rural.level_1, rural.level_2_2021, rural.tied), (1, 13, true));
    }
}
