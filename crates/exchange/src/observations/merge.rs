//! Chunks become columns: codes are renumbered into one dictionary, columns are joined in parallel.

use model::{
    kinds::{ObservationState, ObservationStatus},
    observations::Observations,
};

use super::chunk::{Chunk, NO_TEXT};

/// Appends the rows of the chunks in their order.
pub(super) fn append(all: &mut Observations, chunks: &[Chunk<'_>]) {
    // What each chunk's numbers are in the dictionary of all.
    let codes: Vec<[Vec<u32>; 9]> = chunks
        .iter()
        .map(|chunk| {
            std::array::from_fn(|i| {
                chunk.lexicons[i].meanings().map(|text| text.map_or(0, |t| all.dict.intern(t))).collect()
            })
        })
        .collect();
    let total = all.len() + chunks.iter().map(|c| c.len).sum::<usize>();
    let texts = |column: &mut Vec<u32>, i: usize| {
        column.reserve_exact(total - column.len());
        for (chunk, codes) in chunks.iter().zip(&codes) {
            if chunk.texts[i].is_empty() {
                column.resize(column.len() + chunk.len, 0);
            } else {
                let code = |n: &u32| if *n == NO_TEXT { 0 } else { codes[i].get(*n as usize).copied().unwrap_or(0) };
                column.extend(chunk.texts[i].iter().map(code));
            }
        }
    };
    let numbers = |column: &mut Vec<Option<f64>>, i: usize| join(column, chunks, total, None, |c| &c.numbers[i]);
    let Observations { indicator, place, period, breakdown, scope, project, entity, stage, value, .. } = all;
    let Observations { numerator, denominator, standard_error, sample_size, status, state, .. } = all;
    let Observations { source, evidence, measured_on, comment, change, .. } = all;
    rayon::scope(|s| {
        s.spawn(|_| texts(indicator, 0));
        s.spawn(|_| texts(place, 1));
        s.spawn(|_| texts(breakdown, 2));
        s.spawn(|_| texts(project, 3));
        s.spawn(|_| texts(entity, 4));
        s.spawn(|_| texts(stage, 5));
        s.spawn(|_| texts(source, 6));
        s.spawn(|_| texts(evidence, 7));
        s.spawn(|_| texts(comment, 8));
        s.spawn(|_| numbers(value, 0));
        s.spawn(|_| numbers(numerator, 1));
        s.spawn(|_| numbers(denominator, 2));
        s.spawn(|_| numbers(standard_error, 3));
        s.spawn(|_| join(sample_size, chunks, total, None, |c| &c.sample_size));
        s.spawn(|_| join(measured_on, chunks, total, None, |c| &c.measured_on));
        s.spawn(|_| {
            for chunk in chunks {
                period.extend_from_slice(&chunk.period);
                scope.extend_from_slice(&chunk.scope);
            }
            join(status, chunks, total, ObservationStatus::Measured, |c| &c.status);
            join(state, chunks, total, ObservationState::Provisional, |c| &c.state);
            change.resize(total, 0);
        });
    });
}

/// Joins one column of all chunks; a chunk without it is filled.
fn join<'c, T: Copy + 'c>(
    column: &mut Vec<T>,
    chunks: &'c [Chunk<'_>],
    total: usize,
    fill: T,
    part: impl Fn(&'c Chunk<'_>) -> &'c Vec<T>,
) {
    column.reserve_exact(total - column.len());
    for chunk in chunks {
        if part(chunk).is_empty() {
            column.resize(column.len() + chunk.len, fill);
        } else {
            column.extend_from_slice(part(chunk));
        }
    }
}
