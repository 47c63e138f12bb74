//! Grids, land and access as files: a grid made by hand, and the shared places where they are there.

use std::{
    fs,
    path::{Path, PathBuf},
};

use app::{
    AppError,
    space::{
        AccessRequest, CoverRequest, FunctionalAsked, GridClassify, GridUnits, GridZonal, GrowthRequest, LandRequest,
        PeopleRequest, StreetSample, TwoDates, access_case, functional_areas, grid_classify, grid_people, grid_units,
        grid_zonal, land_cover, land_growth, land_rates, street_sample, street_sample_mean,
    },
};
use grids::raster::{Compression, Frame, Pixels, Resampling, Writing, write_cog};
use serde_json::Value as Json;
use shapes::Crs;
use tempfile::TempDir;

const GO_ON: fn(&str, f64) -> bool = |_, _| true;

/// The shared data, where this checkout has them beside it.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(folder);
    path.is_dir().then_some(path)
}

/// A town of 3 × 3 cells with 6,000 people each in a grid of 8 × 6, and a village of one cell with 600.
fn people() -> Vec<f64> {
    let mut people = vec![0.0; 48];
    for (row, column) in (1..4).flat_map(|r| (1..4).map(move |c| (r, c))) {
        people[row * 8 + column] = 6_000.0;
    }
    people[4 * 8 + 6] = 600.0;
    people
}

fn write(path: &Path, crs: Crs, values: &[f64]) {
    let frame = Frame { width: 8, height: 6, left: 4_000_000.0, top: 3_000_000.0, dx: 1_000.0, dy: 1_000.0, crs };
    let writing = Writing { compression: Compression::Deflate, overviews: Resampling::Sum, nodata: Some(-1.0) };
    write_cog(path, &frame, Pixels::F64(values), writing).expect("written");
}

fn classify(folder: &Path, population: PathBuf) -> GridClassify {
    GridClassify {
        population: vec![population],
        land: Vec::new(),
        built: Vec::new(),
        params: None,
        level: 2,
        out: Some(folder.join("classes.tif")),
        entities: Some(folder.join("entities.gpkg")),
        places: None,
    }
}

fn refused(found: Result<Json, AppError>, code: &str) -> String {
    match found {
        Err(AppError::Refused(found)) => {
            assert_eq!(found[0].code.id, code);
            format!("{:?}", found[0].args)
        }
        other => panic!("{code}: {other:?}"),
    }
}

