//! Observations as one Parquet file for other tools; [`crate::read_parquet`] reads it back equal.

use model::{observations::Observations, order::key_order};

use crate::{LakeError, Sizes, write::Encoder};

/// Writes observations in the order of their keys, with the columns of a segment.
///
/// Errors: [`LakeError::PeriodWithoutText`], [`LakeError::TooManyRows`].
pub fn write_parquet(obs: &Observations) -> Result<Vec<u8>, LakeError> {
    if u32::try_from(obs.len()).is_err() {
        return Err(LakeError::TooManyRows(obs.len()));
    }
    let mut encoder = Encoder::new(Vec::new(), Sizes::USUAL.rows_in_group)?;
    encoder.append(obs, &key_order(obs))?;
    Ok(encoder.finish()?.0)
}
