//! Findings: collected, counted beyond a limit, sorted, and grouped by cause.

use std::hash::{Hash, Hasher};

use diag::Diagnostic;
use rustc_hash::{FxHashMap, FxHasher};

use crate::codes;

/// A cause that comes more often than this in one column is told once with a count.
const SHOWN_ALONE: usize = 20;

/// All findings of a reading.
#[derive(Debug)]
pub(crate) struct Findings {
    all: Vec<Diagnostic>,
    limit: usize,
    n_beyond: usize,
    /// How often each cause came, also beyond the limit.
    causes: FxHashMap<u64, usize>,
    /// Causes that are told once however often they come.
    once: FxHashMap<u64, ()>,
    /// Files, and sheets of files, in the order in which they were met.
    places: FxHashMap<(String, Option<String>), usize>,
}

impl Findings {
    pub(crate) fn new(limit: usize) -> Self {
        Findings {
            all: Vec::new(),
            limit,
            n_beyond: 0,
            causes: FxHashMap::default(),
            once: FxHashMap::default(),
            places: FxHashMap::default(),
        }
    }

    /// Adds a finding.
    pub(crate) fn push(&mut self, finding: Diagnostic) {
        *self.causes.entry(cause(&finding)).or_default() += 1;
        if self.all.len() < self.limit {
            self.meet(&finding);
            self.all.push(finding);
        } else {
            self.n_beyond += 1;
        }
    }

    /// Adds a finding unless its cause was already told for its column.
    pub(crate) fn push_once(&mut self, finding: Diagnostic) {
        if self.once.insert(cause(&finding), ()).is_none() {
            self.push(finding);
        }
    }

    /// Counts findings of a cause that were not kept one by one.
    pub(crate) fn add_uncounted(&mut self, like: &Diagnostic, n: usize) {
        *self.causes.entry(cause(like)).or_default() += n;
        self.n_beyond += n;
    }

    fn meet(&mut self, finding: &Diagnostic) {
        let Some(file) = &finding.pointer.file else { return };
        for sheet in [None, finding.pointer.sheet.clone()] {
            let next = self.places.len();
            self.places.entry((file.clone(), sheet)).or_insert(next);
        }
    }

    /// The grouped list and the whole list, both sorted by file, sheet, row and column.
    pub(crate) fn finish(mut self) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let places = std::mem::take(&mut self.places);
        let mut all = std::mem::take(&mut self.all);
        all.sort_by_cached_key(|d| {
            let file = d.pointer.file.clone().unwrap_or_default();
            let sheet = d.pointer.sheet.as_ref().and_then(|s| places.get(&(file.clone(), Some(s.clone()))));
            let file = places.get(&(file, None));
            (file.copied(), sheet.copied(), d.pointer.row, d.pointer.column, std::cmp::Reverse(d.severity), d.code.id)
        });
        let mut told: FxHashMap<u64, usize> = FxHashMap::default();
        let mut grouped: Vec<Diagnostic> = Vec::new();
        for finding in &all {
            let key = cause(finding);
            let n = self.causes.get(&key).copied().unwrap_or(1);
            if n <= SHOWN_ALONE {
                grouped.push(finding.clone());
            } else if told.insert(key, n).is_none() {
                let mut first = finding.clone();
                first.n_more = n - 1;
                grouped.push(first);
            }
        }
        if self.n_beyond > 0 {
            let note = Diagnostic::new(&codes::XCH016).arg("kept", all.len()).arg("n", all.len() + self.n_beyond);
            grouped.push(note.clone());
            all.push(note);
        }
        (grouped, all)
    }
}

/// A finding's cause: its code in one column of one sheet, apart by what was expected.
fn cause(finding: &Diagnostic) -> u64 {
    let mut hasher = FxHasher::default();
    (finding.code.id, finding.severity as u8, &finding.pointer.file, &finding.pointer.sheet).hash(&mut hasher);
    (finding.pointer.column, &finding.field).hash(&mut hasher);
    hasher.finish()
}
