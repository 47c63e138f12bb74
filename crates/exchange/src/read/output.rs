//! Where all tables of a reading put what they find.

use std::sync::Arc;

use diag::Diagnostic;
use model::{
    Kind,
    observations::Observations,
    order::key_order,
    record::{Origin, SheetOrigin},
};
use rustc_hash::FxHashMap;

use super::{Draft, Findings, Limits, Reading, Rejected, cell_pointer, sheet_pointer};
use crate::{ObservationOrigins, codes, observations};

/// What a reading has so far.
pub(crate) struct Output {
    pub(crate) findings: Findings,
    pub(crate) observations: Observations,
    pub(crate) origins: ObservationOrigins,
    pub(crate) n_rows_read: usize,
    pub(crate) n_rejected: usize,
    pub(crate) rejected: Vec<Rejected>,
    limit: usize,
    drafts: Vec<Option<Draft>>,
    /// The draft that holds each key.
    keys: FxHashMap<(Kind, String), Key>,
}

/// A key's first row; its draft is gone once a second row claimed the key.
struct Key {
    at: usize,
    origin: Origin,
}

impl Output {
    pub(crate) fn new(limits: &Limits) -> Self {
        Output {
            findings: Findings::new(limits.findings),
            observations: Observations::default(),
            origins: ObservationOrigins::default(),
            n_rows_read: 0,
            n_rejected: 0,
            rejected: Vec::new(),
            limit: limits.findings,
            drafts: Vec::new(),
            keys: FxHashMap::default(),
        }
    }

    /// Keeps a row that could not be taken.
    pub(crate) fn reject(&mut self, kind: Kind, sheet: &Arc<SheetOrigin>, row: u32, cells: Vec<String>) {
        self.n_rejected += 1;
        if self.rejected.len() < self.limit {
            let origin = Origin { sheet: sheet.clone(), row };
            self.rejected.push(Rejected { kind, origin, cells });
        }
    }

    /// Takes a draft, unless another row has its key: then neither is taken, as nobody can tell which is
    /// meant. `key_at` is the position of the first key column.
    pub(crate) fn draft(&mut self, draft: Draft, key_at: usize, cells: impl FnOnce() -> Vec<String>) {
        let id = draft.kind.def().id_of(&draft.row);
        match self.keys.get(&(draft.kind, id.clone())) {
            None => {
                let key = Key { at: self.drafts.len(), origin: draft.origin.clone() };
                self.keys.insert((draft.kind, id), key);
                self.drafts.push(Some(draft));
            }
            Some(first) => {
                let (at, first) = (first.at, first.origin.clone());
                self.findings.push(duplicate(draft.kind, &id, &first, &draft.origin, key_at));
                if let Some(held) = self.drafts.get_mut(at).and_then(Option::take) {
                    let texts = file_order(&held);
                    self.reject(held.kind, &held.origin.sheet, held.origin.row, texts);
                }
                let origin = draft.origin;
                self.reject(draft.kind, &origin.sheet, origin.row, cells());
            }
        }
    }

    /// Ends the reading: finds observations that share a key, sorts and groups the findings.
    pub(crate) fn finish(mut self) -> Reading {
        let mut order = key_order(&self.observations);
        let doubled = observations::duplicates(&self.observations, &order);
        if !doubled.is_empty() {
            let mut taken = vec![true; self.observations.len()];
            for pair in doubled {
                let (Some(first), Some(later)) = (self.origins.of(pair.first), self.origins.of(pair.later)) else {
                    continue;
                };
                let id = self.observations.row(pair.later).id();
                let key_at = later.pointer(Some("indicator")).column.map_or(0, |c| c as usize - 1);
                self.findings.push(duplicate(Kind::Observation, &id, &first, &later, key_at));
                for (idx, origin) in [(pair.first, first), (pair.later, later)] {
                    if std::mem::replace(&mut taken[idx], false) {
                        let row = self.observations.row(idx).cells();
                        let draft = Draft { kind: Kind::Observation, row, origin: origin.clone() };
                        let texts = file_order(&draft);
                        self.reject(Kind::Observation, &origin.sheet, origin.row, texts);
                    }
                }
            }
            observations::retain(&mut self.observations, &taken);
            self.origins.retain(&taken);
            order = key_order(&self.observations);
        }
        let (diagnostics, all_diagnostics) = self.findings.finish();
        Reading {
            records: self.drafts.into_iter().flatten().collect(),
            observations: self.observations,
            observation_origins: self.origins,
            order,
            diagnostics,
            all_diagnostics,
            n_rows_read: self.n_rows_read,
            n_rejected: self.n_rejected,
            rejected: self.rejected,
        }
    }
}

/// A row's values as text in the order of its sheet's header.
fn file_order(draft: &Draft) -> Vec<String> {
    let def = draft.kind.def();
    let text = |name: &String| def.column(name.trim()).and_then(|at| draft.row.get(at)).map(|v| v.to_text());
    draft.origin.sheet.header.iter().map(|name| text(name).unwrap_or_default()).collect()
}

fn duplicate(kind: Kind, id: &str, first: &Origin, later: &Origin, key_at: usize) -> Diagnostic {
    let same = first.sheet.file == later.sheet.file && first.sheet.sheet == later.sheet.sheet;
    let place = if same { first.sheet.sheet.clone() } else { format!("{} {}", first.sheet.file, first.sheet.sheet) };
    let mut pointer = sheet_pointer(&later.sheet);
    if later.sheet.header.get(key_at).is_some() {
        pointer = cell_pointer(&later.sheet, later.row, key_at, id);
    }
    pointer.row = Some(later.row);
    Diagnostic::new(&codes::XCH050)
        .on(kind.name(), id)
        .arg("key", super::shown(id))
        .arg("first_sheet", place)
        .arg("first_row", first.row.to_string())
        .arg("row", later.row.to_string())
        .at(pointer)
}
