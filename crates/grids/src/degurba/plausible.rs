//! Numbers that no cell can have: refused with their place before anything is made of them, and layers that look like shares.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::cells::{AreaUnit, Band, Layers, cell_km2};
use super::classify::Warning;
use crate::Fault;
use crate::fault::Holds;

/// By how much land or built-up surface may be more than its cell: rounding and warping, no more.
pub(crate) const SLACK: f64 = 1.01;

/// A land layer whose greatest number is less than this part of a cell is one of shares or of percents.
const LEAST_LAND: f64 = 0.01;

/// Persons that a square kilometre never held. Smaller cells may have as many, since models crowd people into few of them. More
/// is told and not refused: scenarios and exercises are grids of people, too.
const MOST_PEOPLE_PER_KM2: f64 = 500_000.0;

/// The look at all rows of a classification.
pub(super) struct Plausible<'a> {
    layers: &'a Layers<'a>,
    is_bad: AtomicBool,
    /// The greatest number of people, of land and of built-up surface, as the bits of a number that is not negative.
    most: [AtomicU64; 3],
}

/// Whether a row holds a number that is not from 0 to `most`; and its greatest one. NaN is missing.
fn look(line: &[f64], most: f64) -> (bool, f64) {
    line.iter().fold((false, 0.0), |(bad, greatest), v| {
        (bad | (*v < 0.0) | (*v > most), if *v > greatest { *v } else { greatest })
    })
}

impl<'a> Plausible<'a> {
    pub fn new(layers: &'a Layers<'a>) -> Self {
        Plausible { layers, is_bad: AtomicBool::new(false), most: [const { AtomicU64::new(0) }; 3] }
    }

    /// Looks at a row; whether all of it can be.
    pub fn row(&self, row: usize, band: &Band<'_>) -> bool {
        let width = self.layers.population.frame().width;
        let at = (row - band.from) * width;
        let area = self.most_of_area(row);
        let mut is_bad = false;
        let layers = [(Some(band.population), f64::MAX), (band.land, area), (band.built, area)];
        for ((values, most), greatest) in layers.into_iter().zip(&self.most) {
            let Some(values) = values else { continue };
            let (bad, of_row) = look(&values[at..at + width], most);
            is_bad |= bad;
            // Numbers that are not negative are in the order of their bits.
            greatest.fetch_max(of_row.to_bits(), Ordering::Relaxed);
        }
        if is_bad {
            self.is_bad.store(true, Ordering::Relaxed);
        }
        !is_bad
    }

    /// What a cell of a row has at most of land or built-up surface.
    fn most_of_area(&self, row: usize) -> f64 {
        match self.layers.unit {
            AreaUnit::Share => SLACK,
            AreaUnit::SquareMetres => cell_km2(self.layers.population.frame(), row) * 1e6 * SLACK,
        }
    }

    /// The first number of a band that cannot be, if a row of it was bad.
    pub fn judge(&self, band: &Band<'_>) -> Result<(), Fault> {
        if !self.is_bad.load(Ordering::Relaxed) {
            return Ok(());
        }
        let width = self.layers.population.frame().width;
        let layers = [
            (Holds::People, Some(self.layers.population), Some(band.population)),
            (Holds::Land, self.layers.land, band.land),
            (Holds::Built, self.layers.built, band.built),
        ];
        for (holds, source, values) in layers {
            let (Some(source), Some(values)) = (source, values) else { continue };
            for (i, line) in values.chunks_exact(width).enumerate() {
                let row = band.from + i;
                let most = if holds == Holds::People { f64::MAX } else { self.most_of_area(row) };
                if let Some(column) = line.iter().position(|v| *v < 0.0 || *v > most) {
                    let most = if holds == Holds::People { most } else { most / SLACK };
                    let (name, found) = (source.name(), line[column]);
                    return Err(Fault::Implausible { name, holds, found, most, row, column });
                }
            }
        }
        Ok(())
    }

