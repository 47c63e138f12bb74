//! The exercise grids that the product ships: made by the program that is here, and answering what they are for.

use std::path::{Path, PathBuf};

use geo::{GeodesicArea as _, Relate as _, Validation as _};
use grids::Quiet;
use grids::command::{BuiltArea, ClassifyRequest, Summary, classify_files, land_from_grids};
use grids::degurba::Levels;
use grids::entities::Place;
use grids::land::Variant;

#[path = "../../examples/exercise_grids"]
mod made {
    pub mod boundaries;
    pub mod chance;
    pub mod country;
}
use made::{boundaries, country};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../samples");

fn shipped(name: &str) -> PathBuf {
    Path::new(SAMPLES).join("space").join(name)
}

fn grid(name: &str) -> [PathBuf; 1] {
    [shipped(&format!("kenya/{name}.tif"))]
}

#[test]
fn the_program_makes_what_is_shipped() {
    let folder = tempfile::tempdir().unwrap();
    let towns = country::towns(Path::new(SAMPLES)).unwrap();
    let made = country::make(&country::outline(Path::new(SAMPLES)).unwrap(), &towns);
    country::write(&made, folder.path()).unwrap();
    shapes::write_geojson(&folder.path().join("boundaries.geojson"), &boundaries::layer(&towns)).unwrap();
    // Another version of the compressor may pack the same cells otherwise; then the files are made again.
    for (name, _) in &made.grids {
        let file = format!("{name}.tif");
        let (now, then) = (folder.path().join(&file), shipped(&format!("kenya/{file}")));
        assert!(std::fs::read(now).unwrap() == std::fs::read(then).unwrap(), "{file} is not what the program makes");
    }
    let read = |path: PathBuf| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(folder.path().join("boundaries.geojson")), read(shipped("boundaries.geojson")));
}

#[test]
fn boundaries_are_sound_and_grow() {
    let layer = shapes::read(&shipped("boundaries.geojson"), None).unwrap();
    let shapes: Vec<&geo::Geometry<f64>> = layer.features.iter().map(|f| f.shape.as_ref().unwrap()).collect();
    assert!(shapes.iter().all(|shape| shape.is_valid()));
    let [former, nairobi, mombasa, kisumu] = shapes[..] else { panic!("{} boundaries", shapes.len()) };
    assert!(nairobi.relate(former).is_covers());
    for (a, b) in [(nairobi, mombasa), (mombasa, kisumu), (kisumu, nairobi)] {
        assert!(a.relate(b).is_disjoint());
    }
    // On the ellipsoid; the grid's plane has 0.7 % more at the equator.
    let km2 = shapes.iter().map(|shape| (shape.geodesic_area_unsigned() / 1e6).round());
    assert_eq!(km2.collect::<Vec<f64>>(), [489.0, 632.0, 281.0, 134.0]);
}

/// Classifies a year with the names of the list of cities; the summary, and the urban centres as a layer.
fn classified(year: u32) -> (Summary, shapes::Layer) {
    let folder = tempfile::tempdir().unwrap();
    let things = folder.path().join("entities.gpkg");
    let towns = country::towns(Path::new(SAMPLES)).unwrap();
    let place = |t: &country::Town| Place { name: t.name.clone(), x: t.at.x * 1e3, y: t.at.y * 1e3, population: 1.0 };
    let places: Vec<Place> = towns.iter().filter(|t| !t.name.is_empty()).map(place).collect();
    let request = ClassifyRequest {
        population: &grid(&format!("POP_{year}")),
        land: &grid("LAND"),
        built: &grid(&format!("BUILT_{year}")),
        params: "",
        levels: Levels::Both,
        level_1: None,
        level_2: None,
        entities: Some(&things),
        places: &places,
    };
    let summary = classify_files(&request, &Quiet).unwrap();
    (summary, shapes::read(&things, Some("urban_centre")).unwrap())
}

fn names(layer: &shapes::Layer) -> Vec<&str> {
    let at = layer.fields.iter().position(|f| f.name == "name").unwrap();
    let name = |f: &shapes::Feature| f.values[at].clone();
    let known = layer.features.iter().filter(|f| matches!(name(f), shapes::Value::Text(_)));
    known.map(|f| if let shapes::Value::Text(t) = &f.values[at] { t.as_str() } else { "" }).collect()
}

/// Millions of people, percent of them in urban centres and clusters, urban centres, the named ones by people.
fn check(year: u32, millions: f64, urban: f64, centres: usize, named: &str) {
    let (summary, layer) = classified(year);
    assert!(summary.warnings.is_empty(), "{:?}", summary.warnings);
    let people = |codes: &[u8]| -> f64 {
        summary.level_1.iter().filter(|c| codes.contains(&c.code)).map(|c| c.population).sum()
    };
    let all = people(&[0, 1, 2, 3]);
    assert_eq!((all / 1e5).round() / 10.0, millions);
    assert_eq!((1000.0 * people(&[2, 3]) / all).round() / 10.0, urban);
    assert_eq!(layer.features.len(), centres);
    assert_eq!(names(&layer).join(", "), named);
}

#[test]
fn towns_come_out_as_urban_centres() {
    check(
        2015,
        47.2,
        27.3,
        14,
        "Nairobi, Mombasa, Nakuru, Eldoret, Kisumu, Thika, Malindi, Kitale, Garissa, Kakamega, Kapenguria, Bungoma, \
         Busia, Nyeri",
    );
    check(
        2025,
        56.2,
        30.1,
        18,
        "Nairobi, Mombasa, Nakuru, Kisumu, Eldoret, Thika, Malindi, Kitale, Kakamega, Garissa, Bungoma, Busia, Nyeri, \
         Kapenguria",
    );
}

#[test]
fn land_has_every_kind_of_answer() {
    let rates = |zones: &shapes::Layer, key: Option<&str>| {
        let (before, after) = (grid("BUILT_2015"), grid("BUILT_2025"));
        let people = (grid("POP_2015"), grid("POP_2025"));
        let built = BuiltArea::Surfaces(&before, &after);
        land_from_grids(built, Some((&people.0, &people.1)), zones, key, 10.0, Variant::Linear, &Quiet).unwrap().rows
    };
    let boundaries = shapes::read(&shipped("boundaries.geojson"), None).unwrap();
    let found: Vec<(String, bool)> =
        rates(&boundaries, Some("place")).iter().map(|r| (r.key.clone(), r.rates.ratio.unwrap() > 1.0)).collect();
    let expected = [("KEN-nairobi", true), ("KEN-nairobi", true), ("KEN-mombasa", true), ("KEN-kisumu", false)];
    assert_eq!(found, expected.map(|(place, sprawls)| (place.to_owned(), sprawls)));

    let (_, centres) = classified(2025);
    let rows = rates(&centres, Some("name"));
    let ratio = |name: &str| rows.iter().find(|r| r.key == name).unwrap().rates.ratio;
    assert!(ratio("Kapenguria").unwrap() < 0.0, "people leave");
    assert_eq!(ratio("Nyeri"), None, "people stay");
    assert_eq!(rows.iter().filter(|r| r.city.built_1 == 0.0 && r.rates.ratio.is_none()).count(), 1, "a new town");
}
