//! Files of boundaries that wait until somebody confirms them, on the disk of this node.

use std::{
    collections::VecDeque,
    io::{Read as _, Seek as _, Write as _},
    sync::{Arc, Mutex, PoisonError},
};

use exchange::NamedBytes;

use super::preview::{BoundaryMap, BoundaryPreview};
use crate::error::AppError;

/// Files that wait for a word, at most.
const MOST_WAITING: usize = 16;
/// Bytes of files that wait for a word, at most.
const MOST_BYTES: u64 = 1 << 30;

/// A file on the disk for as long as it waits.
pub(super) struct Waiting {
    file: Mutex<std::fs::File>,
    name: String,
    n_bytes: u64,
    /// What was shown.
    pub preview: Arc<BoundaryPreview>,
    /// What would be written, and as which bytes.
    pub digest: blake3::Hash,
    /// Its picture.
    pub map: Option<Arc<BoundaryMap>>,
    /// The position of the register that it was compared with.
    pub against: u64,
}

impl Waiting {
    /// Keeps a file.
    pub fn keep(
        file: &NamedBytes,
        preview: BoundaryPreview,
        digest: blake3::Hash,
        map: Option<Arc<BoundaryMap>>,
        against: u64,
    ) -> Result<Self, AppError> {
        let fail = |e: std::io::Error| AppError::file(std::env::temp_dir(), &e);
        let mut held = tempfile::tempfile().map_err(fail)?;
        held.write_all(&file.bytes).map_err(fail)?;
        let (name, n_bytes) = (file.name.clone(), file.bytes.len() as u64);
        Ok(Waiting { file: Mutex::new(held), name, n_bytes, preview: Arc::new(preview), digest, map, against })
    }

    /// The file.
    pub fn read(&self) -> Result<NamedBytes, AppError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
        read.map_err(|e| AppError::file(&self.name, &e))?;
        Ok(NamedBytes { name: self.name.clone(), bytes })
    }
}

/// Files of boundaries that wait for a word.
#[derive(Default)]
pub(crate) struct Shelf(Mutex<VecDeque<Arc<Waiting>>>);

impl Shelf {
    /// One of them by its name.
    pub(super) fn find(&self, token: &str) -> Option<Arc<Waiting>> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.iter().find(|of| of.preview.token == token).cloned()
    }

    /// Puts one on it; the oldest make room.
    pub(super) fn put(&self, waiting: Waiting) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.push_back(Arc::new(waiting));
        while held.len() > MOST_WAITING
            || (held.len() > 1 && held.iter().map(|of| of.n_bytes).sum::<u64>() > MOST_BYTES)
        {
            held.pop_front();
        }
    }

    /// Takes one from it.
    pub(super) fn take(&self, token: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).retain(|of| of.preview.token != token);
    }
}
