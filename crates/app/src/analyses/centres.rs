//! Titles of urban centres that no list names: by the nearest city that one does.

use geo::{Distance as _, Geometry, Haversine, Point};
use model::{
    kinds::{Place, PlaceKind},
    value::Lang,
};
use serde::{Deserialize, Serialize};

use super::found::FoundCity;
use crate::{error::AppError, space::cities, world::World};

/// A centre that is nearer to a city, in kilometres, is near it; one that is farther lies in a direction of it.
const NEAR_KM: f64 = 5.0;
/// A city that is farther, in kilometres, says nothing about where a centre lies.
const FAR_KM: f64 = 500.0;

/// The directions of the compass, clockwise from the north.
const DIRECTIONS: [&str; 8] =
    ["north", "north_east", "east", "south_east", "south", "south_west", "west", "north_west"];

/// The nearest city with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NearCity {
    /// Its names by the code of their language.
    pub names: Vec<(String, String)>,
    /// How far it is: kilometres.
    pub km: f64,
    /// In which direction of it the centre lies, e.g. `north_west`.
    pub direction: String,
}

impl NearCity {
    fn name(&self, lang: Lang) -> &str {
        let of = |code: &str| self.names.iter().find(|(lang, _)| lang == code);
        of(lang.code()).or_else(|| of("en")).or(self.names.first()).map_or("", |(_, name)| name)
    }
}

/// A title for an urban centre in a language: its name, or where it lies.
pub fn centre_title(lang: Lang, city: &FoundCity) -> String {
    if let Some(name) = &city.name {
        return name.clone();
    }
    // A number of a list, not an amount: without separators.
    let number = city.number.to_string();
    match &city.near {
        None => locale::say_with(lang, "space-centre", &[("n", number.into())]),
        Some(near) => {
            let key = if near.km < NEAR_KM { "space-centre-near" } else { "space-centre-at" };
            let args = [
                ("n", number.into()),
                ("place", near.name(lang).into()),
                ("km", near.km.round().into()),
                ("direction", near.direction.as_str().into()),
            ];
            locale::say_with(lang, key, &args)
        }
    }
}

/// Cities with a name: those of the register, in all their languages, then those of the program's list.
pub(super) struct NamedCities(Vec<NamedCity>);

/// A city with its names by the code of their language.
struct NamedCity {
    at: Point<f64>,
    names: Vec<(String, String)>,
}

impl NamedCities {
    /// All there are.
    ///
    /// Errors: a list that cannot be read.
    pub fn of(world: &World) -> Result<Self, AppError> {
        let of_register = |place: &Place| {
            let names = place.title.iter().map(|(lang, title)| (lang.code().to_owned(), title.to_owned())).collect();
            Some(NamedCity { at: Point::new(place.longitude?, place.latitude?), names })
        };
        let places = world.records().places.iter().filter(|place| place.kind == PlaceKind::City);
        let mut all: Vec<NamedCity> = places.filter_map(of_register).collect();
        let listed = cities()?;
        all.extend(listed.features.iter().filter_map(|feature| match (&feature.shape, feature.values.first()) {
            (Some(Geometry::Point(at)), Some(shapes::Value::Text(name))) => {
                Some(NamedCity { at: *at, names: vec![("en".to_owned(), name.clone())] })
            }
            _ => None,
        }));
        Ok(NamedCities(all))
    }

    /// The city nearest to a point; of equals the first. None when all are far.
    pub fn near(&self, at: [f64; 2]) -> Option<NearCity> {
        let at = Point::new(at[0], at[1]);
        let far = |city: &NamedCity| Haversine.distance(city.at, at) / 1_000.0;
        let nearest = self.0.iter().min_by(|a, b| far(a).total_cmp(&far(b)))?;
        let km = far(nearest);
        if km > FAR_KM {
            return None;
        }
        let direction = DIRECTIONS[direction(nearest.at, at)].to_owned();
        Some(NearCity { names: nearest.names.clone(), km: (km * 10.0).round() / 10.0, direction })
    }
}

/// Which of the eight directions leads from one point to another.
fn direction(from: Point<f64>, to: Point<f64>) -> usize {
    use geo::Bearing as _;
    // Halfway between two directions begins the next.
    ((Haversine.bearing(from, to) + 382.5).rem_euclid(360.0) / 45.0) as usize % DIRECTIONS.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_are_those_of_the_compass() {
        let from = Point::new(36.0, 0.0);
        let of = |x: f64, y: f64| DIRECTIONS[direction(from, Point::new(36.0 + x, y))];
        assert_eq!(
            [of(0.0, 1.0), of(1.0, 1.0), of(1.0, 0.0), of(1.0, -1.0)],
            ["north", "north_east", "east", "south_east"]
        );
        assert_eq!(
            [of(0.0, -1.0), of(-1.0, -1.0), of(-1.0, 0.0), of(-1.0, 1.0)],
            ["south", "south_west", "west", "north_west"]
        );
        // 22° is still north, 23° is not.
        assert_eq!([of(0.404, 1.0), of(0.424, 1.0)], ["north", "north_east"]);
    }

    #[test]
    fn a_centre_without_a_name_is_told_by_the_nearest_city() {
        let near = |km| NearCity {
            names: vec![("en".into(), "Nakuru".into()), ("zh".into(), "纳库鲁".into())],
            km,
            direction: "north_west".into(),
        };
        let city = FoundCity {
            number: 1_015,
            name: None,
            place: "KEN-centre-1015".into(),
            is_known: false,
            population: 60_000.0,
            area_km2: 20.0,
            at: [36.0, 0.0],
            near: Some(near(3.0)),
        };
        assert_eq!(centre_title(Lang::En, &city), "Urban centre 1015 near Nakuru");
        let far = FoundCity { near: Some(near(23.4)), ..city.clone() };
        assert_eq!(centre_title(Lang::En, &far), "Urban centre 1015, 23 km north-west of Nakuru");
        assert!(centre_title(Lang::Zh, &far).contains("纳库鲁"));
        assert_eq!(centre_title(Lang::En, &FoundCity { near: None, ..city.clone() }), "Urban centre 1015");
        assert_eq!(centre_title(Lang::Ar, &FoundCity { name: Some("Thika".into()), ..city }), "Thika");
    }
}
