//! The mean of a variable with its standard error in 50 domains, over a stratified cluster sample in a Parquet file; and a
//! mean with 96 replicate weights.
//!
//! Size: rows. 500 strata of 20 sampled units each; rows come in no order.

use std::{fs::File, path::Path, sync::Arc};

use anyhow::{Result, anyhow};
use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch};
use model::value::Lang;
use parquet::{arrow::ArrowWriter, file::properties::WriterProperties};
use serde_json::{Value as Json, json};

use crate::{Measured, Task, clock, dice::Dice};

const REPETITIONS: usize = 3;
const ROWS_AT_ONCE: usize = 131_072;
const REPLICATES: usize = 96;
const FILE: &str = "survey.parquet";

fn write(path: &Path, size: usize, mut columns: impl FnMut(usize) -> Vec<(String, ArrayRef)>) -> Result<()> {
    let mut writer: Option<ArrowWriter<File>> = None;
    let mut left = size;
    while left > 0 {
        let n = left.min(ROWS_AT_ONCE);
        let batch = RecordBatch::try_from_iter(columns(n))?;
        let writer = match &mut writer {
            Some(writer) => writer,
            none => {
                let properties = WriterProperties::builder().set_max_row_group_row_count(Some(ROWS_AT_ONCE)).build();
                none.insert(ArrowWriter::try_new(File::create(path)?, batch.schema(), Some(properties))?)
            }
        };
        writer.write(&batch)?;
        left -= n;
    }
    if let Some(writer) = writer {
        writer.close()?;
    }
    Ok(())
}

/// Writes the sample.
pub fn prepare(task: &Task) -> Result<()> {
    let mut dice = Dice(1);
    std::fs::create_dir_all(&task.folder)?;
    write(&task.folder.join(FILE), task.size, |n| {
        let units: Vec<i64> = (0..n).map(|_| dice.below(10_000) as i64).collect();
        let strata: Vec<i64> = units.iter().map(|u| u / 20).collect();
        let domains: Vec<i64> = (0..n).map(|_| dice.below(50) as i64).collect();
        let weights: Vec<f64> = (0..n).map(|_| 1.0 + dice.below(4_000) as f64 / 1_000.0).collect();
        let y: Vec<f64> = (0..n).map(|_| dice.below(100_000) as f64 / 1_000.0).collect();
        vec![
            ("stratum".into(), Arc::new(Int64Array::from(strata)) as ArrayRef),
            ("psu".into(), Arc::new(Int64Array::from(units))),
            ("domain".into(), Arc::new(Int64Array::from(domains))),
            ("w".into(), Arc::new(Float64Array::from(weights))),
            ("y".into(), Arc::new(Float64Array::from(y))),
        ]
    })
}

/// Estimates the means.
pub fn run(task: &Task) -> Result<Measured> {
    let design = json!({"ids": ["psu"], "strata": "stratum", "weights": "w"});
    asked(task, &design, &json!({"type": "mean", "vars": "y", "by": "domain"}))
}

/// Writes a sample with replicate weights.
pub fn prepare_replicates(task: &Task) -> Result<()> {
    let mut dice = Dice(2);
    std::fs::create_dir_all(&task.folder)?;
    write(&task.folder.join(FILE), task.size, |n| {
        let y: Vec<f64> = (0..n).map(|_| dice.below(100_000) as f64 / 1_000.0).collect();
        let mut columns: Vec<(String, ArrayRef)> = vec![
            ("y".into(), Arc::new(Float64Array::from(y))),
            (
                "w".into(),
                Arc::new(Float64Array::from_iter_values((0..n).map(|_| 1.0 + dice.below(400) as f64 / 100.0))),
            ),
        ];
        // The rows of one sampled unit have the same factors: 0 or 2, as balanced halves have.
        let units: Vec<u64> = (0..n).map(|_| dice.below(192)).collect();
        for replicate in 1..=REPLICATES {
            let factor = |unit: &u64| 2.0 * (Dice(*unit * 1_000 + replicate as u64).next() % 2) as f64;
            let factors = Float64Array::from_iter_values(units.iter().map(factor));
            columns.push((format!("rep{replicate}"), Arc::new(factors)));
        }
        columns
    })
}

/// Estimates the mean with them.
pub fn run_replicates(task: &Task) -> Result<Measured> {
    let names: Vec<String> = (1..=REPLICATES).map(|r| format!("rep{r}")).collect();
    let design = json!({"weights": "w", "repweights": names, "scale": 1.0 / REPLICATES as f64, "mse": true});
    asked(task, &design, &json!({"type": "mean", "vars": "y"}))
}

fn asked(task: &Task, design: &Json, statistic: &Json) -> Result<Measured> {
    let case = json!({"id": "bench", "data": FILE, "design": design, "statistic": statistic});
    let text = json!({ "cases": [case] }).to_string();
    let folders = [task.folder.clone()];
    let (seconds, found) = clock::repeat(REPETITIONS, || {
        app::estimate_cases(&text, &folders, Lang::En).map_err(|found| anyhow!("{found:?}"))
    })?;
    let rows = found["cases"][0]["results"].as_array().ok_or_else(|| anyhow!("{found}"))?;
    let sum = |key: &str| rows.iter().filter_map(|row| row[key].as_f64()).sum::<f64>();
    Ok(Measured { seconds, check: vec![rows.len() as f64, sum("estimate"), sum("se")], ..Measured::default() })
}
