//! Chunks become columns: codes are renumbered into one dictionary, columns are joined in parallel.

use model::{
    kinds::{ObservationState, ObservationStatus},
    observations::Observations,
    sparse::Sparse,
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
        if column.is_empty() && chunks.iter().all(|c| c.texts[i].is_empty()) {
            // Memory that nobody writes to is not touched.
            *column = vec![0; total];
            return;
        }
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
    let numbers = |column: &mut Sparse<f64>, i: usize| join_sparse(column, chunks, total, |c| &c.numbers[i]);
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
        s.spawn(|_| join(value, chunks, total, None, |c| &c.numbers[0]));
        s.spawn(|_| numbers(numerator, 1));
        s.spawn(|_| numbers(denominator, 2));
        s.spawn(|_| numbers(standard_error, 3));
        s.spawn(|_| join_sparse(sample_size, chunks, total, |c| &c.sample_size));
        s.spawn(|_| join_sparse(measured_on, chunks, total, |c| &c.measured_on));
        s.spawn(|_| {
            for chunk in chunks {
                period.extend_from_slice(&chunk.period);
                scope.extend_from_slice(&chunk.scope);
            }
            join(status, chunks, total, ObservationStatus::Measured, |c| &c.status);
            join(state, chunks, total, ObservationState::Provisional, |c| &c.state);
            if change.is_empty() {
                *change = vec![0; total];
            } else {
                change.resize(total, 0);
            }
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

/// Joins one column that a file may not have at all.
fn join_sparse<'c, T: Copy + 'c>(
    column: &mut Sparse<T>,
    chunks: &'c [Chunk<'_>],
    total: usize,
    part: impl Fn(&'c Chunk<'_>) -> &'c Vec<Option<T>>,
) {
    // A template brings all columns, most of them without a value.
    if !chunks.iter().any(|c| part(c).iter().any(Option::is_some)) {
        column.extend_absent(total - column.len());
        return;
    }
    column.reserve_exact(total - column.len());
    for chunk in chunks {
        if part(chunk).is_empty() {
            column.extend_absent(chunk.len);
        } else {
            column.extend_from_slice(part(chunk));
        }
    }
}
