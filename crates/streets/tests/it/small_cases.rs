//! Cases of a few streets whose results can be computed by hand: the worked examples and what lies at the edges.

use crate::support::{Folder, streets};
use std::sync::atomic::{AtomicUsize, Ordering};
use streets::*;

const PATH: &[(f64, f64)] = &[(0.0, 0.0), (300.0, 0.0), (600.0, 0.0), (1100.0, 0.0)];
const SETTINGS: &str =
    r#"{"id":"path","osm":"x.osm.pbf","stops":"stops.csv","population":"people.csv","min_component_m":601}"#;
const PEOPLE: [(&str, f64, f64, &str); 4] =
    [("B", 300.0, 0.0, "10"), ("mid", 450.0, -20.0, "20"), ("C", 600.0, 0.0, "30"), ("D", 1100.0, 0.0, "40")];
const LOW_AT_A: (&str, f64, f64, &str) = ("a", 0.0, 0.0, "low");
const HIGH_AT_D: (&str, f64, f64, &str) = ("d", 1100.0, 0.0, "high");

fn case(settings: &str, lines: &[&[(f64, f64)]], stops: &[(&str, f64, f64, &str)]) -> Folder {
    let folder = Folder::new(settings);
    folder.write("x.osm.pbf", &streets(lines).bytes());
    folder.table("stops.csv", "stop_id,lon,lat,capacity", stops);
    folder.table("people.csv", "id,lon,lat,pop", &PEOPLE);
    folder
}

fn run(folder: &Folder) -> Evaluation {
    evaluate(folder.path(), &Options::of_method(), &unwatched).expect("a case")
}

fn pop(evaluation: &Evaluation) -> Shares {
    *evaluation.report.share_percent.as_ref().expect("shares").get("pop").expect("all people")
}

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        // Places are stored to 10⁻⁷ degrees, about a centimetre.
        assert!(a == b || (a - b).abs() < 0.05, "{found:?} for {expected:?}");
    }
}

fn codes(evaluation: &Evaluation) -> Vec<String> {
    let tree = serde_json::to_value(&evaluation.report.warnings).expect("a tree");
    tree.as_array().expect("a list").iter().map(|w| w["code"].as_str().expect("a code").to_owned()).collect()
}

/// E1.
#[test]
fn a_path_of_three_streets() {
    let result = run(&case(SETTINGS, &[PATH], &[LOW_AT_A, HIGH_AT_D]));
    near(&result.cells.low_m, &[300.0, 470.0, 600.0, 1100.0]);
    near(&result.cells.high_m, &[800.0, 670.0, 500.0, 0.0]);
    let shares = pop(&result);
    assert!((shares.low_500.expect("known") - 30.0).abs() < 1e-9);
    assert_eq!((shares.high_1000, shares.sdg_11_2_1), (Some(100.0), Some(100.0)));
    assert_eq!(result.report.walk_network.expect("a network").length_km.round(), 1.0);
    assert!(codes(&result).contains(&"no_boundary".to_owned()));
}

/// E4: a second stop on a piece of street that is left out.
#[test]
fn a_stop_on_a_short_part() {
    let aside: &[(f64, f64)] = &[(850.0, 120.0), (850.0, 720.0)];
    let stops = [LOW_AT_A, HIGH_AT_D, ("e", 850.0, 120.0, "low")];
    let pruned = run(&case(SETTINGS, &[PATH, aside], &stops));
    near(&pruned.cells.low_m, &[300.0, 470.0, 370.0, 370.0]);
    assert_eq!(pop(&pruned).low_500, Some(100.0));
    let counts = pruned.report.walk_network.expect("a network");
    assert_eq!((counts.components, counts.components_kept), (2, 1));
    // Not pruned, it serves nobody.
    let whole = run(&case(&SETTINGS.replace("601", "0"), &[PATH, aside], &stops));
    near(&whole.cells.low_m, &[300.0, 470.0, 600.0, 1100.0]);
}

#[test]
fn no_stops_of_a_class_or_at_all() {
    let low = run(&case(SETTINGS, &[PATH], &[LOW_AT_A]));
    assert_eq!(pop(&low).high_1000, Some(0.0));
    assert_eq!(low.cells.high_m, [f64::INFINITY; 4]);
    assert!(codes(&low).contains(&"no_stops_of".to_owned()));
    assert!(low.report.unknown.is_empty());
    let none = run(&case(SETTINGS, &[PATH], &[]));
    assert_eq!(pop(&none), Shares::default());
    assert_eq!(none.report.unknown, [Unknown { what: "sdg_11_2_1", why: "no_stops" }]);
}

