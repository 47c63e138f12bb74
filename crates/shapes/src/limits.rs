//! How much a file may hold. A country's boundaries stay far below; what lies above is a mistake or an attack.

use crate::{Fault, Place};

/// Bytes of one file: 4 GiB.
pub const FILE_BYTES: u64 = 4 << 30;
/// Features of one layer.
pub const FEATURES: usize = 5_000_000;
/// Attributes of one layer.
pub const FIELDS: usize = 2_000;
/// Positions of one layer: 1.6 GB of coordinates.
pub const POSITIONS: usize = 100_000_000;
/// Values of one layer, also missing ones, which need no bytes in a file: 1.6 GB.
pub const VALUES: usize = 50_000_000;
/// How large a coordinate may be, in any unit: the distance of the sun in millimetres. Areas of larger ones overflow.
pub const COORDINATE: f64 = 1.5e14;
/// Collections within collections.
pub const DEPTH: usize = 16;
/// Bytes of one value, also of one geometry as it lies in the file: 1 GiB is what SQLite takes at most.
pub const VALUE_BYTES: usize = 512 << 20;

/// Whether so many features with so many attributes are too many values; told before they are made.
///
/// Errors: more than [`VALUES`].
pub(crate) fn check_values(place: &Place, n_features: usize, n_fields: usize) -> Result<(), Fault> {
    if n_features.saturating_mul(n_fields) > VALUES {
        return Err(Fault::TooLarge { place: place.clone(), what: "values", limit: VALUES as u64 });
    }
    Ok(())
}
