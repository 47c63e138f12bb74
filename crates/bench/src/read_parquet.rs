//! Reading a foreign Parquet file of observations: every value judged, every row kept, repeated keys found;
//! against reading the same columns without judging them.
//!
//! Size: observations.

use std::fs;

use anyhow::Result;
use lake::{ParquetLimits, read_parquet, write_parquet};
use model::{
    kinds::Scope,
    observations::{NewRow, Observations},
    value::Period,
};

use crate::{Measured, Task, clock};

const REPETITIONS: usize = 3;

/// Writes the file.
pub fn prepare(task: &Task) -> Result<()> {
    let mut obs = Observations::default();
    for row in 0..task.size {
        let (indicator, place) = (format!("EA-{:02}", row % 40), format!("CITY-{:05}", row / 40 / 25));
        let period = Period::year(2000 + (row / 40 % 25) as i16);
        let value = row as f64 / 8.0;
        obs.push(&NewRow {
            source: "SURVEY-2020",
            numerator: Some(value),
            denominator: Some(100.0),
            ..NewRow::new(&indicator, &place, period, Scope::Global, Some(value))
        });
    }
    fs::create_dir_all(&task.folder)?;
    fs::write(task.folder.join("observations.parquet"), write_parquet(&obs)?)?;
    Ok(())
}

/// Reads it.
pub fn run(task: &Task) -> Result<Measured> {
    let (seconds, reading) = clock::repeat(REPETITIONS, || {
        let bytes = fs::read(task.folder.join("observations.parquet"))?;
        Ok(read_parquet("observations.parquet", bytes, &ParquetLimits::STANDARD))
    })?;
    let total: f64 = reading.observations.value.iter().flatten().sum();
    Ok(Measured {
        seconds,
        check: vec![reading.observations.len() as f64, reading.n_rejected as f64, total],
        ..Measured::default()
    })
}