#[test]
fn a_town_is_classified_and_its_people_are_counted() {
    let folder = TempDir::new().expect("a folder");
    let population = folder.path().join("people.tif");
    write(&population, Crs::LaeaEurope, &people());
    let asked = classify(folder.path(), population.clone());
    let found = grid_classify(&asked, &GO_ON).expect("classified");
    // 54,000 people at 6,000 a km²: an urban centre of nine cells, and a rural cluster of one.
    let of = |code: u64| {
        let classes = found["classes"].as_array().expect("classes");
        classes.iter().find(|c| c["code"] == code).map(|c| (c["cells"].as_u64(), c["population"].as_f64()))
    };
    assert_eq!(of(30), Some((Some(9), Some(54_000.0))), "{found}");
    assert_eq!(of(13), Some((Some(1), Some(600.0))));
    assert!(folder.path().join("classes.tif").is_file() && folder.path().join("entities.gpkg").is_file());
    // West of 4,002,500 lies half of the town.
    let ring = "[[4000000,2994000],[4002500,2994000],[4002500,3000000],[4000000,3000000],[4000000,2994000]]";
    let units = folder.path().join("units.geojson");
    fs::write(
        &units,
        format!(
            r#"{{"type":"FeatureCollection","crs":{{"type":"name","properties":{{"name":"EPSG:3035"}}}},"features":[
            {{"type":"Feature","properties":{{"name":"West"}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
        ),
    )
    .expect("written");
    let zonal = GridZonal {
        raster: vec![population.clone()],
        weights: Vec::new(),
        zones: units.clone(),
        layer: None,
        statistics: ["count", "sum", "max"].map(str::to_owned).to_vec(),
        by_centre: false,
    };
    let zone = &grid_zonal(&zonal, &GO_ON).expect("statistics")["zones"][0];
    assert_eq!((zone["count"].as_f64(), zone["sum"].as_f64()), (Some(15.0), Some(27_000.0)), "{zone}");
    assert_eq!((&zone["properties"]["name"], zone["max"].as_f64()), (&Json::from("West"), Some(6_000.0)));
    let asked = GridUnits {
        population: vec![population],
        class: vec![folder.path().join("classes.tif")],
        units,
        layer: None,
        params: None,
    };
    let unit = &grid_units(&asked, &GO_ON).expect("units")["units"][0];
    assert_eq!((&unit["l1"], &unit["l2"], &unit["base"]), (&3.into(), &30.into(), &"pop".into()), "{unit}");
}

#[test]
fn what_cannot_be_classified_is_refused_and_leaves_nothing() {
    let folder = TempDir::new().expect("a folder");
    let in_folder = |name: &str| folder.path().join(name);
    let nothing_written = || assert!(!in_folder("classes.tif").exists() && !in_folder("entities.gpkg").exists());
    refused(grid_classify(&classify(folder.path(), in_folder("none.tif")), &GO_ON), "GEO002");
    fs::write(in_folder("text.tif"), "no raster").expect("written");
    refused(grid_classify(&classify(folder.path(), in_folder("text.tif")), &GO_ON), "GEO002");
    // Web Mercator is not of equal area.
    write(&in_folder("mercator.tif"), Crs::Other("EPSG:3857".into()), &people());
    refused(grid_classify(&classify(folder.path(), in_folder("mercator.tif")), &GO_ON), "GEO002");
    write(&in_folder("people.tif"), Crs::LaeaEurope, &people());
    let mut asked = classify(folder.path(), in_folder("people.tif"));
    fs::write(in_folder("params.json"), r#"{"uc_densty": 1500}"#).expect("written");
    asked.params = Some(in_folder("params.json"));
    let told = refused(grid_classify(&asked, &GO_ON), "GEO005");
    assert!(told.contains("uc_density"), "the nearest name is told: {told}");
    asked.params = None;
    refused(grid_classify(&asked, &|_: &str, _: f64| false), "GEO004");
    nothing_written();
    asked.level = 3;
    refused(grid_classify(&asked, &GO_ON), "GEO005");
    let access =
        AccessRequest { folder: in_folder("nowhere"), cells: Some(in_folder("cells.csv")), with_shapes: false };
    refused(access_case(&access, &GO_ON), "GEO003");
    assert!(!in_folder("cells.csv").exists());
}

#[test]
fn inputs_that_contradict_themselves_or_are_of_another_kind_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let in_folder = |name: &str| folder.path().join(name);
    write(&in_folder("people.tif"), Crs::LaeaEurope, &people());
    let with = |land: Vec<f64>| {
        write(&in_folder("land.tif"), Crs::LaeaEurope, &land);
        GridClassify { land: vec![in_folder("land.tif")], ..classify(folder.path(), in_folder("people.tif")) }
    };
    // More land than a cell, and less than none; -1 is named as missing, -200 is not.
    for (land, problem, row) in [(2e6, "above", 1), (-200.0, "below", 1)] {
        let mut cells = vec![1e6; 48];
        cells[8 + 3] = land;
        cells[0] = -1.0;
        let told = refused(grid_classify(&with(cells), &GO_ON), "GEO018");
        for part in [problem, "land.tif", &format!("\"row\", Whole({row})"), "\"column\", Whole(3)"] {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
    assert!(!in_folder("classes.tif").exists());
    let found = grid_classify(&with(vec![1.0; 48]), &GO_ON).expect("shares are told");
    assert!(found["warnings"].to_string().contains("greatest number of the land layer is 1"), "{found}");

    // Two tiles that say different things of one cell.
    let mut other = people();
    other[2 * 8 + 5] = 7.0;
    write(&in_folder("other.tif"), Crs::LaeaEurope, &other);
    let mut asked = classify(folder.path(), in_folder("people.tif"));
    asked.population.push(in_folder("people.tif"));
    assert!(grid_classify(&asked, &GO_ON).is_ok(), "the same twice is the same");
    asked.population.push(in_folder("other.tif"));
    let told = refused(grid_classify(&asked, &GO_ON), "GEO002");
    for part in ["tiles_differ", "people.tif", "other.tif", "4005500, 2997500 (EPSG:3035)"] {
        assert!(told.contains(part), "{part}: {told}");
    }

    // Metres in a file that must be in degrees, unless it names its system.
    let square = "[[4001000,2999000],[4004000,2999000],[4004000,2996000],[4001000,2996000],[4001000,2999000]]";
    let zones = |crs: &str| {
        let text = format!(
            r#"{{"type":"FeatureCollection",{crs}"features":[{{"type":"Feature","properties":{{"name":"Town"}},
                "geometry":{{"type":"Polygon","coordinates":[{square}]}}}}]}}"#
        );
        fs::write(in_folder("zones.geojson"), text).expect("written");
        let asked = GridZonal {
            raster: vec![in_folder("people.tif")],
            weights: Vec::new(),
            zones: in_folder("zones.geojson"),
            layer: None,
            statistics: vec!["sum".into()],
            by_centre: false,
        };
        grid_zonal(&asked, &GO_ON)
    };
    let told = refused(zones(""), "GEO001");
    for part in ["not_degrees", "zones.geojson, feature 1 (Town)", "4001000, 2999000"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let named = zones(r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::3035"}},"#);
    assert_eq!(named.expect("it names its system")["zones"][0]["sum"], 54_000.0);

    // Another kind of file than a table.
    let asked = LandRequest { table: Some(in_folder("people.tif")), ..LandRequest::default() };
    let told = refused(land_rates(&asked, &GO_ON), "GEO021");
    assert!(told.contains("no_text") && told.contains("people.tif"), "{told}");
    let asked = LandRequest { table: Some(in_folder("none.csv")), ..asked };
    assert!(refused(land_rates(&asked, &GO_ON), "GEO021").contains("io"));
}

#[test]
fn rates_of_land_and_people() {
    let folder = TempDir::new().expect("a folder");
    let table = folder.path().join("cities.csv");
    let rows = "city,built_t1,built_t2,pop_t1,pop_t2,years\nA,50,60,400000,440000,5\nB,50,60,400000,400000,5\n";
    fs::write(&table, rows).expect("written");
    let asked = LandRequest { table: Some(table), ..LandRequest::default() };
    let found = land_rates(&asked, &GO_ON).expect("rates");
    let [a, b] = [0, 1].map(|at| &found["cities"][at]);
    let near = |of: &Json, expected: f64| (of.as_f64().expect("a number") - expected).abs() < 1e-11;
    assert!(near(&a["lcr"], 0.04) && near(&a["pgr"], 0.019062035961), "{a}");
    assert!(near(&a["lcrpgr"], 2.098411737451) && near(&a["built_per_capita_t1"], 50.0 / 400_000.0));
    assert_eq!((&b["lcrpgr"], &b["status"]), (&Json::Null, &"no_population_growth".into()));
    assert!(near(&found["pooled"]["lcr"], 0.04));
    refused(land_rates(&LandRequest::default(), &GO_ON), "GEO005");
    refused(land_rates(&LandRequest { variant: Some("cubic".into()), ..asked }, &GO_ON), "GEO005");
}

#[test]
fn classes_of_size_share_the_growth() {
    let folder = TempDir::new().expect("a folder");
    let table = folder.path().join("cities.csv");
    let rows = "city,V1,V2,P1,P2,t\nsmall,10,12,80000,90000,5\nlarge,50,58,400000,440000,5\n";
    fs::write(&table, rows).expect("written");
    let asked = LandRequest { table: Some(table), ..LandRequest::default() };
    let found = land_rates(&asked, &GO_ON).expect("rates");
    let class = |name: &str| {
        let all = found["size_classes"].as_array().expect("classes");
        all.iter().find(|class| class["class"] == name).expect("a class").clone()
    };
    assert_eq!(class("0-100k")["share_of_people_growth"], 0.2);
    assert_eq!(class("250-500k")["share_of_land_growth"], 0.8);
    assert_eq!((&class("20M+")["cities"], &class("20M+")["lcr"]), (&0.into(), &Json::Null));
    assert_eq!(found["means"]["by_cities"]["cities"], 2);
    refused(land_rates(&LandRequest { size_classes: Some("all".into()), ..asked }, &GO_ON), "SMP006");
}

/// A square of some cells of the grid by hand, as a file of zones.
fn zone(folder: &Path, name: &str) -> PathBuf {
    let (west, north) = (4_000_000.0 + 1_000.0, 3_000_000.0 - 1_000.0);
    let (east, south) = (west + 3_000.0, north - 3_000.0);
    let square = geo::Rect::new((west, south), (east, north)).to_polygon();
    let layer = shapes::Layer {
        name: "zones".into(),
        crs: Crs::LaeaEurope,
        fields: vec![
            shapes::Field { name: "name".into(), kind: shapes::FieldKind::Text },
            shapes::Field { name: "people".into(), kind: shapes::FieldKind::Whole },
        ],
        features: vec![shapes::Feature {
            id: 1,
            shape: Some(geo::Geometry::Polygon(square)),
            values: vec![shapes::Value::Text("Town".into()), shapes::Value::Whole(27_000)],
        }],
    };
    let path = folder.join(name);
    shapes::write_geopackage(&path, &[layer]).expect("written");
    path
}

#[test]
fn growth_green_land_and_people_from_files() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write(&at("people.tif"), Crs::LaeaEurope, &people());
    let built = |cells: &[usize]| (0..48).map(|i| if cells.contains(&i) { 1.0 } else { 0.0 }).collect::<Vec<f64>>();
    write(&at("before.tif"), Crs::LaeaEurope, &built(&[9, 10, 11]));
    write(&at("after.tif"), Crs::LaeaEurope, &built(&[9, 10, 11, 17, 18, 19]));
    let zones = zone(folder.path(), "town.gpkg");
    let land = TwoDates {
        built: (vec![at("before.tif")], vec![at("after.tif")]),
        population: (vec![at("people.tif")], vec![at("people.tif")]),
        years: Some(5.0),
        ..TwoDates::default()
    };
    let growth = GrowthRequest {
        land: land.clone(),
        as_shares: true,
        zones: zones.clone(),
        key: Some("name".into()),
        ..GrowthRequest::default()
    };
    let found = land_growth(&growth, &GO_ON).expect("growth");
    let town = &found["cities"][0];
    assert_eq!(
        (&town["city"], &town["built_t1_km2"], &town["extension_km2"]),
        (&"Town".into(), &3.0.into(), &3.0.into())
    );
    assert_eq!((&town["reading"], &town["density_t1"]), (&"thinning".into(), &18_000.0.into()));
    assert!(town["extent_t1"].is_null() && found["warnings"].as_array().expect("a list").len() == 1, "{found}");
    for land in [
        TwoDates { years: None, ..land.clone() },
        TwoDates { population: (vec![at("people.tif")], Vec::new()), ..land.clone() },
        TwoDates { built_year: vec![at("after.tif")], ..land },
    ] {
        refused(land_growth(&GrowthRequest { land, ..growth.clone() }, &GO_ON), "GEO005");
    }
    refused(land_growth(&GrowthRequest { least: Some(2.0), ..growth }, &GO_ON), "GEO005");

    let cover = CoverRequest {
        raster: vec![at("after.tif")],
        from: Some(1.0),
        zones: zones.clone(),
        population: vec![at("people.tif")],
        ..CoverRequest::default()
    };
    let found = land_cover(&cover, &GO_ON).expect("cover");
    let near = |of: &Json, expected: f64| (of.as_f64().expect("a number") - expected).abs() < 1e-9;
    assert!(near(&found["zones"][0]["share"], 2.0 / 3.0) && near(&found["zones"][0]["m2_per_person"], 6e6 / 54_000.0));
    refused(land_cover(&CoverRequest { classes: vec![10.0], ..cover }, &GO_ON), "GEO005");

    let out = at("fitted.tif");
    let fit = PeopleRequest::Calibrate { population: vec![at("people.tif")], zones, totals: "people".into() };
    let found = grid_people(&fit, &out, &GO_ON).expect("fitted");
    assert!(near(&found["people"], 27_600.0) && out.exists(), "{found}");
    let later = PeopleRequest::Interpolate {
        population: (vec![at("people.tif")], vec![out]),
        dates: (2010.0, 2020.0),
        at: 2010.0,
    };
    assert!(near(&grid_people(&later, &at("p.tif"), &GO_ON).expect("people")["people"], 54_600.0));
    let none = PeopleRequest::Aggregate { population: vec![at("people.tif")], ratio: 0 };
    refused(grid_people(&none, &at("none.tif"), &GO_ON), "GEO005");
    let over = PeopleRequest::Aggregate { population: vec![at("people.tif")], ratio: 2 };
    refused(grid_people(&over, &at("people.tif"), &GO_ON), "GEO020");
    assert!(!at("none.tif").exists(), "nothing is left of what was refused");
}

#[test]
fn streets_are_sampled() {
    let folder = TempDir::new().expect("a folder");
    let area = folder.path().join("area.geojson");
    let square = r#"{"type":"Polygon","coordinates":[[[36.8,-1.3],[36.9,-1.3],[36.9,-1.2],[36.8,-1.2],[36.8,-1.3]]]}"#;
    fs::write(
        &area,
        format!(
            r#"{{"type":"FeatureCollection","features":[{{"type":"Feature","properties":{{}},"geometry":{square}}}]}}"#
        ),
    )
    .expect("written");
    let out = folder.path().join("circles.gpkg");
    let found = street_sample(&StreetSample { area, points: 12, out: out.clone() }).expect("drawn");
    assert_eq!(found["points"], 12);
    assert_eq!(shapes::read(&out, None).expect("a layer").features.len(), 12);
    let shares = folder.path().join("shares.csv");
    fs::write(&shares, "id,share_percent\n1,10\n2,20\n3,30\n4,much\n").expect("written");
    let found = street_sample_mean(&shares).expect("a mean");
    assert_eq!((&found["points"], &found["mean_percent"]), (&3.into(), &20.0.into()));
    assert_eq!(found["refused"][0]["line"], 5);
    fs::write(&shares, "id,share\n1,10\n").expect("written");
    refused(street_sample_mean(&shares), "GEO003");
}

#[test]
fn units_of_belgium_have_their_classes() {
    let Some(data) = shared("degurba") else { return };
    let folder = TempDir::new().expect("a folder");
    let layer = |name: &str| data.join("belgium").join(name);
    let asked = GridClassify {
        land: vec![layer("LAND.tif")],
        built: vec![layer("BUILT_S.tif")],
        ..classify(folder.path(), layer("POP.tif"))
    };
    grid_classify(&asked, &GO_ON).expect("classified");
    let asked = GridUnits {
        population: vec![layer("POP.tif")],
        class: vec![folder.path().join("classes.tif")],
        units: layer("units.gpkg"),
        layer: None,
        params: None,
    };
    let found = grid_units(&asked, &GO_ON).expect("units");
    let units = found["units"].as_array().expect("a list");
    let known = fs::read_to_string(data.join("golden/belgium/units_exact.csv")).expect("readable");
    let mut lines = known.lines();
    let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
    let mut n = 0;
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        let cell = |name: &str| cells[head.iter().position(|h| *h == name).expect("a column")];
        let is_it = |u: &&Json| u["properties"]["UID"].to_string().trim_matches('"') == cell("UID");
        let unit = units.iter().find(is_it).unwrap_or_else(|| panic!("no unit {line}"));
        for name in ["l1", "l2_2024", "l2_2021"] {
            assert_eq!(unit[name].to_string(), cell(name), "{name} of {line}");
        }
        for name in ["population", "area_cells", "share_30", "share_11"] {
            let (found, known) =
                (unit[name].as_f64().unwrap_or(f64::NAN), cell(name).parse::<f64>().unwrap_or(f64::NAN));
            let tolerance = 1e-6 * known.abs().max(1.0);
            assert!(
                (found - known).abs() <= tolerance || (found.is_nan() && known.is_nan()),
                "{name} of {line}: {found}"
            );
        }
        n += 1;
    }
    assert_eq!((n, units.len()), (581, 581));
}

