//! Maps as SVG: pure functions from shapes, values and texts to one string.
//!
//! A [`Ground`] is what is drawn on: the world or the areas of a layer, projected, simplified to half a pixel, with
//! its borders. [`choropleth()`] colours its areas by classes, [`symbols()`] puts
//! values of points on it, [`multiples()`] does so for several dates with one legend,
//! [`regional()`] shows values of one part of the world,
//! [`layered()`] puts cells, areas, lines, points and names on it, [`layered_multiples()`] for several dates. All words come from the caller. Each picture has a title and
//! a description for screen readers, carries the disclaimer inside, begins all its ids with the prefix it is given,
//! and is the same bytes for the same input.

mod choropleth;
mod classes;
mod ground;
mod labels;
mod layered;
mod legend;
mod multiples;
mod palette;
mod regional;
mod sheet;
mod svg;
mod symbols;
mod text;
mod vision;

pub use choropleth::{Drawing, Place, Status, choropleth};
pub use classes::{ClassRule, Classes, MOST_CLASSES};
pub(crate) use ground::coasts;
pub use ground::{Antarctica, Areas, Ground, Interior, WorldView};
pub use labels::Label;
pub use layered::{AreaStyle, Cells, Fill, MapLayer, Marker, layered};
pub use legend::{Dash, LegendEntry, LineStyle, Sign};
pub use multiples::{LayeredPanel, Panel, layered_multiples, multiples};
pub use palette::{Colour, Palette};
pub use regional::{PlaceArea, Region, regional};
pub use sheet::{Direction, Link, Texts};
pub use symbols::{PlacePoint, symbols};
pub use vision::{Vision, contrast, difference, least_difference, least_difference_of_all};

/// Why a map is not drawn.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// Breaks that make no classes.
    #[error("class breaks must be at least two numbers that rise")]
    Breaks,
    /// More classes than a reader or a palette can tell apart.
    #[error("{asked} classes cannot be told apart, there may be {most}")]
    TooManyClasses {
        /// How many were asked for.
        asked: usize,
        /// How many there may be.
        most: usize,
    },
    /// More different values than the rule can look at.
    #[error("{found} different values are more than the {most} that natural breaks are found among; take quantiles")]
    TooManyValues {
        /// How many there are.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A prefix for ids that would break a link or the page.
    #[error("the prefix {0} of a map must be letters and digits, the first one a letter")]
    Prefix(String),
    /// A text without which no map is published.
    #[error("a map needs a {0}")]
    NoText(&'static str),
    /// A width that no page has.
    #[error("a map is from 200 to 4000 pixels wide, not {0}")]
    Width(f64),
    /// Nothing to draw on.
    #[error("the layer {0} has no shape that could be drawn")]
    Empty(String),
    /// A reference system that we do not compute in.
    #[error("the layer {layer} is in {crs}, which is not computed here; project it first")]
    UnknownSystem {
        /// The layer.
        layer: String,
        /// Its reference system.
        crs: String,
    },
    /// A column that is not there.
    #[error("the layer {layer} has no attribute {field}")]
    NoField {
        /// The layer.
        layer: String,
        /// The attribute.
        field: String,
    },
    /// A value that no class holds: the map would leave it out without a word.
    #[error("the value {value} of {key} is outside of all classes")]
    OutsideOfClasses {
        /// The place.
        key: String,
        /// Its value.
        value: f64,
    },
    /// No map or too many in one picture.
    #[error("a picture has from 1 to {most} maps, not {found}")]
    Panels {
        /// How many were given.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// A grid whose classes are not as many as its cells.
    #[error("the grid has {found} values, {expected} were expected from its rows and columns")]
    Grid {
        /// How many there are.
        found: usize,
        /// How many there should be.
        expected: usize,
    },
}
