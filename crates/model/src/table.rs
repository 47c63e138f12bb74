//! Records of one kind with an index by id.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    record::{Origin, Record},
    value::Id,
};

/// Records of one kind in order of insertion. Removing keeps the order of the others.
#[derive(Clone, Debug)]
pub struct Table<T> {
    rows: Vec<Option<Entry<T>>>,
    index: FxHashMap<Arc<str>, u32>,
}

#[derive(Clone, Debug)]
struct Entry<T> {
    id: Arc<str>,
    record: T,
    origin: Option<Origin>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { rows: Vec::new(), index: FxHashMap::default() }
    }
}

impl<T: Record> Table<T> {
    /// Adds a record or replaces the one with its id.
    pub fn put(&mut self, record: T, origin: Option<Origin>) {
        let id: Arc<str> = Arc::from(record.id());
        let entry = Some(Entry { id: id.clone(), record, origin });
        match self.index.get(&id) {
            Some(&at) => self.rows[at as usize] = entry,
            None => {
                self.index.insert(id, self.rows.len() as u32);
                self.rows.push(entry);
            }
        }
    }
    /// Removes a record; whether it was there.
    pub fn remove(&mut self, id: &str) -> bool {
        self.index.remove(id).map(|at| self.rows[at as usize] = None).is_some()
    }
    /// A record by id.
    pub fn get(&self, id: impl AsRef<str>) -> Option<&T> {
        self.entry(id.as_ref()).map(|e| &e.record)
    }
    /// A record by typed id.
    pub fn of(&self, id: &Id<T>) -> Option<&T> {
        self.get(id.as_str())
    }
    /// Whether there is such a record.
    pub fn contains(&self, id: &str) -> bool {
        self.index.contains_key(id)
    }
    /// Where a record's current revision came from.
    pub fn origin(&self, id: &str) -> Option<&Origin> {
        self.entry(id).and_then(|e| e.origin.as_ref())
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }
    /// All records in order of insertion.
    pub fn iter(&self) -> impl Iterator<Item = &T> + Clone {
        self.rows.iter().flatten().map(|e| &e.record)
    }
    /// All ids and records in order of insertion.
    pub fn entries(&self) -> impl Iterator<Item = (&str, &T)> {
        self.rows.iter().flatten().map(|e| (&*e.id, &e.record))
    }
    fn entry(&self, id: &str) -> Option<&Entry<T>> {
        self.index.get(id).and_then(|at| self.rows[*at as usize].as_ref())
    }
}
