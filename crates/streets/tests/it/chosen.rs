//! What the settings of a case may choose beside the method: places, frequent service, gates, streets on which vehicles stop
//! anywhere, open spaces of the extract, local widths.

use crate::support::{Folder, at, streets};
use std::io::Write;
use streets::*;

const PATH: &[(f64, f64)] = &[(0.0, 0.0), (300.0, 0.0), (600.0, 0.0), (1100.0, 0.0)];
const PEOPLE: [(&str, f64, f64, &str); 4] =
    [("A", 0.0, 0.0, "10"), ("B", 300.0, 0.0, "20"), ("C", 600.0, 0.0, "30"), ("D", 1100.0, 0.0, "40")];

fn case(settings: &str) -> Folder {
    let folder = Folder::new(&format!(
        r#"{{"id":"path","osm":"x.osm.pbf","population":"people.csv","min_component_m":0,"ref_lon":10,"ref_lat":0,{settings}}}"#
    ));
    folder.write("x.osm.pbf", &streets(&[PATH]).bytes());
    folder.table("people.csv", "id,lon,lat,pop", &PEOPLE);
    folder
}

fn run(folder: &Folder) -> Evaluation {
    evaluate(folder.path(), &Options::of_method(), &unwatched).expect("a case")
}

fn pop(shares: &Named<Shares>) -> Shares {
    *shares.get("pop").expect("all people")
}

fn json(kind: &str, coordinates: &str) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{{"type":"{kind}","coordinates":{coordinates}}}}}]}}"#
    )
}

fn point(x: f64, y: f64) -> String {
    let (lon, lat) = at(x, y);
    format!("[{lon:.9},{lat:.9}]")
}

fn square(low: (f64, f64), high: (f64, f64)) -> String {
    let corners = [low, (high.0, low.1), high, (low.0, high.1), low];
    let ring = corners.map(|(x, y)| point(x, y)).join(",");
    json("Polygon", &format!("[[{ring}]]"))
}

#[test]
fn walks_to_schools_and_clinics() {
    let folder = case(
        r#""stops":"stops.csv","places":{"clinics":{"file":"clinics.csv","within_m":[300,600]},"schools":{"osm":["amenity=school"]}}"#,
    );
    folder.table("stops.csv", "stop_id,lon,lat,capacity", &[("a", 0.0, 0.0, "low")]);
    folder.write("clinics.csv", format!("id,lon,lat\none,{},{}\nlost,,\n", at(600.0, 0.0).0, 0).as_bytes());
    let report = run(&folder).report;
    assert_eq!(report.choices, ["places"]);
    let places = report.places.expect("asked");
    let clinics = places.get("clinics").expect("named");
    let shares: Vec<(f64, Option<f64>)> = clinics.shares.iter().map(|s| (s.within_m, s.percent)).collect();
    assert_eq!((clinics.places, shares), (1, vec![(300.0, Some(50.0)), (600.0, Some(100.0))]));
    let schools = places.get("schools").expect("named");
    assert!(schools.places == 0 && schools.shares.iter().all(|s| s.percent.is_none()), "none in the data: unknown");
    assert!(report.refused.iter().any(|row| row.id == "lost"));
}

