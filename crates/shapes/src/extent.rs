//! Where shapes lie, also when they lie on both sides of the antimeridian.

use geo::{
    BoundingRect as _, Coord, Geometry, GeometryCollection, LineString, MapCoords as _, MultiLineString, MultiPolygon,
    Polygon,
};

/// A rectangle in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge; more than 180 where the rectangle crosses the antimeridian.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

impl Extent {
    /// The same with a margin on all sides, in parts of the longer side, and of at least so many degrees; never more than once
    /// around the world.
    pub fn with_margin(self, part: f64, least: f64) -> Self {
        let margin = (part * (self.east - self.west).max(self.north - self.south)).max(least);
        let aside = margin.min((360.0 - (self.east - self.west)).max(0.0) / 2.0);
        Self {
            west: self.west - aside,
            south: (self.south - margin).max(-85.0),
            east: self.east + aside,
            north: (self.north + margin).min(85.0),
        }
    }

    /// Whether a place lies in it, with its longitude as it is written.
    fn holds(&self, at: Coord<f64>) -> bool {
        (self.west..=self.east).contains(&at.x) && (self.south..=self.north).contains(&at.y)
    }

    /// Its outline as an area, with a position on each degree or so, since its sides are bent on a plane.
    pub fn outline(&self) -> Geometry<f64> {
        let corners = [
            (self.west, self.south),
            (self.east, self.south),
            (self.east, self.north),
            (self.west, self.north),
            (self.west, self.south),
        ];
        let mut places = Vec::new();
        for pair in corners.windows(2) {
            let [(x0, y0), (x1, y1)] = pair else { continue };
            let n_steps = ((x1 - x0).abs() + (y1 - y0).abs()).ceil().clamp(1.0, 400.0);
            let step = |at: f64| Coord { x: x0 + (x1 - x0) * at / n_steps, y: y0 + (y1 - y0) * at / n_steps };
            places.extend((0..n_steps as usize).map(|at| step(at as f64)));
        }
        places.extend(places.first().copied());
        Geometry::Polygon(Polygon::new(LineString(places), Vec::new()))
    }

    /// The smallest rectangle that holds this one and a place, which is moved around the world to where it is nearer.
    pub fn with_place(self, at: Coord<f64>) -> Self {
        let away = |x: f64| (self.west - x).max(x - self.east).max(0.0);
        let x =
            [at.x, at.x + 360.0, at.x - 360.0].into_iter().min_by(|a, b| away(*a).total_cmp(&away(*b))).unwrap_or(at.x);
        Self {
            west: self.west.min(x),
            south: self.south.min(at.y),
            east: self.east.max(x),
            north: self.north.max(at.y),
        }
    }

    /// Whether two rectangles have a place in common, whichever way around the world they are written.
    pub fn meets(&self, other: &Self) -> bool {
        let turned = [-360.0, 0.0, 360.0];
        self.south <= other.north
            && other.south <= self.north
            && turned.iter().any(|turn| self.west <= other.east + turn && other.west + turn <= self.east)
    }
}

/// The smallest rectangle around shapes in longitude and latitude, opposite of the widest gap between them.
///
/// Each part of a shape counts on its own, so that islands on both sides of the antimeridian make a narrow rectangle over it
/// and not one around the world. `None` where there is no shape.
pub fn extent<'a>(shapes: impl IntoIterator<Item = &'a Geometry<f64>>) -> Option<Extent> {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    let (mut south, mut north) = (f64::INFINITY, f64::NEG_INFINITY);
    let mut add = |bounds: Option<geo::Rect<f64>>| {
        let Some(bounds) = bounds else { return };
        spans.push((bounds.min().x, bounds.max().x));
        (south, north) = (south.min(bounds.min().y), north.max(bounds.max().y));
    };
    for shape in shapes {
        match shape {
            Geometry::MultiPolygon(parts) => parts.0.iter().for_each(|part| add(part.bounding_rect())),
            other => add(other.bounding_rect()),
        }
    }
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (first, mut reach) = spans.first().copied()?;
    // The gap that is left when one goes around the world, and the widest one within.
    let mut widest: Option<(f64, f64)> = None;
    for (west, east) in spans {
        if west > reach && widest.is_none_or(|(from, to)| west - reach > to - from) {
            widest = Some((reach, west));
        }
        reach = reach.max(east);
    }
    let around = first + 360.0 - reach;
    Some(match widest {
        Some((from, to)) if to - from > around => Extent { west: to, south, east: from + 360.0, north },
        _ => Extent { west: first, south, east: reach, north },
    })
}

