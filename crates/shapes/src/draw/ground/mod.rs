//! What a map is drawn on: areas with their keys, and the lines between them, in pixels.

mod areas;
mod world;

pub(crate) use world::coasts;

use std::collections::BTreeMap;

use geo::{Coord, Geometry, LineString, MapCoords as _, MultiLineString};

use super::{Refusal, svg::px};
use crate::{
    Layer, Value,
    arcs::{Arcs, paths_of},
    project::{Projection, Tolerance, densify},
    simplify,
};

/// Triangles below this, in square pixels, are simplified away: half a pixel by half a pixel.
const SMALLEST: f64 = 0.25;

/// How the world is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorldView {
    /// Width of the map, pixels.
    pub width: f64,
    /// The meridian in the middle, degrees: 0, or 11 to keep Chukotka in one piece.
    pub centre: f64,
    /// Whether Antarctica is shown.
    pub antarctica: Antarctica,
    /// Whether lines within what the UN counts as one country are drawn.
    pub interior: Interior,
}

/// Whether Antarctica is shown: statistics have nothing there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Antarctica {
    /// Shown.
    Shown,
    /// Left out.
    LeftOut,
}

/// Whether lines within a country are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interior {
    /// Drawn as their class says.
    Drawn,
    /// Left out.
    LeftOut,
}

impl WorldView {
    /// The view of a page: around 11° E, without Antarctica and without interior lines.
    pub fn page(width: f64) -> Self {
        Self { width, centre: 11.0, antarctica: Antarctica::LeftOut, interior: Interior::LeftOut }
    }
}

/// Areas of a layer that are to be coloured.
#[derive(Debug, Clone, Copy)]
pub struct Areas<'a> {
    /// The layer, in any system that we compute in.
    pub layer: &'a Layer,
    /// The attribute that values are joined by.
    pub key: &'a str,
    /// The attribute with the name.
    pub name: &'a str,
    /// Width of the map, pixels.
    pub width: f64,
}

/// One area on the ground.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Piece {
    /// Its name, where the page has none.
    pub(super) name: String,
    /// Path data; empty where it is too small to have any.
    pub(super) path: String,
    /// Drawn area, square pixels.
    pub(super) area: f64,
    /// Where its sign goes when it is too small.
    pub(super) label: Option<Coord<f64>>,
}

/// What a map is drawn on.
#[derive(Debug, Clone, PartialEq)]
pub struct Ground {
    pub(super) width: f64,
    pub(super) height: f64,
    /// By key, so that the order is fixed.
    pub(super) pieces: BTreeMap<String, Piece>,
    /// Coasts and boundary lines as SVG.
    pub(super) lines: String,
    /// The plane and how it lies on the picture; `None` for the world.
    pub(super) plane: Option<Plane>,
    /// How the world lies on the picture; `None` for a plane.
    pub(super) frame: Option<world::WorldFrame>,
    /// Whether boundaries between countries are on it, which asks for a disclaimer.
    pub(super) is_international: bool,
}

/// A plane in metres and where it lies on the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plane {
    pub(super) projection: Projection,
    /// The upper left corner, metres.
    pub(super) origin: Coord<f64>,
    /// Pixels in a metre.
    pub(super) scale: f64,
}

impl Plane {
    /// From metres to pixels.
    pub(super) fn to_px(self, at: Coord<f64>) -> Coord<f64> {
        Coord { x: (at.x - self.origin.x) * self.scale, y: (self.origin.y - at.y) * self.scale }
    }

    /// A shape of some system in pixels, bent where its lines are; what has no place is left out.
    pub(super) fn draw(&self, shape: &Geometry<f64>, from: Projection) -> Option<Geometry<f64>> {
        let forward = |at: Coord<f64>| {
            let on_plane = if from == self.projection { at } else { self.projection.forward(from.inverse(at)?)? };
            Some(self.to_px(on_plane))
        };
        let longest = if from == Projection::Degrees { 2.5 } else { 250_000.0 };
        let dense = densify(shape, Tolerance { off: 0.2, longest }, &forward);
        // Rounded, so that the two sides of the antimeridian meet in the same positions.
        let round = |at: Coord<f64>| Coord { x: (at.x * 1024.0).round() / 1024.0, y: (at.y * 1024.0).round() / 1024.0 };
        dense.try_map_coords(|at| forward(at).map(round).ok_or(())).ok()
    }
}

