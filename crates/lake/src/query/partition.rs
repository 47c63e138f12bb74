//! Cutting the work at indicator and place, so that threads never share a key, and no row is held longer
//! than its part needs.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    LakeError,
    read::{Chunk, Fields, Filter, SegmentFile},
};

/// A row group that a question needs.
struct Piece {
    file: usize,
    group: usize,
    slot: Mutex<Slot>,
}

/// The decoded row group while parts still need it. Row groups of small segments reach over many parts;
/// they are read once.
struct Slot {
    n_users: usize,
    chunk: Option<Arc<Chunk>>,
}

/// The keys from one indicator and place to another, and the row groups that hold them.
pub(crate) struct Part {
    low: Option<(String, String)>,
    high: Option<(String, String)>,
    pieces: Vec<usize>,
}

/// The plan of a question: its parts in the order of the keys.
pub(crate) struct Plan {
    files: Vec<(Arc<SegmentFile>, u64)>,
    pieces: Vec<Piece>,
    pub parts: Vec<Part>,
    fields: Fields,
}

/// A row group that was read, with the rows of it that lie in the part.
pub(crate) struct Slice {
    pub chunk: Arc<Chunk>,
    pub rows: std::ops::Range<usize>,
    /// The segment, as an index into the segments asked about.
    pub segment: usize,
    /// No natural key occurs twice in the segment.
    pub unique: bool,
}

impl AsRef<Chunk> for Slice {
    fn as_ref(&self) -> &Chunk {
        &self.chunk
    }
}

impl Plan {
    /// Plans the reading of the row groups that may hold what the filter asks for. Segments of which every row is
    /// younger than `last_change` are not read. A part reads at least
    /// `rows_in_part` rows; a thread holds one part.
    pub fn new(
        files: Vec<(Arc<SegmentFile>, u64)>,
        filter: &Filter,
        fields: Fields,
        last_change: u64,
        rows_in_part: usize,
    ) -> Plan {
        let files: Vec<_> = files.into_iter().filter(|(f, change)| *change <= last_change || f.own_changes).collect();
        let mut pieces = Vec::new();
        for (file_idx, (file, _)) in files.iter().enumerate() {
            for (group, _) in file.groups.iter().enumerate().filter(|(_, g)| g.n_rows > 0 && filter.may_hold(g)) {
                pieces.push(Piece { file: file_idx, group, slot: Mutex::new(Slot { n_users: 0, chunk: None }) });
            }
        }
        let mut plan = Plan { files, pieces, parts: Vec::new(), fields };
        plan.cut(rows_in_part);
        plan
    }

    fn cut(&mut self, rows_in_part: usize) {
        let span = |piece: &Piece| &self.files[piece.file].0.groups[piece.group];
        let mut starts: Vec<(&(String, String), usize)> =
            self.pieces.iter().map(|p| (&span(p).first, span(p).n_rows)).collect();
        starts.sort_unstable();
        let mut bounds: Vec<&(String, String)> = Vec::new();
        let mut n_rows = 0;
        for (first, n) in starts {
            if n_rows >= rows_in_part && bounds.last().is_none_or(|b| *b < first) {
                bounds.push(first);
                n_rows = 0;
            }
            n_rows += n;
        }
        let mut parts = Vec::with_capacity(bounds.len() + 1);
        for i in 0..=bounds.len() {
            let low = i.checked_sub(1).and_then(|j| bounds.get(j)).copied();
            let high = bounds.get(i).copied();
            let inside = |piece: &Piece| {
                low.is_none_or(|low| span(piece).last >= *low) && high.is_none_or(|high| span(piece).first < *high)
            };
            let pieces: Vec<usize> = (0..self.pieces.len()).filter(|p| inside(&self.pieces[*p])).collect();
            if !pieces.is_empty() {
                parts.push(Part { low: low.cloned(), high: high.cloned(), pieces });
            }
        }
        for part in &parts {
            for piece in &part.pieces {
                self.pieces[*piece].slot.get_mut().unwrap_or_else(PoisonError::into_inner).n_users += 1;
            }
        }
        self.parts = parts;
    }

    /// Reads a part's row groups, in the order of the segments.
    pub fn read(&self, part: &Part) -> Result<Vec<Slice>, LakeError> {
        let (low, high) = (part.low.as_ref(), part.high.as_ref());
        let mut slices = Vec::with_capacity(part.pieces.len());
        for piece in part.pieces.iter().map(|p| &self.pieces[*p]) {
            let (file, change) = &self.files[piece.file];
            let chunk = {
                let mut slot = piece.slot.lock().unwrap_or_else(PoisonError::into_inner);
                let chunk = match slot.chunk.take() {
                    Some(chunk) => chunk,
                    None => Arc::new(Chunk::read(file, piece.group, self.fields, *change)?),
                };
                slot.n_users = slot.n_users.saturating_sub(1);
                slot.chunk = (slot.n_users > 0).then(|| chunk.clone());
                chunk
            };
            let rows = chunk.between(low.map(|(i, p)| (&**i, &**p)), high.map(|(i, p)| (&**i, &**p)));
            slices.push(Slice { chunk, rows, segment: piece.file, unique: file.unique });
        }
        Ok(slices)
    }
}
