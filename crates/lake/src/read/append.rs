//! Rows of chunks appended to observations: each dictionary is translated once, then codes are copied.

use model::{
    kinds::{ObservationState, ObservationStatus, Scope},
    observations::Observations,
    sparse::Sparse,
    value::Period,
};

use super::{Chunk, TextField, chunk::NumberField};

/// One row: the chunk's index and the row in it.
pub(crate) type Pick = (u32, u32);

/// Appends the rows picked, in order.
pub(crate) fn append<C: AsRef<Chunk>>(obs: &mut Observations, chunks: &[C], picks: &[Pick]) {
    let chunk = |pick: &Pick| (chunks[pick.0 as usize].as_ref(), pick.1 as usize);
    for field in TextField::ALL {
        if matches!(field, TextField::Period | TextField::Scope | TextField::Status | TextField::State) {
            continue;
        }
        // Texts are numbered when a row uses them, so that the dictionary holds nothing that was filtered out.
        let mut known: Vec<Vec<Option<u32>>> =
            chunks.iter().map(|c| vec![None; c.as_ref().text(field).texts().len()]).collect();
        let dict = &mut obs.dict;
        let codes = picks.iter().map(|pick| {
            let (chunk, row) = chunk(pick);
            let column = chunk.text(field);
            let code = column.code(row);
            *known[pick.0 as usize][code as usize].get_or_insert_with(|| dict.intern(column.text(code)))
        });
        let target = match field {
            TextField::Indicator => &mut obs.indicator,
            TextField::Place => &mut obs.place,
            TextField::Breakdown => &mut obs.breakdown,
            TextField::Project => &mut obs.project,
            TextField::Entity => &mut obs.entity,
            TextField::Stage => &mut obs.stage,
            TextField::Source => &mut obs.source,
            TextField::Evidence => &mut obs.evidence,
            _ => &mut obs.comment,
        };
        target.extend(codes);
    }
    let listed = |field: TextField, pick: &Pick| {
        let (chunk, row) = chunk(pick);
        chunk.text(field).code(row) as usize
    };
    // Every code was found to mean something when the chunk was read, so the defaults below are never taken.
    obs.period.extend(picks.iter().map(|pick| {
        let (chunk, row) = chunk(pick);
        chunk.period(row).unwrap_or(Period::year(1000))
    }));
    obs.scope
        .extend(picks.iter().map(|pick| chunk(pick).0.scopes[listed(TextField::Scope, pick)].unwrap_or(Scope::Global)));
    obs.status.extend(picks.iter().map(|pick| {
        chunk(pick).0.statuses[listed(TextField::Status, pick)].unwrap_or(ObservationStatus::NotAvailable)
    }));
    obs.state.extend(
        picks
            .iter()
            .map(|pick| chunk(pick).0.states[listed(TextField::State, pick)].unwrap_or(ObservationState::Provisional)),
    );
    let number = |field: NumberField| {
        picks.iter().map(move |pick| {
            let (chunk, row) = chunk(pick);
            chunk.number(field, row)
        })
    };
    obs.value.extend(number(NumberField::Value));
    obs.numerator.extend(number(NumberField::Numerator));
    obs.denominator.extend(number(NumberField::Denominator));
    obs.standard_error.extend(number(NumberField::StandardError));
    obs.sample_size.extend(picks.iter().map(|pick| {
        let (chunk, row) = chunk(pick);
        chunk.sample_size(row)
    }));
    obs.measured_on.extend(picks.iter().map(|pick| {
        let (chunk, row) = chunk(pick);
        chunk.measured_on(row)
    }));
    obs.change.extend(picks.iter().map(|pick| {
        let (chunk, row) = chunk(pick);
        chunk.change(row)
    }));
}

impl AsRef<Chunk> for Chunk {
    fn as_ref(&self) -> &Chunk {
        self
    }
}

/// Appends rows of other observations.
pub(crate) fn append_rows(obs: &mut Observations, other: &Observations, rows: &[u32]) {
    let mut known: Vec<Option<u32>> = vec![None; other.dict.texts().len()];
    let Observations { dict, .. } = obs;
    let mut code = |from: u32| *known[from as usize].get_or_insert_with(|| dict.intern(other.dict.text(from)));
    for (target, source) in [
        (&mut obs.indicator, &other.indicator),
        (&mut obs.place, &other.place),
        (&mut obs.breakdown, &other.breakdown),
        (&mut obs.project, &other.project),
        (&mut obs.entity, &other.entity),
        (&mut obs.stage, &other.stage),
        (&mut obs.source, &other.source),
        (&mut obs.evidence, &other.evidence),
        (&mut obs.comment, &other.comment),
    ] {
        target.extend(rows.iter().map(|r| code(source[*r as usize])));
    }
    fn copy<T: Copy>(target: &mut Vec<T>, source: &[T], rows: &[u32]) {
        target.extend(rows.iter().map(|r| source[*r as usize]));
    }
    fn copy_sparse<T: Copy>(target: &mut Sparse<T>, source: &Sparse<T>, rows: &[u32]) {
        if source.is_absent() {
            target.extend_absent(rows.len());
        } else {
            target.extend(rows.iter().map(|r| source[*r as usize]));
        }
    }
    copy(&mut obs.period, &other.period, rows);
    copy(&mut obs.scope, &other.scope, rows);
    copy(&mut obs.value, &other.value, rows);
    copy_sparse(&mut obs.numerator, &other.numerator, rows);
    copy_sparse(&mut obs.denominator, &other.denominator, rows);
    copy_sparse(&mut obs.standard_error, &other.standard_error, rows);
    copy_sparse(&mut obs.sample_size, &other.sample_size, rows);
    copy(&mut obs.status, &other.status, rows);
    copy(&mut obs.state, &other.state, rows);
    copy_sparse(&mut obs.measured_on, &other.measured_on, rows);
    copy(&mut obs.change, &other.change, rows);
}