/// The borders of shapes, each once, though two shapes have it; not those between parts of one owner.
pub(super) fn borders<'a>(shapes: impl Iterator<Item = (&'a Geometry<f64>, usize)>) -> Geometry<f64> {
    let mut paths = Vec::new();
    let mut owners = Vec::new();
    for (shape, owner) in shapes {
        paths_of(shape, &mut paths);
        owners.resize(paths.len(), owner);
    }
    let arcs = Arcs::of(&paths);
    // The first owner of each arc, and whether there is another, or none but itself twice.
    let mut passed: Vec<(Option<usize>, bool, usize)> = vec![(None, false, 0); arcs.arcs.len()];
    for (passes, owner) in arcs.paths.iter().zip(owners) {
        for pass in passes {
            if let Some((first, is_shared, n)) = passed.get_mut(pass.arc) {
                *is_shared |= first.is_some_and(|first| first != owner);
                first.get_or_insert(owner);
                *n += 1;
            }
        }
    }
    let kept = arcs.arcs.into_iter().zip(passed).filter(|(_, (_, is_shared, n))| *is_shared || *n == 1);
    Geometry::MultiLineString(MultiLineString(kept.map(|(arc, _)| LineString(arc)).collect()))
}

pub(super) fn checked_width(width: f64) -> Result<f64, Refusal> {
    if (200.0..=4000.0).contains(&width) { Ok(width) } else { Err(Refusal::Width(width)) }
}

/// Projected shapes, thinned together, as path data with their areas.
fn thinned(shapes: Vec<Option<Geometry<f64>>>) -> Vec<Option<Geometry<f64>>> {
    let there: Vec<&Geometry<f64>> = shapes.iter().flatten().collect();
    let mut thin = simplify(&there, SMALLEST).into_iter();
    shapes.iter().map(|shape| shape.as_ref().and_then(|_| thin.next().flatten())).collect()
}

impl Ground {
    /// An empty ground that a layer fits on, for a map of layers.
    ///
    /// Errors: as [`Ground::areas`].
    pub fn around(layer: &Layer, width: f64) -> Result<Self, Refusal> {
        let (_, plane, width, height) = areas::fitted(layer, width)?;
        Ok(Self {
            width,
            height,
            pieces: BTreeMap::new(),
            lines: String::new(),
            plane: Some(plane),
            frame: None,
            is_international: false,
        })
    }

    /// The same ground, on which boundaries between countries are in view: a disclaimer is asked for.
    pub fn with_international_boundaries(self) -> Self {
        Self { is_international: true, ..self }
    }

    /// The keys of its areas, in the order in which they are drawn.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.pieces.keys().map(String::as_str)
    }

    /// What is drawn, with its name in the package.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pieces.iter().map(|(key, piece)| (key.as_str(), piece.name.as_str()))
    }

    /// A longitude and latitude in pixels; `None` outside of the picture.
    pub(super) fn place(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let at = match (&self.frame, &self.plane) {
            (Some(frame), _) => frame.place(at)?,
            (None, Some(plane)) => plane.to_px(plane.projection.forward(at)?),
            (None, None) => return None,
        };
        ((0.0..=self.width).contains(&at.x) && (0.0..=self.height).contains(&at.y)).then_some(at)
    }

    /// A rectangle over the whole map, as a clip path.
    pub(super) fn clip(&self, prefix: &str) -> String {
        format!(
            "<clipPath id=\"{prefix}-clip\"><path d=\"M0 0h{}v{}H0z\"/></clipPath>",
            px(self.width),
            px(self.height)
        )
    }
}

/// A value as a key or name.
fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Whole(whole) => Some(whole.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Flag(_) | Value::Missing => None,
    }
}
