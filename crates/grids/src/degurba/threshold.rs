//! The built-up threshold that the data suggest: the mean built-up share of dense clusters, rounded up to a percent.

use rayon::prelude::*;

use super::cells::{Layers, cell_km2, each_band};
use super::options::Connectivity;
use super::people::People;
use super::runs::{Components, Runs};
use crate::Fault;
use crate::degurba::AreaUnit;

/// The threshold and what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Optimal {
    /// The mean, rounded up to whole percents: a share of the land of a cell.
    pub threshold: f64,
    /// Mean over the cells of the share of the cell that is built up.
    pub mean_built: f64,
    /// How many cells it is the mean of.
    pub n_cells: u64,
}

/// Density and size of the clusters that the threshold is taken from.
const DENSITY: f64 = 1500.0;
const SIZE: f64 = 5000.0;

/// Finds the built-up threshold.
///
/// Shape: clusters of cells with at least 1 500 persons per km² of land, 4-connected, of at least 5 000 persons, without a
/// built-up rule; the mean of the built-up share of the cell (not of its land) over their cells with a value.
/// Formula: ⌈100 · mean⌉ / 100. A mean that is a whole percent but for the last digits is not raised.
/// With `land_floor` an inhabited cell has at least half of its area as land, as in the classification.
/// Undefined: no built-up layer, or no such cluster.
/// Source: GHSL Data Package 2023 (doi 10.2760/098587). It is meant for the whole world; for one country it is another definition.
pub fn optimal_threshold(layers: &Layers<'_>, land_floor: bool) -> Result<Optimal, Fault> {
    layers.check()?;
    let undefined = |why: &str| Fault::Grid { name: layers.population.name(), why: why.to_owned() };
    if layers.built.is_none() {
        return Err(undefined("no built-up layer to take the threshold from; give one, or a threshold"));
    }
    let frame = layers.population.frame();
    let width = frame.width;
    let mut flags = vec![0u16; frame.n_cells()];
    let mut people = People::new(width, frame.height);
    let sparse = Layers { built: None, ..*layers };
    let to_share = |row: usize| if layers.unit == AreaUnit::Share { 1.0 } else { cell_km2(frame, row) * 1e6 };
    each_band(&sparse, 0, |rows, band| {
        let lines = flags[rows.start * width..rows.end * width].par_chunks_exact_mut(width);
        lines.zip(people.rows_mut(rows.start, rows.len())).enumerate().for_each(|(i, (line, counted))| {
            let (at, row) = (i * width, rows.start + i);
            let population = &band.population[at..at + width];
            for (c, flag) in line.iter_mut().enumerate() {
                let land = band.land.map_or(1.0, |l| l[at + c] / to_share(row));
                let land = if land_floor && population[c] > 0.0 { land.max(0.5) } else { land };
                *flag = u16::from(population[c] / land / cell_km2(frame, row) >= DENSITY);
            }
            counted.fill(population, |c| line[c] != 0);
        });
        Ok(())
    })?;
    let found = Components::of(Runs::of(&flags, width, 1), Connectivity::Four, &people);
    let kept = found.kept(SIZE);
    let (mut sum, mut n) = (0.0, 0u64);
    each_band(
        &Layers { population: layers.built.unwrap_or(layers.population), land: None, built: None, ..*layers },
        0,
        |rows, band| {
            for row in rows {
                for i in found.runs.row(row).filter(|i| kept[found.of[*i] as usize]) {
                    let run = found.runs.runs[i];
                    let at = (row - band.from) * width;
                    for built in &band.population[at + run.start as usize..at + run.end as usize] {
                        if !built.is_nan() {
                            sum += built / to_share(row);
                            n += 1;
                        }
                    }
                }
            }
            Ok(())
        },
    )?;
    if n == 0 {
        return Err(undefined(
            "no cluster of 5 000 people at 1 500 per km² to take the threshold from; give a threshold",
        ));
    }
    let mean_built = sum / n as f64;
    Ok(Optimal { threshold: (100.0 * mean_built - 1e-9).ceil() / 100.0, mean_built, n_cells: n })
}
