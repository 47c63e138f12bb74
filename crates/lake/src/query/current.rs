//! The latest rows as observations, and as one compact segment beside the history.

use model::observations::Observations;
use rayon::prelude::*;

use super::{latest::latest, partition::Plan};
use crate::{
    Filter, Lake, LakeError, Segment, SegmentId,
    read::{Fields, append},
};

impl Lake {
    /// The latest row of each natural key as of a change, in the order of the keys.
    ///
    /// The same rows as [`model::observations::as_of`] over [`Lake::load`] keeps. Memory: the answer, and for
    /// each thread about a million rows; row groups of small segments stay until the last key they reach to, so
    /// very many small segments should be compacted. Errors: as [`Lake::load`].
    pub fn current(
        &self,
        segments: &[(SegmentId, u64)],
        filter: &Filter,
        last_change: u64,
    ) -> Result<Observations, LakeError> {
        let mut obs = Observations::default();
        self.each_part(segments, filter, last_change, |part| {
            if obs.is_empty() {
                obs = part;
            } else {
                let rows: Vec<u32> = (0..part.len() as u32).collect();
                extend(&mut obs, &part, &rows);
            }
            Ok(())
        })?;
        Ok(obs)
    }

    /// Writes the latest rows as of a change as one segment; each row keeps the number of its change.
    ///
    /// The segments stay: they are the history, which questions about the past need. Memory: about a million
    /// rows for each thread, however many there are. Errors: as [`Lake::load`] and [`Lake::write_segment`].
    pub fn compact(&self, segments: &[(SegmentId, u64)], last_change: u64) -> Result<Segment, LakeError> {
        let mut draft = self.draft()?;
        self.each_part(segments, &Filter::default(), last_change, |part| {
            let rows: Vec<u32> = (0..part.len() as u32).collect();
            draft.append(&part, &rows)
        })?;
        draft.finish(self)
    }

    /// Calls `take` with the latest rows, part by part in the order of the keys; parts are read in parallel.
    fn each_part(
        &self,
        segments: &[(SegmentId, u64)],
        filter: &Filter,
        last_change: u64,
        mut take: impl FnMut(Observations) -> Result<(), LakeError>,
    ) -> Result<(), LakeError> {
        let plan = Plan::new(self.footers(segments)?, filter, Fields::All, last_change, self.sizes.rows_in_part);
        for wave in plan.parts.chunks(rayon::current_num_threads().max(1)) {
            let read: Vec<Result<Observations, LakeError>> = wave
                .par_iter()
                .map(|part| {
                    let slices = plan.read(part)?;
                    let picks = latest(&slices, filter, last_change);
                    let mut obs = Observations::default();
                    append(&mut obs, &slices, &picks);
                    Ok(obs)
                })
                .collect();
            for part in read {
                take(part?)?;
            }
        }
        Ok(())
    }
}

/// Appends rows of other observations.
fn extend(obs: &mut Observations, other: &Observations, rows: &[u32]) {
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
    copy(&mut obs.period, &other.period, rows);
    copy(&mut obs.scope, &other.scope, rows);
    copy(&mut obs.value, &other.value, rows);
    copy(&mut obs.numerator, &other.numerator, rows);
    copy(&mut obs.denominator, &other.denominator, rows);
    copy(&mut obs.standard_error, &other.standard_error, rows);
    copy(&mut obs.sample_size, &other.sample_size, rows);
    copy(&mut obs.status, &other.status, rows);
    copy(&mut obs.state, &other.state, rows);
    copy(&mut obs.measured_on, &other.measured_on, rows);
    copy(&mut obs.change, &other.change, rows);
}
