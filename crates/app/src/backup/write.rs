//! A run: what is new since the last one, and a manifest that names everything.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    io::Read,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use lake::SegmentId;
use register::{Log, change_line, revision_line};
use rustc_hash::FxHashMap;
use store::{LogEnd, Passing, Store, TableLine};
use vault::{FORMAT, File, Hash, Keep, Lock, LogPart, Manifest, PIECE_BYTES, Piece, Pruned, Table, Vault, Whom};

use crate::{App, enter::is_evidence, error::AppError};

/// Revisions read at once.
const BATCH: u32 = 5_000;
/// Lines are cut into pieces when they reach this many bytes.
const LINES_BYTES: usize = PIECE_BYTES / 2;
/// A part of the log of fewer bytes is a small one.
const SMALL: u64 = 1 << 20;
/// So many small parts at the end of the log are written anew as one: a run an hour would otherwise make a manifest of
/// thousands of them.
const MOST_SMALL: usize = 48;

/// What a run wrote.
#[derive(Clone, Debug)]
pub struct BackedUp {
    /// The run, which holds everything.
    pub manifest: Manifest,
    /// Revisions that no run before it held.
    pub n_new_revisions: u64,
    /// Files that no run before it held.
    pub n_new_files: u64,
    /// Pieces that were written.
    pub n_pieces: u64,
    /// Bytes that were written.
    pub n_bytes: u64,
    /// What was pruned afterwards.
    pub pruned: Option<Pruned>,
}

/// Backs the register up as it is at this moment, while others go on reading and writing. Only what is new is written.
/// The run is there when its manifest is, at the very end: whatever ends it before leaves the runs before it as they
/// were, and pieces that the next pruning sweeps away.
///
/// Errors: the place cannot be written to, it holds another register or a later state of this one, a segment or a file
/// of evidence is damaged or missing here.
pub async fn back_up(
    app: &App,
    vault: &Vault,
    whom: &Whom,
    keep: Option<Keep>,
    at: Timestamp,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<BackedUp, AppError> {
    let store = app.store()?;
    let held = vault.exclusive()?;
    let (last, highest) = vault.newest().await?;
    let lock = whom.lock(last.as_ref())?;
    if let Some(last) = &last {
        refuse_another(store, vault, last).await?;
    }
    // What was encrypted to others, or lies there no more, is written again.
    let base = match last {
        Some(last) if last.recipients == lock.recipients() => {
            let lost = vault.missing(last.pieces().map(|(_, p)| p.name)).await?;
            Some(Base { lost, manifest: last })
        }
        _ => None,
    };
    let mut writer = Writer::new(vault, lock, base.as_ref());

    let mut tables = Tables { writer: &mut writer, done: Vec::new(), lines: Vec::new() };
    let dumped = store.dump(async |line| tables.take(line).await).await;
    let end = dumped.map_err(|e| match e {
        Passing::Store(e) => e.into(),
        Passing::Outside(e) => e,
    })?;
    let tables = tables.finish().await?;

    let held_before = base.as_ref().map_or(0, |b| b.manifest.n_revisions);
    let (log, segments) = write_log(store, &mut writer, base.as_ref(), end, progress).await?;
    let (files, n_new_files) = write_files(app, &mut writer, base.as_ref(), segments).await?;

    let manifest = Manifest {
        ekistics_backup: FORMAT,
        run: highest + 1,
        at,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        schema: end.schema,
        register: first_of(store).await?.filter(|_| end.n_revisions > 0),
        n_changes: end.n_changes,
        n_revisions: end.n_revisions,
        head: Hash(end.head),
        recipients: writer.lock.recipients(),
        wrapped: writer.lock.wrapped(),
        log,
        files,
        tables,
    };
    let (n_pieces, n_bytes) = (writer.n_pieces, writer.n_bytes);
    let manifest = vault.commit(manifest).await?;
    let marker = app.folder()?.last_backup();
    if let Err(error) = fs::write(&marker, format!("{at}\n")) {
        // The backup is there all the same.
        tracing::warn!(path = %marker.display(), %error, "when the last backup was made could not be noted");
    }
    let pruned = match keep {
        Some(keep) => Some(vault.prune(keep, at, held.as_ref()).await?),
        None => None,
    };
    let n_new_revisions = manifest.n_revisions - held_before;
    Ok(BackedUp { manifest, n_new_revisions, n_new_files, n_pieces, n_bytes, pruned })
}

/// The run before, as far as it can be built upon.
struct Base {
    manifest: Manifest,
    lost: BTreeSet<Hash>,
}

impl Base {
    fn has(&self, piece: &Piece) -> bool {
        !self.lost.contains(&piece.name)
    }
}

/// The hash of the first revision.
async fn first_of(store: &Store) -> Result<Option<Hash>, AppError> {
    Ok(store.read(1, 1).await?.pop().map(|(_, revision)| Hash(revision.hash)))
}

/// A place holds one register, and its runs follow one history.
async fn refuse_another(store: &Store, vault: &Vault, last: &Manifest) -> Result<(), AppError> {
    if last.n_revisions == 0 {
        return Ok(());
    }
    if last.register != first_of(store).await? {
        return Err(AppError::AnotherRegister { place: vault.address() });
    }
    let there = store.read(last.n_revisions, 1).await?.pop();
    match there {
        Some((_, revision)) if revision.seq == last.n_revisions && Hash(revision.hash) == last.head => Ok(()),
        _ => Err(AppError::HistoryParted { place: vault.address(), change: last.n_changes }),
    }
}

/// Writes pieces, those only that do not lie there yet.
struct Writer<'a> {
    vault: &'a Vault,
    lock: Lock,
    known: FxHashMap<Hash, Piece>,
    n_pieces: u64,
    n_bytes: u64,
}

