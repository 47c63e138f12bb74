//! What a file of boundaries would write, shown before anything is written: the file waits on this node, by a name that nobody can
//! guess, until somebody confirms it, reads it otherwise, or newer ones take its room.

use std::{collections::BTreeMap, sync::Arc};

use diag::Diagnostic;
use exchange::NamedBytes;
use geo::MultiPolygon;
use jiff::{Timestamp, civil::Date};
use model::{
    Records,
    kinds::{Boundary, BoundaryDefinition, Place},
    record::Record,
    value::Id,
};
use register::{Draft, Proposal, access::Actor};

use super::{
    keep::{boundary_shape, kept},
    read::{NewBoundaries, ReadBoundaries, ReadBoundary, read_boundaries},
    shelf::Waiting,
};
use crate::{
    App,
    error::AppError,
    import::token,
    proposals::{Ready, Written, submit},
    world::World,
};

/// Corners that are drawn at most: a picture of more takes longer than a look at it.
const MOST_DRAWN: i64 = 200_000;

/// What a boundary of a file is to the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundaryBecomes {
    /// A version that is not there yet.
    New,
    /// It takes the place of the same version.
    Replaced,
    /// It is there already.
    Equal,
}

impl BoundaryBecomes {
    /// Its word in tables of words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Replaced => "replaced",
            Self::Equal => "equal",
        }
    }
}

/// The version that held before.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryBefore {
    /// The first day on which it holds.
    pub valid_from: Date,
    /// Its area.
    pub area_km2: f64,
}

/// A boundary of a file and what it changes.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryLine {
    /// The place.
    pub place: Id<Place>,
    /// What the file calls it.
    pub name: String,
    /// By what it is bounded.
    pub definition: BoundaryDefinition,
    /// The first day on which it holds.
    pub valid_from: Date,
    /// Its area.
    pub area_km2: f64,
    /// Its corners.
    pub corners: i64,
    /// What it is to the register.
    pub becomes: BoundaryBecomes,
    /// The version that it takes the place of, or the one in force when it begins; of the file itself, where that brings one.
    pub before: Option<BoundaryBefore>,
    /// How much larger it is than that version: percent, below 0 where it is smaller.
    pub change_percent: Option<f64>,
}

/// How many boundaries are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct BoundaryCounts {
    /// Versions that are not there yet.
    pub added: usize,
    /// Versions that change.
    pub replaced: usize,
    /// Versions that are there already.
    pub unchanged: usize,
}

/// What a file of boundaries would write.
#[derive(Clone, Debug)]
pub struct BoundaryPreview {
    /// Its name on this node.
    pub token: String,
    /// The file.
    pub name: String,
    /// What was said with the file.
    pub new: NewBoundaries,
    /// Its boundaries, in the order of the file.
    pub lines: Vec<BoundaryLine>,
    /// How many of them are what.
    pub counts: BoundaryCounts,
    /// What was found: the first, errors before warnings.
    pub findings: Vec<Diagnostic>,
    /// How many there are in all.
    pub n_findings: usize,
    /// Whether it can be confirmed: nothing refuses it, and it would write something.
    pub can_confirm: bool,
}

/// What a picture of a file shows: shapes in longitude and latitude with their places.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundaryMap {
    /// The boundaries of the file.
    pub new: Vec<(Id<Place>, MultiPolygon<f64>)>,
    /// The versions of the register before them.
    pub before: Vec<(Id<Place>, MultiPolygon<f64>)>,
}

/// A file of boundaries as it is handed in.
pub enum BoundaryFile {
    /// Its bytes.
    Sent(NamedBytes),
    /// One that was sent before and waits here.
    Waiting(String),
}

/// Reads a file of boundaries and says what it would change. Nothing is written; the file waits for a word.
///
/// A file that cannot be read gives a preview without lines, whose findings say why, and can be read again with other words.
///
/// Errors: a file that waited no longer does, a disk that is full.
pub async fn preview_boundaries(
    app: &App,
    file: BoundaryFile,
    new: &NewBoundaries,
    now: Timestamp,
) -> Result<BoundaryPreview, AppError> {
    let world = app.world().await?;
    let waiting = tokio::task::block_in_place(|| {
        let file = match file {
            BoundaryFile::Sent(file) => file,
            BoundaryFile::Waiting(token) => {
                let waiting = app.shelf().find(&token).ok_or(AppError::Expired)?;
                waiting.read()?
            }
        };
        judged(app, &world, &file, new, now).and_then(|judged| judged.waiting(&file))
    })?;
    let preview = waiting.preview.as_ref().clone();
    app.shelf().put(waiting);
    Ok(preview)
}

