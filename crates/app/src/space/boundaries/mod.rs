//! Boundaries of places: read from the files that people have, checked, shown, put into the register, and given out again.

mod check;
mod give;
mod held;
mod import;
mod keep;
mod names;
mod preview;
mod read;
mod shelf;

pub use give::{BoundaryFormat, boundary_layer, export_boundaries};
pub use import::{ImportedBoundaries, import_boundaries};
pub(crate) use keep::{boundary_among, kept, shape_name};
pub use keep::{boundary_on, boundary_shape};
pub use preview::{
    BoundaryBecomes, BoundaryBefore, BoundaryCounts, BoundaryFile, BoundaryLine, BoundaryMap, BoundaryPreview,
    boundary_map, boundary_preview, confirm_boundaries, preview_boundaries,
};
pub use read::{NewBoundaries, ReadBoundaries, ReadBoundary, read_boundaries};
pub(crate) use read::{found_boundary, polygons};
pub(crate) use shelf::Shelf;

/// Bytes of a file of boundaries at most.
pub const LARGEST_BOUNDARIES: usize = 256 << 20;
