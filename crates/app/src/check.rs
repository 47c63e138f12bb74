//! Files from disk: reading what a path holds, and checking a file that stands alone.

use std::{fs, path::Path, sync::Arc};

use diag::Diagnostic;
use exchange::NamedBytes;
use jiff::Timestamp;
use snapshot::Snapshot;

use crate::{
    error::AppError,
    import::{judge, read_files},
    world::{World, empty_snapshot},
};

/// Files larger than this are refused before they are read.
const LARGEST_FILE: u64 = 4 << 30;

/// A world and what was found on the way to it.
#[derive(Clone)]
pub struct Loaded {
    /// The world.
    pub world: Arc<World>,
    /// Findings of reading and of the register's rules.
    pub diagnostics: Vec<Diagnostic>,
}

impl Loaded {
    /// A world that was read without findings.
    pub fn world(world: Arc<World>) -> Self {
        Loaded { world, diagnostics: Vec::new() }
    }
}

/// The files at a path: the file itself, or the CSV files and the description of a folder.
pub fn read_path(path: &Path) -> Result<Vec<NamedBytes>, AppError> {
    let fail = |e: &std::io::Error| AppError::File { path: path.to_owned(), detail: e.to_string() };
    let meta = fs::metadata(path).map_err(|e| fail(&e))?;
    let read = |path: &Path, name: String| -> Result<NamedBytes, AppError> {
        let size = fs::metadata(path).map_err(|e| fail(&e))?.len();
        if size > LARGEST_FILE {
            return Err(AppError::File {
                path: path.to_owned(),
                detail: format!("{size} bytes; at most {LARGEST_FILE} are read"),
            });
        }
        Ok(NamedBytes { name, bytes: fs::read(path).map_err(|e| fail(&e))? })
    };
    if meta.is_file() {
        let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
        return Ok(vec![read(path, name)?]);
    }
    let mut names: Vec<String> = fs::read_dir(path)
        .map_err(|e| fail(&e))?
        .filter_map(Result::ok)
        .filter(|e| e.path().is_file())
        .map(|e| e.file_name().to_string_lossy().into_owned())
        .filter(|n| n.to_lowercase().ends_with(".csv") || n == "datapackage.json")
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(AppError::File { path: path.to_owned(), detail: "the folder holds no CSV file".to_owned() });
    }
    names.into_iter().map(|n| read(&path.join(&n), n)).collect()
}

/// Reads a file or folder as a programme that stands alone.
pub fn load_files(path: &Path, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Loaded, AppError> {
    let reading = read_files(read_path(path)?, progress);
    let alone = World::new(empty_snapshot());
    let judged = judge(&alone, &reading, Timestamp::UNIX_EPOCH);
    let mut diagnostics = reading.diagnostics;
    diagnostics.extend(judged.findings);
    let snapshot = Snapshot {
        records: judged.after.unwrap_or_default(),
        observations: reading.observations.into(),
        ..Snapshot::default()
    };
    Ok(Loaded { world: Arc::new(World::new(snapshot)), diagnostics })
}
