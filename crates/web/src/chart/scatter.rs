//! Two measures of places, one against the other: a point for each, with the names of those that stand apart.

use std::fmt::Write;

use super::scale::ticks;
use crate::html::{Html, push_escaped};

/// A place.
pub struct Dot {
    /// The measure along the bottom.
    pub x: f64,
    /// The measure up the side.
    pub y: f64,
    /// Its name, drawn where there is room.
    pub name: String,
    /// What the tooltip says.
    pub label: String,
    /// Where it leads.
    pub link: String,
    /// How much it matters: names of the heaviest are drawn first.
    pub weight: f64,
    /// The one that is looked at.
    pub is_chosen: bool,
}

/// A scatter.
pub struct Scatter {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// The places.
    pub dots: Vec<Dot>,
}

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 30.0;
/// Names drawn at most, and the room that one takes: for each letter, and in height.
const MOST_NAMES: usize = 40;
const LETTER: f64 = 6.4;
const LINE: f64 = 13.0;

impl Scatter {
    /// The drawing; empty without two places.
    pub fn svg(&self) -> Html {
        if self.dots.len() < 2 {
            return Html::default();
        }
        let ends = |of: &dyn Fn(&Dot) -> f64| {
            let (low, high) =
                self.dots.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
            // Zero belongs in the picture unless it would press the points together.
            let (first, last, step) = ticks(if low > 0.0 && low < 0.6 * high { 0.0 } else { low }, high, 6);
            (first, if last > first { last } else { first + step }, step)
        };
        let (x0, x1, x_step) = ends(&|d| d.x);
        let (y0, y1, y_step) = ends(&|d| d.y);
        let x = |v: f64| LEFT + (v - x0) / (x1 - x0) * (WIDTH - LEFT - RIGHT);
        let y = |v: f64| HEIGHT - BOTTOM - (v - y0) / (y1 - y0) * (HEIGHT - TOP - BOTTOM);
        let mut out = String::with_capacity(4096 + self.dots.len() * 220);
        let _ = write!(
            out,
            r#"<svg class="chart scatter" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" direction="ltr" aria-label=""#
        );
        push_escaped(&mut out, &self.title);
        out.push_str(r#"">"#);
        for i in 0..=((y1 - y0) / y_step).round() as usize {
            let value = y0 + y_step * i as f64;
            let at = y(value);
            let shown = locale::number((value / y_step).round() * y_step);
            let _ = write!(
                out,
                r#"<path class="grid" d="M{LEFT} {at:.1}H{:.1}"/><text x="{:.1}" y="{:.1}" text-anchor="end">{shown}</text>"#,
                WIDTH - RIGHT,
                LEFT - 8.0,
                at + 4.0
            );
        }
        for i in 0..=((x1 - x0) / x_step).round() as usize {
            let value = x0 + x_step * i as f64;
            let shown = locale::number((value / x_step).round() * x_step);
            let _ = write!(
                out,
                r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">{shown}</text>"#,
                x(value),
                HEIGHT - BOTTOM + 17.0
            );
        }
        let places: Vec<(f64, f64)> = self.dots.iter().map(|d| (x(d.x), y(d.y))).collect();
        for (dot, (x, y)) in self.dots.iter().zip(&places) {
            out.push_str(r#"<a href=""#);
            push_escaped(&mut out, &dot.link);
            let (class, radius) = if dot.is_chosen { ("dot own", 6.0) } else { ("dot", 4.0) };
            let _ = write!(out, r#""><circle class="{class}" cx="{x:.1}" cy="{y:.1}" r="{radius}"><title>"#);
            push_escaped(&mut out, &dot.label);
            out.push_str("</title></circle></a>");
        }
        for (at, to_the_left) in self.named(&places) {
            let (x, y) = places[at];
            let (x, anchor) = if to_the_left { (x - 7.0, "end") } else { (x + 7.0, "start") };
            let _ = write!(out, r#"<text class="name" x="{x:.1}" y="{:.1}" text-anchor="{anchor}">"#, y + 4.0);
            push_escaped(&mut out, &self.dots[at].name);
            out.push_str("</text>");
        }
        out.push_str("</svg>");
        Html(out)
    }

    /// Whose names are drawn, and whether to the left: the heaviest first, each only where it covers no other name and no
    /// more than its own point.
    fn named(&self, places: &[(f64, f64)]) -> Vec<(usize, bool)> {
        let mut order: Vec<usize> = (0..self.dots.len()).collect();
        order.sort_by(|a, b| {
            let (a, b) = (&self.dots[*a], &self.dots[*b]);
            b.is_chosen.cmp(&a.is_chosen).then(b.weight.total_cmp(&a.weight))
        });
        let mut taken: Vec<(f64, f64, f64, f64)> = Vec::new();
        let mut named = Vec::new();
        for at in order {
            if named.len() == MOST_NAMES {
                break;
            }
            let (x, y) = places[at];
            let width = LETTER * self.dots[at].name.chars().count() as f64;
            for to_the_left in [false, true] {
                let from = if to_the_left { x - 7.0 - width } else { x + 7.0 };
                let room = (from, y - LINE / 2.0, from + width, y + LINE / 2.0);
                let is_inside = room.0 >= LEFT && room.2 <= WIDTH - RIGHT;
                let hits = |other: &(f64, f64, f64, f64)| {
                    room.0 < other.2 && other.0 < room.2 && room.1 < other.3 && other.1 < room.3
                };
                let covers = places.iter().enumerate().any(|(i, (px, py))| {
                    i != at && *px > room.0 - 4.0 && *px < room.2 + 4.0 && *py > room.1 - 3.0 && *py < room.3 + 3.0
                });
                if is_inside && !covers && !taken.iter().any(hits) {
                    taken.push(room);
                    named.push((at, to_the_left));
                    break;
                }
            }
        }
        named
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(x: f64, y: f64, name: &str, weight: f64) -> Dot {
        Dot { x, y, name: name.into(), label: format!("<{name}>"), link: "#".into(), weight, is_chosen: false }
    }

    fn scatter(dots: Vec<Dot>) -> Scatter {
        Scatter { title: "T".into(), dots }
    }

    #[test]
    fn names_do_not_cover_each_other() {
        let apart = scatter(vec![dot(0.0, 0.0, "one", 1.0), dot(10.0, 10.0, "two", 2.0)]);
        assert_eq!(apart.svg().0.matches(r#"class="name""#).count(), 2);
        // Two far apart make the scale; fifty in the middle lie on each other.
        let mut dots: Vec<Dot> = (0..50).map(|i| dot(5.0, 5.0, "a name", f64::from(i))).collect();
        dots.extend([dot(0.0, 0.0, "one", 1.0), dot(10.0, 10.0, "two", 2.0)]);
        let svg = scatter(dots).svg().0;
        assert_eq!(svg.matches("<circle").count(), 52);
        // One name on each side of the crowd, and those of the two.
        assert_eq!(svg.matches(r#"class="name""#).count(), 4);
        assert!(svg.contains("&lt;a name&gt;") && !svg.contains("NaN"));
    }

    #[test]
    fn one_place_is_no_scatter() {
        assert!(scatter(vec![dot(1.0, 1.0, "one", 1.0)]).svg().0.is_empty());
        let same = scatter(vec![dot(1.0, 1.0, "one", 1.0), dot(1.0, 1.0, "two", 1.0)]);
        assert!(!same.svg().0.contains("NaN"), "equal values have a picture too");
    }
}
