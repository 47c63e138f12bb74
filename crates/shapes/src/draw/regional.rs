//! Values of a few places of one part of the world: the countries that have values in the colours of their classes, points as
//! circles, on lands that are ground.

use std::collections::BTreeMap;

use geo::Geometry;

use super::{
    Classes, Drawing, Ground, Label, MapLayer, Palette, Place, PlacePoint, Refusal, Texts,
    choropleth::{FULL_WIDTH, check_disclaimer, entries, fill_of, id_of, paint},
    labels, layered,
    sheet::Sheet,
    svg::{escaped, push_shape, px},
    symbols::draw_points,
};
use crate::{project::Projection, simplify};

/// Radius of the white ground of a circle, pixels.
const HALO: f64 = 6.5;

/// An area with its value.
#[derive(Debug, Clone)]
pub struct PlaceArea<'a> {
    /// What its id ends in.
    pub key: String,
    /// Its pieces, in longitude and latitude.
    pub shapes: Vec<&'a Geometry<f64>>,
    /// What is known there.
    pub place: Place,
}

/// What is shown of a part of the world.
#[derive(Debug, Clone)]
pub struct Region<'a> {
    /// Below everything: water and lands.
    pub below: Vec<MapLayer<'a>>,
    /// Countries with what is known of them; others are ground.
    pub areas: Vec<PlaceArea<'a>>,
    /// Over the areas: coasts and boundaries.
    pub above: Vec<MapLayer<'a>>,
    /// Cities and districts.
    pub points: Vec<PlacePoint>,
    /// Names, those that matter more first.
    pub labels: Vec<Label>,
}

/// Draws a part of the world on a plane, with a scale bar.
///
/// The id of an area or a point is the prefix, `-` and its key. Points outside of the ground are handed back by their keys.
///
/// Errors: a bad prefix; no title, no description; no disclaimer where boundaries between countries are in view; more classes than
/// the palette has; a value outside of the classes; the world as ground.
pub fn regional(
    prefix: &str,
    ground: &Ground,
    classes: &Classes,
    palette: Palette,
    region: &Region<'_>,
    texts: &Texts,
) -> Result<Drawing, Refusal> {
    check_disclaimer(ground, texts)?;
    let plane = ground.plane.ok_or_else(|| Refusal::Empty("world, which has no plane in metres".into()))?;
    let colours = palette.colours(classes.n_classes())?;
    let mut sheet = Sheet::new(prefix, ground.width, texts)?;
    let top = sheet.y + 6.0;
    let clip = ground.clip(prefix);
    sheet.body.push_str(&format!(
        "<defs>{clip}</defs><g transform=\"translate(0 {top:.1})\"><g clip-path=\"url(#{prefix}-clip)\">"
    ));
    let size = (ground.width, ground.height);
    for layer in &region.below {
        layered::draw(layer, prefix, &plane, size, texts.direction, &mut sheet.body)?;
    }
    let mut places: BTreeMap<String, Place> = BTreeMap::new();
    for (at, area) in region.areas.iter().enumerate() {
        let (fill, has_dots) = fill_of(&area.key, Some(&area.place), classes)?;
        places.insert(area.key.clone(), area.place.clone());
        let drawn: Vec<Geometry<f64>> =
            area.shapes.iter().filter_map(|shape| plane.draw(shape, Projection::Degrees)).collect();
        let mut path = String::new();
        let thin = simplify(&drawn.iter().collect::<Vec<_>>(), 0.25);
        thin.iter().flatten().for_each(|shape| push_shape(shape, &mut path));
        let id = id_of(prefix, &area.key, at);
        sheet.body.push_str(&format!(
            "<path class=\"map-fill\" id=\"{id}\" fill-rule=\"evenodd\" fill=\"{}\" d=\"{path}\"><title>{}</title></path>",
            paint(fill, &colours, prefix),
            escaped(&area.place.label)
        ));
        if has_dots {
            let dots = format!("<use href=\"#{id}\" fill=\"url(#{prefix}-dots)\" pointer-events=\"none\"/>");
            sheet.body.push_str(&dots);
        }
    }
    for layer in &region.above {
        layered::draw(layer, prefix, &plane, size, texts.direction, &mut sheet.body)?;
    }
    // A circle on a country of its own class would not be seen.
    sheet.body.push_str("<g class=\"map-fill\" fill=\"#fff\">");
    for at in region.points.iter().filter_map(|point| ground.place(point.at)) {
        sheet.body.push_str(&format!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            px(at.x),
            px(at.y),
            px(HALO * (ground.width / FULL_WIDTH).clamp(0.5, 1.0))
        ));
    }
    sheet.body.push_str("</g>");
    let drawn = draw_points(prefix, ground, classes, &colours, &region.points, &mut sheet.body)?;
    labels::draw(&region.labels, Projection::Degrees, &plane, size, texts.direction, &mut sheet.body);
    sheet.body.push_str("</g></g>");
    sheet.y = top + ground.height;
    layered::scale_bar(&mut sheet, &plane, ground.width);
    sheet.legend(&entries(classes, &colours, &places, &drawn.fills, texts));
    let mut not_shown = drawn.not_shown;
    not_shown.sort();
    Ok(Drawing { svg: sheet.finish(), not_shown })
}

