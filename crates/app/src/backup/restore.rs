//! A register made from a backup, now or as of an instant.

use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use lake::SegmentId;
use register::Op;
use rustc_hash::FxHashSet;
use store::{Item, LogEnd, Passing};
use vault::{File, Hash, Keys, Manifest, Table, Vault, VaultError};

use super::{
    Given,
    log::{Cut, LogReader, walk},
};
use crate::{App, enter::is_evidence, error::AppError};

/// Which state to restore.
#[derive(Clone, Debug, Default)]
pub struct Which {
    /// A run's number; the newest when left out.
    pub run: Option<String>,
    /// Changes written at or before this instant; all when left out.
    pub at: Option<Timestamp>,
}

/// A state that was found and can be opened.
pub struct Chosen {
    manifest: Manifest,
    /// The run whose tables beside the log are taken.
    beside: Manifest,
    keys: Keys,
    keys_beside: Keys,
    cut: Cut,
}

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The run that the log came from.
    pub run: u64,
    /// The run that the tables beside the log came from.
    pub beside: u64,
    /// When that run was.
    pub beside_at: Timestamp,
    /// Changes.
    pub n_changes: u64,
    /// Revisions.
    pub n_revisions: u64,
    /// Head of the chain, in hexadecimal.
    pub head: String,
    /// Segments.
    pub n_segments: u64,
    /// Files of evidence.
    pub n_evidence: u64,
    /// Rows of the tables beside the log.
    pub n_rows: u64,
}