impl<'a> Writer<'a> {
    fn new(vault: &'a Vault, lock: Lock, base: Option<&Base>) -> Self {
        let mut known = FxHashMap::default();
        if let Some(base) = base {
            let there = base.manifest.pieces().filter(|(_, p)| base.has(p));
            known.extend(there.map(|(_, p)| (p.content, p.clone())));
        }
        Writer { vault, lock, known, n_pieces: 0, n_bytes: 0 }
    }
    async fn write(&mut self, bytes: Vec<u8>) -> Result<Piece, AppError> {
        let content = Hash::of(&bytes);
        if let Some(piece) = self.known.get(&content) {
            return Ok(piece.clone());
        }
        let piece = self.vault.store(&self.lock, bytes).await?;
        self.n_pieces += 1;
        self.n_bytes += piece.n_stored;
        self.known.insert(content, piece.clone());
        Ok(piece)
    }
}

/// Cuts the lines of tables into pieces.
struct Tables<'a, 'b> {
    writer: &'a mut Writer<'b>,
    done: Vec<Table>,
    lines: Vec<u8>,
}

impl Tables<'_, '_> {
    async fn take(&mut self, line: TableLine) -> Result<(), AppError> {
        match line {
            TableLine::Begin(name) => {
                self.cut().await?;
                self.done.push(Table { name, n_rows: 0, pieces: Vec::new() });
            }
            TableLine::Line(line) => {
                self.lines.extend_from_slice(line.as_bytes());
                self.lines.push(b'\n');
                if let Some(table) = self.done.last_mut() {
                    table.n_rows += 1;
                }
                if self.lines.len() >= LINES_BYTES {
                    self.cut().await?;
                }
            }
        }
        Ok(())
    }
    async fn cut(&mut self) -> Result<(), AppError> {
        if self.lines.is_empty() {
            return Ok(());
        }
        let piece = self.writer.write(std::mem::take(&mut self.lines)).await?;
        if let Some(table) = self.done.last_mut() {
            table.pieces.push(piece);
        }
        Ok(())
    }
    async fn finish(mut self) -> Result<Vec<Table>, AppError> {
        self.cut().await?;
        for table in &mut self.done {
            // The header is a line and no row.
            table.n_rows = table.n_rows.saturating_sub(1);
        }
        Ok(self.done)
    }
}

/// Ids of segments, in order.
type Segments = BTreeSet<String>;

