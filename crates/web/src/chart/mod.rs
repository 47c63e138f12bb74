//! Charts as SVG, made on the server: text in them, a table behind them, no script needed.
//!
//! Maps are drawn by `shapes::draw`; here are the grounds that they share. Axes run left to right in every language, as statistical charts do; words stand in the legend beside
//! the drawing, so that the browser sets them in the reader's direction.

mod city_map;
mod ground;
mod interval;
mod line;
mod outlines;
mod radar;
mod scale;
mod scatter;
mod strip;

pub(crate) use city_map::{CityClass, CityLayer, CityMap, LayerKind, MapFiles, NameOnMap};
pub(crate) use ground::{MapWidth, world_ground};
pub use interval::interval;
pub use line::{Chart, Cycle, Point, Trace};
pub(crate) use outlines::Outlines;
pub use radar::{Radar, Ring};
pub use scatter::{Dot, Scatter};
pub use strip::{Mark, Strip, Whose};
