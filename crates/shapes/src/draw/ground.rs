//! What a map is drawn on: areas with their keys, and the lines between them, in pixels.

use std::collections::BTreeMap;

use geo::{
    Area as _, BoundingRect as _, Coord, Geometry, GeometryCollection, LineString, MapCoords as _, MultiLineString,
    Rect,
};

use super::{
    Refusal,
    legend::Dash,
    svg::{push_shape, px},
};
use crate::{
    BoundaryClass, Crs, Layer, Value, World, antimeridian,
    arcs::{Arcs, paths_of},
    label_point,
    project::{Azimuthal, Projection, Tolerance, densify, equal_earth_sphere},
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
    /// The world in Equal Earth.
    ///
    /// Areas that figures join to one country are one piece, under its ISO alpha-3; others are under their own code.
    /// Coasts are thin lines; boundaries are solid, disputed and indefinite ones dashed, lines of control dotted;
    /// claims are not drawn.
    ///
    /// Errors: a width that no page has; a world without countries.
    pub fn world(world: &World, view: &WorldView) -> Result<Self, Refusal> {
        let width = checked_width(view.width)?;
        if world.countries.is_empty() {
            return Err(Refusal::Empty("countries".into()));
        }
        let frame = WorldFrame::new(world, view, width);
        let mut shapes: Vec<Option<Geometry<f64>>> = Vec::new();
        let shown: Vec<_> = world.countries.iter().filter(|country| frame.shows(&country.code)).collect();
        shapes.extend(shown.iter().map(|country| frame.draw(country.shape.as_ref()?)));
        shapes.push(frame.draw(&coasts(&shown.iter().filter_map(|c| c.shape.as_ref()).collect::<Vec<_>>())));
        let lines = [
            (Dash::Solid, &[BoundaryClass::International][..]),
            (Dash::Dashed, &[BoundaryClass::Disputed, BoundaryClass::Indefinite]),
            (Dash::Dotted, &[BoundaryClass::LineOfControl]),
            // Of parts that declared themselves independent: within a country as the UN counts it.
            (Dash::Dashed, &[BoundaryClass::Breakaway]),
        ];
        for (_, classes) in &lines {
            let drawn = world.boundaries.iter().filter(|line| {
                classes.contains(&line.class) && (line.interior_to.is_none() || view.interior == Interior::Drawn)
            });
            let all = Geometry::GeometryCollection(GeometryCollection(drawn.map(|line| line.line.clone()).collect()));
            shapes.push(frame.draw(&all));
        }
        let mut thin = thinned(shapes).into_iter();
        let mut pieces: BTreeMap<String, Piece> = BTreeMap::new();
        for country in shown {
            let key = country.joins.as_ref().unwrap_or(&country.code);
            let is_own = country.iso3.as_ref() == Some(key) || country.joins.is_none();
            let drawn = thin.next().flatten();
            let area = drawn.as_ref().map_or(0.0, geo::Area::unsigned_area);
            let label = country.shape.as_ref().and_then(label_point).and_then(|at| frame.place(at));
            let piece = pieces.entry(key.clone()).or_insert_with(|| Piece {
                name: String::new(),
                path: String::new(),
                area: 0.0,
                label: None,
            });
            if let Some(shape) = &drawn {
                push_shape(shape, &mut piece.path);
            }
            if piece.name.is_empty() || is_own {
                piece.name.clone_from(&country.name);
            }
            if piece.label.is_none() || is_own {
                piece.label = label;
            }
            piece.area += area;
        }
        let mut svg =
            String::from("<g fill=\"none\" stroke=\"#666\" stroke-linejoin=\"round\" pointer-events=\"none\">");
        let mut line = |shape: Option<Geometry<f64>>, width: &str, dash: Dash| {
            let mut path = String::new();
            shape.iter().for_each(|shape| push_shape(shape, &mut path));
            if !path.is_empty() {
                svg.push_str(&format!("<path stroke-width=\"{width}\"{} d=\"{path}\"/>", dash.attribute()));
            }
        };
        line(thin.next().flatten(), ".5", Dash::Solid);
        for (dash, _) in &lines {
            line(thin.next().flatten(), ".75", *dash);
        }
        svg.push_str("</g>");
        Ok(Self { width, height: frame.height, pieces, lines: svg, plane: None, is_international: true })
    }

    /// The areas of a layer, on a plane of equal area around their middle. Areas of one key are one piece.
    ///
    /// Errors: a width that no page has; a system that we do not compute in; attributes that are not there; no shapes.
    pub fn areas(areas: &Areas<'_>) -> Result<Self, Refusal> {
        let layer = areas.layer;
        let (from, plane, width, height) = fitted(layer, areas.width)?;
        let column = |name: &str| {
            layer
                .fields
                .iter()
                .position(|field| field.name == name)
                .ok_or_else(|| Refusal::NoField { layer: layer.name.clone(), field: name.to_owned() })
        };
        let (key, name) = (column(areas.key)?, column(areas.name)?);
        let shapes: Vec<_> = layer.features.iter().map(|feature| plane.draw(feature.shape.as_ref()?, from)).collect();
        let mut pieces: BTreeMap<String, Piece> = BTreeMap::new();
        let thin = thinned(shapes);
        for (feature, shape) in layer.features.iter().zip(&thin) {
            let Some(key) = feature.values.get(key).and_then(text_of) else { continue };
            let piece = pieces.entry(key).or_insert_with(|| Piece {
                name: feature.values.get(name).and_then(text_of).unwrap_or_default(),
                path: String::new(),
                area: 0.0,
                label: None,
            });
            match shape {
                Some(shape) => {
                    push_shape(shape, &mut piece.path);
                    piece.area += shape.unsigned_area();
                    piece.label = piece.label.or_else(|| label_point(shape));
                }
                None => {
                    let at = feature.shape.as_ref().and_then(label_point).and_then(|at| from.inverse(at));
                    let at = at.and_then(|at| plane.projection.forward(at)).map(|at| plane.to_px(at));
                    piece.label = piece.label.or(at);
                }
            }
        }
        let owners: BTreeMap<&str, usize> = pieces.keys().enumerate().map(|(at, key)| (key.as_str(), at)).collect();
        let owned = layer.features.iter().zip(&thin).enumerate().filter_map(|(at, (feature, shape))| {
            let key = feature.values.get(key).and_then(text_of);
            let owner = key.and_then(|key| owners.get(key.as_str()).copied()).unwrap_or(pieces.len() + at);
            shape.as_ref().filter(|shape| shape.unsigned_area() > 0.0).map(|shape| (shape, owner))
        });
        let mut path = String::new();
        push_shape(&borders(owned), &mut path);
        let lines = format!(
            "<path fill=\"none\" stroke=\"#666\" stroke-width=\".5\" stroke-linejoin=\"round\" pointer-events=\"none\" d=\"{path}\"/>"
        );
        Ok(Self { width, height, pieces, lines, plane: Some(plane), is_international: false })
    }

    /// An empty ground that a layer fits on, for a map of layers.
    ///
    /// Errors: as [`Ground::areas`].
    pub fn around(layer: &Layer, width: f64) -> Result<Self, Refusal> {
        let (_, plane, width, height) = fitted(layer, width)?;
        Ok(Self {
            width,
            height,
            pieces: BTreeMap::new(),
            lines: String::new(),
            plane: Some(plane),
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

/// The plane around a layer: the layer's own where it is of equal area already, else one around its middle.
fn fitted(layer: &Layer, width: f64) -> Result<(Projection, Plane, f64, f64), Refusal> {
    let width = checked_width(width)?;
    let from = Projection::of(&layer.crs)
        .ok_or_else(|| Refusal::UnknownSystem { layer: layer.name.clone(), crs: layer.crs.to_string() })?;
    let empty = || Refusal::Empty(layer.name.clone());
    let shapes: Vec<&Geometry<f64>> = layer.features.iter().filter_map(|feature| feature.shape.as_ref()).collect();
    let middle = middle(&shapes, from, &layer.crs).ok_or_else(empty)?;
    let projection = Projection::Azimuthal(Azimuthal::around(middle));
    let raw = Plane { projection, origin: Coord { x: 0.0, y: 0.0 }, scale: 1.0 };
    // Bounds from the corners alone would miss what bulges.
    let bounds = shapes
        .iter()
        .filter_map(|shape| {
            let on_plane = shape.try_map_coords(|at| from.inverse(at).and_then(|at| projection.forward(at)).ok_or(()));
            on_plane.ok()?.bounding_rect()
        })
        .reduce(joined)
        .ok_or_else(empty)?;
    let margin = 0.02 * bounds.width().max(bounds.height()).max(100.0);
    let (metres_wide, metres_high) = (bounds.width() + 2.0 * margin, bounds.height() + 2.0 * margin);
    // A long north-south country would make a tower: no higher than one and a half times the width.
    let scale = (width / metres_wide).min(1.5 * width / metres_high);
    let spare = (width / scale - metres_wide) / 2.0;
    let origin = Coord { x: bounds.min().x - margin - spare, y: bounds.max().y + margin };
    Ok((from, Plane { origin, scale, ..raw }, width, metres_high * scale))
}

fn joined(one: Rect<f64>, other: Rect<f64>) -> Rect<f64> {
    Rect::new(
        Coord { x: one.min().x.min(other.min().x), y: one.min().y.min(other.min().y) },
        Coord { x: one.max().x.max(other.max().x), y: one.max().y.max(other.max().y) },
    )
}

/// The middle of shapes in degrees: opposite of the widest gap in longitude, so that a country on both sides of the
/// antimeridian is in one piece.
fn middle(shapes: &[&Geometry<f64>], from: Projection, crs: &Crs) -> Option<Coord<f64>> {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
    for shape in shapes {
        let parts: Vec<Geometry<f64>> = match shape {
            Geometry::MultiPolygon(areas) => areas.0.iter().cloned().map(Geometry::Polygon).collect(),
            other => vec![(*other).clone()],
        };
        for part in parts {
            let bounds = part.bounding_rect()?;
            let corners = [
                bounds.min(),
                bounds.max(),
                Coord { x: bounds.min().x, y: bounds.max().y },
                Coord { x: bounds.max().x, y: bounds.min().y },
            ];
            let corners: Vec<_> = corners.into_iter().filter_map(|at| from.inverse(at)).collect();
            let (mut west, mut east) = (f64::INFINITY, f64::NEG_INFINITY);
            for at in &corners {
                (west, east) = (west.min(at.x), east.max(at.x));
                (south, north) = (south.min(at.y), north.max(at.y));
            }
            if !corners.is_empty() {
                spans.push((west, east));
            }
        }
    }
    if spans.is_empty() || !south.is_finite() {
        return None;
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, mut reach) = spans.first().copied()?;
    let mut gap = (f64::NEG_INFINITY, 0.0, 0.0);
    for (west, east) in &spans {
        if west - reach > gap.0 {
            gap = (west - reach, reach, *west);
        }
        reach = reach.max(*east);
    }
    let around = first + 360.0 - reach;
    let centre = if !crs.is_geographic() || around >= gap.0 {
        (first + reach) / 2.0
    } else {
        // From the gap's end over the antimeridian to its beginning.
        (gap.2 + gap.1 + 360.0) / 2.0
    };
    let centre = if centre > 180.0 { centre - 360.0 } else { centre };
    Some(Coord { x: centre, y: ((south + north) / 2.0).clamp(-90.0, 90.0) })
}

/// How the world lies on the picture.
struct WorldFrame {
    centre: f64,
    scale: f64,
    top: f64,
    height: f64,
    width: f64,
    antarctica: Antarctica,
}

impl WorldFrame {
    fn new(world: &World, view: &WorldView, width: f64) -> Self {
        let scale = width / (2.0 * 2.706_630);
        let mut frame = Self { centre: view.centre, scale, top: 0.0, height: 0.0, width, antarctica: view.antarctica };
        let bounds = world
            .countries
            .iter()
            .filter(|country| frame.shows(&country.code))
            .filter_map(|country| country.shape.as_ref()?.bounding_rect());
        let (south, north) =
            bounds.fold((90.0_f64, -90.0_f64), |(low, high), b| (low.min(b.min().y), high.max(b.max().y)));
        let y = |lat: f64| equal_earth_sphere(0.0, lat.to_radians()).1 * scale;
        frame.top = y(north) + 2.0;
        frame.height = (frame.top - y(south) + 2.0).max(1.0);
        frame
    }

    fn shows(&self, code: &str) -> bool {
        self.antarctica == Antarctica::Shown || code != "ATA"
    }

    /// A position in pixels.
    fn place(&self, at: Coord<f64>) -> Option<Coord<f64>> {
        let turned = match antimeridian::cut(&Geometry::Point(at.into()), self.centre - 180.0) {
            Geometry::Point(point) => point.0,
            _ => return None,
        };
        let (x, y) =
            equal_earth_sphere((turned.x - self.centre).to_radians(), turned.y.clamp(-90.0, 90.0).to_radians());
        let at = Coord { x: self.width / 2.0 + x * self.scale, y: self.top - y * self.scale };
        (at.x.is_finite() && at.y.is_finite()).then_some(at)
    }

    /// A shape in pixels, cut opposite the middle.
    fn draw(&self, shape: &Geometry<f64>) -> Option<Geometry<f64>> {
        let cut = antimeridian::cut(shape, self.centre - 180.0);
        // After the cut longitudes run on, also beyond 180°.
        let forward = |at: Coord<f64>| {
            let (x, y) = equal_earth_sphere((at.x - self.centre).to_radians(), at.y.clamp(-90.0, 90.0).to_radians());
            Some(Coord { x: self.width / 2.0 + x * self.scale, y: self.top - y * self.scale })
        };
        let dense = densify(&cut, Tolerance { off: 0.1, longest: 2.5 }, &forward);
        dense.try_map_coords(|at| forward(at).filter(|at| at.x.is_finite() && at.y.is_finite()).ok_or(())).ok()
    }
}

/// The outlines that only one area has, without the edges where the source cuts the world.
fn coasts(shapes: &[&Geometry<f64>]) -> Geometry<f64> {
    let mut paths = Vec::new();
    shapes.iter().for_each(|shape| paths_of(shape, &mut paths));
    let arcs = Arcs::of(&paths);
    let is_edge = |at: &Coord<f64>| at.x.abs() > 179.999 || at.y < -89.99;
    let mut lines = Vec::new();
    for arc in arcs.passed_once() {
        let mut line: Vec<Coord<f64>> = Vec::new();
        for at in arc {
            if line.last().is_some_and(&is_edge) && is_edge(at) {
                lines.push(LineString(std::mem::take(&mut line)));
            }
            line.push(*at);
        }
        lines.push(LineString(line));
    }
    lines.retain(|line| line.0.len() > 1);
    Geometry::MultiLineString(MultiLineString(lines))
}
