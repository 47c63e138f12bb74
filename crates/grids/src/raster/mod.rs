//! Grids of cells: where they lie, how they are read window by window, and how they are written.

mod frame;
mod source;

mod decode;
mod geokeys;
mod input;
mod reader;
mod tags;

mod mosaic;

mod overview;
mod write;

pub use frame::{Frame, Window};
pub use mosaic::Mosaic;
pub use overview::Resampling;
pub use reader::Raster;
pub use source::{Grid, Source, open};
pub use write::{Compression, Pixels, Writing, write_cog};
