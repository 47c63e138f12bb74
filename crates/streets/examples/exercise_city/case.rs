//! The files of the case.

use std::fmt::Write as _;

use geo::Coord;
use serde_json::json;

use super::chance::chance;
use super::plan::*;
use super::ways::{OnMain, Town, corners};
use super::{pbf, people, ways};

/// Where trains halt: metres north along the railway.
const STATIONS: [(f64, &str); 6] = [
    (-5100.0, "Ferrier Halt"),
    (-3050.0, "Meadow Station"),
    (-950.0, "Mill Station"),
    (60.0, "Exercise Central"),
    (2050.0, "Heron Station"),
    (4100.0, "Northgate Halt"),
];
/// What stops are called: one word of each.
const FIRST: [&str; 16] = [
    "Acacia", "Baobab", "Copper", "Drum", "Ember", "Fig", "Granite", "Heron", "Indigo", "Juniper", "Kestrel",
    "Lantern", "Mango", "Nutmeg", "Olive", "Pepper",
];
const SECOND: [&str; 12] =
    ["Corner", "Gate", "Market", "School", "Bridge", "Stage", "Chapel", "Well", "Bend", "Clinic", "Yard", "Hill"];

/// Names and bytes of all files.
pub fn files() -> Vec<(&'static str, Vec<u8>)> {
    let town = ways::draw();
    let places: Vec<[i64; 2]> = town.nodes.iter().map(|at| degrees(*at).map(|d| (d * 1e7).round() as i64)).collect();
    vec![
        ("case.json", settings().into_bytes()),
        ("area.geojson", area().into_bytes()),
        ("nairobi.osm.pbf", pbf::extract(&places, &town.ways)),
        ("stops.csv", stops(&town).into_bytes()),
        ("population.csv", population().into_bytes()),
        ("open_space.geojson", inventory().into_bytes()),
    ]
}

fn settings() -> String {
    let settings = json!({
        "id": "nairobi-exercise",
        "osm": "nairobi.osm.pbf",
        "area": "area.geojson",
        "stops": "stops.csv",
        "population": "population.csv",
        "open_space": "open_space.geojson",
        "ref_lon": 36.8167,
        "ref_lat": -1.2833,
        "notes": "Exercise data. Streets, stops, people and open spaces are invented; only the place on the map is that of \
                  Nairobi's middle. Not for statistics.",
    });
    format!("{settings:#}\n")
}

/// Longitude and latitude with the seven digits that OpenStreetMap has.
fn degrees(at: Coord<f64>) -> [f64; 2] {
    plane().unproject(at).map(|degrees| (degrees * 1e7).round() / 1e7)
}

fn area() -> String {
    let ring: Vec<[f64; 2]> = boundary().into_iter().map(degrees).collect();
    let feature = json!({
        "type": "Feature",
        "properties": { "id": "nairobi-central", "name": "Nairobi, central part (exercise)" },
        "geometry": { "type": "Polygon", "coordinates": [ring] },
    });
    layer(vec![feature])
}

fn inventory() -> String {
    let feature = |(i, space): (usize, Space)| {
        let mut ring: Vec<[f64; 2]> = corners(space.sides).map(degrees).to_vec();
        ring.push(ring[0]);
        json!({
            "type": "Feature",
            "properties": { "id": format!("x{}", i + 1), "name": space.name, "kind": space.kind, "verified": space.verified },
            "geometry": { "type": "Polygon", "coordinates": [ring] },
        })
    };
    layer(open_spaces().into_iter().enumerate().map(feature).collect())
}

fn layer(features: Vec<serde_json::Value>) -> String {
    let lines: Vec<String> = features.iter().map(ToString::to_string).collect();
    format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{}\n]}}\n", lines.join(",\n"))
}

/// Buses along main roads every 500 m where there are some, trains at the stations.
fn stops(town: &Town) -> String {
    let mut text = "stop_id,name,lon,lat,capacity,mode\n".to_owned();
    let mut n = 0;
    for OnMain { north, lines: [line, along], node } in &town.on_main {
        // Where two main roads meet, the one that runs north has the stop.
        if along.rem_euclid(4) != 0 || (along.rem_euclid(BLOCK) == 0 && !north) {
            continue;
        }
        let at = town.nodes[*node];
        let around = |dx, dy| kind_of(at + Coord { x: dx, y: dy });
        let sides = [around(200.0, 200.0), around(-200.0, 200.0), around(200.0, -200.0), around(-200.0, -200.0)];
        let often = match () {
            () if sides.contains(&Kind::Informal) => 0.2,
            () if sides.contains(&Kind::Core) => 0.95,
            () if sides.contains(&Kind::Outside) => 0.2,
            () if sides.contains(&Kind::Estate) => 0.8,
            () => 0.86,
        };
        if chance(*line, *along, 80 + u64::from(*north)) > often {
            continue;
        }
        // Beside the carriageway.
        let [lon, lat] = degrees(at + Coord { x: 7.0, y: 6.0 });
        let name = format!("{} {}", FIRST[n % FIRST.len()], SECOND[n / FIRST.len() % SECOND.len()]);
        n += 1;
        let _ = writeln!(text, "b{n},{name},{lon:.7},{lat:.7},low,bus");
    }
    for (i, (y, name)) in STATIONS.iter().enumerate() {
        let halt = Coord { x: railway(*y), y: *y };
        let off = |node: &usize| (town.nodes[*node].x - halt.x).hypot(town.nodes[*node].y - halt.y);
        let nearest = town.on_main.iter().map(|on| on.node).min_by(|a, b| off(a).total_cmp(&off(b)));
        let [lon, lat] = degrees(nearest.map_or(halt, |node| town.nodes[node]) + Coord { x: 12.0, y: -9.0 });
        let _ = writeln!(text, "t{},{name},{lon:.7},{lat:.7},high,train", i + 1);
    }
    text
}

fn population() -> String {
    let mut text = "id,lon,lat,pop,pop_female,pop_male,pop_children,pop_older,pop_disability\n".to_owned();
    for cell in people::cells() {
        let ([lon, lat], [all, female, male, children, older, disability]) = (degrees(cell.middle), cell.people);
        let (column, row) = cell.at;
        let _ =
            writeln!(text, "c{column}_{row},{lon:.7},{lat:.7},{all},{female},{male},{children},{older},{disability}");
    }
    text
}
