//! Grids of people between dates, sizes of cells and totals. People are moved, never resampled.

use crate::Fault;
use crate::raster::{Frame, Grid};

/// People at a date between two others: geometric, P₁ (P₂ / P₁)^((t − t₁) / (t₂ − t₁)); linear where one end is 0.
///
/// Returns the people and whether the date lies outside the two (an extrapolation, to be flagged).
/// Errors: equal dates, people below zero, numbers that are none.
pub fn interpolate((t1, p1): (f64, f64), (t2, p2): (f64, f64), t: f64) -> Result<(f64, bool), Fault> {
    let fine = [t1, t2, t, p1, p2].iter().all(|v| v.is_finite()) && t1 != t2 && p1 >= 0.0 && p2 >= 0.0;
    if !fine {
        return Err(Fault::Value {
            name: "dates".to_owned(),
            found: format!("{p1} in {t1}, {p2} in {t2}, asked for {t}"),
            wanted: "two different dates with people of 0 or more".to_owned(),
        });
    }
    let share = (t - t1) / (t2 - t1);
    let people = if p1 > 0.0 && p2 > 0.0 { p1 * (p2 / p1).powf(share) } else { (p1 + (p2 - p1) * share).max(0.0) };
    Ok((people, !(0.0..=1.0).contains(&share)))
}

/// Sums cells to larger ones, `ratio` on a side. The large cells have their edges at multiples of their size, as the grids of
/// statistical offices have, where the small ones allow it; at the edges of the grid they hold what there is. A large cell is
/// missing where all its cells are.
///
/// Errors: a ratio of 0.
pub fn aggregate(grid: &Grid, ratio: usize) -> Result<Grid, Fault> {
    if ratio == 0 {
        return Err(Fault::Value { name: "ratio".to_owned(), found: "0".to_owned(), wanted: "1 or more".to_owned() });
    }
    let f = &grid.frame;
    // How many small cells lie between the edge of a large one and the edge of the grid.
    let before = |edge: f64, step: f64| {
        let cells = (edge / step).round();
        if (edge / step - cells).abs() < 1e-6 { cells.rem_euclid(ratio as f64) as usize } else { 0 }
    };
    let (west, north) = (before(f.left, f.dx), before(-f.top, f.dy));
    let (width, height) = ((f.width + west).div_ceil(ratio), (f.height + north).div_ceil(ratio));
    let mut values = vec![f64::NAN; width * height];
    for (row, line) in grid.values.chunks_exact(f.width).enumerate() {
        let at = (row + north) / ratio;
        let to = &mut values[at * width..(at + 1) * width];
        for (c, v) in line.iter().enumerate().filter(|(_, v)| !v.is_nan()) {
            let sum = &mut to[(c + west) / ratio];
            *sum = if sum.is_nan() { *v } else { *sum + v };
        }
    }
    let frame = Frame {
        width,
        height,
        left: f.left - west as f64 * f.dx,
        top: f.top + north as f64 * f.dy,
        dx: f.dx * ratio as f64,
        dy: f.dy * ratio as f64,
        crs: f.crs.clone(),
    };
    Grid::new(frame, values)
}

/// Multiplies cells so that they sum to a total; where they sum to 0 the total is spread evenly over those that are not missing.
///
/// Returns whether it was spread (to be flagged).
/// Errors: a total below zero; no cell to spread over.
pub fn calibrate(cells: &mut [f64], total: f64) -> Result<bool, Fault> {
    let bad = |found: String, wanted: &str| Fault::Value { name: "total".to_owned(), found, wanted: wanted.to_owned() };
    if !(total.is_finite() && total >= 0.0) {
        return Err(bad(total.to_string(), "a number of 0 or more"));
    }
    let sum: f64 = cells.iter().filter(|v| !v.is_nan()).sum();
    let n = cells.iter().filter(|v| !v.is_nan()).count();
    if sum > 0.0 {
        cells.iter_mut().for_each(|v| *v *= total / sum);
        return Ok(false);
    }
    if n == 0 && total > 0.0 {
        return Err(bad(total.to_string(), "0, for there is no cell to hold anybody"));
    }
    for v in cells.iter_mut().filter(|v| !v.is_nan()) {
        *v = total / n as f64;
    }
    Ok(total > 0.0)
}

#[cfg(test)]
mod tests {
    use shapes::Crs;

    use super::*;

    #[test]
    fn dates_between_and_beyond() {
        assert_eq!(interpolate((2000.0, 100.0), (2010.0, 400.0), 2005.0).unwrap(), (200.0, false));
        assert_eq!(interpolate((2000.0, 0.0), (2010.0, 400.0), 2005.0).unwrap(), (200.0, false));
        assert!(interpolate((2000.0, 100.0), (2010.0, 400.0), 2020.0).unwrap().1);
        assert!(interpolate((2000.0, 100.0), (2000.0, 400.0), 2000.0).is_err());
    }

    #[test]
    fn sums_stay() {
        let frame = Frame { width: 5, height: 3, left: 0.0, top: 0.0, dx: 100.0, dy: 100.0, crs: Crs::Mollweide };
        let mut values: Vec<f64> = (0..15).map(f64::from).collect();
        values[14] = f64::NAN;
        let grid = Grid::new(frame, values).unwrap();
        let large = aggregate(&grid, 2).unwrap();
        assert_eq!((large.frame.width, large.frame.height, large.frame.dx), (3, 2, 200.0));
        // 0 + 1 + 5 + 6, and the missing corner alone.
        assert_eq!(large.values[0], 12.0);
        assert!(large.values[5].is_nan());
        assert_eq!(large.values.iter().filter(|v| !v.is_nan()).sum::<f64>(), 91.0);
        // Edges of large cells lie at multiples of 200 m: the first column and row stand alone here.
        let moved = Frame { left: 100.0, top: 1100.0, ..grid.frame.clone() };
        let large = aggregate(&Grid::new(moved, grid.values.clone()).unwrap(), 2).unwrap();
        assert_eq!((large.frame.left, large.frame.top, large.frame.width), (0.0, 1200.0, 3));
        assert_eq!((large.values[0], large.values[1]), (0.0, 3.0));
        let mut cells = [1.0, f64::NAN, 3.0];
        assert!(!calibrate(&mut cells, 8.0).unwrap());
        assert_eq!((cells[0], cells[2]), (2.0, 6.0));
        let mut empty = [0.0, f64::NAN, 0.0];
        assert!(calibrate(&mut empty, 8.0).unwrap());
        assert_eq!(empty[0], 4.0);
    }
}