#[test]
fn no_people_or_no_network() {
    let folder = case(SETTINGS, &[PATH], &[LOW_AT_A]);
    folder.write("people.csv", b"id,lon,lat,pop\n");
    let none = run(&folder);
    assert_eq!(pop(&none), Shares::default());
    assert_eq!(none.report.unknown, [Unknown { what: "sdg_11_2_1", why: "no_population" }]);
    let pruned = run(&case(&SETTINGS.replace("601", "5000"), &[PATH], &[LOW_AT_A]));
    assert_eq!(pop(&pruned), Shares::default());
    assert_eq!(pruned.report.unknown, [Unknown { what: "sdg_11_2_1", why: "no_network" }]);
}

#[test]
fn stops_off_the_network_and_beyond_the_city() {
    let off = run(&case(SETTINGS, &[PATH], &[("off", 300.0, 600.0, "low")]));
    assert_eq!(pop(&off).low_500, Some(0.0));
    assert_eq!(off.report.stops.connector_over_100m, Some(1));
    assert!(codes(&off).contains(&"stops_far_from_network".to_owned()));
    near(&off.cells.low_m[..1], &[600.0]);
    // The city ends at B; the stop at A, outside, serves it.
    let folder = case(&SETTINGS.replace(r#""osm""#, r#""area":"area.geojson","osm""#), &[PATH], &[LOW_AT_A]);
    folder.area((250.0, -100.0), (1200.0, 100.0));
    let outside = run(&folder);
    assert!((pop(&outside).low_500.expect("known") - 30.0).abs() < 1e-9);
    // The extract ends with its streets, so far less than 1.5 km beyond.
    assert!(codes(&outside).contains(&"extract_too_small".to_owned()));
    assert!((outside.report.area.expect("a city").planar_km2 - 0.19).abs() < 1e-9);
}

/// A node inside or on the boundary is in the city, and so is an edge whose middle is.
#[test]
fn streets_along_the_boundary_are_in_the_city() {
    // A square of streets with a cross in it, the boundary through its outer nodes; not around 0, 0.
    let (a, b, c) = (137.3, 637.9, 1138.1);
    let lines: [&[(f64, f64)]; 6] = [
        &[(a, a), (b, a), (c, a)],
        &[(a, b), (b, b), (c, b)],
        &[(a, c), (b, c), (c, c)],
        &[(a, a), (a, b), (a, c)],
        &[(b, a), (b, b), (b, c)],
        &[(c, a), (c, b), (c, c)],
    ];
    let folder = Folder::new(
        r#"{"osm":"x.osm.pbf","area":"area.geojson","population":"people.csv","stops":"stops.csv","min_component_m":0}"#,
    );
    let extract = streets(&lines);
    folder.write("x.osm.pbf", &extract.bytes());
    folder.table("stops.csv", "stop_id,lon,lat,capacity", &[("s", b, b, "low")]);
    folder.table("people.csv", "lon,lat,pop", &[]);
    // The corners as the extract stores them.
    let stored = |x: f64, y: f64| {
        let (lon, lat) = crate::support::at(x, y);
        [lon, lat].map(|v| (v * 1e7).round() / 1e7)
    };
    let ring = [(a, a), (c, a), (c, c), (a, c), (a, a)].map(|(x, y)| serde_json::json!(stored(x, y)));
    let area = serde_json::json!({"type": "Polygon", "coordinates": [ring]});
    folder.write("area.geojson", area.to_string().as_bytes());
    let streets = run(&folder).report.streets.expect("streets");
    assert_eq!((streets.edges_in_area, streets.intersections_3plus), (12, 5), "{streets:?}");
}

/// Without a network nobody walks to a park; a street that is closed to people takes land all the same.
#[test]
fn parks_without_a_network_and_closed_streets() {
    let settings = r#"{"osm":"x.osm.pbf","area":"area.geojson","population":"people.csv","open_space":"parks.geojson","min_component_m":0,"excluded_ways":[1]}"#;
    let folder = case(settings, &[PATH], &[]);
    folder.area((-100.0, -200.0), (1200.0, 800.0));
    let corner = |x: f64, y: f64| {
        let (lon, lat) = crate::support::at(x, y);
        serde_json::json!([lon, lat])
    };
    let ring = [(250.0, -50.0), (350.0, -50.0), (350.0, 50.0), (250.0, 50.0), (250.0, -50.0)];
    let ring: Vec<_> = ring.iter().map(|(x, y)| corner(*x, *y)).collect();
    let park = |verified: &str| {
        let park = serde_json::json!({"type": "Feature", "properties": {"verified": verified}, "geometry": {"type": "Polygon", "coordinates": [ring]}});
        folder.write("parks.geojson", park.to_string().as_bytes());
    };
    park("Yes");
    let report = run(&folder).report;
    let open = report.open_space.expect("a park");
    assert_eq!((open.verified, open.population_share_400_percent.get("pop")), (1, Some(&None)));
    assert!(report.unknown.contains(&Unknown { what: "open_space_access", why: "no_network" }), "{:?}", report.unknown);
    assert!(report.streets.expect("streets").land_allocated_to_streets_percent > 0.0);
    park("no");
    assert_eq!(run(&folder).report.open_space.expect("a park").verified, 0);
}

#[test]
fn water_and_ferries() {
    // Two parts of a town with 500 m of water between; a home 100 m out on the water, nearer to the second part.
    let over: &[(f64, f64)] = &[(0.0, 500.0), (1100.0, 500.0)];
    let folder = case(&SETTINGS.replace("601", "1000"), &[PATH, over], &[LOW_AT_A]);
    folder.table(
        "people.csv",
        "id,lon,lat,pop",
        &[("north", 0.0, 500.0, "10"), ("boat", 100.0, 400.0, "10"), ("pier", 100.0, 100.0, "20")],
    );
    let result = run(&folder);
    near(&result.cells.low_m, &[f64::INFINITY, f64::INFINITY, 200.0]);
    assert_eq!(pop(&result).low_500, Some(50.0), "those on the water stay in the denominator");
    assert!(codes(&result).contains(&"people_unreached".to_owned()));
}

#[test]
fn repeated_stops_and_equal_nodes() {
    let once = run(&case(SETTINGS, &[PATH], &[LOW_AT_A]));
    let often =
        run(&case(SETTINGS, &[PATH], &[LOW_AT_A, LOW_AT_A, ("opposite", 0.0, 8.0, "low"), ("b", -4.0, 0.0, "low")]));
    assert_eq!(pop(&once), pop(&often));
    assert_eq!(once.cells.low_m, often.cells.low_m);
    // Two nodes at one place: an edge without length.
    let mut extract = streets(&[PATH]);
    let twin = extract.nodes[1].clone();
    extract.nodes.push((99, twin.1, twin.2, Vec::new()));
    extract.ways[0].1.insert(2, 99);
    let folder = case(SETTINGS, &[PATH], &[LOW_AT_A]);
    folder.write("x.osm.pbf", &extract.bytes());
    let twins = run(&folder);
    assert_eq!(twins.report.walk_network.expect("a network").edges, 4);
    near(&twins.cells.low_m, &once.cells.low_m);
}

#[test]
fn rows_that_are_refused() {
    let folder = case(SETTINGS, &[PATH], &[]);
    folder.write(
        "stops.csv",
        b"stop_id,lon,lat,capacity\nok,10.0,0.0,low\nzero,0,0,low\nswapped,0.0,10.0,low\nwords,east,north,low\nnan,NaN,0,low\nkind,10,0,medium\nshort,10\n",
    );
    folder.write(
        "people.csv",
        "id,lon,lat,pop,pop_women\nok,10.0,0.0,10,\nnan,10,0,NaN,1\nminus,10,0,-1,1\ngroup,10,0,5,x\nzero,0,0,5,1\nempty,10,0,,3\n".as_bytes(),
    );
    let result = run(&folder);
    let told: Vec<(&str, u64)> = result.report.refused.iter().map(|row| (row.id.as_str(), row.line)).collect();
    let expected = [
        ("nan", 3),
        ("minus", 4),
        ("group", 5),
        ("words", 5),
        ("nan", 6),
        ("kind", 7),
        ("short", 8),
        ("zero", 6),
        ("zero", 3),
        ("swapped", 4),
    ];
    assert_eq!(told, expected);
    assert!(result.report.refused[9].why.contains("swapped"));
    assert_eq!((result.report.stops.total, result.report.population.expect("people").cells), (Some(1), 2));
    // Empty is unknown, not 0 and not refused: all people of the first cell, women of the second.
    let shares = result.report.share_percent.as_ref().expect("shares");
    assert_eq!(shares.get("pop_women").expect("a group").low_500, Some(100.0));
    assert!(codes(&result).contains(&"rows_refused".to_owned()));
    assert!(codes(&result).contains(&"group_unknown".to_owned()));
}

#[test]
fn settings_and_options() {
    let strange = run(&case(&SETTINGS.replace('{', r#"{"colour":"red","#), &[PATH], &[LOW_AT_A]));
    assert_eq!(strange.report.warnings[0], Warning::UnknownSettings { keys: vec!["colour".into()] });
    let folder = case(SETTINGS, &[PATH], &[LOW_AT_A, HIGH_AT_D]);
    let short = Options { limit_m: 400.0, ..Options::of_method() };
    assert!(matches!(evaluate(folder.path(), &short, &unwatched), Err(StreetsError::Case { .. })));
    // Way 1 is all there is.
    let choosing = |choice: &str| {
        let settings = SETTINGS.replace('{', &format!("{{{choice},"));
        run(&case(&settings, &[PATH], &[LOW_AT_A, HIGH_AT_D])).report
    };
    let closed = run(&case(&SETTINGS.replace('{', r#"{"excluded_ways":[1],"#), &[PATH], &[LOW_AT_A]));
    assert_eq!(closed.report.unknown[0].why, "no_network");
    assert!(!codes(&closed).contains(&"excluded_ways_unknown".to_owned()));
    // What is to be left out and is not there leaves nothing out, which is told; so are timetables beside stops.
    let idle = choosing(r#""excluded_ways":[77,1000],"gtfs":["a.zip","b.zip"]"#);
    let ways = Warning::ExcludedWaysUnknown { n: 2, first: "77, 1000".into() };
    assert!(idle.warnings.contains(&ways), "{:?}", idle.warnings);
    assert!(idle.warnings.contains(&Warning::TimetablesUnused { n: 2 }), "{:?}", idle.warnings);
    let far = SETTINGS.replace('{', r#"{"area":"area.geojson","ref_lon":10,"ref_lat":70,"#);
    let far = case(&far, &[PATH], &[LOW_AT_A]);
    far.area((0.0, -100.0), (1200.0, 100.0));
    let error = evaluate(far.path(), &Options::of_method(), &unwatched).expect_err("elsewhere").to_string();
    assert!(error.contains("`ref_lat` 70") && error.contains("area.geojson"), "{error}");
    far.write("case.json", b"\xff\xfe{}");
    let error = evaluate(far.path(), &Options::of_method(), &unwatched).expect_err("no text").to_string();
    assert!(error.contains("UTF-8"), "{error}");
    let binary = case(SETTINGS, &[PATH], &[LOW_AT_A]);
    binary.write("stops.csv", b"II*\0\0,\0\0\n");
    let error = evaluate(binary.path(), &Options::of_method(), &unwatched).expect_err("no table").to_string();
    assert!(error.contains("stops.csv") && error.contains("it is no table"), "{error}");
    let slip = case(&SETTINGS.replace('{', r#"{"exclude_ways":[1],"#), &[PATH], &[LOW_AT_A]);
    let error = evaluate(slip.path(), &Options::of_method(), &unwatched).expect_err("a slip").to_string();
    assert!(error.contains("case.json") && error.contains("did you mean `excluded_ways`?"), "{error}");
    // Cells of 200 m at B, C, D and between, as 2 × 2 points 50 m from their middle.
    let spread = choosing(r#""spread":{"cell_m":200,"points":2}"#);
    assert_eq!(spread.choices, ["spread"]);
    let spread = spread.share_percent_spread.expect("asked");
    // B: 300 ± 50 + 50 within. Between: 450 ± 50 with connectors 30 and 70: 430, 470 within. C, D: not.
    assert!((spread.shares.low_500.expect("known") - 20.0).abs() < 1e-9, "{spread:?}");
    let missing = case(&SETTINGS.replace(r#""osm":"x.osm.pbf","#, ""), &[PATH], &[LOW_AT_A]);
    let error = evaluate(missing.path(), &Options::of_method(), &unwatched).expect_err("no extract").to_string();
    assert!(error.contains("osm"), "{error}");
}

#[test]
fn evaluations_end_on_request() {
    let folder = case(&SETTINGS.replace(r#""osm""#, r#""area":"area.geojson","osm""#), &[PATH], &[LOW_AT_A]);
    folder.area((0.0, -100.0), (1200.0, 100.0));
    let calls = AtomicUsize::new(0);
    let count = |_, _, _| {
        calls.fetch_add(1, Ordering::Relaxed);
        Flow::Continue(())
    };
    evaluate(folder.path(), &Options::of_method(), &count).expect("a case");
    let n = calls.load(Ordering::Relaxed);
    for last in 0..n {
        let left = AtomicUsize::new(last);
        let stop = |_, _, _| match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)) {
            Ok(_) => Flow::Continue(()),
            Err(_) => Flow::Break(()),
        };
        let result = evaluate(folder.path(), &Options::of_method(), &stop);
        assert!(matches!(result, Err(StreetsError::Stopped { .. })), "after {last} of {n}");
    }
}

/// O1 and O2, with verified spaces beside potential ones.
#[test]
fn parks_and_who_reaches_them() {
    let settings = r#"{"osm":"x.osm.pbf","area":"area.geojson","population":"people.csv","open_space":"parks.geojson","min_component_m":0,"ref_lon":10,"ref_lat":0}"#;
    let folder = case(settings, &[&PATH[..3]], &[]);
    folder.area((-100.0, -200.0), (900.0, 800.0));
    folder.table(
        "people.csv",
        "id,lon,lat,pop",
        &[("A", 0.0, 0.0, "10"), ("C", 600.0, 0.0, "20"), ("in", 300.0, 40.0, "30")],
    );
    let park = |x: f64, y: f64, side: f64, verified: bool| {
        let corner = |x: f64, y: f64| {
            let (lon, lat) = crate::support::at(x, y);
            format!("[{lon},{lat}]")
        };
        let ring =
            [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map(|(x, y)| corner(x, y)).join(",");
        format!(
            r#"{{"type":"Feature","properties":{{"id":"p","verified":{verified}}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let write = |parks: &[String]| {
        let all = parks.join(",");
        folder.write("parks.geojson", format!(r#"{{"type":"FeatureCollection","features":[{all}]}}"#).as_bytes());
    };
    // Its edge is 15 m from B: B is an entrance. A playground inside counts once.
    write(&[park(250.0, 15.0, 100.0, false), park(260.0, 25.0, 20.0, false)]);
    let near_b = run(&folder);
    near(near_b.cells.open_space_m.as_ref().expect("parks"), &[300.0, 300.0, 0.0]);
    let result = near_b.report.open_space.as_ref().expect("parks");
    assert!((result.share_of_city_percent - 1.0).abs() < 1e-3, "{result:?}");
    assert_eq!((result.source_nodes, result.under_400_m2, result.verified), (1, 0, 0));
    assert_eq!(result.population_share_400_percent.get("pop"), Some(&Some(100.0)));
    assert_eq!(result.verified_only, None);
    // 25 m away, its middle 60 m off the middle of B–C.
    write(&[park(415.0, 25.0, 70.0, true)]);
    let away = run(&folder);
    near(away.cells.open_space_m.as_ref().expect("parks"), &[510.0, 210.0, 210.0 + 40.0]);
    let result = away.report.open_space.as_ref().expect("parks");
    assert_eq!((result.polygons_without_node_within_20m, result.verified), (1, 1));
    let verified = result.verified_only.as_ref().expect("one is verified");
    assert_eq!(verified.population_share_400_percent, result.population_share_400_percent);
}

#[test]
fn cells_are_written_whole_or_not_at_all() {
    let folder = case(SETTINGS, &[PATH], &[LOW_AT_A]);
    let result = run(&folder);
    let path = folder.path().join("cells.csv");
    write_cells(&path, &result.cells).expect("written");
    assert_eq!(std::fs::read_to_string(&path).expect("text").lines().count(), 5);
    assert!(write_cells(&folder.path().join("nowhere/cells.csv"), &result.cells).is_err());
    let left: Vec<_> = std::fs::read_dir(folder.path()).expect("a folder").flatten().map(|f| f.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[test]
fn stops_come_from_the_extract_where_nothing_else_is_given() {
    let folder = case(&SETTINGS.replace(r#""stops":"stops.csv","#, ""), &[PATH], &[]);
    let mut extract = streets(&[PATH]);
    extract.nodes[0].3 = vec![("highway", "bus_stop")];
    extract.nodes[3].3 = vec![("railway", "halt"), ("name", "End")];
    folder.write("x.osm.pbf", &extract.bytes());
    let result = run(&folder);
    near(&result.cells.low_m, &[300.0, 470.0, 600.0, 1100.0]);
    near(&result.cells.high_m, &[800.0, 670.0, 500.0, 0.0]);
    assert!(result.report.warnings.contains(&Warning::StopsFromOsm { n: 2 }));
}
