//! Outlines of areas over those before them, as a small picture: to see at a glance whether a file lies where it should.

use geo::{BoundingRect as _, Coord, MultiPolygon};

use crate::html::{Html, push_escaped};

/// The picture's width, and its height at most and at least.
const WIDTH: f64 = 640.0;
const HEIGHTS: (f64, f64) = (160.0, 480.0);
/// Room around the shapes.
const MARGIN: f64 = 8.0;
/// A corner that is nearer to the last one, in pixels, is left out.
const NEAR: f64 = 0.6;

/// Outlines to be drawn, in longitude and latitude.
pub(crate) struct Outlines<'a> {
    /// What the picture shows.
    pub title: String,
    /// The finding in a sentence.
    pub description: String,
    /// Areas with their names.
    pub new: Vec<(String, &'a MultiPolygon<f64>)>,
    /// Areas below them, dashed.
    pub before: Vec<&'a MultiPolygon<f64>>,
}

/// From degrees to pixels: plate carrée, true along the middle parallel.
struct Frame {
    west: f64,
    north: f64,
    across: f64,
    down: f64,
    height: f64,
    /// Whether western longitudes lie east of the rest: the areas lie around the antimeridian.
    is_turned: bool,
}

impl Outlines<'_> {
    /// The picture; empty when nothing has a shape.
    pub fn svg(&self) -> Html {
        let Some(frame) = self.frame() else { return Html::default() };
        let mut out = format!(
            r#"<svg class="outlines" viewBox="0 0 {WIDTH} {:.0}" role="img" aria-labelledby="outlines-title outlines-desc"><title id="outlines-title">"#,
            frame.height
        );
        push_escaped(&mut out, &self.title);
        out.push_str(r#"</title><desc id="outlines-desc">"#);
        push_escaped(&mut out, &self.description);
        out.push_str("</desc>");
        for shape in &self.before {
            out.push_str(&format!(r#"<path class="before" d="{}"/>"#, frame.path(shape)));
        }
        for (name, shape) in &self.new {
            out.push_str(r#"<path class="new" d=""#);
            out.push_str(&frame.path(shape));
            out.push_str(r#""><title>"#);
            push_escaped(&mut out, name);
            out.push_str("</title></path>");
        }
        out.push_str("</svg>");
        Html(out)
    }

    fn frame(&self) -> Option<Frame> {
        let all = || self.new.iter().map(|(_, shape)| *shape).chain(self.before.iter().copied());
        let parts = || all().flat_map(|shape| shape.0.iter()).filter_map(geo::BoundingRect::bounding_rect);
        let bounds = all().filter_map(|shape| shape.bounding_rect()).reduce(|a, b| {
            let (low, high) = (a.min(), a.max());
            geo::Rect::new(
                Coord { x: low.x.min(b.min().x), y: low.y.min(b.min().y) },
                Coord { x: high.x.max(b.max().x), y: high.y.max(b.max().y) },
            )
        })?;
        let turn = |x: f64| if x < 0.0 { x + 360.0 } else { x };
        // Parts on both sides of the antimeridian and none between: they are neighbours.
        let is_turned = bounds.width() > 180.0 && parts().all(|r| r.min().x.abs() > 90.0 && r.max().x.abs() > 90.0);
        let (west, east) = if is_turned {
            parts().fold((f64::MAX, f64::MIN), |(west, east), r| (west.min(turn(r.min().x)), east.max(turn(r.max().x))))
        } else {
            (bounds.min().x, bounds.max().x)
        };
        let middle = (bounds.min().y + bounds.max().y) / 2.0;
        let squeeze = middle.to_radians().cos().max(0.05);
        let (width, height) = ((east - west).max(1e-6) * squeeze, bounds.height().max(1e-6));
        let room = WIDTH - 2.0 * MARGIN;
        let down = (room / width).min((HEIGHTS.1 - 2.0 * MARGIN) / height);
        let tall = (height * down + 2.0 * MARGIN).max(HEIGHTS.0);
        Some(Frame {
            // What does not fill the frame stands in its middle.
            west: west - (WIDTH / down - width) / 2.0 / squeeze,
            north: bounds.max().y + (tall / down - height) / 2.0,
            across: down * squeeze,
            down,
            height: tall,
            is_turned,
        })
    }
}

impl Frame {
    fn at(&self, of: Coord<f64>) -> (f64, f64) {
        let x = if self.is_turned && of.x < 0.0 { of.x + 360.0 } else { of.x };
        ((x - self.west) * self.across, (self.north - of.y) * self.down)
    }

    /// The rings of a shape, without corners that nobody sees.
    fn path(&self, shape: &MultiPolygon<f64>) -> String {
        let mut out = String::new();
        for ring in shape.0.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())) {
            let mut last: Option<(f64, f64)> = None;
            for corner in &ring.0 {
                let at = self.at(*corner);
                if last.is_some_and(|last| (last.0 - at.0).abs() < NEAR && (last.1 - at.1).abs() < NEAR) {
                    continue;
                }
                out.push_str(&format!("{}{:.1} {:.1}", if last.is_none() { "M" } else { "L" }, at.0, at.1));
                last = Some(at);
            }
            out.push('Z');
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> MultiPolygon<f64> {
        let ring = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
        let ring: Vec<(f64, f64)> = ring.iter().map(|(x, y)| (west + x, south + y)).collect();
        MultiPolygon(vec![geo::Polygon::new(ring.into(), Vec::new())])
    }

    fn picture(new: &[&MultiPolygon<f64>], before: &[&MultiPolygon<f64>]) -> String {
        let new = new.iter().map(|shape| ("A <b>".to_owned(), *shape)).collect();
        Outlines { title: "T".into(), description: "D".into(), new, before: before.to_vec() }.svg().0
    }

    #[test]
    fn a_square_at_the_equator_is_a_square_in_the_middle() {
        let square = square(10.0, -0.5, 1.0);
        let svg = picture(&[&square], &[&square]);
        // 464 pixels high for one degree, in the middle of 640.
        assert!(svg.contains("M88.0 472.0L552.0 472.0L552.0 8.0L88.0 8.0L88.0 472.0Z"), "{svg}");
        assert!(svg.contains("A &lt;b&gt;") && svg.matches("<path").count() == 2, "{svg}");
        assert_eq!(picture(&[], &[]), "");
    }

    #[test]
    fn areas_on_both_sides_of_the_antimeridian_are_neighbours() {
        let (east, west) = (square(179.0, 0.0, 1.0), square(-180.0, 0.0, 1.0));
        let svg = picture(&[&east, &west], &[]);
        let xs: Vec<f64> =
            svg.split(['M', 'L']).skip(1).filter_map(|part| part.split_whitespace().next()?.parse().ok()).collect();
        let (low, high) = xs.iter().fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(*x), high.max(*x)));
        assert!((7.9..=8.2).contains(&low) && (631.8..=632.1).contains(&high), "{low} {high}");
        assert!(xs.iter().all(|x| [low, 320.0, high].iter().any(|of| (x - of).abs() < 0.3)), "{xs:?}");
    }
}
