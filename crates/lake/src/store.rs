//! The folder that holds the segments: an object store of which every object is written once.
//!
//! A segment appears whole or not at all: it is written beside its place, synced, and moved there.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, BufWriter, Read, Write},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use model::{observations::Observations, order::key_order};

use crate::{LakeError, Segment, SegmentId, error::at, read::SegmentFile, write::Encoder};

const UNFINISHED: &str = "unfinished-";

/// How large the units of reading are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sizes {
    /// Rows of a row group: the least that is read, and what one thread encodes at a time.
    pub rows_in_group: usize,
    /// Rows that one thread reads at least before it takes the next part of the keys.
    pub rows_in_part: usize,
}

impl Sizes {
    /// Large enough that dictionaries pay, small enough that each thread can hold a part.
    pub const USUAL: Sizes = Sizes { rows_in_group: 131_072, rows_in_part: 1_000_000 };
}

/// Segments of observations in a folder. A clone is the same lake.
#[derive(Clone, Debug)]
pub struct Lake {
    dir: PathBuf,
    pub(crate) sizes: Sizes,
    /// Footers that were read; a segment never changes, so they never grow stale.
    footers: Arc<Mutex<BTreeMap<SegmentId, Arc<SegmentFile>>>>,
}

impl Lake {
    /// Opens a folder, which is made if it is not there. Errors: the folder cannot be made.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Lake, LakeError> {
        Lake::open_sized(dir, Sizes::USUAL)
    }

    /// Opens a folder with other sizes; segments written with any sizes can be read with any.
    pub fn open_sized(dir: impl Into<PathBuf>, sizes: Sizes) -> Result<Lake, LakeError> {
        let dir = dir.into();
        fs::create_dir_all(&dir).map_err(at(&dir))?;
        Ok(Lake { dir, sizes, footers: Arc::default() })
    }

    /// Where a segment lies.
    pub fn path(&self, id: &SegmentId) -> PathBuf {
        self.dir.join(id.relative_path())
    }

    /// Whether a segment is in the folder.
    pub fn contains(&self, id: &SegmentId) -> bool {
        self.path(id).is_file()
    }

    /// Writes observations as one segment, sorted by natural key, then change.
    ///
    /// A row whose change is 0 belongs to the change that will register the segment. Writing the same rows
    /// again gives the same name and leaves the file as it is. Errors: no space or permission
    /// ([`LakeError::Io`]; nothing stays behind), a period without a text.
    pub fn write_segment(&self, obs: &Observations) -> Result<Segment, LakeError> {
        if u32::try_from(obs.len()).is_err() {
            return Err(LakeError::TooManyRows(obs.len()));
        }
        self.write_sorted(obs, &key_order(obs))
    }

    /// Writes observations whose [`key_order`] is known already.
    pub fn write_sorted(&self, obs: &Observations, order: &[u32]) -> Result<Segment, LakeError> {
        let mut draft = self.draft()?;
        draft.append(obs, order)?;
        draft.finish(self)
    }

    /// Reads every byte of a segment again and compares its hash with its name.
    ///
    /// Errors: [`LakeError::Missing`], [`LakeError::Damaged`].
    pub fn verify_segment(&self, id: &SegmentId) -> Result<(), LakeError> {
        let path = self.path(id);
        let mut file = File::open(&path).map_err(|e| missing(id, &path, e))?;
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0u8; 1 << 18];
        loop {
            match file.read(&mut buffer).map_err(at(&path))? {
                0 => break,
                n => hasher.update(&buffer[..n]),
            };
        }
        let found = SegmentId::of(&hasher.finalize());
        if found == *id {
            return Ok(());
        }
        Err(LakeError::Damaged { id: id.clone(), detail: format!("its bytes have the hash {found}") })
    }

    /// Removes what writers that were killed left behind; how many files. Only for the process that holds the
    /// folder alone: another one's segment in the making would be lost.
    pub fn remove_unfinished(&self) -> Result<usize, LakeError> {
        let mut n = 0;
        for entry in fs::read_dir(&self.dir).map_err(at(&self.dir))? {
            let entry = entry.map_err(at(&self.dir))?;
            if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
                fs::remove_file(entry.path()).map_err(at(&entry.path()))?;
                n += 1;
            }
        }
        Ok(n)
    }

    /// The footer of a segment, read once.
    pub(crate) fn footer(&self, id: &SegmentId) -> Result<Arc<SegmentFile>, LakeError> {
        let held = self.footers.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(file) = held {
            return Ok(file);
        }
        let path = self.path(id);
        let file = Arc::new(SegmentFile::open(id, &path).map_err(|e| match e {
            LakeError::Io { path, source } => missing(id, &path, source),
            other => other,
        })?);
        self.footers.lock().unwrap_or_else(PoisonError::into_inner).insert(id.clone(), file.clone());
        Ok(file)
    }

    /// Starts a segment of rows that come in order, piece by piece.
    pub(crate) fn draft(&self) -> Result<Draft, LakeError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let name = format!("{UNFINISHED}{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = self.dir.join(name);
        let file = File::create(&path).map_err(at(&path))?;
        let guard = RemoveOnDrop(path);
        let sink = Hashing { file: BufWriter::with_capacity(1 << 18, file), hasher: blake3::Hasher::new(), n_bytes: 0 };
        Ok(Draft { encoder: Encoder::new(sink, self.sizes.rows_in_group)?, guard })
    }
}

