//! The check of a layer of boundaries: each shape by itself, then against its neighbours.
//!
//! Size: polygons of 200 corners in rows and columns, with rugged borders, each together with its neighbours'. In the first
//! benchmark neighbours share their corners; in the second each polygon has its own, up to a centimetre away, so that all
//! overlap.

use std::fs;

use anyhow::{Result, ensure};
use geo::{Geometry, LineString, Polygon};
use shapes::{
    Crs, Feature, Layer,
    topology::{Rules, check},
};

use crate::{Measured, Task, clock, dice::Dice, ground};

const REPETITIONS: usize = 3;
/// Corners of a polygon, a quarter of them on each side.
const CORNERS: usize = 200;
const ON_SIDE: usize = CORNERS / 4;
/// How far the corners of a cell lie apart, metres.
const SIDE_M: f64 = 10_000.0;
/// How far a border wanders, as a share of the distance of its corners.
const RUGGED: f64 = 0.4;
/// How far corners of neighbours lie apart where they do not fit, metres.
const SHAKEN_M: f64 = 0.01;

/// Writes polygons that fit.
pub fn prepare(task: &Task) -> Result<()> {
    write(task, 0.0)
}

/// Writes polygons of which each overlaps its neighbours.
pub fn prepare_shaken(task: &Task) -> Result<()> {
    write(task, SHAKEN_M)
}

/// Each polygon with a quarter of its corners a side, in the same order, anew for each: the borders are functions of their
/// place, so that nothing but numbers is kept.
fn write(task: &Task, shaken_m: f64) -> Result<()> {
    let n = task.size.isqrt();
    ensure!(n * n == task.size, "{} is no square number", task.size);
    // Corners of the rows and columns, then what lies between them along a row (0) or a column (1).
    let seed = |x: usize, y: usize, what: u64| Dice(((y * (n + 1) + x) as u64) << 2 | what);
    let corner = |x: usize, y: usize| {
        let mut dice = seed(x, y, 2);
        [x as f64 + 0.2 * (dice.share() - 0.5), y as f64 + 0.2 * (dice.share() - 0.5)].map(|v| v * SIDE_M)
    };
    let border = |x: usize, y: usize, along: u64| {
        let (a, b) = (corner(x, y), if along == 0 { corner(x + 1, y) } else { corner(x, y + 1) });
        let mut dice = seed(x, y, along);
        let step = SIDE_M / ON_SIDE as f64;
        let at = move |i: usize| {
            let t = i as f64 / ON_SIDE as f64;
            let off = if i == 0 { 0.0 } else { RUGGED * step * (dice.share() - 0.5) };
            let straight = [0, 1].map(|axis| a[axis] + t * (b[axis] - a[axis]));
            if along == 0 { [straight[0], straight[1] + off] } else { [straight[0] + off, straight[1]] }
        };
        (0..ON_SIDE).map(at).collect::<Vec<_>>()
    };
    // Run backwards, a border begins with the corner at its end.
    let back = |mut line: Vec<[f64; 2]>, end: [f64; 2]| {
        line.reverse();
        line.pop();
        line.insert(0, end);
        line
    };
    let mut dice = Dice(17);
    let mut numbers = Vec::with_capacity(task.size * CORNERS * 2);
    for y in 0..n {
        for x in 0..n {
            let (bottom, right) = (border(x, y, 0), border(x + 1, y, 1));
            let top = back(border(x, y + 1, 0), corner(x + 1, y + 1));
            let left = back(border(x, y, 1), corner(x, y + 1));
            for [px, py] in [bottom, right, top, left].concat() {
                numbers.extend([px + shaken_m * (dice.share() - 0.5), py + shaken_m * (dice.share() - 0.5)]);
            }
        }
    }
    ensure!(numbers.len() == task.size * CORNERS * 2, "{} numbers", numbers.len());
    fs::create_dir_all(&task.folder)?;
    ground::write_raw(&task.folder.join("corners.f64"), &numbers)
}

/// Checks those that fit: there is no fault.
pub fn run(task: &Task) -> Result<Measured> {
    measure(task, &Rules::municipalities(None))
}

/// Checks those that overlap: each pair of neighbours is a fault. The peer does not look for gaps; here they are looked for,
/// and none is small enough to be one.
pub fn run_shaken(task: &Task) -> Result<Measured> {
    measure(task, &Rules { gap_below_m2: 0.0, gap_narrower_m: 0.0, ..Rules::municipalities(None) })
}

fn measure(task: &Task, rules: &Rules) -> Result<Measured> {
    let corners = ground::read_raw(&task.folder.join("corners.f64"), 2 * CORNERS, task.size)?;
    let feature = |(at, corners): (usize, &[f64])| {
        let ring: LineString<f64> = corners.as_chunks::<2>().0.iter().copied().collect();
        Feature { id: at as i64, shape: Some(Geometry::Polygon(Polygon::new(ring, Vec::new()))), values: Vec::new() }
    };
    let features = corners.values.chunks_exact(2 * CORNERS).enumerate().map(feature).collect();
    drop(corners);
    let layer = Layer { name: "boundaries".to_owned(), crs: Crs::LaeaEurope, fields: Vec::new(), features };
    let (seconds, found) = clock::repeat(REPETITIONS, || Ok(check(&layer, rules)?))?;
    Ok(Measured { seconds, check: vec![found.n_findings as f64], ..Measured::default() })
}
