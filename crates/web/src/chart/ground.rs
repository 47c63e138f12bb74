//! The world as ground of maps, projected once for each width that pages have.

use std::sync::OnceLock;

use shapes::draw::{Ground, WorldView};

/// How wide a map is. Text in a picture does not grow when the picture shrinks, so a phone gets a picture of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MapWidth {
    /// A page on a desk.
    Wide,
    /// A phone.
    Narrow,
    /// One of several beside each other.
    Panel,
}

impl MapWidth {
    /// Pixels.
    pub const fn pixels(self) -> f64 {
        match self {
            MapWidth::Wide => 960.0,
            MapWidth::Narrow => 340.0,
            MapWidth::Panel => 304.0,
        }
    }
}

/// The world in Equal Earth; `None` where its package cannot be read.
pub(crate) fn world_ground(width: MapWidth) -> Option<&'static Ground> {
    static WIDE: OnceLock<Option<Ground>> = OnceLock::new();
    static NARROW: OnceLock<Option<Ground>> = OnceLock::new();
    static PANEL: OnceLock<Option<Ground>> = OnceLock::new();
    let held = match width {
        MapWidth::Wide => &WIDE,
        MapWidth::Narrow => &NARROW,
        MapWidth::Panel => &PANEL,
    };
    let project = || Ground::world(app::atlas(app::Scale::World)?, &WorldView::page(width.pixels())).ok();
    held.get_or_init(project).as_ref()
}