#[cfg(test)]
mod tests {
    use geo::{Coord, coord};

    use super::*;
    use crate::{
        Crs, Feature, Layer,
        draw::{Direction, Status},
        extent::Extent,
    };

    #[test]
    fn places_have_ids_titles_and_counts_and_what_lies_outside_is_handed_back() {
        let frame = Extent { west: 33.0, south: -5.0, east: 42.0, north: 5.0 };
        let feature = Feature { id: 1, shape: Some(frame.outline()), values: Vec::new() };
        let layer = Layer { name: "frame".into(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![feature] };
        let ground = Ground::around(&layer, 600.0).expect("a ground").with_international_boundaries();
        let place =
            |value: f64| Place { value: Some(value), status: Status::Measured, label: format!("place: {value}") };
        let land = Extent { west: 34.0, south: -4.0, east: 41.0, north: 4.0 }.outline();
        let point = |key: &str, at: Coord<f64>, value| PlacePoint { key: key.into(), at, place: place(value) };
        let region = Region {
            below: Vec::new(),
            areas: vec![PlaceArea { key: "KEN".into(), shapes: vec![&land], place: place(70.0) }],
            above: Vec::new(),
            points: vec![
                point("KEN-nairobi", coord! { x: 36.8, y: -1.3 }, 61.0),
                point("FRA-paris", coord! { x: 2.3, y: 48.9 }, 90.0),
            ],
            labels: vec![Label { at: coord! { x: 36.8, y: -1.3 }, text: "Nairobi".into(), gap: 5.0 }],
        };
        let mut texts = Texts {
            title: "Access".into(),
            description: "Two places.".into(),
            subtitle: String::new(),
            unit: "percent".into(),
            class_labels: Vec::new(),
            no_data: "No data".into(),
            not_applicable: String::new(),
            estimated: String::new(),
            notes: Vec::new(),
            sources: Vec::new(),
            disclaimer: "No opinion.".into(),
            table: None,
            metres: "m".into(),
            kilometres: "km".into(),
            language: "en".into(),
            direction: Direction::LeftToRight,
        };
        let draw =
            |texts: &Texts| regional("map", &ground, &Classes::percent(), Palette::YellowGreenBlue, &region, texts);
        let drawn = draw(&texts).expect("a picture");
        for part in ["id=\"map-KEN\"", "id=\"map-KEN-nairobi\"", "<title>place: 61</title>", ">Nairobi<", "No opinion."]
        {
            assert!(drawn.svg.contains(part), "{part}: {}", drawn.svg);
        }
        assert_eq!(drawn.not_shown, ["FRA-paris"]);
        assert_eq!(draw(&texts).expect("the same").svg, drawn.svg);
        texts.disclaimer.clear();
        assert!(draw(&texts).is_err(), "boundaries between countries without the words about them");
    }
}
