//! How much land cities take (SDG 11.3.1): rates, their edge cases, what they are made of, and where built-up land comes from.
//!
//! Formulas and choices are in `docs/methods/land.md`.

mod extent;
mod growth;
mod population;
mod rates;
mod years;

pub use extent::{Extent, UrbanClass, UrbanExtent, urban_extent};
pub use growth::{Growth, LEAPFROG_LEI, Patch, PatchKind, growth};
pub use population::{aggregate, calibrate, interpolate};
pub use rates::{
    City, LandRates, Mean, PooledRates, Reading, Status, UNSTABLE_PGR, Variant, land_rates, mean_ratio, pooled,
};
pub use years::{BuiltByYear, built_by_year};
