//! An estimate with its interval as a small drawing in a row of a table. The numbers stand beside it, so it says nothing to those
//! who cannot see it.

use crate::html::Html;

/// Width and height of the drawing.
const SIZE: (f64, f64) = (160.0, 18.0);

/// Draws an estimate and its interval on a scale from 0 to `most`. Scales run left to right in every language.
pub fn interval(low: f64, estimate: f64, high: f64, most: f64) -> Html {
    let (width, height) = SIZE;
    let at = |x: f64| if most > 0.0 { (x / most).clamp(0.0, 1.0) * (width - 8.0) + 4.0 } else { 4.0 };
    let middle = height / 2.0;
    Html(format!(
        "<svg class=\"interval\" viewBox=\"0 0 {width} {height}\" aria-hidden=\"true\" focusable=\"false\">\
         <line class=\"axis\" x1=\"4\" y1=\"{middle}\" x2=\"{end:.1}\" y2=\"{middle}\"/>\
         <line class=\"span\" x1=\"{from:.1}\" y1=\"{middle}\" x2=\"{to:.1}\" y2=\"{middle}\"/>\
         <circle cx=\"{x:.1}\" cy=\"{middle}\" r=\"4\"/></svg>",
        end = width - 4.0,
        from = at(low),
        to = at(high),
        x = at(estimate),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_stands_where_its_numbers_are() {
        let drawn = interval(25.0, 50.0, 100.0, 100.0).to_string();
        // (160 − 8) × 0.25 + 4, × 0.5, × 1.
        assert!(
            drawn.contains("x1=\"42.0\"") && drawn.contains("cx=\"80.0\"") && drawn.contains("x2=\"156.0\""),
            "{drawn}"
        );
        assert!(interval(0.0, 0.0, 0.0, 0.0).to_string().contains("cx=\"4.0\""));
    }
}
