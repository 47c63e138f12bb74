//! Statistics of a raster within polygons that overlap its cells in parts: count, sum, mean, least, greatest, standard deviation.
//!
//! Size: polygons, over a raster of 4 000 x 4 000 cells in memory. Reading raster and polygons is outside of the time, for the
//! peer too.

use std::fs;

use anyhow::Result;
use geo::{LineString, MultiPolygon, Polygon};
use grids::{
    Quiet,
    zonal::{Rule, Statistic, zonal},
};

use crate::{Measured, Task, clock, dice::Dice, ground};

const REPETITIONS: usize = 3;
const SIDE: usize = 4_000;
/// Corners of each polygon.
const CORNERS: usize = 200;
const STATISTICS: [Statistic; 6] =
    [Statistic::Count, Statistic::Sum, Statistic::Mean, Statistic::Min, Statistic::Max, Statistic::Stdev];

/// Writes the raster and the polygons: municipalities with a rugged border, together as large as the raster.
pub fn prepare(task: &Task) -> Result<()> {
    let mut dice = Dice(11);
    fs::create_dir_all(&task.folder)?;
    ground::write_raw(&task.folder.join("people.f64"), &ground::people(SIDE, SIDE, 7))?;
    let whole = SIDE as f64 * 1000.0;
    let radius = (whole * whole / task.size as f64 / std::f64::consts::PI).sqrt();
    let mut numbers = Vec::with_capacity(task.size * CORNERS * 2);
    for _ in 0..task.size {
        let (x, y) = (dice.share() * whole, -dice.share() * whole);
        for corner in 0..CORNERS {
            let angle = corner as f64 / CORNERS as f64 * std::f64::consts::TAU;
            let far = radius * (0.8 + 0.2 * (5.0 * angle).sin() + 0.2 * dice.share());
            numbers.extend([x + far * angle.cos(), y + far * angle.sin()]);
        }
    }
    ground::write_raw(&task.folder.join("corners.f64"), &numbers)
}

/// Computes them.
pub fn run(task: &Task) -> Result<Measured> {
    let grid = ground::read_raw(&task.folder.join("people.f64"), SIDE, SIDE)?;
    let corners = ground::read_raw(&task.folder.join("corners.f64"), 2 * CORNERS, task.size)?;
    let polygon = |corners: &[f64]| {
        let ring: LineString<f64> = corners.as_chunks::<2>().0.iter().copied().collect();
        MultiPolygon::new(vec![Polygon::new(ring, Vec::new())])
    };
    let zones: Vec<_> = corners.values.chunks_exact(2 * CORNERS).map(polygon).collect();
    let (seconds, found) =
        clock::repeat(REPETITIONS, || Ok(zonal(&grid, None, &zones, &STATISTICS, Rule::Exact, &Quiet)?))?;
    let sum = |at: usize| found.iter().filter_map(|zone| zone.values[at]).sum::<f64>();
    let check = (0..STATISTICS.len()).map(sum).collect();
    // Every covered cell is read by each zone that covers it.
    let covered: f64 = found.iter().map(|zone| zone.covered).sum();
    Ok(Measured { seconds, check, moved_bytes: Some(covered * 8.0), ..Measured::default() })
}
