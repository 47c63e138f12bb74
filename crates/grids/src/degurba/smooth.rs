//! The majority rules: cells join the urban centre that surrounds them, round by round, until nothing changes.

use rayon::prelude::*;

use super::cells::{BARRED, VOID};
use super::labels::{Joined, Labels, SIDE};
use super::options::Majority;

const AROUND: [(isize, isize); 8] = [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)];

/// Applies a rule until no cell joins. All decisions of a round look at the labels of the round before.
///
/// After the first round only cells beside one that joined can change, so the later rounds cost what was added.
pub(crate) fn smooth(labels: &mut Labels, flags: &[u16], rule: Majority) {
    let look = |blocks: &[u32], f: &(dyn Fn(u32) -> Vec<Joined> + Sync)| -> Vec<(u32, Vec<Joined>)> {
        blocks.par_iter().map(|block| (*block, f(*block))).filter(|(_, joined)| !joined.is_empty()).collect()
    };
    let mut joined = look(&labels.blocks, &|block| in_block(labels, block, flags, rule));
    while !joined.is_empty() {
        let blocks = labels.join(joined);
        joined = look(&blocks, &|block| beside_joined(labels, block, flags, rule));
        labels.forget(&blocks);
    }
}

/// The cells of a block that join beside those that joined in the round before.
fn beside_joined(labels: &Labels, block: u32, flags: &[u16], rule: Majority) -> Vec<Joined> {
    let mut joined = Vec::new();
    let (from_row, from_column) = labels.corner(block);
    labels.each_beside(block, |row, column, around| {
        if let Some(label) = vote(around, row, column, labels, flags, rule) {
            joined.push(Joined { row: (row - from_row) as u8, column: (column - from_column) as u8, label });
        }
    });
    joined
}

/// The cells of a block that join now.
fn in_block(labels: &Labels, block: u32, flags: &[u16], rule: Majority) -> Vec<Joined> {
    const WIDE: usize = SIDE + 2;
    let near = labels.with_margin(block);
    let (row, column) = labels.corner(block);
    let mut joined = Vec::new();
    let mut vertical = [0u8; WIDE];
    let (rows, columns) = (SIDE.min(labels.height - row), SIDE.min(labels.width - column));
    // Fewer than five of eight are enough only where some do not count.
    let has_void = || {
        let lines = row.saturating_sub(1)..(row + rows + 1).min(labels.height);
        let part = column.saturating_sub(1)..(column + columns + 1).min(labels.width);
        let any = |line: usize| flags[line * labels.width..][part.clone()].iter().fold(0, |any, f| any | f);
        lines.map(any).fold(0, |any, f| any | f) & VOID != 0
    };
    let least = if rule == Majority::R2022A || !has_void() { 5 } else { 1 };
    for i in 1..=rows {
        let (above, here, below) =
            (&near[(i - 1) * WIDE..i * WIDE], &near[i * WIDE..(i + 1) * WIDE], &near[(i + 1) * WIDE..(i + 2) * WIDE]);
        for (c, v) in vertical.iter_mut().enumerate() {
            *v = u8::from(above[c] != 0) + u8::from(here[c] != 0) + u8::from(below[c] != 0);
        }
        for j in 1..=columns {
            if here[j] != 0 || vertical[j - 1] + vertical[j] + vertical[j + 1] < least {
                continue;
            }
            let around =
                [above[j - 1], above[j], above[j + 1], here[j - 1], here[j + 1], below[j - 1], below[j], below[j + 1]];
            if let Some(label) = vote(&around, row + i - 1, column + j - 1, labels, flags, rule) {
                joined.push(Joined { row: (i - 1) as u8, column: (j - 1) as u8, label });
            }
        }
    }
    joined
}

/// The centre that an unlabelled cell joins. `around` are the labels of its neighbours in the order of [`AROUND`].
fn vote(around: &[u32; 8], row: usize, column: usize, labels: &Labels, flags: &[u16], rule: Majority) -> Option<u32> {
    let at = row * labels.width + column;
    if rule == Majority::R2023A && flags[at] & BARRED != 0 {
        return None;
    }
    // Either rule asks for more than half of the labelled neighbours, so one candidate is left (Boyer and Moore). Mostly all
    // of them have one label.
    let first = around.iter().copied().find(|l| *l != 0)?;
    let (mut candidate, mut members) = (first, around.iter().filter(|l| **l == first).count());
    if members < around.iter().filter(|l| **l != 0).count() {
        let mut lead = 0u8;
        for label in around.iter().filter(|l| **l != 0) {
            if lead == 0 {
                candidate = *label;
            }
            if candidate == *label { lead += 1 } else { lead -= 1 }
        }
        members = around.iter().filter(|l| **l == candidate).count();
    }
    let enough = match rule {
        Majority::R2022A => members >= 5,
        Majority::R2023A => {
            // What lies outside the grid is valid and no member.
            let void = || {
                AROUND.iter().zip(around).filter(|((r, c), label)| {
                    let (r, c) = (row as isize + r, column as isize + c);
                    **label == 0
                        && r >= 0
                        && c >= 0
                        && (r as usize) < labels.height
                        && (c as usize) < labels.width
                        && flags[r as usize * labels.width + c as usize] & VOID != 0
                })
            };
            2 * members > 8 || 2 * members > 8 - void().count()
        }
    };
    enough.then_some(candidate)
}
