//! A made-up population grid: most cells empty, people in towns of very different sizes, and a sea.

use std::path::Path;

use anyhow::Result;
use grids::raster::{Frame, Grid};
use shapes::Crs;

use crate::dice::Dice;

/// A square kilometre.
const CELL_M: f64 = 1000.0;

/// A grid of cells of 1 km² in the projection for Europe.
pub fn frame(width: usize, height: usize) -> Frame {
    Frame { width, height, left: 0.0, top: 0.0, dx: CELL_M, dy: CELL_M, crs: Crs::LaeaEurope }
}

/// Persons in each cell. About one cell in twelve is inhabited and one in a hundred has more than 300, as in Europe.
///
/// Towns follow the rule of rank and size; each is dense in the middle and thins out by its distance. Villages and farms lie
/// in a fifth of the country, and nobody lives in the sea, which is where a slow wave is low.
pub fn people(width: usize, height: usize, seed: u64) -> Vec<f64> {
    let mut dice = Dice(seed);
    let mut people = vec![0.0; width * height];
    let at = |v: f64, phase: f64| (v / 173.0 + phase).sin() + (v / 61.0 + 2.3 * phase).sin() / 2.0;
    let (px, py) = (dice.share() * 6.0, dice.share() * 6.0);
    let across: Vec<f64> = (0..width).map(|x| at(x as f64, px)).collect();
    let down: Vec<f64> = (0..height).map(|y| at(y as f64, py)).collect();
    let is_land = |x: usize, y: usize| across[x] * down[y] > 0.05;
    for y in 0..height {
        for x in 0..width {
            if is_land(x, y) && dice.below(5) == 0 {
                // Mostly a farm, sometimes a village.
                people[y * width + x] = (1.0 / (0.002 + dice.share())).floor();
            }
        }
    }
    let n_towns = (width * height / 400).max(3);
    for rank in 1..=n_towns {
        let (x, y) = (dice.below(width as u64) as usize, dice.below(height as u64) as usize);
        if !is_land(x, y) {
            continue;
        }
        let inhabitants = 2_000.0 + 5e5 * (n_towns as f64 / rank as f64).powf(0.8) / 100.0;
        // Density in the middle grows slowly with the size, the radius takes the rest.
        let middle = 1_200.0 * (inhabitants / 2_000.0).powf(0.25);
        let radius = (inhabitants / (2.0 * std::f64::consts::PI * middle)).sqrt();
        let reach = (6.0 * radius).ceil() as i64;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                let (cx, cy) = (x as i64 + dx, y as i64 + dy);
                if cx < 0
                    || cy < 0
                    || cx as usize >= width
                    || cy as usize >= height
                    || !is_land(cx as usize, cy as usize)
                {
                    continue;
                }
                let far = ((dx * dx + dy * dy) as f64).sqrt();
                let here = middle * (-far / radius).exp() * (0.3 + 1.4 * dice.share());
                if here >= 1.0 {
                    people[cy as usize * width + cx as usize] += here.floor();
                }
            }
        }
    }
    people
}

/// Persons where each cell is dense or empty by a throw of the dice: at this share groups grow without end and have holes
/// in holes, the worst that rules of neighbours can meet.
pub fn percolation(width: usize, height: usize, share: f64, seed: u64) -> Vec<f64> {
    let mut dice = Dice(seed);
    (0..width * height).map(|_| if dice.share() < share { 2_000.0 } else { 0.0 }).collect()
}

/// Writes numbers so that every program reads them without work.
pub fn write_raw(path: &Path, values: &[f64]) -> Result<()> {
    let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    Ok(std::fs::write(path, bytes)?)
}

/// Reads them again.
pub fn read_raw(path: &Path, width: usize, height: usize) -> Result<Grid> {
    let bytes = std::fs::read(path)?;
    let values = bytes.as_chunks::<8>().0.iter().map(|b| f64::from_le_bytes(*b)).collect();
    Ok(Grid::new(frame(width, height), values)?)
}
