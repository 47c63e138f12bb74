//! The whole log as a file that others can verify.

use std::io::Write;

use register::{Log, change_line, header_line, revision_line};

use crate::{App, error::AppError};

/// Revisions read at once.
const BATCH: u32 = 5_000;

/// Writes the log as it is at this moment, line by line; number of its revisions. Memory: one batch of revisions.
///
/// Errors: the register cannot be read, the file cannot be written.
pub async fn export_log(
    app: &App,
    out: &mut (dyn Write + Send),
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<u64, AppError> {
    let store = app.store()?;
    let (total, head) = store.tip().await?;
    // The change of the last revision: what others write meanwhile is not in the file.
    let last = if total == 0 { None } else { store.read(total, 1).await?.pop() };
    let n_changes = last.map_or(0, |(change, _)| change.number);
    let mut line = |text: String| writeln!(out, "{text}").map_err(|e| AppError::file("log", &e));
    line(header_line(n_changes, total, &head))?;
    let (mut done, mut current) = (0, 0);
    while done < total {
        let mut batch = store.read(done + 1, BATCH).await?;
        batch.truncate(usize::try_from(total - done).unwrap_or(usize::MAX));
        if batch.is_empty() {
            // A log with a gap is written as far as it goes: whoever verifies it is told where it ends.
            break;
        }
        for (change, revision) in &batch {
            if change.number != current {
                current = change.number;
                line(change_line(change))?;
            }
            line(revision_line(revision))?;
            done = revision.seq;
        }
        progress(done, total);
    }
    Ok(total)
}
