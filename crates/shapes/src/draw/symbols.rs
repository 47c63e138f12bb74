//! Values at points, as circles in the colours of their classes, on a ground of areas.

use std::collections::BTreeMap;

use geo::Coord;

use super::{
    Classes, Colour, Drawing, Ground, Palette, Place, Refusal, Texts,
    choropleth::{AreasAre, FULL_WIDTH, Fill, RADIUS, Shown, compose, fill_of, id_of, paint},
    palette::INK,
    svg::{escaped, px},
};

/// A point with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacePoint {
    /// What its id ends in; it may not be the key of an area.
    pub key: String,
    /// Longitude and latitude.
    pub at: Coord<f64>,
    /// What is known there.
    pub place: Place,
}

/// Draws points on a ground, as circles in the colours of their classes, those without a value to show hatched.
///
/// Where `places` has values of areas, the areas are coloured too, as in [`super::choropleth()`]; where it has none they
/// are ground, and no area counts as one without data. A point's id is the prefix, `-` and its key. A point that the
/// ground does not show and that has a value is handed back by its key.
///
/// Errors: as [`super::choropleth()`].
pub fn symbols(
    prefix: &str,
    ground: &Ground,
    classes: &Classes,
    palette: Palette,
    places: &BTreeMap<String, Place>,
    points: &[PlacePoint],
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    let areas = if places.is_empty() { AreasAre::Ground } else { AreasAre::Classed };
    compose(prefix, ground, classes, palette, &Shown { places, areas, points }, texts)
}

/// What came of the points: the fill of each for the legend, and keys of those with a value that are not in the picture.
pub(super) struct DrawnPoints {
    pub(super) fills: Vec<(Fill, bool)>,
    pub(super) not_shown: Vec<String>,
}

pub(super) fn draw_points(
    prefix: &str,
    ground: &Ground,
    classes: &Classes,
    colours: &[Colour],
    points: &[PlacePoint],
    to: &mut String,
) -> Result<DrawnPoints, Refusal> {
    let mut drawn = DrawnPoints { fills: Vec::new(), not_shown: Vec::new() };
    let part = (ground.width / FULL_WIDTH).clamp(0.5, 1.0);
    let (radius, line) = (px((RADIUS + 1.0) * part), px(0.8 * part));
    // What has no value lies below what has one.
    let mut below = String::new();
    let mut above = String::new();
    for (at, point) in points.iter().enumerate() {
        let (fill, has_dots) = fill_of(&point.key, Some(&point.place), classes)?;
        drawn.fills.push((fill, has_dots));
        let Some(place) = ground.place(point.at) else {
            if matches!(fill, Fill::Class(_)) {
                drawn.not_shown.push(point.key.clone());
            }
            continue;
        };
        let circle = format!("cx=\"{}\" cy=\"{}\" r=\"{radius}\"", px(place.x), px(place.y));
        let svg = if matches!(fill, Fill::Class(_)) { &mut above } else { &mut below };
        svg.push_str(&format!(
            "<circle id=\"{}\" {circle} fill=\"{}\"><title>{}</title></circle>",
            id_of(prefix, &point.key, ground.pieces.len() + at),
            paint(fill, colours, prefix),
            escaped(&point.place.label)
        ));
        if has_dots {
            svg.push_str(&format!(
                "<circle {circle} fill=\"url(#{prefix}-dots)\" stroke=\"none\" pointer-events=\"none\"/>"
            ));
        }
    }
    if !points.is_empty() {
        to.push_str(&format!("<g class=\"map-fill\" stroke=\"{INK}\" stroke-width=\"{line}\">{below}{above}</g>"));
    }
    Ok(drawn)
}
