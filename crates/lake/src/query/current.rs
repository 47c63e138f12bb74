//! The latest rows as observations, and as one compact segment beside the history.

use model::observations::Observations;
use rayon::prelude::*;

use super::{latest::latest, partition::Plan};
use crate::{
    Filter, Lake, LakeError, Segment, SegmentId,
    read::{Fields, append, append_rows},
};

impl Lake {
    /// The latest row of each natural key as of a change, in the order of the keys: [`Lake::latest`] without a filter.
    pub fn current(&self, segments: &[(SegmentId, u64)], last_change: u64) -> Result<Observations, LakeError> {
        self.latest(segments, &Filter::default(), last_change)
    }

    /// The latest row of each natural key that the filter asks for, as of a change, in the order of the keys.
    ///
    /// The same rows as [`model::observations::as_of`] over [`Lake::load`] keeps. Memory: the answer, and for
    /// each thread about a million rows; row groups of small segments stay until the last key they reach to, so
    /// very many small segments should be compacted. Errors: as [`Lake::load`].
    pub fn latest(
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
                append_rows(&mut obs, &part, &rows);
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
