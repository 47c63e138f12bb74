//! How a question is answered: what is decided once for all rows, then a walk over them.

use std::cmp::Ordering;

use diag::Diagnostic;
use model::{
    observations::Observations,
    value::{CellKind, Period, Value},
};

use crate::{Filter, Operator, Question, Sort, Source, codes::QRY011, column::order, filter::Operand};

/// Rows that are put in order at most: with their keys they take some 100 bytes each.
const MOST_SORTED: usize = 1_000_000;

/// A question prepared for the rows of one snapshot. It may be used for those rows only.
pub struct Plan {
    tests: Vec<Test>,
    /// The rows in the order asked for; `None` for the order of the register.
    sorted: Option<Vec<u32>>,
}

/// One condition, decided as far as it can be before the walk.
enum Test {
    /// By the code of a text: decided once for each text there is.
    Code { column: usize, holds: Vec<bool> },
    /// A period of an observation against periods.
    Period { operator: Operator, with: Vec<Period> },
    /// By the value.
    Value(Filter),
}

/// Rows of one stretch of the walk.
pub struct Walked {
    /// Their places.
    pub slots: Vec<usize>,
    /// Where to go on; `None` when there is no further row.
    pub next: Option<usize>,
}

impl Plan {
    /// Prepares a question. Fails when more rows would have to be put in order than fit.
    pub fn new(question: &Question, source: Source<'_>) -> Result<Plan, Box<Diagnostic>> {
        let tests = question.filters.iter().map(|f| Test::new(f, source)).collect();
        let mut plan = Plan { tests, sorted: None };
        if !question.sort.is_empty() {
            plan.sorted = Some(plan.sort(&question.sort, source)?);
        }
        Ok(plan)
    }

    /// At most `most` rows from a place on.
    pub fn walk(&self, source: Source<'_>, from: usize, most: usize) -> Walked {
        if let Some(sorted) = &self.sorted {
            let slots: Vec<usize> = sorted.iter().skip(from).take(most).map(|slot| *slot as usize).collect();
            let next = from.saturating_add(slots.len());
            return Walked { slots, next: (next < sorted.len()).then_some(next) };
        }
        let mut slots = Vec::with_capacity(most.min(1_024));
        for slot in from..source.n_slots() {
            if self.holds(source, slot) {
                if slots.len() == most {
                    return Walked { slots, next: Some(slot) };
                }
                slots.push(slot);
            }
        }
        Walked { slots, next: None }
    }

    /// How many rows there are in all.
    pub fn count(&self, source: Source<'_>) -> usize {
        match &self.sorted {
            Some(sorted) => sorted.len(),
            None => (0..source.n_slots()).filter(|slot| self.holds(source, *slot)).count(),
        }
    }

    fn holds(&self, source: Source<'_>, slot: usize) -> bool {
        match source {
            Source::Observations(all) => self.tests.iter().all(|test| test.holds_observation(all, slot)),
            Source::Records(records, kind) => match records.at(kind, slot) {
                None => false,
                Some(_) if self.tests.is_empty() => true,
                Some((_, row)) => self.tests.iter().all(|test| test.holds_row(&row)),
            },
        }
    }

    fn sort(&self, sort: &[Sort], source: Source<'_>) -> Result<Vec<u32>, Box<Diagnostic>> {
        let mut rows: Vec<(Vec<Key>, u32)> = Vec::new();
        let ranks: Vec<Option<Vec<u32>>> = sort.iter().map(|s| ranks(source, s.column)).collect();
        for slot in (0..source.n_slots()).filter(|slot| self.holds(source, *slot)) {
            if rows.len() == MOST_SORTED {
                return Err(Box::new(Diagnostic::new(&QRY011).field("sort").arg("most", MOST_SORTED as i64)));
            }
            let Ok(place) = u32::try_from(slot) else { break };
            rows.push((keys(source, slot, sort, &ranks), place));
        }
        let columns = &source.kind().def().columns;
        let kinds: Vec<CellKind> =
            sort.iter().map(|s| columns.get(s.column).map_or(CellKind::Text, |c| c.kind)).collect();
        rows.sort_by(|(a, at), (b, bt)| {
            let of_columns = a.iter().zip(b).zip(sort).zip(&kinds).map(|(((a, b), s), kind)| a.order(b, *kind, *s));
            of_columns.fold(Ordering::Equal, Ordering::then).then(at.cmp(bt))
        });
        Ok(rows.into_iter().map(|(_, slot)| slot).collect())
    }
}

