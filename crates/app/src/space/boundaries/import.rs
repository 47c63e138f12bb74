//! A file of boundaries into the register in one step, for the command line.

use diag::Diagnostic;
use exchange::NamedBytes;
use jiff::Timestamp;
use register::access::Actor;

use super::{
    preview::{BoundaryCounts, BoundaryLine, judged},
    read::NewBoundaries,
};
use crate::{App, error::AppError, proposals::Written};

/// What became of a file of boundaries.
#[derive(Clone, Debug)]
pub struct ImportedBoundaries {
    /// How many there were.
    pub n: usize,
    /// What each of them is to the register.
    pub lines: Vec<BoundaryLine>,
    /// How many are what.
    pub counts: BoundaryCounts,
    /// Overlaps, gaps and careless drawing.
    pub warnings: Vec<Diagnostic>,
    /// What was written; none when everything was there already, or nothing was to be written.
    pub written: Option<Written>,
}

/// Reads a file of boundaries, shows what it changes to `agree`, and submits its records where that agrees: all or nothing; shapes
/// are kept as evidence. What is there already is not written again.
///
/// Errors: as [`super::read_boundaries`] and [`crate::proposals::submit`]; findings: those that refuse the file, and rules of
/// acceptance.
pub async fn import_boundaries(
    app: &App,
    file: &NamedBytes,
    new: &NewBoundaries,
    (by, reason): (&Actor, &str),
    agree: impl FnOnce(&[BoundaryLine], BoundaryCounts, &[Diagnostic]) -> bool,
    now: Timestamp,
) -> Result<Result<ImportedBoundaries, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    let judged = tokio::task::block_in_place(|| judged(app, &world, file, new, now))?;
    if judged.is_refused() {
        return Ok(Err(judged.findings().to_vec()));
    }
    let (lines, counts, warnings) = (judged.lines.clone(), judged.counts, judged.findings().to_vec());
    let any = counts.added + counts.replaced > 0;
    let written = if agree(&lines, counts, &warnings) && any {
        match judged.write(app, by, reason, world.snapshot().position, now).await? {
            Ok(written) => Some(written),
            Err(found) => return Ok(Err(found)),
        }
    } else {
        None
    };
    Ok(Ok(ImportedBoundaries { n: lines.len(), lines, counts, warnings, written }))
}
