//! Whether grids can be what their fields say, and lie where the place is: the wrong file in a field gives numbers that look like an
//! answer.

use std::path::PathBuf;

use diag::Diagnostic;
use geo::Coord;
use grids::raster::{Window, open};
use shapes::project::Projection;

use super::run::Bench;
use crate::{
    error::AppError,
    space::{
        codes::{GEO004, GEO017, GEO018},
        of_grids,
    },
};

/// Persons that a square kilometre never held: Kowloon's Walled City had 1.3 million on 0.026 km², no whole square kilometre a tenth.
const MOST_PEOPLE_PER_KM2: f64 = 500_000.0;
/// Cells that are read at once.
const AT_ONCE: usize = 4 << 20;

/// What a grid holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Holds {
    /// Persons per cell.
    People,
    /// Land per cell, m².
    Land,
    /// Built-up surface per cell, m².
    Built,
}

/// Refuses a grid whose numbers cannot be what its field says.
///
/// Errors: a grid that cannot be read; one with more people than fit, or with more land than its cells have, or hardly any.
pub(super) fn check(bench: &Bench<'_>, role: &str, paths: &[PathBuf], holds: Holds) -> Result<(), AppError> {
    if paths.is_empty() {
        return Ok(());
    }
    let grid = open(paths).map_err(of_grids)?;
    let frame = grid.frame();
    // Areas of cells in degrees change with the row; the method refuses such people itself.
    if frame.crs.is_geographic() {
        return Ok(());
    }
    let area = frame.cell_area();
    let mut most = 0.0_f64;
    let rows = (AT_ONCE / frame.width).max(1);
    let mut buffer = Vec::new();
    let mut row = 0;
    while row < frame.height {
        if !(bench.watch)("reading", row as f64 / frame.height as f64) {
            return Err(AppError::Refused(vec![Diagnostic::new(&GEO004)]));
        }
        let window = Window { column: 0, row, width: frame.width, height: rows.min(frame.height - row) };
        buffer.resize(window.n_cells(), f64::NAN);
        grid.read(window, &mut buffer).map_err(of_grids)?;
        most = buffer.iter().filter(|n| n.is_finite()).fold(most, |most, n| most.max(*n));
        row += window.height;
    }
    let limit = if holds == Holds::People { MOST_PEOPLE_PER_KM2 * area / 1e6 } else { area * 1.01 };
    // A country without one cell of land is none: these are shares, or people.
    let is_no_land = holds == Holds::Land && most < area / 100.0;
    if most <= limit && !is_no_land {
        return Ok(());
    }
    let found = Diagnostic::new(&GEO018).arg("role", role).arg("file", grid.name());
    Err(AppError::Refused(vec![found.arg("found", format!("{most}")).arg("most", format!("{limit:.0}"))]))
}

/// Refuses a grid that does not hold the known point of the place.
///
/// Errors: a grid that cannot be read or lies elsewhere.
pub(super) fn covers(bench: &Bench<'_>, role: &str, paths: &[PathBuf]) -> Result<(), AppError> {
    let place = bench.world.records().places.get(&bench.request.place);
    let Some((x, y)) = place.and_then(|place| Some((place.longitude?, place.latitude?))) else { return Ok(()) };
    let grid = open(paths).map_err(of_grids)?;
    let frame = grid.frame();
    let Some(projection) = Projection::of(&frame.crs) else { return Ok(()) };
    let holds = |at: Coord<f64>| {
        let (right, bottom) = (frame.left + frame.width as f64 * frame.dx, frame.top - frame.height as f64 * frame.dy);
        (frame.left..=right).contains(&at.x) && (bottom..=frame.top).contains(&at.y)
    };
    if projection.forward(Coord { x, y }).is_some_and(holds) {
        return Ok(());
    }
    let found = Diagnostic::new(&GEO017).arg("place", &bench.request.place).arg("role", role);
    Err(AppError::Refused(vec![found]))
}
