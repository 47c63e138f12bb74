//! Which part of the world a map of figures shows: all of it, or the part where its places lie.

use app::{Scale, atlas, view::PlaceFigure};
use geo::{Coord, Geometry};
use model::kinds::PlaceKind;
use shapes::{
    Crs, Extent, Feature, Layer,
    draw::{Ground, Label, MapLayer, Place, PlaceArea, PlacePoint, Region},
};

use crate::{chart::MapWidth, pages::place_map::Lands};

/// A part of the world that is higher or wider, in degrees, is shown as the world.
const WIDEST: f64 = 60.0;
/// A part of the world that is shown is as high and as wide, in degrees, at least.
const NARROWEST: f64 = 7.0;
/// The margin around places, as a part of the longer side and in degrees.
const MARGIN: (f64, f64) = (0.12, 0.6);
/// Names on the map.
const MOST_NAMES: usize = 40;
/// How far names stand from the middle of their circles, pixels.
const GAP: f64 = 5.0;

/// The rectangle where all places with a value lie; `None` where they lie far from each other, or nowhere.
pub(super) fn frame_of(places: &[PlaceFigure]) -> Option<Extent> {
    let world = atlas(Scale::Country)?;
    let mut frame: Option<Extent> = None;
    for of in places.iter().filter(|of| of.figure.answer.value().is_some()) {
        let place = &of.place;
        let own = match place.kind {
            PlaceKind::Country => world.frame_of(place.id.as_str()),
            _ => None,
        };
        let corners = match own {
            Some(own) => vec![Coord { x: own.west, y: own.south }, Coord { x: own.east, y: own.north }],
            None => vec![Coord { x: place.longitude?, y: place.latitude? }],
        };
        for at in corners {
            let point = Extent { west: at.x, south: at.y, east: at.x, north: at.y };
            frame = Some(frame.map_or(point, |frame| frame.with_place(at)));
        }
    }
    let is_near = |frame: &Extent| frame.east - frame.west <= WIDEST && frame.north - frame.south <= WIDEST;
    Some(at_least(frame.filter(is_near)?, NARROWEST).with_margin(MARGIN.0, MARGIN.1))
}

/// A frame that is at least so many degrees wide and high: around one city alone nothing would be seen that tells where it lies.
fn at_least(frame: Extent, degrees: f64) -> Extent {
    let aside = ((degrees - (frame.east - frame.west)) / 2.0).max(0.0);
    let along = ((degrees - (frame.north - frame.south)) / 2.0).max(0.0);
    Extent {
        west: frame.west - aside,
        south: (frame.south - along).max(-85.0),
        east: frame.east + aside,
        north: (frame.north + along).min(85.0),
    }
}

/// A part of the world as ground, with its lands.
pub(super) struct Near {
    ground: Ground,
    lands: Lands,
}

impl Near {
    /// The ground of a frame; `None` where the program has no map.
    pub fn of(frame: &Extent, width: MapWidth) -> Option<Near> {
        let outline = Feature { id: 1, shape: Some(frame.outline()), values: Vec::new() };
        let layer = Layer { name: "frame".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features: vec![outline] };
        let ground = Ground::around(&layer, width.pixels().min(720.0)).ok()?.with_international_boundaries();
        Some(Near { ground, lands: Lands::around(atlas(Scale::Country)?, frame) })
    }

    /// What it is drawn on.
    pub fn ground(&self) -> &Ground {
        &self.ground
    }

    /// What is drawn: countries with figures coloured, all others as ground.
    pub fn region(
        &self,
        places: &[(String, Place)],
        points: Vec<PlacePoint>,
        names: Vec<(Coord<f64>, String)>,
    ) -> Region<'_> {
        let mut below = self.lands.layers("");
        // Coasts and boundaries lie over what is coloured.
        let above: Vec<MapLayer<'_>> = below.pop().into_iter().collect();
        let area = |(key, place): &(String, Place)| {
            let shapes: Vec<&Geometry<f64>> = self.lands.areas_of(key);
            (!shapes.is_empty()).then(|| PlaceArea { key: key.clone(), shapes, place: place.clone() })
        };
        let label = |(at, text): (Coord<f64>, String)| Label { at, text, gap: GAP };
        Region {
            below,
            areas: places.iter().filter_map(area).collect(),
            above,
            points,
            labels: names.into_iter().take(MOST_NAMES).map(label).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_city_is_shown_with_what_lies_around_it() {
        let city = Extent { west: 36.8, south: -1.3, east: 36.8, north: -1.3 };
        let Extent { west, south, east, north } = at_least(city, NARROWEST);
        assert!((east - west - NARROWEST).abs() < 1e-9 && (north - south - NARROWEST).abs() < 1e-9);
        assert!((west + east - 73.6).abs() < 1e-9 && (south + north + 2.6).abs() < 1e-9);
        let wide = Extent { west: 30.0, south: -10.0, east: 42.0, north: 5.0 };
        assert_eq!(at_least(wide, NARROWEST), wide);
    }
}