#[test]
fn a_city_answers_under_the_keys_of_the_reference() {
    let Some(cities) = shared("geo/cities") else { return };
    let folder = TempDir::new().expect("a folder");
    let cells = folder.path().join("cells.csv");
    let asked = AccessRequest { folder: cities.join("monaco"), cells: Some(cells.clone()), with_shapes: true };
    let found = access_case(&asked, &GO_ON).expect("measured");
    let text = fs::read_to_string(cities.join("monaco/golden.json")).expect("readable");
    let known: Json = serde_json::from_str(&text).expect("JSON");
    let mut missing = Vec::new();
    compare(&found, &known, "", &mut missing);
    assert!(missing.is_empty(), "{missing:?}");
    let told = fs::read_to_string(cells).expect("written");
    assert_eq!(told.lines().next(), Some("id,d_low,d_high,d_any,d_open_space"));
}

/// Every number of the reference is there and near; how long the other program took is its own affair.
fn compare(found: &Json, known: &Json, path: &str, missing: &mut Vec<String>) {
    match known {
        Json::Object(map) => {
            for (key, value) in map.iter().filter(|(key, _)| *key != "engine_seconds") {
                compare(&found[key], value, &format!("{path}.{key}"), missing);
            }
        }
        Json::Number(number) => {
            let known = number.as_f64().unwrap_or(f64::NAN);
            // The reference has three digits; areas of shapes depend on how round their corners are.
            let tolerance = if path.contains("buffer") { 0.01 * known.abs() } else { 5e-4 * known.abs().max(1.0) };
            if !found.as_f64().is_some_and(|found| (found - known).abs() <= tolerance) {
                missing.push(format!("{path}: {found} for {known}"));
            }
        }
        _ => {}
    }
}

