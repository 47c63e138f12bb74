//! The rows of one kind in a snapshot, reached by their place.

use model::{
    Kind, Records,
    observations::Observations,
    value::{CellKind, Lang, Text, Value},
};

use crate::{Field, Question};

/// The rows of one kind. A place may be empty, where a record was removed.
#[derive(Clone, Copy)]
pub enum Source<'a> {
    /// Records of the register.
    Records(&'a Records, Kind),
    /// Observations.
    Observations(&'a Observations),
}

impl<'a> Source<'a> {
    /// The rows of a kind.
    pub fn new(kind: Kind, records: &'a Records, observations: &'a Observations) -> Self {
        match kind {
            Kind::Observation => Source::Observations(observations),
            kind => Source::Records(records, kind),
        }
    }
    /// The kind.
    pub fn kind(self) -> Kind {
        match self {
            Source::Records(_, kind) => kind,
            Source::Observations(_) => Kind::Observation,
        }
    }
    /// How many places there are.
    pub fn n_slots(self) -> usize {
        match self {
            Source::Records(records, kind) => records.n_slots(kind),
            Source::Observations(all) => all.len(),
        }
    }
    /// Id and columns of a row; `None` for an empty place.
    pub fn row(self, slot: usize) -> Option<(String, Vec<Value>)> {
        match self {
            Source::Records(records, kind) => records.at(kind, slot).map(|(id, row)| (id.to_owned(), row)),
            Source::Observations(all) => (slot < all.len()).then(|| (all.row(slot).id(), all.row(slot).cells())),
        }
    }
    /// The fields that a question asks for, in its order.
    pub fn fields(self, question: &Question, slot: usize, lang: Lang) -> Option<Vec<Value>> {
        let (id, row) = self.row(slot)?;
        let columns = &self.kind().def().columns;
        let one = |field: &Field| match field {
            Field::Id => Value::Text(id.clone()),
            Field::Column(index) => row.get(*index).cloned().unwrap_or_default(),
            Field::Best(name) => {
                let mut text = Text::default();
                for (column, value) in columns.iter().zip(&row).filter(|(c, _)| c.field == *name) {
                    if let (CellKind::TextIn(l), Value::Text(t)) = (column.kind, value) {
                        text.set(l, t.clone());
                    }
                }
                text.best(lang).map_or(Value::Null, |(words, _)| Value::Text(words.to_owned()))
            }
        };
        Some(question.fields.iter().map(one).collect())
    }
}
