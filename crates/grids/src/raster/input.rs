//! Bytes of a file at a position, for several threads at once.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::Fault;

/// An open file of known length. Reads are short (one packed block), so one lock is enough.
#[derive(Debug)]
pub(crate) struct Input {
    path: PathBuf,
    file: Mutex<File>,
    length: u64,
}

impl Input {
    pub fn open(path: &Path) -> Result<Input, Fault> {
        let file = File::open(path).map_err(Fault::io(path))?;
        let length = file.metadata().map_err(Fault::io(path))?.len();
        Ok(Input { path: path.to_owned(), file: Mutex::new(file), length })
    }

    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    /// Reads `count` bytes from `at`. The file holds them, so the allocation is never larger than the file.
    pub fn read(&self, at: u64, count: u64, what: &str) -> Result<Vec<u8>, Fault> {
        let to = at.checked_add(count).filter(|to| *to <= self.length).ok_or_else(|| Fault::Truncated {
            path: self.name(),
            what: what.to_owned(),
            at,
            to: at.saturating_add(count),
            length: self.length,
        })?;
        let mut bytes = vec![0; (to - at) as usize];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(at)).map_err(Fault::io(&self.path))?;
        file.read_exact(&mut bytes).map_err(Fault::io(&self.path))?;
        Ok(bytes)
    }
}
