//! The degree of urbanisation of a population grid in memory, levels 1 and 2 in one run, with every cell's class and the cells
//! and people of each class.
//!
//! Size: cells. Reading the file is outside of the time, for the peer too.

use std::{fs, sync::Mutex, time::Instant};

use anyhow::Result;
use grids::{
    degurba::{AreaUnit, Classes, Layers, Levels, Options, classify},
    raster::{Compression, Frame, Grid, Pixels, Raster, Resampling, Source, Writing, write_cog},
};

use rayon::prelude::*;
use shapes::Crs;

use crate::{Measured, Task, clock, ground, shared};

const REPETITIONS: usize = 3;
/// The world at 1 km in Mollweide.
const WORLD: (usize, usize) = (36_082, 18_000);
/// The grid of Europe, and what is made up in its place.
const EUROPE: (usize, usize) = (5_570, 4_482);

/// Writes a made-up country.
pub fn prepare(task: &Task) -> Result<()> {
    let side = task.size.isqrt();
    write(task, side, side, &ground::people(side, side, 7))
}

/// Writes Europe as it is.
pub fn prepare_europe(task: &Task) -> Result<()> {
    let grid = europe()?;
    let people: Vec<f64> = grid.values.iter().map(|v| if v.is_nan() { 0.0 } else { *v }).collect();
    write(task, grid.frame.width, grid.frame.height, &people)
}

/// Writes dense and empty cells in no order.
pub fn prepare_percolation(task: &Task) -> Result<()> {
    let side = task.size.isqrt();
    write(task, side, side, &ground::percolation(side, side, 0.6, 7))
}

fn europe() -> Result<Grid> {
    let raster = Raster::open(&shared::data("degurba/europe/POP.tif")?)?;
    Ok(Grid::read(&raster, 100_000_000)?)
}

fn write(task: &Task, width: usize, height: usize, people: &[f64]) -> Result<()> {
    fs::create_dir_all(&task.folder)?;
    fs::write(task.folder.join("size.json"), serde_json::json!({"width": width, "height": height}).to_string())?;
    ground::write_raw(&task.folder.join("people.f64"), people)
}

/// Classifies it.
pub fn run(task: &Task) -> Result<Measured> {
    let size: serde_json::Value = serde_json::from_str(&fs::read_to_string(task.folder.join("size.json"))?)?;
    let side = |name: &str| size[name].as_u64().unwrap_or_default() as usize;
    let grid = ground::read_raw(&task.folder.join("people.f64"), side("width"), side("height"))?;
    // The number of a cell is read once, its class of each level written once.
    measured(&grid, REPETITIONS, 8.0 + 1.0 + 1.0)
}

/// Writes the world as one file: Europe side by side and one above the other, or a made-up country where Europe is not here.
pub fn prepare_world(task: &Task) -> Result<()> {
    let (tile, (w, h)) = match europe() {
        Ok(grid) => (grid.values, (grid.frame.width, grid.frame.height)),
        Err(_) => (ground::people(EUROPE.0, EUROPE.1, 7), EUROPE),
    };
    write_world(task, "people", |row, column| {
        let is_whole = row < WORLD.1 / h * h && column < WORLD.0 / w * w;
        if is_whole { tile[row % h * w + column % w] } else { f64::NAN }
    })
}

/// Writes the world with its land and its built-up surface: Iberia in every second place, the sea between, so that three
/// tenths of it are land.
pub fn prepare_world_layers(task: &Task) -> Result<()> {
    for (name, file) in [("people", "POP.tif"), ("land", "LAND.tif"), ("built", "BUILT_S.tif")] {
        let raster = Raster::open(&shared::data(&format!("degurba/iberia/{file}"))?)?;
        let Grid { frame, values, .. } = Grid::read(&raster, 100_000_000)?;
        write_world(task, name, |row, column| {
            let is_land = (row / frame.height + column / frame.width) % 2 == 0;
            if is_land { values[row % frame.height * frame.width + column % frame.width] } else { 0.0 }
        })?;
    }
    Ok(())
}

