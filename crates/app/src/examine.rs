//! A look at an installation's register and lake, as `ekistics doctor` takes it: quick, and without changing anything.

use jiff::Timestamp;
use lake::SegmentId;
use register::{LiveSegment, Log, Upto};

use crate::{
    App,
    error::AppError,
    verify::{BrokenAt, verify_last},
};

/// What was found.
#[derive(Debug)]
pub struct Examined {
    /// The database's address without its password, or its file.
    pub place: String,
    /// Its name and version.
    pub database: String,
    /// Number of its schema.
    pub schema: i64,
    /// Number of the newest schema that this program knows.
    pub newest_schema: i64,
    /// Position of the register.
    pub position: u64,
    /// When its last change was written.
    pub changed_at: Option<Timestamp>,
    /// How many of the last revisions are right, or the first that is not.
    pub chain: Result<u64, BrokenAt>,
    /// Segments in force, or why they are not known: a record that was altered cannot be read.
    pub segments: Result<Vec<SegmentFile>, AppError>,
}

/// A segment in force.
#[derive(Clone, Debug)]
pub struct SegmentFile {
    /// Its name, which is the hash of its bytes.
    pub id: String,
    /// The change that brought it.
    pub change: u64,
    /// Size that was written down when it was brought, in bytes.
    pub expected_bytes: u64,
    /// Size of its file, in bytes; `None` when there is no file.
    pub n_bytes: Option<u64>,
}

/// Looks at the register and the lake; recomputes at most so many revisions, and no segment.
pub async fn examine(app: &App, most_revisions: u64) -> Result<Examined, AppError> {
    let store = app.store()?;
    let (schema, newest_schema) = store.schema().await?;
    let last = store.changes(None, 1).await?.into_iter().next();
    Ok(Examined {
        place: store.place(),
        database: store.database_version().await?,
        schema,
        newest_schema,
        position: store.head().await?.0,
        changed_at: last.map(|s| s.change.at),
        chain: verify_last(app, most_revisions).await?,
        segments: segments(app).await,
    })
}

async fn segments(app: &App) -> Result<Vec<SegmentFile>, AppError> {
    let folded = app.store()?.fold(Upto::Now).await?;
    let lake = app.lake()?;
    let size = |id: &str| std::fs::metadata(lake.path(&SegmentId::parse(id)?)).ok().filter(|m| m.is_file());
    let file = |s: &LiveSegment| SegmentFile {
        id: s.segment.id.clone(),
        change: s.change,
        expected_bytes: s.segment.n_bytes,
        n_bytes: size(&s.segment.id).map(|m| m.len()),
    };
    Ok(folded.segments.iter().map(file).collect())
}