/// A shape as far as it lies in a rectangle, with longitudes as the rectangle has them (also beyond 180°), to five decimals, which
/// is about a metre. `None` where nothing of it lies there.
///
/// Areas are cut along the rectangle and are meant to be filled: pieces of one area may be joined along its edge. Lines end
/// at the first position beyond.
pub fn crop(shape: &Geometry<f64>, to: &Extent) -> Option<Geometry<f64>> {
    let mut parts = Vec::new();
    for turn in [-360.0, 0.0, 360.0] {
        let turned = shape.map_coords(|at| Coord { x: at.x + turn, y: at.y });
        crop_to(&turned, to, &mut parts);
    }
    if parts.len() > 1 { Some(Geometry::GeometryCollection(GeometryCollection(parts))) } else { parts.pop() }
}

fn crop_to(shape: &Geometry<f64>, to: &Extent, parts: &mut Vec<Geometry<f64>>) {
    let mut areas = Vec::new();
    let mut lines = Vec::new();
    match shape {
        Geometry::Point(point) if to.holds(point.0) => parts.push(shape.clone()),
        Geometry::LineString(line) => crop_line(line, to, &mut lines),
        Geometry::MultiLineString(all) => all.0.iter().for_each(|line| crop_line(line, to, &mut lines)),
        Geometry::Polygon(area) => areas.extend(crop_area(area, to)),
        Geometry::MultiPolygon(all) => areas.extend(all.0.iter().filter_map(|area| crop_area(area, to))),
        Geometry::GeometryCollection(all) => all.0.iter().for_each(|shape| crop_to(shape, to, parts)),
        _ => {}
    }
    if !areas.is_empty() {
        parts.push(Geometry::MultiPolygon(MultiPolygon(areas)));
    }
    if !lines.is_empty() {
        parts.push(Geometry::MultiLineString(MultiLineString(lines)));
    }
}

fn rounded(at: Coord<f64>) -> Coord<f64> {
    Coord { x: (at.x * 1e5).round() / 1e5, y: (at.y * 1e5).round() / 1e5 }
}

/// Stretches whose segments begin or end inside.
fn crop_line(line: &LineString<f64>, to: &Extent, lines: &mut Vec<LineString<f64>>) {
    let mut stretch: Vec<Coord<f64>> = Vec::new();
    for segment in line.lines() {
        if to.holds(segment.start) || to.holds(segment.end) {
            if stretch.is_empty() {
                stretch.push(rounded(segment.start));
            }
            stretch.push(rounded(segment.end));
        } else if !stretch.is_empty() {
            lines.push(LineString(std::mem::take(&mut stretch)));
        }
    }
    if !stretch.is_empty() {
        lines.push(LineString(stretch));
    }
}

/// An area cut at the four sides one after the other (Sutherland, Hodgman 1974).
fn crop_area(area: &Polygon<f64>, to: &Extent) -> Option<Polygon<f64>> {
    let outer = crop_ring(area.exterior(), to)?;
    let holes = area.interiors().iter().filter_map(|ring| crop_ring(ring, to));
    Some(Polygon::new(outer, holes.collect()))
}

