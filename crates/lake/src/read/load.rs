//! All rows of segments, read by several threads, in the order of the segments.

use std::sync::Arc;

use model::observations::Observations;
use rayon::prelude::*;

use super::{Chunk, Fields, Filter, Mask, Pick, SegmentFile, Spans, append};
use crate::{Lake, LakeError, SegmentId};

impl Lake {
    /// All rows of the segments that the filter asks for, history included, with their changes.
    ///
    /// `segments` are names with the numbers of the changes that registered them; rows come in that order,
    /// so that of two rows with one key and one change the later one counts (as in
    /// [`model::observations::as_of`]). Row groups that cannot hold what is asked for are not read. Memory: the
    /// answer, and two row groups for each thread.
    ///
    /// Errors: [`LakeError::Missing`], [`LakeError::Damaged`], [`LakeError::NewerSchema`], [`LakeError::Io`].
    pub fn load(&self, segments: &[(SegmentId, u64)], filter: &Filter) -> Result<Observations, LakeError> {
        let files = self.footers(segments)?;
        let wanted: Vec<(&SegmentFile, usize, u64)> = files
            .iter()
            .flat_map(|(file, change)| {
                let groups = file.groups.iter().enumerate().filter(|(_, g)| filter.may_hold(g));
                groups.map(move |(group, _)| (&**file, group, *change))
            })
            .collect();
        let mut obs = Observations::default();
        for wave in wanted.chunks(2 * rayon::current_num_threads().max(1)) {
            let read: Vec<Result<(Chunk, Vec<Pick>), LakeError>> = wave
                .par_iter()
                .map(|(file, group, change)| {
                    let chunk = Chunk::read(file, *group, Fields::All, *change)?;
                    let mask = Mask::new(filter, &chunk);
                    let rows = 0..chunk.n_rows as u32;
                    let picks = rows.filter(|row| mask.keeps(&chunk, *row as usize)).map(|row| (0, row)).collect();
                    Ok((chunk, picks))
                })
                .collect();
            for chunk in read {
                let (chunk, picks) = chunk?;
                append(&mut obs, &[chunk], &picks);
            }
        }
        Ok(obs)
    }

    /// How many row groups a filter would read and pass over. Reads footers only.
    pub fn spans(&self, segments: &[(SegmentId, u64)], filter: &Filter) -> Result<Spans, LakeError> {
        let files = self.footers(segments)?;
        Ok(Spans::of(files.iter().map(|(file, _)| &**file), filter))
    }

    pub(crate) fn footers(&self, segments: &[(SegmentId, u64)]) -> Result<Vec<(Arc<SegmentFile>, u64)>, LakeError> {
        segments.iter().map(|(id, change)| Ok((self.footer(id)?, *change))).collect()
    }
}
