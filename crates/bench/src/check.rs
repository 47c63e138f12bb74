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
    slowest(&snapshot, on);
    let (seconds, report) = clock::repeat(REPETITIONS, || Ok(checks::check(&snapshot, on, &Filter::ALL)))?;
    Ok(Measured { seconds, check: vec![report.diagnostics.len() as f64], ..Measured::default() })
}

/// Names the five slowest checks on standard error, each timed alone: where to look when the table grows.
fn slowest(snapshot: &Snapshot, on: jiff::civil::Date) {
    let start = std::time::Instant::now();
    let context = checks::Context::new(snapshot, on);
    eprintln!("context {:.3} s", start.elapsed().as_secs_f64());
    let mut times: Vec<(f64, &str)> = checks::CHECKS
        .iter()
        .map(|check| {
            let start = std::time::Instant::now();
            (check.run)(&context, &mut Vec::new());
            (start.elapsed().as_secs_f64(), check.code.id)
        })
        .collect();
    times.sort_by(|a, b| b.0.total_cmp(&a.0));
    for (seconds, code) in times.iter().take(5) {
        eprintln!("{code} {seconds:.3} s");
    }
}
