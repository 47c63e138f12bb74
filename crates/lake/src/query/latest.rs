//! The latest row of each natural key as of a change: one pass over sorted rows, without a table of keys.

use rustc_hash::FxHashMap;

use super::partition::Slice;
use crate::read::{Chunk, Filter, Mask, Pick, TextField};

/// The rows that hold as of `last_change`, in the order of the keys: of the rows with one key the one with
/// the highest change, then the later one. Rows that the filter leaves out are not looked at.
pub(crate) fn latest(slices: &[Slice], filter: &Filter, last_change: u64) -> Vec<Pick> {
    let masks: Vec<Mask> = slices.iter().map(|s| Mask::new(filter, &s.chunk)).collect();
    match slices {
        [] => Vec::new(),
        [first, rest @ ..] if rest.iter().all(|s| s.segment == first.segment) => {
            in_one_segment(slices, &masks, last_change)
        }
        _ => in_many_segments(slices, &masks, last_change),
    }
}

/// The row of a key that is ahead so far, with its change.
type Held = Option<(Pick, u64)>;

#[inline]
fn challenge(held: &mut Held, pick: Pick, change: u64, last_change: u64) {
    if change <= last_change && held.is_none_or(|(_, ahead)| change >= ahead) {
        *held = Some((pick, change));
    }
}

fn in_one_segment(slices: &[Slice], masks: &[Mask], last_change: u64) -> Vec<Pick> {
    let mut picks = Vec::with_capacity(slices.iter().map(|s| s.rows.len()).sum());
    let mut held: Held = None;
    let mut before: Option<(&Chunk, usize)> = None;
    for (idx, (slice, mask)) in slices.iter().zip(masks).enumerate() {
        let chunk = &*slice.chunk;
        let Some(first) = slice.rows.clone().next() else { continue };
        let repeats = if slice.unique { Vec::new() } else { repeats(chunk) };
        for row in slice.rows.clone() {
            let again = if row == first {
                before.is_some_and(|(other, other_row)| chunk.same_key(row, other, other_row))
            } else {
                repeats.get(row).copied().unwrap_or(false)
            };
            if !again {
                picks.extend(held.take().map(|(pick, _)| pick));
            }
            if mask.keeps_all() || mask.keeps(chunk, row) {
                challenge(&mut held, (idx as u32, row as u32), chunk.change(row), last_change);
            }
        }
        before = Some((chunk, slice.rows.end - 1));
    }
    picks.extend(held.map(|(pick, _)| pick));
    picks
}

/// For each row whether it has the key of the row before.
fn repeats(chunk: &Chunk) -> Vec<bool> {
    let mut same = vec![true; chunk.n_rows];
    if let Some(first) = same.first_mut() {
        *first = false;
    }
    for field in TextField::KEY {
        if let Some(codes) = chunk.text(field).each() {
            for (same, pair) in same.iter_mut().skip(1).zip(codes.windows(2)) {
                *same &= pair[0] == pair[1];
            }
        }
    }
    same
}

/// A key as ranks of its texts among all texts of the part; the period's rank follows its time.
type RankedKey = [u32; 7];

fn in_many_segments(slices: &[Slice], masks: &[Mask], last_change: u64) -> Vec<Pick> {
    let ranks: Vec<Vec<Vec<u32>>> = TextField::KEY.into_iter().map(|field| ranks(slices, field)).collect();
    let mut rows: Vec<(RankedKey, Pick)> = Vec::with_capacity(slices.iter().map(|s| s.rows.len()).sum());
    for (idx, (slice, mask)) in slices.iter().zip(masks).enumerate() {
        let chunk = &*slice.chunk;
        for row in slice.rows.clone().filter(|row| mask.keeps_all() || mask.keeps(chunk, *row)) {
            let key = std::array::from_fn(|k| ranks[k][idx][chunk.text(TextField::KEY[k]).code(row) as usize]);
            rows.push((key, (idx as u32, row as u32)));
        }
    }
    // The segments' rows are in order, and a stable sort finds such runs and merges them.
    rows.sort_by_key(|(key, _)| *key);

    let mut picks = Vec::with_capacity(rows.len());
    let mut held: Held = None;
    let mut key: Option<RankedKey> = None;
    for (row_key, pick) in rows {
        if key != Some(row_key) {
            picks.extend(held.take().map(|(pick, _)| pick));
            key = Some(row_key);
        }
        let change = slices[pick.0 as usize].chunk.change(pick.1 as usize);
        challenge(&mut held, pick, change, last_change);
    }
    picks.extend(held.map(|(pick, _)| pick));
    picks
}

/// For each slice the rank of each code of a column among the texts of all slices.
fn ranks(slices: &[Slice], field: TextField) -> Vec<Vec<u32>> {
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut texts: Vec<&str> = Vec::new();
    let local: Vec<Vec<u32>> = slices
        .iter()
        .map(|slice| {
            let column = slice.chunk.text(field).texts();
            column
                .map(|text| {
                    *numbers.entry(text).or_insert_with(|| {
                        texts.push(text);
                        texts.len() as u32 - 1
                    })
                })
                .collect()
        })
        .collect();
    let mut order: Vec<u32> = (0..texts.len() as u32).collect();
    if field == TextField::Period {
        let periods: Vec<_> = texts.iter().map(|t| model::value::Period::parse(t)).collect();
        order.sort_unstable_by_key(|n| periods[*n as usize]);
    } else {
        order.sort_unstable_by_key(|n| texts[*n as usize]);
    }
    let mut rank_of = vec![0u32; texts.len()];
    for (rank, number) in order.into_iter().enumerate() {
        rank_of[number as usize] = rank as u32;
    }
    local.into_iter().map(|codes| codes.into_iter().map(|n| rank_of[n as usize]).collect()).collect()
}
