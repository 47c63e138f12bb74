//! A radar of scores from 0 to 100: an axis for each section, a closed line for each time it was filled.
//!
//! Axes carry numbers, since names of sections fit no axis in any language; the table behind has number and name.

use std::fmt::Write;

use crate::html::{Html, push_escaped};

/// A closed line; `class` is its colour and dash in the style sheet.
pub struct Ring {
    /// `t0` to `t3`.
    pub class: &'static str,
    /// What it is, for the tooltip.
    pub label: String,
    /// A score for each axis; the line is open where there is none.
    pub scores: Vec<Option<f64>>,
}

/// A radar.
pub struct Radar {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// What it says in short.
    pub desc: String,
    /// Names of the axes, for their tooltips.
    pub axes: Vec<String>,
    /// Its lines, the first one on top.
    pub rings: Vec<Ring>,
    /// A score that every axis must reach.
    pub required: Option<f64>,
}

const SIZE: f64 = 360.0;
const RADIUS: f64 = 146.0;
/// With fewer axes there is no area.
const FEWEST: usize = 3;

impl Radar {
    /// The drawing; empty with fewer than three axes.
    pub fn svg(&self) -> Html {
        let n = self.axes.len();
        if n < FEWEST {
            return Html::default();
        }
        let mut out = String::with_capacity(4096);
        let _ = write!(
            out,
            r#"<svg class="radar" viewBox="0 0 {SIZE} {SIZE}" role="img" direction="ltr" aria-labelledby="radar-title radar-desc"><title id="radar-title">"#
        );
        push_escaped(&mut out, &self.title);
        out.push_str(r#"</title><desc id="radar-desc">"#);
        push_escaped(&mut out, &self.desc);
        out.push_str("</desc>");
        for score in [20.0, 40.0, 60.0, 80.0, 100.0] {
            let ring: Vec<String> = (0..n).map(|i| point(i, n, score)).collect();
            let _ = write!(out, r#"<polygon class="grid" points="{}"/>"#, ring.join(" "));
        }
        if let Some(score) = self.required {
            let ring: Vec<String> = (0..n).map(|i| point(i, n, score)).collect();
            let _ = write!(out, r#"<polygon class="required" points="{}"/>"#, ring.join(" "));
        }
        for (i, name) in self.axes.iter().enumerate() {
            let ((x, y), (lx, ly)) = (at(i, n, 100.0), at(i, n, 111.0));
            let (centre, number) = (SIZE / 2.0, i + 1);
            let _ = write!(
                out,
                r#"<path class="grid" d="M{centre} {centre}L{x:.1} {y:.1}"/><text x="{lx:.1}" y="{:.1}" text-anchor="middle">{number}<title>"#,
                ly + 5.0
            );
            push_escaped(&mut out, name);
            out.push_str("</title></text>");
        }
        // The first one is drawn last, so that it lies on top.
        for ring in self.rings.iter().rev() {
            draw(ring, n, &mut out);
        }
        out.push_str("</svg>");
        Html(out)
    }
}

fn draw(ring: &Ring, n: usize, out: &mut String) {
    let _ = write!(out, r#"<g class="{}"><title>"#, ring.class);
    push_escaped(out, &ring.label);
    out.push_str("</title>");
    if ring.scores.iter().take(n).all(Option::is_some) {
        let line: Vec<String> =
            ring.scores.iter().take(n).enumerate().map(|(i, s)| point(i, n, s.unwrap_or(0.0))).collect();
        let _ = write!(out, r#"<polygon class="ring" points="{}"/>"#, line.join(" "));
    } else {
        // Where an axis has no score, nothing is claimed about it: only neighbours with scores are joined.
        for i in 0..n {
            let next = (i + 1) % n;
            if let (Some(Some(a)), Some(Some(b))) = (ring.scores.get(i), ring.scores.get(next)) {
                let _ = write!(out, r#"<polyline class="ring" points="{} {}"/>"#, point(i, n, *a), point(next, n, *b));
            }
        }
    }
    for (i, score) in ring.scores.iter().take(n).enumerate().filter_map(|(i, s)| s.map(|s| (i, s))) {
        let (x, y) = at(i, n, score);
        let _ = write!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="4"/>"#);
    }
    out.push_str("</g>");
}

/// Where a score stands on an axis: the first axis points up, the others follow clockwise.
fn at(axis: usize, n: usize, score: f64) -> (f64, f64) {
    let angle = std::f64::consts::TAU * axis as f64 / n as f64;
    let distance = RADIUS * score / 100.0;
    (SIZE / 2.0 + distance * angle.sin(), SIZE / 2.0 - distance * angle.cos())
}

fn point(axis: usize, n: usize, score: f64) -> String {
    let (x, y) = at(axis, n, score);
    format!("{x:.1},{y:.1}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn radar(scores: &[Option<f64>]) -> Radar {
        let axes = (0..scores.len()).map(|i| format!("<{i}>")).collect();
        let rings = vec![Ring { class: "t0", label: "now".into(), scores: scores.to_vec() }];
        Radar { title: "T".into(), desc: "D".into(), axes, rings, required: Some(40.0) }
    }

    #[test]
    fn scores_stand_on_their_axes() {
        assert_eq!(at(0, 4, 100.0), (180.0, 180.0 - RADIUS));
        let (x, y) = at(1, 4, 50.0);
        assert!((x - (180.0 + RADIUS / 2.0)).abs() < 1e-9 && (y - 180.0).abs() < 1e-9);
    }

    #[test]
    fn gaps_stay_open_and_names_are_escaped() {
        let svg = radar(&[Some(10.0), Some(20.0), Some(30.0)]).svg().0;
        assert_eq!((svg.matches("<polygon class=\"ring\"").count(), svg.matches("<circle").count()), (1, 3));
        assert!(svg.contains("&lt;1&gt;") && svg.contains("<desc") && !svg.contains("NaN"));
        let svg = radar(&[Some(10.0), None, Some(30.0), Some(0.0)]).svg().0;
        assert_eq!((svg.matches("<polyline").count(), svg.matches("<circle").count()), (2, 3));
        assert!(radar(&[Some(10.0), Some(20.0)]).svg().0.is_empty(), "two axes have no area");
    }
}