fn crop_ring(ring: &LineString<f64>, to: &Extent) -> Option<LineString<f64>> {
    let mut places = ring.0.clone();
    // How far within each side a place lies.
    let sides: [fn(&Extent, Coord<f64>) -> f64; 4] =
        [|to, at| at.x - to.west, |to, at| to.east - at.x, |to, at| at.y - to.south, |to, at| to.north - at.y];
    for within in sides {
        let mut kept = Vec::with_capacity(places.len());
        let before = places.iter().cycle().skip(places.len().saturating_sub(1));
        for (from, at) in before.zip(&places) {
            let (a, b) = (within(to, *from), within(to, *at));
            if (a >= 0.0) != (b >= 0.0) {
                let part = a / (a - b);
                kept.push(Coord { x: from.x + part * (at.x - from.x), y: from.y + part * (at.y - from.y) });
            }
            if b >= 0.0 {
                kept.push(*at);
            }
        }
        places = kept;
    }
    let mut places: Vec<Coord<f64>> = places.into_iter().map(rounded).collect();
    places.dedup();
    if places.first() != places.last() {
        places.extend(places.first().copied());
    }
    (places.len() > 3).then_some(LineString(places))
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect, coord};

    use super::*;

    fn check(parts: &[(f64, f64)], expected: (f64, f64)) {
        let part =
            |(west, east): &(f64, f64)| Rect::new(coord! {x: *west, y: -2.0}, coord! {x: *east, y: 3.0}).to_polygon();
        let shape = Geometry::MultiPolygon(MultiPolygon(parts.iter().map(part).collect()));
        let found = extent([&shape]).expect("an extent");
        assert_eq!(((found.west, found.east), (found.south, found.north)), (expected, (-2.0, 3.0)), "{parts:?}");
    }

    #[test]
    fn islands_on_both_sides_of_the_antimeridian_lie_together() {
        check(&[(10.0, 12.0), (11.0, 20.0)], (10.0, 20.0));
        check(&[(-180.0, -178.0), (176.0, 180.0)], (176.0, 182.0));
        // Gaps of 170° and 160°: the wider one is left out.
        check(&[(-100.0, -90.0), (80.0, 90.0)], (-100.0, 90.0));
        assert_eq!(extent([]), None);
    }

    #[test]
    fn what_lies_outside_is_cut_off() {
        let to = Extent { west: 175.0, south: -5.0, east: 185.0, north: 5.0 };
        // A square of four degrees around 180° / 5°, of which the lower half is inside, written on the other side.
        let square = Rect::new(coord! {x: -182.0, y: 3.0}, coord! {x: -178.0, y: 7.0}).to_polygon();
        let Some(Geometry::MultiPolygon(cut)) = crop(&Geometry::Polygon(square), &to) else { panic!("an area") };
        let bounds = cut.bounding_rect().expect("bounds");
        assert_eq!((bounds.min(), bounds.max()), (coord! {x: 178.0, y: 3.0}, coord! {x: 182.0, y: 5.0}));
        let line = Geometry::LineString(LineString::from(vec![
            (170.0, 0.0),
            (176.0, 0.0),
            (178.0, 0.0),
            (170.0, 9.0),
            (160.0, 9.0),
        ]));
        let Some(Geometry::MultiLineString(cut)) = crop(&line, &to) else { panic!("a line") };
        assert_eq!(cut.0[0].0.len(), 4, "up to the first position beyond");
        assert_eq!(crop(&Geometry::Point(geo::Point::new(0.0, 0.0)), &to), None);
    }

    #[test]
    fn a_rectangle_grows_to_the_nearer_side() {
        let at = Extent { west: 176.0, south: 0.0, east: 182.0, north: 1.0 };
        assert_eq!(
            at.with_place(coord! {x: -175.0, y: 4.0}),
            Extent { west: 176.0, south: 0.0, east: 185.0, north: 4.0 }
        );
        assert_eq!(extent([&at.outline()]), Some(at));
    }

    #[test]
    fn rectangles_meet_over_the_antimeridian() {
        let at = |west: f64, east: f64| Extent { west, south: 0.0, east, north: 1.0 };
        assert!(at(176.0, 182.0).meets(&at(-179.0, -175.0)));
        assert!(!at(176.0, 182.0).meets(&at(-175.0, -170.0)));
        assert!(at(0.0, 10.0).with_margin(0.1, 0.0).meets(&at(11.0, 12.0)));
        let around = at(27.0, 190.0).with_margin(1.2, 4.0);
        assert_eq!((around.west, around.east), (-71.5, 288.5), "once around");
    }
}