/// Finds the state to restore and makes sure that it can be opened, before anything is made. For an instant the whole
/// chain is read to find where it stood.
///
/// The log is exact to the instant. The tables beside it are known as of each run: those of the newest run that is not
/// later are taken, or of the oldest run when all are.
pub async fn choose_run(
    vault: &Vault,
    given: &Given,
    which: &Which,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Chosen, AppError> {
    let manifest = vault.choose(which.run.as_deref()).await?;
    let keys = given.keys(&manifest)?;
    keys.open_run(&manifest)?;
    let Some(at) = which.at else {
        let cut = Cut::whole(&manifest);
        return Ok(Chosen { beside: manifest.clone(), keys_beside: keys.clone(), manifest, keys, cut });
    };
    let cut = walk(vault, &keys, &manifest, Some(at), progress).await?;
    if cut.n_changes == 0 {
        return Err(AppError::NothingThen { at: at.to_string() });
    }
    let mut beside = None;
    for listed in vault.runs().await? {
        // A run that cannot be read is passed over: an older one does.
        let Ok(candidate) = listed.manifest else { continue };
        let is_earlier = candidate.at <= at && candidate.n_changes <= cut.n_changes;
        if candidate.register == manifest.register && (beside.is_none() || is_earlier) {
            beside = Some(candidate);
        }
    }
    let beside = beside.unwrap_or_else(|| manifest.clone());
    let keys_beside = given.keys(&beside)?;
    keys_beside.open_run(&beside)?;
    Ok(Chosen { manifest, beside, keys, keys_beside, cut })
}

/// Fills a register that has no change yet with a state: all of it or nothing. The chain is recomputed while it is read
/// and once more as it then stands, before it is in force, and every file's hash. Memory: one piece, and the records.
///
/// Errors: the register is not empty or a server has it, a piece is missing or damaged, a key is missing.
pub async fn restore(
    app: &App,
    vault: &Vault,
    chosen: &Chosen,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Restored, AppError> {
    let store = app.store()?;
    store.refuse_unless_empty().await?;
    let _alone = app.serve_lock()?;
    let Cut { n_changes, n_revisions, head } = chosen.cut;
    let end = LogEnd { n_changes, n_revisions, head: head.0, schema: chosen.beside.schema };
    let mut source = Source {
        app,
        vault,
        chosen,
        progress,
        stage: Stage::Log(0),
        reader: LogReader::default(),
        segments: FxHashSet::default(),
        written: Written(Vec::new()),
        n_segments: 0,
        n_evidence: 0,
    };
    let done = store.restore(end, async || source.next().await).await;
    done.map_err(|e| match e {
        Passing::Store(e) => e.into(),
        Passing::Outside(e) => e,
    })?;
    source.written.keep();
    Ok(Restored {
        run: chosen.manifest.run,
        beside: chosen.beside.run,
        beside_at: chosen.beside.at,
        n_changes,
        n_revisions,
        head: head.to_string(),
        n_segments: source.n_segments,
        n_evidence: source.n_evidence,
        n_rows: chosen.beside.tables.iter().map(|t| t.n_rows).sum(),
    })
}

/// How far a restore is.
enum Stage {
    /// This part of the log is next.
    Log(usize),
    /// The files are next.
    Files,
    /// This table is next.
    Table(usize),
    /// This piece of this table is next.
    Lines(usize, usize),
}

/// Hands over a state piece by piece.
struct Source<'a> {
    app: &'a App,
    vault: &'a Vault,
    chosen: &'a Chosen,
    progress: &'a (dyn Fn(u64, u64) + Sync),
    stage: Stage,
    reader: LogReader,
    segments: FxHashSet<String>,
    written: Written,
    n_segments: u64,
    n_evidence: u64,
}

impl Source<'_> {
    async fn next(&mut self) -> Result<Option<Item>, AppError> {
        loop {
            match self.stage {
                Stage::Log(at) => match self.chosen.manifest.log.get(at) {
                    Some(part) if part.first <= self.chosen.cut.n_revisions => {
                        self.stage = Stage::Log(at + 1);
                        return self.log(at).await.map(Some);
                    }
                    _ => self.stage = Stage::Files,
                },
                // Before the register is in force, all that it names is there.
                Stage::Files => {
                    self.files().await?;
                    self.stage = Stage::Table(0);
                }
                Stage::Table(at) => {
                    let Some(table) = self.chosen.beside.tables.get(at) else { return Ok(None) };
                    self.stage = Stage::Lines(at, 0);
                    return Ok(Some(Item::Table(table.name.clone())));
                }
                Stage::Lines(at, piece) => match self.chosen.beside.tables.get(at) {
                    Some(table) if piece < table.pieces.len() => {
                        self.stage = Stage::Lines(at, piece + 1);
                        return self.lines(table, piece).await.map(Some);
                    }
                    _ => self.stage = Stage::Table(at + 1),
                },
            }
        }
    }

    async fn log(&mut self, at: usize) -> Result<Item, AppError> {
        let cut = self.chosen.cut;
        let part = &self.chosen.manifest.log[at];
        let bytes = self.vault.load(&self.chosen.keys, &part.of(), &part.piece).await?;
        let mut lines = self.reader.read(part, &bytes)?;
        lines.changes.retain(|c| c.number <= cut.n_changes);
        lines.revisions.retain(|r| r.seq <= cut.n_revisions);
        let added = lines.revisions.iter().filter(|r| r.op == Op::AddSegment);
        self.segments.extend(added.filter_map(|r| Some(r.segment()?.id)));
        (self.progress)(part.last.min(cut.n_revisions), cut.n_revisions);
        Ok(Item::Log { changes: lines.changes, revisions: lines.revisions })
    }

    async fn lines(&self, table: &Table, piece: usize) -> Result<Item, AppError> {
        let piece = &table.pieces[piece];
        let bytes = self.vault.load(&self.chosen.keys_beside, &table.of(), piece).await?;
        let damaged = |e: std::str::Utf8Error| VaultError::Damaged {
            piece: piece.name.to_string(),
            of: table.of(),
            detail: e.to_string(),
        };
        let text = std::str::from_utf8(&bytes).map_err(damaged)?;
        Ok(Item::Lines(text.lines().map(str::to_owned).collect()))
    }

    /// Lays the segments that the log names and all evidence in their places.
    async fn files(&mut self) -> Result<(), AppError> {
        let manifest = &self.chosen.manifest;
        let mut missing = std::mem::take(&mut self.segments);
        for file in &manifest.files {
            match file.name.split_once('/') {
                Some(("lake", id)) if missing.remove(id) => {
                    // A name from elsewhere never becomes a path out of the folder.
                    let Some(id) = SegmentId::parse(id) else { continue };
                    self.lay(file, &self.app.lake()?.path(&id)).await?;
                    self.n_segments += 1;
                }
                Some(("evidence", name)) if is_evidence(name) => {
                    self.lay(file, &self.app.folder()?.evidence().join(name)).await?;
                    self.n_evidence += 1;
                }
                _ => {}
            }
        }
        match missing.into_iter().next() {
            Some(id) => {
                let of = format!("run {}", vault::run_name(manifest.run));
                Err(VaultError::Missing { piece: format!("lake/{id}"), of }.into())
            }
            None => Ok(()),
        }
    }

    async fn lay(&mut self, file: &File, path: &Path) -> Result<(), AppError> {
        let failed = |e: io::Error| AppError::file(path, &e);
        if hash_of(path).map_err(failed)? == Some(file.content) {
            return Ok(());
        }
        let folder = path.parent().unwrap_or(path);
        fs::create_dir_all(folder).map_err(failed)?;
        let half = path.with_extension("restoring");
        let mut out = fs::File::create(&half).map_err(failed)?;
        self.written.0.push(half.clone());
        let mut hasher = blake3::Hasher::new();
        for piece in &file.pieces {
            let bytes = self.vault.load(&self.chosen.keys, &file.name, piece).await?;
            hasher.update(&bytes);
            out.write_all(&bytes).map_err(failed)?;
        }
        let found = Hash(*hasher.finalize().as_bytes());
        if found != file.content {
            let detail = format!("its pieces together have the hash {found}");
            let piece = format!("run {}", vault::run_name(self.chosen.manifest.run));
            return Err(VaultError::Damaged { piece, of: file.name.clone(), detail }.into());
        }
        out.sync_all().and_then(|()| fs::rename(&half, path)).map_err(failed)?;
        self.written.0.pop();
        self.written.0.push(path.to_owned());
        // The move must survive a power cut as the register does.
        if cfg!(unix) {
            fs::File::open(folder).and_then(|f| f.sync_all()).map_err(failed)?;
        }
        Ok(())
    }
}

/// The hash of a file that may be there.
fn hash_of(path: &Path) -> io::Result<Option<Hash>> {
    let mut file = match fs::File::open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(e),
    };
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut file, &mut hasher)?;
    Ok(Some(Hash(*hasher.finalize().as_bytes())))
}

/// Files that this restore laid; taken away again unless it comes to its end.
struct Written(Vec<PathBuf>);

impl Written {
    fn keep(&mut self) {
        self.0.clear();
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for path in &self.0 {
            // What cannot be removed is named by its hash and harms nobody.
            let _ = fs::remove_file(path);
        }
    }
}