#[test]
fn vehicles_that_stop_anywhere() {
    let folder = case(r#""stops":"stops.csv","paratransit":"lines.geojson""#);
    folder.write("stops.csv", b"stop_id,lon,lat,capacity\n");
    // Drawn a few metres beside the first street, and once across the third.
    let line = |points: &[(f64, f64)]| points.iter().map(|(x, y)| point(*x, *y)).collect::<Vec<_>>().join(",");
    let lines = format!("[[{}],[{}]]", line(&[(0.0, 6.0), (300.0, 6.0)]), line(&[(900.0, -200.0), (900.0, 200.0)]));
    folder.write("lines.geojson", json("MultiLineString", &lines).as_bytes());
    let result = run(&folder);
    let streets = result.report.paratransit.expect("asked");
    assert_eq!((streets.lines, streets.edges), (2, 1));
    assert!((streets.street_km - 0.3).abs() < 1e-3);
    for (found, expected) in result.cells.low_m.iter().zip([0.0, 0.0, 300.0, 800.0]) {
        assert!((found - expected).abs() < 0.05, "{found} for {expected}");
    }
    assert_eq!(pop(result.report.share_percent.as_ref().expect("known")).low_500, Some(60.0));
    assert!(result.report.unknown.is_empty(), "streets stand in for stops: {:?}", result.report.unknown);
    folder.write("lines.geojson", json("Point", &point(0.0, 0.0)).as_bytes());
    let error = evaluate(folder.path(), &Options::of_method(), &unwatched).expect_err("no line").to_string();
    assert!(error.contains("lines.geojson") && error.contains("no line"), "{error}");
}

/// Three routes that cross a street run along it as little as one; one that goes there and back along a short part neither.
#[test]
fn lines_that_cross_often_do_not_run_along() {
    let folder = case(r#""stops":"stops.csv","paratransit":"lines.geojson""#);
    folder.write("stops.csv", b"stop_id,lon,lat,capacity\n");
    let line = |points: &[(f64, f64)]| points.iter().map(|(x, y)| point(*x, *y)).collect::<Vec<_>>().join(",");
    let edges = |lines: &[&[(f64, f64)]]| {
        let all = lines.iter().map(|points| format!("[{}]", line(points))).collect::<Vec<_>>().join(",");
        folder.write("lines.geojson", json("MultiLineString", &format!("[{all}]")).as_bytes());
        run(&folder).report.paratransit.expect("asked").edges
    };
    let across: &[(f64, f64)] = &[(450.0, -200.0), (450.0, 200.0)];
    assert_eq!(edges(&[across; 9]), 0);
    let back: &[(f64, f64)] = &[(320.0, 3.0), (420.0, 3.0), (320.0, 3.0), (420.0, 3.0)];
    assert_eq!(edges(&[back]), 0, "100 of 300 m");
    assert_eq!(edges(&[&[(320.0, 3.0), (480.0, 3.0)]]), 1, "160 of 300 m");
    assert_eq!(
        edges(&[&[(320.0, 3.0), (400.0, 3.0)], &[(390.0, -3.0), (480.0, -3.0)]]),
        1,
        "two lines, 160 m together"
    );
}

/// What lies in what decides, not what members are called.
#[test]
fn areas_with_islands_touching_rings_and_without_roles() {
    let mut extract = streets(&[PATH]);
    // Squares by their south-western corner and side, as closed ways; 400, 401, 402 have corners of their own.
    let squares = [(400, 0.0, 0.0, 400.0), (401, 100.0, 100.0, 200.0), (402, 150.0, 150.0, 100.0)];
    for (way, x, y, side) in squares {
        let nodes: Vec<i64> = (0..4).map(|i| 10 * way + i).collect();
        for (node, (dx, dy)) in nodes.iter().zip([(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)]) {
            let (lon, lat) = at(x + dx, y + dy);
            extract.nodes.push((*node, lon, lat, Vec::new()));
        }
        let ring = nodes.iter().chain(nodes.first()).copied().collect();
        extract.ways.push((way, ring, Vec::new()));
    }
    // An eight: two squares of 100 m that share the node 9002.
    for (node, (x, y)) in (9000..).zip([
        (1000., 0.),
        (1100., 0.),
        (1100., 100.),
        (1200., 100.),
        (1200., 200.),
        (1100., 200.),
        (1000., 100.),
    ]) {
        let (lon, lat) = at(x, y);
        extract.nodes.push((node, lon, lat, Vec::new()));
    }
    let park = || vec![("leisure", "park")];
    extract.ways.push((500, vec![9000, 9001, 9002, 9003, 9004, 9005, 9002, 9006, 9000], park()));
    let multi = || vec![("type", "multipolygon"), ("leisure", "park")];
    extract.relations.push((1, vec![(400, "outer"), (401, "inner"), (402, "outer")], multi()));
    extract.relations.push((2, vec![(400, ""), (401, ""), (402, "")], multi()));
    extract.relations.push((3, vec![(400, "outer"), (401, "inner")], multi()));
    let folder = case(r#""stops":"stops.csv""#);
    let path = folder.write("areas.osm.pbf", &extract.bytes());
    let (found, n_broken) = areas(&path, &AreaRule::open_space(), &unwatched).expect("areas");
    assert_eq!(n_broken, 0);
    let plane = Plane::at(10.0, 0.0);
    for (id, expected) in [("w500", 20_000.0), ("r1", 130_000.0), ("r2", 130_000.0), ("r3", 120_000.0)] {
        let area = found.iter().find(|area| area.id == id).expect("an area");
        let m2 = geo::Area::unsigned_area(&plane.project_shape(&area.shape));
        assert!((m2 / expected - 1.0).abs() < 1e-3, "{id}: {m2} for {expected}");
    }
}

#[test]
fn service_that_is_frequent() {
    let folder = case(r#""gtfs":"g.zip","frequency":{"from":"07:00","to":"08:00","most_minutes":10}"#);
    let file = std::fs::File::create(folder.path().join("g.zip")).expect("a file");
    let mut zip = zip::ZipWriter::new(file);
    let (a, d) = (at(0.0, 0.0), at(1090.0, 0.0));
    let mut trips = "route_id,service_id,trip_id\n".to_owned();
    let mut times = "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n".to_owned();
    // Four departures an hour at A: 7.5 minutes on average; one at D. Where a trip ends nobody boards.
    for (i, (stop, end)) in [("A", "D"), ("A", "D"), ("A", "D"), ("A", "D"), ("D", "A")].into_iter().enumerate() {
        trips += &format!("bus,wk,t{i}\n");
        let minute = i * 15 % 60;
        times += &format!("t{i},07:{minute:02}:00,07:{minute:02}:00,{stop},1\n");
        times += &format!("t{i},07:{:02}:00,07:{:02}:00,{end},2\n", minute + 9, minute + 9);
    }
    for (name, text) in [
        ("routes.txt", "route_id,route_type\nbus,3\n".to_owned()),
        ("trips.txt", trips),
        ("stops.txt", format!("stop_id,stop_name,stop_lat,stop_lon\nA,A,{},{}\nD,D,{},{}\n", a.1, a.0, d.1, d.0)),
        ("stop_times.txt", times),
        (
            "calendar.txt",
            "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nwk,1,1,1,1,1,0,0,20240101,20240131\n"
                .to_owned(),
        ),
    ] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a table");
        zip.write_all(text.as_bytes()).expect("a table");
    }
    zip.finish().expect("a zip");
    let report = run(&folder).report;
    assert_eq!(pop(report.share_percent.as_ref().expect("known")).low_500, Some(100.0), "D is served for all");
    let frequent = report.frequent_service.expect("asked");
    assert_eq!((frequent.stops.low, frequent.day.as_deref()), (1, Some("2024-01-01")));
    assert_eq!(pop(&frequent.share_percent).low_500, Some(30.0));
    // A day beyond the calendar, and a Sunday: nobody would wait for nothing. No day at all is none.
    for (day, told) in [
        (
            "2022-01-03",
            "nothing runs on 2022-01-03 (`frequency.date`); the calendar goes from 2024-01-01 to 2024-01-31",
        ),
        ("2024-01-07", "nothing runs on 2024-01-07"),
        ("2022-13-01", "`frequency.date` is \"2022-13-01\""),
    ] {
        let settings = std::fs::read_to_string(folder.path().join("case.json")).expect("settings");
        let settings = settings.replace(r#""most_minutes":10"#, &format!(r#""date":"{day}""#));
        let other = case(r#""gtfs":"g.zip""#);
        other.write("case.json", settings.as_bytes());
        std::fs::copy(folder.path().join("g.zip"), other.path().join("g.zip")).expect("a file");
        let error = evaluate(other.path(), &Options::of_method(), &unwatched).expect_err(day).to_string();
        assert!(error.contains(told), "{error}");
    }
}

#[test]
fn a_gate_in_place_of_the_fence() {
    let settings = r#""stops":"stops.csv","area":"area.geojson","open_space":"parks.geojson""#;
    let park = |settings: &str| {
        let folder = case(settings);
        folder.table("stops.csv", "stop_id,lon,lat,capacity", &[("a", 0.0, 0.0, "low")]);
        folder.area((-50.0, -200.0), (1200.0, 300.0));
        folder.write("parks.geojson", square((250.0, 15.0), (350.0, 115.0)).as_bytes());
        folder.write("gates.geojson", json("Point", &point(300.0, 115.0)).as_bytes());
        run(&folder)
    };
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 0.05, "{found} for {expected}");
    let fence = park(settings);
    near(fence.cells.open_space_m.as_ref().expect("parks")[0], 300.0);
    assert_eq!(fence.report.open_space.as_ref().expect("parks").polygons_with_gates, None);
    let gate = park(&format!(r#"{settings},"gates":"gates.geojson""#));
    near(gate.cells.open_space_m.as_ref().expect("parks")[0], 415.0);
    let open = gate.report.open_space.as_ref().expect("parks");
    assert_eq!((open.polygons_with_gates, open.source_nodes, open.polygons_without_node_within_20m), (Some(1), 0, 0));
    assert_eq!(open.population_share_400_percent.get("pop"), Some(&Some(20.0)), "B alone is near enough");
}

#[test]
fn open_spaces_gates_and_widths_of_the_extract() {
    let folder = case(
        r#""stops":"stops.csv","area":"area.geojson","open_space":"osm","gates":"osm","widths":{"residential":20}"#,
    );
    folder.table("stops.csv", "stop_id,lon,lat,capacity", &[("a", 0.0, 0.0, "low")]);
    folder.area((-50.0, -200.0), (1200.0, 300.0));
    let mut extract = streets(&[PATH]);
    for (i, (x, y)) in [(550.0, 10.0), (650.0, 10.0), (650.0, 90.0), (550.0, 90.0)].into_iter().enumerate() {
        let (lon, lat) = at(x, y);
        let gate = if i == 2 { vec![("barrier", "gate")] } else { Vec::new() };
        extract.nodes.push((100 + i as i64, lon, lat, gate));
    }
    extract.ways.push((90, vec![100, 101, 102, 103, 100], vec![("leisure", "park")]));
    folder.write("x.osm.pbf", &extract.bytes());
    let report = run(&folder).report;
    let open = report.open_space.expect("a park");
    assert_eq!((open.polygons, open.verified, open.polygons_with_gates), (1, 0, Some(1)));
    assert!((open.area_in_city_km2 - 0.008).abs() < 1e-5);
    // 1 100 m of 20 m in 1 250 by 500 m.
    let streets = report.streets.expect("streets").land_allocated_to_streets_percent;
    assert!((streets - 100.0 * 1100.0 * 20.0 / (1250.0 * 500.0)).abs() < 1e-3, "{streets}");
    assert_eq!(report.choices, ["gates", "open_space_of_extract", "widths"]);
}
