//! The areas of a layer as ground: on a plane of equal area around their middle.

use std::collections::BTreeMap;

use geo::{Area as _, BoundingRect as _, Coord, Geometry, MapCoords as _, Rect};

use super::{Areas, Ground, Piece, Plane, borders, checked_width, text_of, thinned};
use crate::{
    Crs, Layer,
    draw::{Refusal, svg::push_shape},
    label_point,
    project::{Azimuthal, Projection},
};

impl Ground {
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
        Ok(Self { width, height, pieces, lines, plane: Some(plane), frame: None, is_international: false })
    }
}

/// The plane around a layer: the layer's own where it is of equal area already, else one around its middle.
pub(super) fn fitted(layer: &Layer, width: f64) -> Result<(Projection, Plane, f64, f64), Refusal> {
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
