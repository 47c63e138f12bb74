//! Grids of people made ready: summed to larger cells, between two dates, fitted to known totals.

use std::path::{Path, PathBuf};

use serde::Serialize;
use shapes::{Layer, Value};

use super::{Notice, crossed, field, key_of, shapes_of};
use crate::fault::Holds;
use crate::land::{aggregate, calibrate, interpolate};
use crate::progress::step;
use crate::raster::{Compression, Grid, Pixels, Resampling, Source, Writing, open, write_cog};
use crate::zonal::{Rule, spans};
use crate::{Fault, Progress};

/// Cells of a grid that is held whole: 4 GB.
const MOST_CELLS: usize = 500_000_000;

/// The value that stands for missing cells in what is written.
const MISSING: f64 = -1.0;

/// What was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PeopleGrid {
    /// Columns.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The side of a cell, in the unit of the projection.
    pub cell: f64,
    /// People before.
    pub people_before: f64,
    /// People in what was written.
    pub people: f64,
    /// What a reader must be told.
    pub warnings: Vec<Notice>,
}

fn total(values: &[f64]) -> f64 {
    values.iter().filter(|v| !v.is_nan()).sum()
}

/// A grid of people, whole.
///
/// Errors: people below zero or without end; what the file says.
fn people_of(source: &dyn Source) -> Result<Grid, Fault> {
    let grid = Grid::read(source, MOST_CELLS)?;
    match grid.values.iter().position(|v| *v < 0.0 || v.is_infinite()) {
        None => Ok(grid),
        Some(at) => {
            let (row, column) = (at / grid.frame.width, at % grid.frame.width);
            let (name, found, most) = (source.name(), grid.values[at], f64::MAX);
            Err(Fault::Implausible { name, holds: Holds::People, found, most, row, column })
        }
    }
}

fn write(out: &Path, grid: &Grid, people_before: f64, warnings: Vec<Notice>) -> Result<PeopleGrid, Fault> {
    let cells: Vec<f64> = grid.values.iter().map(|v| if v.is_nan() { MISSING } else { *v }).collect();
    let writing = Writing { compression: Compression::Deflate, overviews: Resampling::Sum, nodata: Some(MISSING) };
    write_cog(out, &grid.frame, Pixels::F64(&cells), writing)?;
    let frame = &grid.frame;
    let people = total(&grid.values);
    Ok(PeopleGrid { width: frame.width, height: frame.height, cell: frame.dx, people_before, people, warnings })
}

/// Sums the cells of a grid of people to larger ones, `ratio` on a side, and writes them.
///
/// Errors: a ratio of 0; a grid that memory should not hold; what the file system says.
pub fn aggregate_files(
    population: &[PathBuf],
    ratio: usize,
    out: &Path,
    progress: &dyn Progress,
) -> Result<PeopleGrid, Fault> {
    let grid = people_of(open(population)?.as_ref())?;
    step(progress, 0.5, "people")?;
    let large = aggregate(&grid, ratio)?;
    write(out, &large, total(&grid.values), Vec::new())
}

/// People at a date between two others, cell by cell, and writes them. A date outside the two is an extrapolation and is told.
///
/// Errors: grids that are not one; equal dates; what the files say.
pub fn interpolate_files(
    (first, second): (&[PathBuf], &[PathBuf]),
    (t1, t2): (f64, f64),
    t: f64,
    out: &Path,
    progress: &dyn Progress,
) -> Result<PeopleGrid, Fault> {
    if !t.is_finite() {
        let wanted = "a year".to_owned();
        return Err(Fault::Value { name: "at".to_owned(), found: t.to_string(), wanted });
    }
    let (first, second) = (open(first)?, open(second)?);
    first.frame().same_as(second.frame(), (&first.name(), &second.name()))?;
    let mut grid = people_of(first.as_ref())?;
    let later = people_of(second.as_ref())?;
    step(progress, 0.5, "people")?;
    let before = total(&grid.values);
    let (mut is_beyond, mut n_one) = (false, 0u64);
    for (value, later) in grid.values.iter_mut().zip(&later.values) {
        if value.is_nan() || later.is_nan() {
            n_one += u64::from(value.is_nan() != later.is_nan());
            *value = f64::NAN;
            continue;
        }
        let (people, beyond) = interpolate((t1, *value), (t2, *later), t)?;
        if !people.is_finite() {
            return Err(Fault::Value {
                name: "at".to_owned(),
                found: t.to_string(),
                wanted: format!("near enough to {t1} and {t2}: people grow beyond all numbers"),
            });
        }
        (*value, is_beyond) = (people, beyond);
    }
    let mut warnings = Vec::new();
    if is_beyond {
        warnings.push(Notice::Extrapolated { t, t1, t2 });
    }
    if n_one > 0 {
        warnings.push(Notice::OneDateOnly { n: n_one });
    }
    write(out, &grid, before, warnings)
}

/// Fits a grid of people to the totals of zones and writes it. A cell belongs to the zone that holds its centre; cells in no zone
/// stay as they are.
///
/// `totals` is the attribute with the people of each zone. Errors: an attribute that there is not or that holds no number; zones
/// with people and without cells; zones that overlap.
pub fn calibrate_files(
    population: &[PathBuf],
    zones: &Layer,
    totals: &str,
    out: &Path,
    progress: &dyn Progress,
) -> Result<PeopleGrid, Fault> {
    let source = open(population)?;
    let at = field(zones, Some(totals))?;
    let shapes = shapes_of(zones, source.frame())?;
    let mut grid = people_of(source.as_ref())?;
    let before = total(&grid.values);
    let width = grid.frame.width;
    let spans = spans(&shapes, source.as_ref(), Rule::Centre);
    let mut taken = vec![false; grid.values.len()];
    let mut n_spread = 0;
    for (i, (feature, spans)) in zones.features.iter().zip(&spans).enumerate() {
        step(progress, i as f64 / spans.len().max(1) as f64, "people")?;
        let zone = || key_of(feature, None);
        let wrong = |why: String| Fault::Zone { zone: zone(), why };
        let wanted = match at.and_then(|at| feature.values.get(at)) {
            Some(Value::Whole(n)) => *n as f64,
            Some(Value::Number(n)) => *n,
            Some(Value::Text(text)) => {
                return Err(wrong(format!("`{totals}` holds “{text}”; it should hold a number of people")));
            }
            _ => return Err(wrong(format!("`{totals}` holds nothing; it should hold a number of people"))),
        };
        let cells = || {
            spans.iter().flat_map(|span| {
                let line = span.row as usize * width;
                line + span.start as usize..line + span.end as usize
            })
        };
        if let Some(at) = cells().find(|at| taken[*at]) {
            return Err(wrong(format!("it overlaps another zone in row {}, column {}", at / width, at % width)));
        }
        cells().for_each(|at| taken[at] = true);
        let mut values: Vec<f64> = cells().map(|at| grid.values[at]).collect();
        if values.iter().all(|v| v.is_nan()) && wanted > 0.0 {
            return Err(wrong(format!(
                "it has {wanted} people and holds no centre of a cell with a value to put them in"
            )));
        }
        n_spread += usize::from(calibrate(&mut values, wanted).map_err(|e| wrong(e.to_string()))?);
        cells().zip(values).for_each(|(at, value)| grid.values[at] = value);
    }
    let mut warnings = Vec::from_iter(crossed(zones, None));
    if n_spread > 0 {
        warnings.push(Notice::SpreadEvenly { n: n_spread });
    }
    write(out, &grid, before, warnings)
}