fn missing(id: &SegmentId, path: &Path, error: io::Error) -> LakeError {
    match error.kind() {
        io::ErrorKind::NotFound => LakeError::Missing(id.clone()),
        _ => at(path)(error),
    }
}

/// A segment in the making; dropped before it is finished, it leaves nothing.
pub(crate) struct Draft {
    encoder: Encoder<Hashing>,
    guard: RemoveOnDrop,
}

impl Draft {
    /// Appends rows in the order of a segment.
    pub fn append(&mut self, obs: &Observations, order: &[u32]) -> Result<(), LakeError> {
        self.encoder.append(obs, order).map_err(|e| self.guard.named(e))
    }

    /// Moves the finished file to its place.
    pub fn finish(self, lake: &Lake) -> Result<Segment, LakeError> {
        let Draft { encoder, guard } = self;
        let (mut sink, n_rows) = encoder.finish().map_err(|e| guard.named(e))?;
        sink.file.flush().and_then(|()| sink.file.get_ref().sync_all()).map_err(at(&guard.0))?;
        let segment = Segment { id: SegmentId::of(&sink.hasher.finalize()), n_rows, n_bytes: sink.n_bytes };
        let path = lake.path(&segment.id);
        let folder = path.parent().unwrap_or(&lake.dir);
        fs::create_dir_all(folder).map_err(at(folder))?;
        // Moving over a file of this name is safe: its bytes are these, or it was torn and is mended now.
        fs::rename(&guard.0, &path).map_err(at(&path))?;
        sync_folder(folder)?;
        sync_folder(&lake.dir)?;
        Ok(segment)
    }
}

/// The move itself must survive a power cut. Systems on which a folder cannot be opened sync it themselves.
fn sync_folder(folder: &Path) -> Result<(), LakeError> {
    match File::open(folder) {
        Ok(handle) if cfg!(unix) => handle.sync_all().map_err(at(folder)),
        _ => Ok(()),
    }
}

struct RemoveOnDrop(PathBuf);

impl RemoveOnDrop {
    /// The encoder does not know which file it writes.
    fn named(&self, error: LakeError) -> LakeError {
        match error {
            LakeError::Io { source, .. } => LakeError::Io { path: self.0.clone(), source },
            other => other,
        }
    }
}

impl Drop for RemoveOnDrop {
    fn drop(&mut self) {
        // After the move there is nothing to remove; a failure leaves a file that `remove_unfinished` finds.
        let _ = fs::remove_file(&self.0);
    }
}

/// A file whose bytes are hashed while they are written.
struct Hashing {
    file: BufWriter<File>,
    hasher: blake3::Hasher,
    n_bytes: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        self.n_bytes += n as u64;
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
