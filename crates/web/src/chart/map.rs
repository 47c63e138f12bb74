//! A world map of circles in the Equal Earth projection. The repository has no outlines of countries, so
//! the graticule and the circles' places tell where; the table behind tells exactly.

use std::fmt::Write;

use crate::html::{Html, push_escaped};

/// A place with its value.
pub struct Circle {
    /// Degrees east.
    pub longitude: f64,
    /// Degrees north.
    pub latitude: f64,
    /// The value, for size and colour.
    pub value: f64,
    /// What the tooltip says.
    pub label: String,
    /// Where it leads.
    pub link: String,
}

/// A map.
pub struct Map {
    /// What it shows, for those who do not see it.
    pub title: String,
    /// Its circles.
    pub circles: Vec<Circle>,
}

const WIDTH: f64 = 900.0;
const HEIGHT: f64 = 442.0;
/// Radius of the largest circle.
const LARGEST: f64 = 16.0;

impl Map {
    /// The upper bounds of the five colour classes: equal numbers of places in each.
    pub fn classes(&self) -> [f64; 5] {
        let mut values: Vec<f64> = self.circles.iter().map(|c| c.value).collect();
        values.sort_by(f64::total_cmp);
        let at = |i: usize| values.get((values.len() * i).div_ceil(5).saturating_sub(1)).copied().unwrap_or(0.0);
        [at(1), at(2), at(3), at(4), at(5)]
    }

    /// The drawing.
    pub fn svg(&self) -> Html {
        let classes = self.classes();
        let most = self.circles.iter().map(|c| c.value.abs()).fold(0.0, f64::max);
        let mut out = String::with_capacity(8192 + self.circles.len() * 220);
        let _ =
            write!(out, r#"<svg class="map" viewBox="0 0 {WIDTH} {HEIGHT}" role="group" direction="ltr" aria-label=""#);
        push_escaped(&mut out, &self.title);
        out.push_str(r#"">"#);
        graticule(&mut out);
        // Large circles first, so that small ones stay within reach.
        let mut order: Vec<&Circle> = self.circles.iter().collect();
        order.sort_by(|a, b| b.value.abs().total_cmp(&a.value.abs()));
        for circle in order {
            let (x, y) = project(circle.longitude, circle.latitude);
            let class = classes.iter().position(|upper| circle.value <= *upper).unwrap_or(4);
            let radius = if most > 0.0 { (circle.value.abs() / most).sqrt() * LARGEST } else { 0.0 };
            out.push_str(r#"<a href=""#);
            push_escaped(&mut out, &circle.link);
            let _ = write!(
                out,
                r#""><circle class="s{class}" cx="{x:.1}" cy="{y:.1}" r="{:.1}"/><title>"#,
                radius.max(2.5)
            );
            push_escaped(&mut out, &circle.label);
            out.push_str("</title></a>");
        }
        out.push_str("</svg>");
        Html(out)
    }
}

/// Equal Earth (Šavrič, Patterson and Jenny 2018): an equal-area projection, so that circles of equal
/// area stand for equal values on comparable ground. Degrees to drawing units.
fn project(longitude: f64, latitude: f64) -> (f64, f64) {
    const A: [f64; 4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796];
    let m = 3f64.sqrt() / 2.0;
    let theta = (m * latitude.clamp(-90.0, 90.0).to_radians().sin()).asin();
    let (t2, t6) = (theta.powi(2), theta.powi(6));
    let slope = A[0] + 3.0 * A[1] * t2 + t6 * (7.0 * A[2] + 9.0 * A[3] * t2);
    let x = longitude.clamp(-180.0, 180.0).to_radians() * theta.cos() / (m * slope);
    let y = theta * (A[0] + A[1] * t2 + t6 * (A[2] + A[3] * t2));
    // The equator is 2π/(m·A₀) units long.
    let scale = (WIDTH - 8.0) / (2.0 * std::f64::consts::PI / (m * A[0]));
    (WIDTH / 2.0 + x * scale, HEIGHT / 2.0 - y * scale)
}

fn graticule(out: &mut String) {
    let line = |points: &mut dyn Iterator<Item = (f64, f64)>, class: &str, out: &mut String| {
        let text: Vec<String> =
            points.map(|(lon, lat)| project(lon, lat)).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let _ = write!(out, r#"<polyline class="{class}" points="{}"/>"#, text.join(" "));
    };
    let along = |lon: f64| (-18..=18).map(move |i| (lon, f64::from(i) * 5.0));
    let mut edge = along(-180.0).chain(along(180.0).rev().collect::<Vec<_>>()).chain([(-180.0, -90.0)]);
    line(&mut edge, "sea", out);
    for lon in (-5..=5).map(|i| f64::from(i) * 30.0) {
        line(&mut along(lon), "grid", out);
    }
    for lat in (-2..=2).map(|i| f64::from(i) * 30.0) {
        let class = if lat == 0.0 { "grid equator" } else { "grid" };
        line(&mut (-18..=18).map(|i| (f64::from(i) * 10.0, lat)), class, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projection_is_centred_and_stays_inside() {
        let (x, y) = project(0.0, 0.0);
        assert!((x - WIDTH / 2.0).abs() < 1e-9 && (y - HEIGHT / 2.0).abs() < 1e-9);
        for (lon, lat) in [(-180.0, 0.0), (180.0, 0.0), (0.0, 90.0), (0.0, -90.0), (180.0, 90.0)] {
            let (x, y) = project(lon, lat);
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{lon} {lat}: {x} {y}");
        }
    }

    #[test]
    fn places_fall_into_five_classes() {
        let circle =
            |value: f64| Circle { longitude: 0.0, latitude: 0.0, value, label: String::new(), link: String::new() };
        let map = Map { title: String::new(), circles: (1..=10).map(f64::from).map(circle).collect() };
        assert_eq!(map.classes(), [2.0, 4.0, 6.0, 8.0, 10.0]);
        let svg = map.svg().0;
        assert_eq!(svg.matches("<circle").count(), 10);
        assert!(!svg.contains("NaN"));
    }
}