/// Three strips of the grid from west to east: one around the town, one beside it, one around the village.
fn strips(folder: &Path, names: [&str; 3]) -> PathBuf {
    let strip = |id: i64, from: f64, to: f64, name: &str| {
        let (left, top) = (4_000_000.0, 3_000_000.0);
        let square = geo::Rect::new((left + from * 1e3, top - 6e3), (left + to * 1e3, top)).to_polygon();
        let values = vec![shapes::Value::Text(name.to_owned())];
        shapes::Feature { id, shape: Some(geo::Geometry::Polygon(square)), values }
    };
    let layer = shapes::Layer {
        name: "units".into(),
        crs: Crs::LaeaEurope,
        fields: vec![shapes::Field { name: "code".into(), kind: shapes::FieldKind::Text }],
        features: vec![strip(1, 0.0, 4.0, names[0]), strip(2, 4.0, 6.0, names[1]), strip(3, 6.0, 8.0, names[2])],
    };
    let path = folder.join(format!("{}.gpkg", names.concat()));
    shapes::write_geopackage(&path, &[layer]).expect("written");
    path
}

#[test]
fn functional_areas_from_grids_and_commuters_go_to_the_register() {
    let folder = TempDir::new().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write(&at("people.tif"), Crs::LaeaEurope, &people());
    grid_classify(&classify(folder.path(), at("people.tif")), &GO_ON).expect("classes");
    let flows = |text: &str| {
        fs::write(at("flows.csv"), text).expect("written");
        at("flows.csv")
    };
    fs::create_dir(at("records")).expect("a folder");
    let asked = FunctionalAsked {
        population: vec![at("people.tif")],
        class: vec![at("classes.tif")],
        units: strips(folder.path(), ["A", "B", "C"]),
        key: "code".into(),
        flows: flows("people,origin,destination\n100,A,A\n20,B,A\n70,B,B\n10,B,Z\n10,C,A\n90,C,C\n"),
        out: Some(at("areas.gpkg")),
        records: Some((at("records"), jiff::civil::date(2025, 1, 1))),
        ..FunctionalAsked::default()
    };
    let found = functional_areas(&asked, &GO_ON).expect("areas");
    assert_eq!(found["areas"].as_array().map(Vec::len), Some(1), "{found}");
    let area = &found["areas"][0];
    assert_eq!((&area["key"], &area["population"], &area["area_km2"]), (&"A".into(), &54_000.0.into(), &36.0.into()));
    let member = |at: usize| (area["members"][at]["unit"].clone(), area["members"][at]["commuters_percent"].clone());
    assert_eq!([member(0), member(1)], [("A".into(), 100.0.into()), ("B".into(), 20.0.into())]);
    // One row leads outside, and the village has no neighbour but the area; on its other sides the data end.
    let warnings = found["warnings"].to_string();
    assert!(warnings.contains("1 rows of commuters") && warnings.contains("by hand where it is sea: C"), "{warnings}");
    let shapes = shapes::read(&at("areas.gpkg"), None).expect("the areas");
    assert_eq!(shapes.features.len(), 1);
    assert_eq!(shapes.features[0].values[0], shapes::Value::Text("FUA-A".into()), "an import finds its place");
    let read = |name: &str| fs::read_to_string(at("records").join(name)).expect("a table");
    let places = read("places.csv");
    assert_eq!(places.lines().nth(1), Some("FUA-A,functional_area,A,54000"));
    assert!(read("area_members.csv").contains("FUA-A,B,2025-01-01,commuting_zone,20"));
    // With another threshold the village belongs to it, too.
    let wide = FunctionalAsked { commuters: Some(0.1), out: None, records: None, ..asked.clone() };
    let members = functional_areas(&wide, &GO_ON).expect("areas")["areas"][0]["members"].as_array().map(Vec::len);
    assert_eq!(members, Some(3));

    fs::remove_file(at("areas.gpkg")).expect("removed");
    let detail = |asked: FunctionalAsked| match functional_areas(&asked, &GO_ON) {
        Err(AppError::Refused(found)) => format!("{:?}", found[0].args),
        other => panic!("{other:?}"),
    };
    let told = detail(FunctionalAsked { flows: flows("origin,destination,people\nX,A,1\n"), ..asked.clone() });
    assert!(told.contains("row 2") && told.contains('X'), "{told}");
    let told = detail(FunctionalAsked { flows: flows("from,to,people\nA,A,1\n"), ..asked.clone() });
    assert!(told.contains("origin"), "{told}");
    let told = detail(FunctionalAsked { flows: flows("origin,destination,people\nA,A,-1\n"), ..asked.clone() });
    assert!(told.contains("-1"), "{told}");
    let twice = strips(folder.path(), ["A", "A", "C"]);
    let told =
        detail(FunctionalAsked { units: twice, flows: flows("origin,destination,people\nA,A,1\n"), ..asked.clone() });
    assert!(told.contains("1 and 2"), "{told}");
    detail(FunctionalAsked { city: Some(1.5), ..asked.clone() });
    detail(FunctionalAsked { key: "name".into(), ..asked });
    assert!(!at("areas.gpkg").exists(), "what is refused writes nothing");
}