/// A file of boundaries that waits for a word.
pub fn boundary_preview(app: &App, token: &str) -> Option<Arc<BoundaryPreview>> {
    app.shelf().find(token).map(|waiting| waiting.preview.clone())
}

/// The boundaries of a file that waits, and the versions before them; none where there are too many to be drawn.
pub fn boundary_map(app: &App, token: &str) -> Option<Arc<BoundaryMap>> {
    app.shelf().find(token)?.map.clone()
}

/// Submits the boundaries of a file as it was shown: what is new and what changes, all or nothing.
///
/// Errors: a file that does not wait any more, or would write something else by now; as [`submit`]. Findings: rules of acceptance.
pub async fn confirm_boundaries(
    app: &App,
    token: &str,
    by: &Actor,
    reason: &str,
    now: Timestamp,
) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
    let waiting = app.shelf().find(token).filter(|of| of.preview.can_confirm).ok_or(AppError::Expired)?;
    let world = app.world().await?;
    let judged = tokio::task::block_in_place(|| {
        let file = waiting.read()?;
        judged(app, &world, &file, &waiting.preview.new, now)
    })?;
    // What is written is what was shown.
    if judged.digest() != waiting.digest {
        return Err(AppError::Expired);
    }
    let done = judged.write(app, by, reason, waiting.against, now).await?;
    if done.is_ok() {
        app.shelf().take(token);
    }
    Ok(done)
}

/// A file of boundaries that was read and compared.
pub(super) struct Judged {
    read: ReadBoundaries,
    pub lines: Vec<BoundaryLine>,
    pub counts: BoundaryCounts,
    map: Option<Arc<BoundaryMap>>,
    new: NewBoundaries,
    against: u64,
}

/// Reads a file of boundaries and compares it with the register.
pub(super) fn judged(
    app: &App,
    world: &World,
    file: &NamedBytes,
    new: &NewBoundaries,
    now: Timestamp,
) -> Result<Judged, AppError> {
    let mut read = match read_boundaries(app, world, file, new) {
        Ok(read) => read,
        Err(AppError::Refused(findings)) => {
            ReadBoundaries { n_findings: findings.len(), findings, boundaries: Vec::new() }
        }
        Err(other) => return Err(other),
    };
    let records = world.records();
    let diff = register::diff(records, read.boundaries.iter().map(draft).collect());
    let position = world.snapshot().position;
    let proposal = Proposal {
        author: String::new(),
        at: now,
        reason: String::new(),
        undoes: None,
        against: position,
        edits: diff.edits(),
    };
    let (_, told) = register::accept(records, proposal);
    read.n_findings += told.len();
    read.findings.extend(told);
    read.findings.sort_by_key(|found| !found.blocks());
    let (added, changed): (Vec<&str>, Vec<&str>) =
        (diff.added.iter().map(|of| of.id.as_str()).collect(), diff.changed.iter().map(|of| of.id.as_str()).collect());
    let ids: BTreeMap<&str, BoundaryBecomes> = added
        .into_iter()
        .map(|id| (id, BoundaryBecomes::New))
        .chain(changed.into_iter().map(|id| (id, BoundaryBecomes::Replaced)))
        .collect();
    let lines = lines(records, &read.boundaries, &ids);
    let mut counts = BoundaryCounts::default();
    for line in &lines {
        match line.becomes {
            BoundaryBecomes::New => counts.added += 1,
            BoundaryBecomes::Replaced => counts.replaced += 1,
            BoundaryBecomes::Equal => counts.unchanged += 1,
        }
    }
    let map = map(app, records, &read.boundaries, &lines);
    Ok(Judged { read, lines, counts, map, new: new.clone(), against: position })
}

fn draft(of: &ReadBoundary) -> Draft {
    Draft { kind: Boundary::KIND, row: of.record.to_row(), origin: None }
}