/// Writes a layer of the world, packed; NaN is missing.
fn write_world(task: &Task, name: &str, value: impl Fn(usize, usize) -> f64 + Sync) -> Result<()> {
    let (width, height) = WORLD;
    let mut cells = vec![-1i32; width * height];
    cells.par_chunks_exact_mut(width).enumerate().for_each(|(row, line)| {
        for (column, cell) in line.iter_mut().enumerate() {
            let value = value(row, column);
            *cell = if value.is_nan() { -1 } else { value as i32 };
        }
    });
    let writing = Writing { compression: Compression::Deflate, overviews: Resampling::Sum, nodata: Some(-1.0) };
    fs::create_dir_all(&task.folder)?;
    let frame = Frame { left: -18_041_000.0, top: 9_000_000.0, crs: Crs::Mollweide, ..ground::frame(width, height) };
    Ok(write_cog(&task.folder.join(format!("{name}.tif")), &frame, Pixels::I32(&cells), writing)?)
}

/// Reads and classifies it.
pub fn run_world(task: &Task) -> Result<Measured> {
    // Four bytes a cell in the file once unpacked.
    measured(&Raster::open(&task.folder.join("people.tif"))?, 1, 4.0 + 1.0 + 1.0)
}

/// Reads all three layers and classifies them.
pub fn run_world_layers(task: &Task) -> Result<Measured> {
    let open = |name: &str| Raster::open(&task.folder.join(name));
    let (population, land, built) = (open("people.tif")?, open("land.tif")?, open("built.tif")?);
    let layers =
        Layers { population: &population, land: Some(&land), built: Some(&built), unit: AreaUnit::SquareMetres };
    of_layers(&layers, 1, 3.0 * 4.0 + 1.0 + 1.0)
}

fn measured(people: &dyn Source, repetitions: usize, bytes_per_cell: f64) -> Result<Measured> {
    of_layers(
        &Layers { population: people, land: None, built: None, unit: AreaUnit::Share },
        repetitions,
        bytes_per_cell,
    )
}

fn of_layers(layers: &Layers<'_>, repetitions: usize, bytes_per_cell: f64) -> Result<Measured> {
    let options = Options::ghsl_r2023();
    let stages = Stages::default();
    let (seconds, classes) = clock::repeat(repetitions, || {
        stages.begin();
        Ok(classify(layers, &options, Levels::Both, &|_: f64, stage: &str| stages.tell(stage))?)
    })?;
    let moved = layers.population.frame().n_cells() as f64 * bytes_per_cell;
    Ok(Measured {
        seconds,
        check: check(&classes),
        moved_bytes: Some(moved),
        notes: stages.told(),
        ..Measured::default()
    })
}

/// Cells and people of each class.
fn check(classes: &Classes) -> Vec<f64> {
    let counts = classes.counts_1.iter().chain(&classes.counts_2);
    counts.flat_map(|count| [count.cells as f64, count.population]).collect()
}

/// How long each stage of the last repetition took.
#[derive(Default)]
struct Stages(Mutex<Vec<(String, Instant)>>);

impl Stages {
    fn begin(&self) {
        if let Ok(mut all) = self.0.lock() {
            *all = vec![("reading".to_owned(), Instant::now())];
        }
    }

    fn tell(&self, stage: &str) -> bool {
        if let Ok(mut all) = self.0.lock()
            && all.last().is_some_and(|last| last.0 != stage)
        {
            all.push((stage.to_owned(), Instant::now()));
        }
        true
    }

    fn told(&self) -> Vec<(String, f64)> {
        let now = Instant::now();
        let Ok(all) = self.0.lock() else { return Vec::new() };
        let ends = all.iter().skip(1).map(|s| s.1).chain([now]);
        all.iter().zip(ends).map(|((name, from), to)| (format!("{name}_s"), (to - *from).as_secs_f64())).collect()
    }
}
