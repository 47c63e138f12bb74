//! The text of an SVG: escaped, rounded to a tenth of a pixel, the same for the same input.

use geo::{Coord, Geometry, LineString};

/// Appends text with the signs of markup escaped; what XML forbids is dropped.
pub(super) fn escape(text: &str, to: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\t' | '\n' | '\r' => to.push(' '),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => to.push(letter),
        }
    }
}

/// Escaped text.
pub(super) fn escaped(text: &str) -> String {
    let mut to = String::new();
    escape(text, &mut to);
    to
}

/// Tenths of a pixel; beyond any picture it stops, so that no number grows long.
fn tenths(px: f64) -> i64 {
    (px * 10.0).round().clamp(-1e6, 1e6) as i64
}

/// A number of tenths, as short as can be.
fn push_tenths(tenths: i64, to: &mut String) {
    let (whole, part) = (tenths / 10, (tenths % 10).abs());
    match (whole, part) {
        (whole, 0) => to.push_str(&whole.to_string()),
        (0, part) => {
            to.push_str(if tenths < 0 { "-." } else { "." });
            to.push_str(&part.to_string());
        }
        (whole, part) => to.push_str(&format!("{whole}.{part}")),
    }
}

/// A length or coordinate as text.
pub(super) fn px(value: f64) -> String {
    let mut to = String::new();
    push_tenths(tenths(value), &mut to);
    to
}

/// A pair of numbers, with a blank only where one is needed.
fn push_pair(x: i64, y: i64, to: &mut String) {
    push_tenths(x, to);
    if y >= 0 {
        to.push(' ');
    }
    push_tenths(y, to);
}

/// Appends a line or ring as path data: absolute start, then steps. Nothing where less than two places are left.
pub(super) fn push_line(line: &LineString<f64>, to: &mut String) {
    let is_ring = line.0.len() > 2 && line.0.first() == line.0.last();
    let mut places: Vec<(i64, i64)> = line.0.iter().map(|at| (tenths(at.x), tenths(at.y))).collect();
    places.dedup();
    if is_ring {
        places.pop();
    }
    let ([first, rest @ ..], true) = (places.as_slice(), places.len() >= if is_ring { 3 } else { 2 }) else { return };
    to.push('M');
    push_pair(first.0, first.1, to);
    let mut before = *first;
    for (at, place) in rest.iter().enumerate() {
        let (x, y) = (place.0 - before.0, place.1 - before.1);
        if at == 0 {
            to.push('l');
        } else if x >= 0 {
            to.push(' ');
        }
        push_pair(x, y, to);
        before = *place;
    }
    if is_ring {
        to.push('z');
    }
}

/// Appends all lines and rings of a shape.
pub(super) fn push_shape(shape: &Geometry<f64>, to: &mut String) {
    let mut paths = Vec::new();
    crate::arcs::paths_of(shape, &mut paths);
    paths.into_iter().for_each(|path| push_line(path, to));
}

/// A rectangle as path data.
pub(super) fn push_quad(corners: [Coord<f64>; 4], to: &mut String) {
    let mut ring: Vec<Coord<f64>> = corners.to_vec();
    ring.push(corners[0]);
    push_line(&LineString(ring), to);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_short() {
        let mut d = String::new();
        push_line(&LineString::from(vec![(0.04, 1.0), (0.5, 1.0), (0.5, -2.26), (0.04, 1.0)]), &mut d);
        assert_eq!(d, "M0 1l.5 0 0-3.3z");
        let mut nothing = String::new();
        push_line(&LineString::from(vec![(0.0, 0.0), (0.01, 0.0), (0.0, 0.0)]), &mut nothing);
        assert_eq!(nothing, "");
    }

    #[test]
    fn markup_in_texts_is_text() {
        assert_eq!(escaped("a<b>&\"c\"\u{0}\n"), "a&lt;b&gt;&amp;&quot;c&quot; ");
    }
}
