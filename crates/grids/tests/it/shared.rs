//! Where the golden data lie, and what several tests read from them.

use std::path::PathBuf;

use grids::raster::{Grid, Raster};

/// A path below the shared data, if they are there.
pub fn data(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/degurba")).join(path);
    path.exists().then_some(path)
}

/// A raster of the shared data in memory.
pub fn grid(path: &str) -> Option<Grid> {
    let raster = Raster::open(&data(path)?).unwrap();
    Some(Grid::read(&raster, 100_000_000).unwrap())
}

/// Rows of a CSV of the shared data.
pub fn rows(path: &str) -> Option<Vec<csv::StringRecord>> {
    Some(csv::Reader::from_path(data(path)?).unwrap().records().map(Result::unwrap).collect())
}