/// What a row is put in order by.
enum Key {
    Missing,
    Rank(u32),
    Value(Value),
}

impl Key {
    fn order(&self, other: &Key, kind: CellKind, sort: Sort) -> Ordering {
        let turned = |order: Ordering| if sort.descending { order.reverse() } else { order };
        match (self, other) {
            (Key::Missing, Key::Missing) => Ordering::Equal,
            (Key::Missing, _) => Ordering::Greater,
            (_, Key::Missing) => Ordering::Less,
            (Key::Rank(a), Key::Rank(b)) => turned(a.cmp(b)),
            (Key::Value(a), Key::Value(b)) => turned(order(kind, a, b)),
            _ => Ordering::Equal,
        }
    }
}

/// The rank of each text of the dictionary, for a column of codes of observations.
fn ranks(source: Source<'_>, column: usize) -> Option<Vec<u32>> {
    let Source::Observations(all) = source else { return None };
    all.codes(column)?;
    let texts = all.dict.texts();
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    order.sort_by(|a, b| texts.get(*a as usize).cmp(&texts.get(*b as usize)));
    let mut ranks = vec![0; texts.len()];
    for (rank, code) in order.into_iter().enumerate() {
        if let Some(held) = ranks.get_mut(code as usize) {
            *held = rank as u32;
        }
    }
    Some(ranks)
}

fn keys(source: Source<'_>, slot: usize, sort: &[Sort], ranks: &[Option<Vec<u32>>]) -> Vec<Key> {
    let key = |value: Value| if value.is_null() { Key::Missing } else { Key::Value(value) };
    match source {
        Source::Observations(all) => sort
            .iter()
            .zip(ranks)
            .map(|(s, ranks)| match (ranks, all.codes(s.column).and_then(|codes| codes.get(slot))) {
                // The empty text has the code 0.
                (Some(_), Some(0)) => Key::Missing,
                (Some(ranks), Some(code)) => Key::Rank(ranks.get(*code as usize).copied().unwrap_or_default()),
                _ => key(all.row(slot).cell(s.column)),
            })
            .collect(),
        Source::Records(records, kind) => {
            let row = records.at(kind, slot).map(|(_, row)| row).unwrap_or_default();
            sort.iter().map(|s| key(row.get(s.column).cloned().unwrap_or_default())).collect()
        }
    }
}

impl Test {
    fn new(filter: &Filter, source: Source<'_>) -> Self {
        let Source::Observations(all) = source else { return Test::Value(filter.clone()) };
        if all.codes(filter.column).is_some() {
            let value = |text: &str| if text.is_empty() { Value::Null } else { Value::Text(text.to_owned()) };
            let holds = all.dict.texts().iter().map(|text| filter.holds(&value(text))).collect();
            return Test::Code { column: filter.column, holds };
        }
        let period = |value: &Value| match value {
            Value::Text(text) => Period::parse(text),
            _ => None,
        };
        let with: Option<Vec<Period>> = match (&filter.operand, filter.kind) {
            (Operand::One(value), CellKind::Period) => period(value).map(|p| vec![p]),
            (Operand::Any(values), CellKind::Period) => values.iter().map(period).collect(),
            _ => None,
        };
        match with {
            Some(with) => Test::Period { operator: filter.operator, with },
            None => Test::Value(filter.clone()),
        }
    }
    fn holds_observation(&self, all: &Observations, slot: usize) -> bool {
        match self {
            Test::Code { column, holds } => {
                let code = all.codes(*column).and_then(|codes| codes.get(slot));
                code.and_then(|code| holds.get(*code as usize)).copied().unwrap_or(false)
            }
            Test::Period { operator, with } => all.period.get(slot).is_some_and(|held| {
                with.iter().any(|p| {
                    let order = held.cmp(p);
                    match operator {
                        Operator::Ne => order.is_ne(),
                        Operator::Lt => order.is_lt(),
                        Operator::Le => order.is_le(),
                        Operator::Gt => order.is_gt(),
                        Operator::Ge => order.is_ge(),
                        Operator::Eq | Operator::In | Operator::Prefix | Operator::Null => order.is_eq(),
                    }
                })
            }),
            Test::Value(filter) => filter.holds(&all.row(slot).cell(filter.column)),
        }
    }
    fn holds_row(&self, row: &[Value]) -> bool {
        match self {
            Test::Value(filter) => row.get(filter.column).is_some_and(|value| filter.holds(value)),
            Test::Code { .. } | Test::Period { .. } => false,
        }
    }
}