/// The log up to `end`: the parts that lie there, and the revisions after them. Also the segments that those name.
async fn write_log(
    store: &Store,
    writer: &mut Writer<'_>,
    base: Option<&Base>,
    end: LogEnd,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<(Vec<LogPart>, Segments), AppError> {
    let mut parts: Vec<LogPart> = base.map_or_else(Vec::new, |base| {
        base.manifest.log.iter().take_while(|part| base.has(&part.piece)).cloned().collect()
    });
    let n_small = parts.iter().rev().take_while(|part| part.piece.n_bytes < SMALL).count();
    if n_small > MOST_SMALL {
        parts.truncate(parts.len() - n_small);
    }
    let begin = parts.last().map_or(0, |part| part.last);
    // A part may begin within a change; its line stands in the part before.
    let mut current = match begin {
        0 => 0,
        n => store.read(n, 1).await?.pop().map_or(0, |(change, _)| change.number),
    };
    let (mut done, mut segments, mut lines) = (begin, Segments::new(), Vec::<u8>::new());
    let mut head = parts.last().map_or(Hash([0; 32]), |part| part.head);
    let mut first = begin + 1;
    let missing =
        |seq: u64| AppError::Corrupt { path: "register".into(), detail: format!("revision {seq} is missing") };
    while done < end.n_revisions {
        let mut batch = store.read(done + 1, BATCH).await?;
        batch.truncate(usize::try_from(end.n_revisions - done).unwrap_or(usize::MAX));
        if batch.is_empty() {
            return Err(missing(done + 1));
        }
        for (change, revision) in &batch {
            if revision.seq != done + 1 {
                return Err(missing(done + 1));
            }
            if change.number != current {
                current = change.number;
                lines.extend_from_slice(change_line(change).as_bytes());
                lines.push(b'\n');
            }
            lines.extend_from_slice(revision_line(revision).as_bytes());
            lines.push(b'\n');
            segments.extend(revision.segment().map(|s| s.id));
            (done, head) = (revision.seq, Hash(revision.hash));
            if lines.len() >= LINES_BYTES {
                let piece = writer.write(std::mem::take(&mut lines)).await?;
                parts.push(LogPart { first, last: done, head, piece });
                first = done + 1;
            }
        }
        progress(done - begin, end.n_revisions - begin);
    }
    if !lines.is_empty() {
        let piece = writer.write(lines).await?;
        parts.push(LogPart { first, last: done, head, piece });
    }
    if head != Hash(end.head) {
        let detail = "the log does not end at the head that the register remembers".to_owned();
        return Err(AppError::Corrupt { path: "register".into(), detail });
    }
    Ok((parts, segments))
}

/// The segments that the log names and all files of evidence. The log was at its position before the files are looked
/// for, and a file is there before a change names it: so all that it names are found.
async fn write_files(
    app: &App,
    writer: &mut Writer<'_>,
    base: Option<&Base>,
    segments: Segments,
) -> Result<(Vec<File>, u64), AppError> {
    let mut files: BTreeMap<String, Option<File>> = BTreeMap::new();
    if let Some(base) = base {
        for file in &base.manifest.files {
            let is_there = file.pieces.iter().all(|p| base.has(p));
            files.insert(file.name.clone(), is_there.then(|| file.clone()));
        }
    }
    for id in segments {
        files.entry(format!("lake/{id}")).or_insert(None);
    }
    let folder = app.folder()?.evidence();
    for name in list_evidence(&folder).map_err(|e| AppError::file(&folder, &e))? {
        files.entry(format!("evidence/{name}")).or_insert(None);
    }
    let (mut all, mut n_new) = (Vec::with_capacity(files.len()), 0);
    for (name, file) in files {
        let file = match (file, name.split_once('/')) {
            (Some(file), _) => Some(file),
            (None, Some(("lake", id))) => {
                let damaged = |detail: &str| AppError::Corrupt { path: "lake".into(), detail: detail.to_owned() };
                let id = SegmentId::parse(id).ok_or_else(|| damaged(&format!("{id} is no segment id")))?;
                let file = write_file(writer, &name, app.lake()?.path(&id), id.as_str()).await?;
                Some(file.ok_or_else(|| damaged(&format!("segment {id} is not there")))?)
            }
            (None, Some((_, own))) => {
                let hash = own.split('.').next().unwrap_or_default();
                write_file(writer, &name, folder.join(own), hash).await?
            }
            (None, None) => None,
        };
        n_new += u64::from(file.as_ref().is_some_and(|f| base.is_none_or(|b| !b.manifest.files.contains(f))));
        all.extend(file);
    }
    Ok((all, n_new))
}

fn list_evidence(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let names = entries.map(|e| Ok(e?.file_name().to_string_lossy().into_owned()));
    names.filter(|n: &io::Result<String>| n.as_ref().map_or(true, |n| is_evidence(n))).collect()
}

/// A file in pieces; `None` when it is not there. Its name says what hash it has.
async fn write_file(writer: &mut Writer<'_>, name: &str, path: PathBuf, hash: &str) -> Result<Option<File>, AppError> {
    let failed = |e: &io::Error| AppError::file(&path, e);
    let mut source = match fs::File::open(&path) {
        Ok(source) => source,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(failed(&e)),
    };
    let (mut hasher, mut n_bytes, mut pieces) = (blake3::Hasher::new(), 0, Vec::new());
    loop {
        let mut bytes = Vec::new();
        let n = source.by_ref().take(PIECE_BYTES as u64).read_to_end(&mut bytes).map_err(|e| failed(&e))?;
        if n == 0 {
            break;
        }
        hasher.update(&bytes);
        n_bytes += n as u64;
        pieces.push(writer.write(bytes).await?);
    }
    let content = Hash(*hasher.finalize().as_bytes());
    if content.to_string() != hash {
        // A backup of what is damaged would push the whole copies out.
        return Err(AppError::Corrupt { path, detail: format!("its bytes have the hash {content}") });
    }
    Ok(Some(File { name: name.to_owned(), content, n_bytes, pieces }))
}
