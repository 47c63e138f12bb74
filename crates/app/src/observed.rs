//! What a file of observations would change: compares by natural key, in columns, through the codes of both dictionaries.

use model::{
    kinds::{ObservationState, ObservationStatus},
    observations::{NewRow, Observations},
    value::{Period, Value},
};
use register::FieldChange;
use rustc_hash::FxHashMap;

/// What observations of a file are against those that are there.
#[derive(Debug, Default)]
pub(crate) struct ObservedDiff {
    /// Rows of the file that are not there yet.
    pub added: Vec<usize>,
    /// Rows of the file with another value, and the row they replace.
    pub changed: Vec<(usize, usize)>,
    /// Rows equal to what is there.
    pub n_unchanged: usize,
}

/// The natural key in the codes of the current dictionary.
type Key = (u32, u32, Period, u32, u8, u32, u32);

/// Compares a file's observations with the current ones.
pub(crate) fn diff(current: &Observations, new: &Observations) -> ObservedDiff {
    let mut diff = ObservedDiff::default();
    if current.is_empty() {
        diff.added = (0..new.len()).collect();
        return diff;
    }
    // The code in the current dictionary of each text of the file's; `None` when nobody has used it yet.
    let codes: Vec<Option<u32>> = new.dict.texts().iter().map(|t| current.dict.code(t)).collect();
    let code = |c: u32| codes.get(c as usize).copied().flatten();
    let mut wanted: Vec<u32> = new.indicator.iter().filter_map(|c| code(*c)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut there: FxHashMap<Key, usize> = FxHashMap::default();
    for row in 0..current.len() {
        if wanted.binary_search(&current.indicator[row]).is_ok() {
            there.insert(key(current, row, &Some), row);
        }
    }
    for row in 0..new.len() {
        let known =
            [new.indicator[row], new.place[row], new.breakdown[row], new.project[row], new.entity[row]].map(code);
        if known.iter().any(Option::is_none) {
            diff.added.push(row);
            continue;
        }
        match there.get(&key(new, row, &code)) {
            None => diff.added.push(row),
            Some(held) if same(current, *held, new, row) => diff.n_unchanged += 1,
            Some(held) => diff.changed.push((row, *held)),
        }
    }
    diff
}

fn key(all: &Observations, row: usize, code: &dyn Fn(u32) -> Option<u32>) -> Key {
    let of = |c: u32| code(c).unwrap_or(u32::MAX);
    (
        of(all.indicator[row]),
        of(all.place[row]),
        all.period[row],
        of(all.breakdown[row]),
        all.scope[row] as u8,
        of(all.project[row]),
        of(all.entity[row]),
    )
}

/// Whether everything beside the key is equal.
fn same(a: &Observations, i: usize, b: &Observations, j: usize) -> bool {
    a.value[i] == b.value[j]
        && a.numerator[i] == b.numerator[j]
        && a.denominator[i] == b.denominator[j]
        && a.standard_error[i] == b.standard_error[j]
        && a.sample_size[i] == b.sample_size[j]
        && a.status[i] == b.status[j]
        && a.state[i] == b.state[j]
        && a.measured_on[i] == b.measured_on[j]
        && [(&a.stage, &b.stage), (&a.source, &b.source), (&a.evidence, &b.evidence), (&a.comment, &b.comment)]
            .into_iter()
            .all(|(x, y)| a.dict.text(x[i]) == b.dict.text(y[j]))
}

/// One row, ready to be added to other columns.
pub(crate) fn new_row(all: &Observations, row: usize) -> NewRow<'_> {
    let text = |c: u32| all.dict.text(c);
    NewRow {
        indicator: text(all.indicator[row]),
        place: text(all.place[row]),
        period: all.period[row],
        breakdown: text(all.breakdown[row]),
        scope: all.scope[row],
        project: text(all.project[row]),
        entity: text(all.entity[row]),
        stage: text(all.stage[row]),
        value: all.value[row],
        numerator: all.numerator[row],
        denominator: all.denominator[row],
        standard_error: all.standard_error[row],
        sample_size: all.sample_size[row],
        status: all.status[row],
        state: all.state[row],
        source: text(all.source[row]),
        evidence: text(all.evidence[row]),
        measured_on: all.measured_on[row],
        comment: text(all.comment[row]),
        change: all.change[row],
    }
}

/// Fields of an observation beside its key, with names.
fn fields_of(all: &Observations, row: usize) -> [(&'static str, Value); 12] {
    let number = |v: Option<f64>| v.map_or(Value::Null, Value::Number);
    let text = |c: u32| if c == 0 { Value::Null } else { Value::Text(all.dict.text(c).to_owned()) };
    // The defaults are written by an empty cell, so they read back as one.
    let status = all.status[row];
    let state = all.state[row];
    [
        ("stage", text(all.stage[row])),
        ("value", number(all.value[row])),
        ("numerator", number(all.numerator[row])),
        ("denominator", number(all.denominator[row])),
        ("standard_error", number(all.standard_error[row])),
        ("sample_size", all.sample_size[row].map_or(Value::Null, Value::Whole)),
        (
            "status",
            if status == ObservationStatus::Measured { Value::Null } else { Value::Text(status.as_str().into()) },
        ),
        (
            "state",
            if state == ObservationState::Provisional { Value::Null } else { Value::Text(state.as_str().into()) },
        ),
        ("source", text(all.source[row])),
        ("evidence", text(all.evidence[row])),
        ("measured_on", all.measured_on[row].map_or(Value::Null, Value::Date)),
        ("comment", text(all.comment[row])),
    ]
}

/// The row as the definition of observations has its columns.
pub(crate) fn value_row(all: &Observations, row: usize) -> Vec<Value> {
    let mut one = Observations::default();
    one.push(&new_row(all, row));
    exchange::observation_rows(&one).rows.next().unwrap_or_default()
}

/// Fields that differ between a current row and the file's; all filled fields when there is no current row.
pub(crate) fn changes(current: Option<(&Observations, usize)>, new: &Observations, row: usize) -> Vec<FieldChange> {
    let old = current.map(|(all, row)| fields_of(all, row));
    fields_of(new, row)
        .into_iter()
        .enumerate()
        .map(|(i, (name, new))| (name.to_owned(), old.as_ref().map_or(Value::Null, |o| o[i].1.clone()), new))
        .filter(|(_, old, new)| old != new)
        .collect()
}
