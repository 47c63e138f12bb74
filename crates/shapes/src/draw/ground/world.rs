//! The world as ground: cut opposite the middle, in Equal Earth, with coasts and boundary lines.

use std::collections::BTreeMap;

use geo::{BoundingRect as _, Coord, Geometry, GeometryCollection, LineString, MapCoords as _, MultiLineString};

use super::{Antarctica, Ground, Interior, Piece, WorldView, checked_width, thinned};
use crate::{
    BoundaryClass, World, antimeridian,
    arcs::{Arcs, paths_of},
    draw::{Refusal, legend::Dash, svg::push_shape},
    label_point,
    project::{Tolerance, densify, equal_earth_sphere},
};

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
        let height = frame.height;
        Ok(Self { width, height, pieces, lines: svg, plane: None, frame: Some(frame), is_international: true })
    }
}

/// How the world lies on the picture.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::draw) struct WorldFrame {
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
    pub(super) fn place(&self, at: Coord<f64>) -> Option<Coord<f64>> {
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
pub(crate) fn coasts(shapes: &[&Geometry<f64>]) -> Geometry<f64> {
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