    /// More people than a cell ever held: another grid, or a scenario. Layers whose greatest number is so small that they are of
    /// shares: told, because a clip of the sea is such a layer as well.
    pub fn warnings(&self) -> Vec<Warning> {
        let frame = self.layers.population.frame();
        let [people, land, built] = self.most.each_ref().map(|bits| f64::from_bits(bits.load(Ordering::Relaxed)));
        let cell = cell_km2(frame, frame.height / 2) * 1e6;
        let limit = MOST_PEOPLE_PER_KM2 * (cell / 1e6).max(1.0);
        let crowded = (people > limit).then_some(Warning::Crowded { most: people, limit });
        if self.layers.unit == AreaUnit::Share || cell < 100.0 {
            return crowded.into_iter().collect();
        }
        let told = |holds, most| Warning::LooksLikeShares { holds, most, cell_m2: cell };
        let land = (land > 0.0 && land < LEAST_LAND * cell).then(|| told(Holds::Land, land));
        let built = (built > 0.0 && built <= 1.0).then(|| told(Holds::Built, built));
        crowded.into_iter().chain(land).chain(built).collect()
    }
}

#[cfg(test)]
mod tests {
    use shapes::Crs;

    use super::*;
    use crate::Quiet;
    use crate::degurba::{Levels, Options, classify};
    use crate::raster::{Frame, Grid};

    fn run(land: &[f64], built: &[f64], unit: AreaUnit) -> Result<Vec<Warning>, Fault> {
        classified(&[100.0; 6], land, built, unit)
    }

    fn classified(people: &[f64], land: &[f64], built: &[f64], unit: AreaUnit) -> Result<Vec<Warning>, Fault> {
        let frame = Frame { width: 3, height: 2, left: 0.0, top: 0.0, dx: 1000.0, dy: 1000.0, crs: Crs::Mollweide };
        let grid = |v: &[f64]| Grid::new(frame.clone(), v.to_vec()).expect("a grid");
        let (people, land, built) = (grid(people), grid(land), grid(built));
        let layers = Layers { population: &people, land: Some(&land), built: Some(&built), unit };
        let options = Options::from_json("").expect("options");
        classify(&layers, &options, Levels::Both, &Quiet).map(|found| found.warnings)
    }

    #[test]
    fn land_and_built_up_surface_that_no_cell_can_have_are_refused_with_their_place() {
        let (land, built) = ([1e6; 6], [2e5; 6]);
        let with = |at: usize, v: f64, of: [f64; 6]| {
            let mut of = of;
            of[at] = v;
            of
        };
        let sound = run(&with(1, f64::NAN, land), &with(2, 1.005e6, built), AreaUnit::SquareMetres).expect("sound");
        assert!(!sound.iter().any(|w| matches!(w, Warning::LooksLikeShares { .. })), "{sound:?}");
        for (land, built, unit, holds, place, found) in [
            (with(4, -200.0, land), built, AreaUnit::SquareMetres, Holds::Land, (1, 1), -200.0),
            (with(5, 2e6, land), built, AreaUnit::SquareMetres, Holds::Land, (1, 2), 2e6),
            (land, with(3, -1.0, built), AreaUnit::SquareMetres, Holds::Built, (1, 0), -1.0),
            (land, with(2, f64::INFINITY, built), AreaUnit::SquareMetres, Holds::Built, (0, 2), f64::INFINITY),
            ([1.0; 6], with(1, 40.0, [0.2; 6]), AreaUnit::Share, Holds::Built, (0, 1), 40.0),
        ] {
            match run(&land, &built, unit) {
                Err(Fault::Implausible { holds: h, row, column, found: f, .. }) => {
                    assert_eq!((h, (row, column), f), (holds, place, found));
                }
                other => panic!("{other:?}"),
            }
        }
    }

    #[test]
    fn a_grid_of_land_in_place_of_people_is_told() {
        let run = |people: f64| classified(&[people; 6], &[1e6; 6], &[2.0; 6], AreaUnit::SquareMetres);
        let sound = run(210_000.0).expect("the densest wards have some 100 000");
        assert!(!sound.iter().any(|w| matches!(w, Warning::Crowded { .. })), "{sound:?}");
        let told = run(1e6).expect("a scenario");
        let told =
            told.iter().find(|w| matches!(w, Warning::Crowded { .. })).expect("nobody lives like that").to_string();
        assert!(told.contains("1000000 persons") && told.contains("500000"), "{told}");
        assert!(run(f64::INFINITY).is_err() && run(-1.0).is_err());
    }

    #[test]
    fn shares_in_place_of_square_metres_are_told() {
        let found = run(&[1.0; 6], &[0.25; 6], AreaUnit::SquareMetres).expect("it may be the sea");
        let told: Vec<_> =
            found.iter().filter(|w| matches!(w, Warning::LooksLikeShares { .. })).map(|w| w.to_string()).collect();
        assert_eq!(told.len(), 2, "{found:?}");
        assert!(told[0].contains("land") && told[0].contains("square metres"), "{told:?}");
    }
}