impl Judged {
    /// What was found.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.read.findings
    }

    /// Whether something refuses the file.
    pub fn is_refused(&self) -> bool {
        self.read.is_refused()
    }

    /// A fingerprint of what would be written.
    fn digest(&self) -> blake3::Hash {
        let mut hash = blake3::Hasher::new();
        for (of, line) in self.read.boundaries.iter().zip(&self.lines) {
            let parts = [of.record.id(), of.record.shape.0.clone(), line.becomes.as_str().to_owned()];
            parts.iter().for_each(|part| {
                hash.update(part.as_bytes()).update(b"\n");
            });
        }
        hash.finalize()
    }

    fn waiting(self, file: &NamedBytes) -> Result<Waiting, AppError> {
        let digest = self.digest();
        let can_confirm = !self.is_refused() && self.counts.added + self.counts.replaced > 0;
        let preview = BoundaryPreview {
            token: token(),
            name: file.name.clone(),
            new: self.new,
            lines: self.lines,
            counts: self.counts,
            findings: self.read.findings,
            n_findings: self.read.n_findings,
            can_confirm,
        };
        Waiting::keep(file, preview, digest, self.map, self.against)
    }

    /// Submits what is new and what changes.
    pub async fn write(
        self,
        app: &App,
        by: &Actor,
        reason: &str,
        against: u64,
        now: Timestamp,
    ) -> Result<Result<Written, Vec<Diagnostic>>, AppError> {
        let differs = self.read.boundaries.into_iter().zip(&self.lines);
        let differs = differs.filter(|(_, line)| line.becomes != BoundaryBecomes::Equal).map(|(of, _)| of).collect();
        let edits = kept(app, differs).await?;
        submit(app, by, Ready { reason: reason.to_owned(), edits, against, ..Ready::default() }, now).await
    }
}

/// The boundaries of a file beside the versions before them.
fn lines(records: &Records, read: &[ReadBoundary], ids: &BTreeMap<&str, BoundaryBecomes>) -> Vec<BoundaryLine> {
    // Versions of the register, then those of the file, which take the place of the same ones.
    let mut versions: BTreeMap<(&str, &str), BTreeMap<Date, f64>> = BTreeMap::new();
    let mut held: BTreeMap<(&str, &str), BTreeMap<Date, f64>> = BTreeMap::new();
    for of in records.boundaries.iter() {
        let key = (of.place.as_str(), of.definition.as_str());
        versions.entry(key).or_default().insert(of.valid_from, of.area_km2);
        held.entry(key).or_default().insert(of.valid_from, of.area_km2);
    }
    for ReadBoundary { record: of, .. } in read {
        let key = (of.place.as_str(), of.definition.as_str());
        versions.entry(key).or_default().insert(of.valid_from, of.area_km2);
    }
    let line = |of: &ReadBoundary| {
        let record = &of.record;
        let key = (record.place.as_str(), record.definition.as_str());
        let same = held.get(&key).and_then(|held| held.get_key_value(&record.valid_from));
        let earlier = versions.get(&key).and_then(|all| all.range(..record.valid_from).next_back());
        let before = same.or(earlier).map(|(day, area)| BoundaryBefore { valid_from: *day, area_km2: *area });
        let change = before.as_ref().filter(|before| before.area_km2 > 0.0);
        BoundaryLine {
            place: record.place.clone(),
            name: of.name.clone(),
            definition: record.definition,
            valid_from: record.valid_from,
            area_km2: record.area_km2,
            corners: record.corners.0,
            becomes: ids.get(record.id().as_str()).copied().unwrap_or(BoundaryBecomes::Equal),
            change_percent: change.map(|before| 100.0 * (record.area_km2 / before.area_km2 - 1.0)),
            before,
        }
    };
    read.iter().map(line).collect()
}

/// The boundaries of a file, and the versions of the register before them; none of more than can be drawn at once.
fn map(app: &App, records: &Records, read: &[ReadBoundary], lines: &[BoundaryLine]) -> Option<Arc<BoundaryMap>> {
    let before = |line: &BoundaryLine| {
        let day = line.before.as_ref()?.valid_from;
        records.boundaries.get(format!("{}/{}/{day}", line.place, line.definition.as_str()))
    };
    let held: Vec<&Boundary> = lines.iter().filter_map(before).collect();
    let corners = lines.iter().map(|line| line.corners).sum::<i64>() + held.iter().map(|b| b.corners.0).sum::<i64>();
    if read.is_empty() || corners > MOST_DRAWN {
        return None;
    }
    // A shape whose file is gone says nothing against the new one.
    let earlier = held.iter().filter_map(|of| Some((of.place.clone(), boundary_shape(app, of).ok()?)));
    let new = read.iter().map(|of| (of.record.place.clone(), of.shape.clone()));
    Some(Arc::new(BoundaryMap { before: earlier.collect(), new: new.collect() }))
}
