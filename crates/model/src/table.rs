//! Records of one kind with an index by id.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::{
    record::{Origin, Record},
    value::Id,
};

/// Records of one kind in order of insertion. Removing keeps the order of the others.
///
/// A clone shares its records with the original: the state after a change is made from the state before it at the cost
/// of the table of pointers.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// `None` where a record was removed.
    rows: Vec<Option<Arc<Entry<T>>>>,
    index: FxHashMap<Arc<str>, u32>,
}

#[derive(Debug)]
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
        let entry = Some(Arc::new(Entry { id: id.clone(), record, origin }));
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
        let was_there = self.index.remove(id).map(|at| self.rows[at as usize] = None).is_some();
        // A table that lives through thousands of changes must not grow by each of them.
        if self.rows.len() > 2 * self.index.len() + 64 {
            self.close_gaps();
        }
        was_there
    }
    /// Adds a record as the last one, whether or not there was one with its id: the order of a fold, in which a record
    /// stands where it was last written.
    pub fn put_last(&mut self, record: T, origin: Option<Origin>) {
        self.remove(&record.id());
        self.put(record, origin);
    }
    fn close_gaps(&mut self) {
        self.rows.retain(Option::is_some);
        for (at, entry) in self.rows.iter().enumerate() {
            if let Some(slot) = entry.as_ref().and_then(|e| self.index.get_mut(&e.id)) {
                *slot = at as u32;
            }
        }
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
    /// How many places there are; a place stays when its record is removed.
    pub fn n_slots(&self) -> usize {
        self.rows.len()
    }
    /// The record at a place, with its id.
    pub fn at(&self, slot: usize) -> Option<(&str, &T)> {
        self.rows.get(slot)?.as_ref().map(|e| (&*e.id, &e.record))
    }
    fn entry(&self, id: &str) -> Option<&Entry<T>> {
        self.index.get(id).and_then(|at| self.rows[*at as usize].as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Unit;

    fn unit(id: &str) -> Unit {
        let cells = Unit::def().columns.iter().map(|c| match c.name.as_str() {
            "id" | "title_en" => crate::value::Value::Text(id.to_owned()),
            "kind" => crate::value::Value::Text("branch".to_owned()),
            _ => crate::value::Value::Null,
        });
        Unit::from_row(&cells.collect::<Vec<_>>()).expect("a unit")
    }

    #[test]
    fn a_record_stands_where_it_was_last_written_and_gaps_are_closed() {
        let mut table = Table::default();
        ["A", "B", "C"].into_iter().for_each(|id| table.put_last(unit(id), None));
        let before = table.clone();
        for _ in 0..1_000 {
            table.put_last(unit("A"), None);
            table.put_last(unit("B"), None);
        }
        assert_eq!(table.entries().map(|(id, _)| id).collect::<Vec<_>>(), ["C", "A", "B"]);
        assert!(table.rows.len() < 100, "{} rows for three records", table.rows.len());
        assert!(["A", "B", "C"].into_iter().all(|id| table.get(id).is_some_and(|u| u.id.as_str() == id)));
        assert_eq!(before.entries().map(|(id, _)| id).collect::<Vec<_>>(), ["A", "B", "C"], "a clone is its own");
    }
}
