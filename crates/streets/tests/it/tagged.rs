//! Nodes and areas by their tags.

use crate::support::{Extract, Folder, at, streets};
use geo::Area;
use streets::*;

fn written(extract: &Extract) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), extract.bytes()).expect("a file");
    file
}

fn square(extract: &mut Extract, first: i64, low: (f64, f64), side: f64) -> Vec<i64> {
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
    for (i, (x, y)) in corners.iter().enumerate() {
        let (lon, lat) = at(low.0 + x, low.1 + y);
        extract.nodes.push((first + i as i64, lon, lat, Vec::new()));
    }
    vec![first, first + 1, first + 2, first + 3, first]
}

#[test]
fn areas_with_holes_and_what_is_ruled_out() {
    let mut extract = Extract::default();
    let outer = square(&mut extract, 1, (0.0, 0.0), 100.0);
    let inner = square(&mut extract, 11, (40.0, 40.0), 20.0);
    let far = square(&mut extract, 21, (500.0, 0.0), 10.0);
    extract.ways = vec![
        // The outline in two lines, the second backwards.
        (1, outer[..3].to_vec(), vec![]),
        (2, vec![1, 4, 3], vec![]),
        (3, inner, vec![]),
        (4, far.clone(), vec![("leisure", "park")]),
        (5, far.clone(), vec![("leisure", "park"), ("access", "private")]),
        (6, far.clone(), vec![("leisure", "park"), ("building", "yes")]),
        (7, far.clone(), vec![("highway", "pedestrian")]),
        (8, far.clone(), vec![("highway", "pedestrian"), ("area", "yes")]),
        (9, far[..4].to_vec(), vec![("leisure", "park")]),
        (10, far, vec![("leisure", "park"), ("fee", "yes")]),
    ];
    extract.relations = vec![
        (1, vec![(1, "outer"), (2, ""), (3, "inner")], vec![("type", "multipolygon"), ("landuse", "village_green")]),
        (2, vec![(1, "outer")], vec![("type", "multipolygon"), ("leisure", "park")]),
        (3, vec![(1, "outer")], vec![("type", "boundary"), ("leisure", "park")]),
    ];
    let (found, n_broken) = areas(written(&extract).path(), &AreaRule::open_space(), &unwatched).expect("sound");
    let told: Vec<(&str, &str)> = found.iter().map(|area| (area.id.as_str(), area.kind.as_str())).collect();
    assert_eq!(told, [("w4", "park"), ("w8", "pedestrian"), ("r1", "village_green")]);
    assert_eq!(n_broken, 1, "relation 2 is not closed");
    let plane = Plane::at(10.0, 0.0);
    assert!((plane.project_shape(&found[2].shape).unsigned_area() - 9600.0).abs() < 1.0);
}

#[test]
fn access_to_schools_of_every_source() {
    let mut extract = streets(&[&[(0.0, 0.0), (300.0, 0.0), (600.0, 0.0), (1100.0, 0.0)]]);
    let (lon, lat) = at(600.0, 0.0);
    extract.nodes.push((50, lon, lat, vec![("amenity", "school"), ("name", "Primary")]));
    let ring = square(&mut extract, 60, (1090.0, -10.0), 20.0);
    extract.ways.push((9, ring, vec![("amenity", "school")]));
    let file = written(&extract);
    let schools =
        Destinations::of_osm(file.path(), &[TagMatch::of("amenity", &["school"])], &unwatched).expect("sound");
    assert_eq!(schools.places.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["n50", "w9"]);

    let folder = Folder::new("{}");
    folder.table(
        "people.csv",
        "id,lon,lat,pop",
        &[("a", 0.0, 0.0, "10"), ("b", 450.0, 20.0, "30"), ("c", 1100.0, 0.0, "60")],
    );
    let population = Population::read(&folder.path().join("people.csv")).expect("sound");
    let wanted = WayNetwork { walked: true, streets: false, excluded: &[] };
    let network = Network::walking(&read_ways(file.path(), wanted, &unwatched).expect("sound"), 0.0).expect("sound");
    let index = SnapIndex::of(&network);
    let cells = index.edges(&population.places, f64::INFINITY);
    let access = PlaceAccess::of(&index, &schools.places, &cells, 2000.0, &unwatched).expect("sound");
    for (found, expected) in access.distances_m.iter().zip([600.0, 170.0, 0.0]) {
        assert!((found - expected).abs() < 0.05, "{found} for {expected}");
    }
    assert_eq!(access.nearest, [Some(0), Some(0), Some(1)]);
    let shares: Vec<Option<f64>> =
        access.shares(&population, &[100.0, 500.0, 1000.0]).iter().map(|s| s.percent).collect();
    assert_eq!(shares, [Some(60.0), Some(90.0), Some(100.0)]);

    folder.table("clinics.csv", "id,lon,lat,kind", &[("x", 0.0, 0.0, "clinic")]);
    folder.write("far.csv", b"id,lon,lat\nhere,10,0\nnowhere,500,0\nno,,\n");
    assert_eq!(Destinations::read(&folder.path().join("clinics.csv")).expect("sound").places.len(), 1);
    let far = Destinations::read(&folder.path().join("far.csv")).expect("sound");
    assert_eq!((far.places.len(), far.refused.len(), far.refused[0].line), (1, 2, 3));
}
