//! The shared cases against their expected values; passed over where the folder is not there.

use serde_json::Value;
use std::{
    io::Read,
    path::{Path, PathBuf},
};
use streets::*;

fn cities() -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/geo/cities"));
    path.exists().then(|| path.to_path_buf())
}

/// Compares every number of the expected tree: whole numbers exactly, shares to 10⁻⁴ points, the rest to the digits
/// that were written.
fn compare(expected: &Value, found: &Value, path: &str, differences: &mut Vec<String>) {
    match expected {
        Value::Object(keys) => {
            for (key, value) in keys.iter().filter(|(key, _)| *key != "engine_seconds") {
                compare(value, &found[key], &format!("{path}/{key}"), differences);
            }
        }
        Value::Number(number) => {
            let (expected, found) = (number.as_f64().unwrap_or(f64::NAN), found.as_f64().unwrap_or(f64::NAN));
            let tolerance = if number.is_u64() {
                0.0
            } else if path.contains("connector_m") || path.contains("network_distance_m") {
                // Written with three and four digits.
                6e-4
            } else {
                (1e-7 * expected.abs()).max(1e-6)
            };
            let same = (expected - found).abs() <= tolerance;
            if !same {
                differences.push(format!("{path}: {expected} expected, {found} found"));
            }
        }
        other if other != found => differences.push(format!("{path}: {other} expected, {found} found")),
        _ => {}
    }
}

fn check(case: &str) {
    let Some(cities) = cities() else { return };
    let folder = cities.join(case);
    let text = std::fs::read_to_string(folder.join("golden.json")).expect("expected values");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let evaluation = evaluate(&folder, &Options::of_method(), &unwatched).expect("a case");
    let found = serde_json::to_value(&evaluation.report).expect("a tree");
    let mut differences = Vec::new();
    compare(&expected, &found, "", &mut differences);
    assert!(differences.is_empty(), "{case}:\n{}", differences.join("\n"));
    assert!(evaluation.report.refused.is_empty());
    compare_cells(&folder, &evaluation.cells);
}

/// Distances of every cell, to the centimetre that is written.
fn compare_cells(folder: &Path, cells: &CellTable) {
    let Ok(file) = std::fs::File::open(folder.join("cells_distance.csv.gz")) else { return };
    let mut expected = String::new();
    flate2::read::GzDecoder::new(file).read_to_string(&mut expected).expect("a table");
    let mut found = Vec::new();
    cells.write_to(&mut found).expect("memory");
    let found = String::from_utf8(found).expect("text");
    assert_eq!(expected.lines().count(), found.lines().count());
    for (expected, found) in expected.lines().zip(found.lines()).skip(1) {
        let pairs: Vec<(&str, &str)> = expected.trim().split(',').zip(found.split(',')).collect();
        assert_eq!(pairs.len(), 5);
        for (i, (expected, found)) in pairs.iter().enumerate() {
            let same = match (i, expected.parse::<f64>(), found.parse::<f64>()) {
                (1.., Ok(expected), Ok(found)) => (expected - found).abs() < 0.0101,
                _ => expected == found,
            };
            assert!(same, "{pairs:?}");
        }
    }
}

#[test]
fn helsinki() {
    check("helsinki-centre");
}

#[test]
fn liechtenstein() {
    check("liechtenstein");
}

#[test]
fn monaco() {
    check("monaco");
}

#[test]
fn porto() {
    check("porto");
}

#[test]
fn porto_alegre() {
    check("porto-alegre");
}

#[test]
fn madrid_as_the_crow_flies() {
    check("crowfly-madrid");
}

#[test]
fn friedrichshain_as_the_crow_flies() {
    check("crowfly-friedrichshain");
}

#[test]
fn served_stops_of_timetables() {
    let Some(cities) = cities() else { return };
    let text = std::fs::read_to_string(cities.join("gtfs_golden.json")).expect("expected values");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    for (case, feeds) in expected.as_object().expect("cases") {
        for (feed, counts) in feeds.as_object().expect("feeds") {
            let path = cities.join(case).join(feed);
            let timetable = read_gtfs(&path, &RouteTypes::of_method(), None, &unwatched).expect("a feed");
            let found = serde_json::to_value(timetable.counts).expect("a tree");
            let mut differences = Vec::new();
            compare(counts, &found, feed, &mut differences);
            assert!(differences.is_empty(), "{differences:?}");
        }
    }
}

#[test]
fn open_spaces_of_the_extracts() {
    // The inventories of the cases were taken from the extracts by the rule of the method.
    let Some(cities) = cities() else { return };
    for case in ["helsinki-centre", "monaco", "liechtenstein", "porto-alegre", "porto"] {
        let folder = cities.join(case);
        let mut expected: Vec<String> = read_open_spaces(&folder.join("open_space.geojson"))
            .expect("an inventory")
            .into_iter()
            .map(|space| space.id)
            .collect();
        let extract = folder.join(format!("{case}.osm.pbf"));
        let (found, _) = areas(&extract, &AreaRule::open_space(), &unwatched).expect("an extract");
        let mut found: Vec<String> = found.into_iter().map(|area| area.id).collect();
        expected.sort();
        found.sort();
        // Squares and a park that are also `highway=pedestrian` without `area=yes`: the inventory takes such
        // multipolygons for streets and leaves them out; the method's rule takes `place=square` whatever else it is.
        let squares = ["r2919118", "r2919214", "r8513460", "r8924786", "r11144655", "r5324354"];
        found.retain(|id| !squares.contains(&id.as_str()));
        assert_eq!(found, expected, "{case}");
    }
}

#[test]
fn stops_of_the_extracts() {
    let Some(cities) = cities() else { return };
    for case in ["helsinki-centre", "monaco", "liechtenstein", "porto"] {
        let folder = cities.join(case);
        let expected = read_stops(&folder.join("stops.csv")).expect("a table").stops;
        let found = stops_of_osm(&folder.join(format!("{case}.osm.pbf")), &unwatched).expect("an extract");
        let ids = |stops: &[Stop]| {
            let mut ids: Vec<(String, Capacity)> = stops.iter().map(|stop| (stop.id.clone(), stop.capacity)).collect();
            ids.sort();
            // The table repeats a node that is a stop of buses and of trams; one row for each capacity is enough.
            ids.dedup();
            ids
        };
        assert_eq!(ids(&found), ids(&expected), "{case}");
    }
}
