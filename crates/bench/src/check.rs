//! Checking a synthetic plan. Size: results; five indicators each.

use anyhow::{Result, anyhow};
use checks::Filter;
use model::Records;
use snapshot::Snapshot;

use crate::{Measured, Task, clock, synthetic};

const REPETITIONS: usize = 5;

/// Nothing lies on disk: the plan is made where it is checked.
pub fn prepare(_: &Task) -> Result<()> {
    Ok(())
}

/// Checks the plan as of its third year.
pub fn run(task: &Task) -> Result<Measured> {
    let mut records = Records::default();
    for (kind, row) in synthetic::plan(task.size, 5) {
        records.put(kind, &row, None).map_err(|missing| anyhow!("{}: {missing:?}", kind.name()))?;
    }
    let snapshot = Snapshot { records, ..Snapshot::default() };
    let on = jiff::civil::date(2016, 12, 31);
    let (seconds, report) = clock::repeat(REPETITIONS, || Ok(checks::check(&snapshot, on, &Filter::ALL)))?;
    Ok(Measured { seconds, check: vec![report.diagnostics.len() as f64] })
}
