//! Growth by kind, urban extent, green areas and grids of people made ready: files in, tables and files out.

use std::path::{Path, PathBuf};

use geo::{Coord, Geometry, Rect};
use grids::Quiet;
use grids::command::{
    BuiltArea, BuiltCells, Cover, GrowthRule, Notice, aggregate_files, calibrate_files, cover_files, growth_from_grids,
    interpolate_files, land_from_grids, zonal_files,
};
use grids::degurba::AreaUnit;
use grids::land::{Extent, LEAPFROG_LEI, Variant};
use grids::raster::{Compression, Frame, Grid, Pixels, Raster, Resampling, Writing, write_cog};
use grids::zonal::Rule;
use shapes::{Crs, Feature, Field, FieldKind, Layer, Value};

use crate::shared::{data, rows};

const STEP: f64 = 100.0;

fn frame(width: usize, height: usize) -> Frame {
    Frame { width, height, left: 0.0, top: height as f64 * STEP, dx: STEP, dy: STEP, crs: Crs::Mollweide }
}

fn file(folder: &Path, name: &str, frame: &Frame, values: &[f64]) -> [PathBuf; 1] {
    let path = folder.join(name);
    let writing = Writing { compression: Compression::Deflate, overviews: Resampling::Sum, nodata: Some(-1.0) };
    write_cog(&path, frame, Pixels::F64(values), writing).unwrap();
    [path]
}

/// Rectangles in cells: columns and rows from the upper left, with a name and a number of people.
fn zones(frame: &Frame, rects: &[(&str, [f64; 4], i64)]) -> Layer {
    let field = |name: &str, kind| Field { name: name.to_owned(), kind };
    let feature = |(at, (name, [x0, y0, x1, y1], people)): (usize, &(&str, [f64; 4], i64))| {
        let corner = |x: f64, y: f64| Coord { x: frame.left + x * STEP, y: frame.top - y * STEP };
        Feature {
            id: at as i64 + 1,
            shape: Some(Geometry::Polygon(Rect::new(corner(*x0, *y0), corner(*x1, *y1)).to_polygon())),
            values: vec![Value::Text((*name).to_owned()), Value::Whole(*people)],
        }
    };
    Layer {
        name: "cities".to_owned(),
        crs: Crs::Mollweide,
        fields: vec![field("name", FieldKind::Text), field("people", FieldKind::Whole)],
        features: rects.iter().enumerate().map(feature).collect(),
    }
}

/// `o` was built, `#` is new, `x` was given back.
fn drawn(rows: &[&str]) -> (Frame, Vec<f64>, Vec<f64>) {
    let cells = || rows.iter().flat_map(|row| row.bytes());
    let surface = |built: &[u8]| cells().map(|b| if built.contains(&b) { 6_000.0 } else { 1_000.0 }).collect();
    (frame(rows[0].len(), rows.len()), surface(b"ox"), surface(b"o#"))
}

fn rule() -> GrowthRule {
    GrowthRule { years: 5.0, buffer: 1, leapfrog_lei: LEAPFROG_LEI, extent: Extent::default() }
}

#[test]
fn kinds_of_growth_of_two_cities() {
    let folder = tempfile::tempdir().unwrap();
    let (frame, before, after) = drawn(&["ooo......", "o#o.....#", "ooo#.....", ".....x..."]);
    let (before, after) =
        (file(folder.path(), "b1.tif", &frame, &before), file(folder.path(), "b2.tif", &frame, &after));
    let people = |name: &str, each: f64| file(folder.path(), name, &frame, &[each; 36]);
    let (p1, p2) = (people("p1.tif", 10.0), people("p2.tif", 12.0));
    let built = BuiltCells::Surfaces { before: &before, after: &after, unit: AreaUnit::SquareMetres, least: 0.5 };
    let cities = zones(&frame, &[("west", [0.0, 0.0, 5.0, 4.0], 0), ("east", [5.0, 0.0, 9.0, 4.0], 0)]);
    let former = zones(&frame, &[("west", [0.0, 0.0, 3.0, 2.0], 0)]);
    let both = (&cities, Some(&former));
    let found = growth_from_grids(built, Some((&p1, &p2)), both, Some("name"), rule(), &Quiet).unwrap();
    let [west, east] = &found.rows[..] else { panic!("{found:?}") };
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
    near(west.built_km2[0], 0.08);
    near(west.built_km2[1], 0.10);
    near(west.new_km2.infill, 0.01);
    near(west.new_km2.extension, 0.01);
    assert_eq!((west.patches.infill, west.patches.extension, west.patches.leapfrog), (1, 1, 0));
    // The lower row of three was outside of the limits of the first date.
    near(west.included_km2.unwrap(), 0.03);
    let parts = west.lcr_parts.unwrap();
    near(parts.infill + parts.extension + parts.leapfrog - west.lcr_lost.unwrap(), (0.10 - 0.08) / 0.08 / 5.0);
    // 200 people on 8 built cells, then 240 on 10.
    near(west.densities()[0].unwrap(), 2_500.0);
    near(west.density_rate(5.0).unwrap(), (240.0f64 / 0.10 / 2_500.0).ln() / 5.0);
    near(east.new_km2.leapfrog, 0.01);
    near(east.lost_km2, 0.01);
    assert_eq!(east.included_km2, None, "its former limits are not known");
    let extent = west.extent.unwrap();
    assert!(extent[1].extent_km2 >= extent[0].extent_km2 && extent[0].openness.unwrap() > 0.0, "{extent:?}");

    let bad = |rule: GrowthRule, built: BuiltCells<'_>| {
        growth_from_grids(built, None, (&cities, None), Some("name"), rule, &Quiet).unwrap_err().to_string()
    };
    assert!(bad(GrowthRule { years: 0.0, ..rule() }, built).contains("years"));
    let all = BuiltCells::Surfaces { before: &before, after: &after, unit: AreaUnit::SquareMetres, least: 1.5 };
    assert!(bad(rule(), all).contains("at most 1"));
    // Square metres are no shares.
    let shares = BuiltCells::Surfaces { before: &before, after: &after, unit: AreaUnit::Share, least: 0.5 };
    let told = bad(rule(), shares);
    assert!(told.contains("b1.tif: row 0, column 0 has 6000 of built-up surface; a cell has 1 at most"), "{told}");
    // Of two limits of one city nobody says which counts.
    let twice = zones(&frame, &[("west", [0.0, 0.0, 3.0, 2.0], 0), ("west", [0.0, 0.0, 2.0, 2.0], 0)]);
    let fault = growth_from_grids(built, None, (&cities, Some(&twice)), Some("name"), rule(), &Quiet).unwrap_err();
    let told = fault.to_string();
    assert!(told.starts_with("cities, features 1 and 2: both are limits of west at the first date"), "{told}");
    // By their numbers they are two.
    assert!(growth_from_grids(built, None, (&cities, Some(&twice)), None, rule(), &Quiet).is_ok());
}

/// First years in degrees have areas on the ellipsoid; codes below zero are refused, zones outside are told.
#[test]
fn first_years_in_degrees_and_with_codes() {
    let folder = tempfile::tempdir().unwrap();
    let frame = Frame { left: 10.0, top: 60.0, dx: 0.01, dy: 0.01, crs: Crs::Wgs84, ..frame(4, 4) };
    let mut years = [1990.0, 2010.0, 2010.0, 2010.0].repeat(4);
    let layer = |left: f64, right: f64| {
        let corners = [(left, 59.97), (right, 59.97), (right, 60.0), (left, 60.0)];
        let shape = Some(Geometry::Polygon(geo::Polygon::new(corners.to_vec().into(), Vec::new())));
        let features = vec![Feature { id: 1, shape, values: Vec::new() }];
        Layer { name: "zones".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features }
    };
    let rates = |path: &[std::path::PathBuf], layer: &Layer| {
        land_from_grids(BuiltArea::FirstYear(path, [2000.0, 2020.0]), None, layer, None, 20.0, Variant::Linear, &Quiet)
    };
    let path = file(folder.path(), "years.tif", &frame, &years);
    let found = rates(&path, &layer(10.0, 10.04)).unwrap();
    let city = found.rows[0].city;
    // A hundredth of a degree at 60° north is 1 114 m by 558 m; a quarter was built before 2000.
    assert!((city.built_2 / 12.0 / (1114.2 * 557.8) - 1.0).abs() < 0.01, "{city:?}");
    assert!((city.built_1 / city.built_2 - 0.25).abs() < 1e-9 && found.warnings.is_empty(), "{found:?}");
    let partly = rates(&path, &layer(9.99, 10.02)).unwrap().warnings;
    assert!(matches!(partly[..], [Notice::ZonesPartly { n: 1, .. }]), "{partly:?}");
    let outside = rates(&path, &layer(20.0, 20.1)).unwrap().warnings;
    assert!(matches!(outside[..], [Notice::ZonesWithoutValue { n: 1, .. }]), "{outside:?}");
    years[5] = -32768.0;
    let path = file(folder.path(), "codes.tif", &frame, &years);
    let refused = rates(&path, &layer(10.0, 10.04)).unwrap_err().to_string();
    assert!(refused.contains("codes.tif has a cell below 0"), "{refused}");
}

#[test]
fn latitude_before_longitude_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let frame = Frame { left: 36.0, top: -1.0, dx: 0.1, dy: 0.1, crs: Crs::Wgs84, ..frame(8, 8) };
    let ones = file(folder.path(), "ones.tif", &frame, &[1.0; 64]);
    let layer = |corners: [(f64, f64); 4]| {
        let shape = Some(Geometry::Polygon(geo::Polygon::new(corners.to_vec().into(), Vec::new())));
        let features = vec![Feature { id: 1, shape, values: Vec::new() }];
        Layer { name: "zones".to_owned(), crs: Crs::Wgs84, fields: Vec::new(), features }
    };
    let right = [(36.1, -1.5), (36.5, -1.5), (36.5, -1.1), (36.1, -1.1)];
    let statistics = ["sum".to_owned()];
    let told = |layer: &Layer| {
        let zonal = zonal_files(&ones, &[], layer, None, &statistics, Rule::Exact, &Quiet).unwrap().warnings;
        let cover = cover_files(&ones, &Cover::From(1.0), layer, None, None, &Quiet).unwrap().warnings;
        let built = BuiltArea::Surfaces(&ones, &ones);
        let land = land_from_grids(built, None, layer, None, 5.0, Variant::Linear, &Quiet).unwrap().warnings;
        [zonal, cover, land].map(|of| of.iter().filter(|told| **told == Notice::ZonesSwapped { n: 1 }).count())
    };
    assert_eq!(told(&layer(right)), [0; 3]);
    assert_eq!(told(&layer(right.map(|(x, y)| (y, x)))), [1; 3]);
    // Elsewhere either way.
    assert_eq!(told(&layer(right.map(|(x, y)| (x + 20.0, y)))), [0; 3]);
}

#[test]
fn zones_that_cross_themselves_are_measured_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let frame = frame(8, 8);
    let tens = file(folder.path(), "tens.tif", &frame, &[10.0; 64]);
    let more = file(folder.path(), "more.tif", &frame, &[20.0; 64]);
    let mut layer = zones(&frame, &[("square", [0.0, 0.0, 2.0, 2.0], 40), ("tie", [2.0, 2.0, 6.0, 6.0], 40)]);
    // Two triangles of four cells' area each that meet in the middle of a square of four cells on a side.
    let corner = |x: f64, y: f64| (frame.left + x * STEP, frame.top - y * STEP);
    let ring = [(2.0, 2.0), (6.0, 6.0), (6.0, 2.0), (2.0, 6.0)].map(|(x, y)| corner(x, y));
    layer.features[1].shape = Some(Geometry::Polygon(geo::Polygon::new(ring.to_vec().into(), Vec::new())));
    let statistics = ["sum".to_owned()];
    let told = "1 zones cross themselves and are no valid areas; each side of the crossing counts as inside; the first is tie, at 400.0, 400.0";
    let found = zonal_files(&tens, &[], &layer, None, &statistics, Rule::Exact, &Quiet).unwrap();
    assert!((found.rows[1].values[0].unwrap() - 80.0).abs() < 1e-9, "{found:?}");
    assert!(found.warnings.iter().any(|w| w.to_string() == told), "{:?}", found.warnings);
    let rates = land_from_grids(BuiltArea::Surfaces(&tens, &more), None, &layer, None, 5.0, Variant::Linear, &Quiet);
    assert!(rates.unwrap().warnings.iter().any(|w| w.to_string() == told));
    let cover = cover_files(&tens, &Cover::From(1.0), &layer, Some("name"), None, &Quiet).unwrap();
    assert!(cover.warnings.iter().any(|w| w.to_string() == told), "{:?}", cover.warnings);
    let built = BuiltCells::Surfaces { before: &tens, after: &more, unit: AreaUnit::SquareMetres, least: 0.001 };
    let growth = growth_from_grids(built, None, (&layer, None), Some("name"), rule(), &Quiet).unwrap();
    assert!(growth.warnings.iter().any(|w| w.to_string() == told), "{:?}", growth.warnings);
    let bare = cover_files(&tens, &Cover::From(f64::NAN), &layer, None, None, &Quiet).unwrap_err().to_string();
    assert!(bare.contains("NaN is not a number"), "{bare}");
    let unnamed = cover_files(&tens, &Cover::From(1.0), &layer, Some("zzz"), None, &Quiet).unwrap_err().to_string();
    assert_eq!(unnamed, "there is no attribute `zzz`; there is: name, people");
    // More built-up surface than a cell has is another unit.
    let percent = file(folder.path(), "cm2.tif", &frame, &[20_000.0; 64]);
    let asked = BuiltArea::Surfaces(&percent, &more);
    let fault = land_from_grids(asked, None, &layer, Some("name"), 5.0, Variant::Linear, &Quiet).unwrap_err();
    assert!(fault.to_string().contains("zone square: ") && fault.to_string().contains("cm2.tif"), "{fault}");
    let sound = zones(&frame, &[("square", [0.0, 0.0, 2.0, 2.0], 40)]);
    assert!(zonal_files(&tens, &[], &sound, None, &statistics, Rule::Exact, &Quiet).unwrap().warnings.is_empty());
}

#[test]
fn a_dense_town_has_no_openness_and_a_scattered_one_has() {
    let folder = tempfile::tempdir().unwrap();
    let n = 60;
    let frame = frame(n, n);
    let dense: Vec<f64> = (0..n * n)
        .map(|at| if (15..45).contains(&(at / n)) && (15..45).contains(&(at % n)) { 1.0 } else { 0.0 })
        .collect();
    let sparse: Vec<f64> =
        dense.iter().enumerate().map(|(at, v)| if (at + at / n) % 2 == 0 { *v } else { 0.0 }).collect();
    let (sparse, dense) = (file(folder.path(), "s.tif", &frame, &sparse), file(folder.path(), "d.tif", &frame, &dense));
    let built = BuiltCells::Surfaces { before: &sparse, after: &dense, unit: AreaUnit::Share, least: 0.5 };
    let town = zones(&frame, &[("town", [0.0, 0.0, 60.0, 60.0], 0)]);
    let found = growth_from_grids(built, None, (&town, None), Some("name"), rule(), &Quiet).unwrap();
    let [before, after] = found.rows[0].extent.unwrap();
    assert!(before.openness.unwrap() > 0.5 && after.openness.unwrap() < 0.25, "{before:?} {after:?}");
    // What is open between the houses of the first date is fringe or captured, at the second there is none but the rim.
    assert!((0.4..0.55).contains(&before.saturation.unwrap()), "{before:?}");
    assert!(after.saturation.unwrap() > 0.85, "{after:?}");
    assert_eq!(found.rows[0].new_km2.infill + found.rows[0].new_km2.extension, 4.5);

    // Cells of a kilometre say nothing of surroundings of half of one.
    let coarse = Frame { dx: 1_000.0, dy: 1_000.0, top: 60_000.0, ..frame.clone() };
    let flat = file(folder.path(), "c.tif", &coarse, &vec![1.0; n * n]);
    let built = BuiltCells::Surfaces { before: &flat, after: &flat, unit: AreaUnit::Share, least: 0.5 };
    let found = growth_from_grids(built, None, (&town, None), Some("name"), rule(), &Quiet).unwrap();
    assert!(
        found.rows[0].extent.is_none() && found.warnings.iter().any(|w| matches!(w, Notice::CellsTooLarge { .. })),
        "{found:?}"
    );
}

#[test]
fn washington_from_its_file_by_year() {
    let (Some(path), Some(golden)) = (data("washington/BUILT_YEAR.tif"), rows("golden/washington/built_area_lcr.csv"))
    else {
        return;
    };
    let frame = grids::raster::Source::frame(&Raster::open(&path).unwrap()).clone();
    let whole = Rect::new(Coord { x: frame.left, y: frame.bottom() }, Coord { x: frame.right(), y: frame.top });
    let mut zone = zones(&frame, &[("all", [0.0; 4], 0)]);
    (zone.features[0].shape, zone.crs) = (Some(Geometry::Polygon(whole.to_polygon())), frame.crs.clone());
    let raster = [path];
    let row = |year: &str| golden.iter().find(|row| &row[0] == "all" && &row[1] == year).unwrap().clone();
    let number = |row: &csv::StringRecord, at: usize| row[at].parse::<f64>().unwrap();
    let built = BuiltArea::FirstYear(&raster, [1985.0, 1990.0]);
    let found = land_from_grids(built, None, &zone, Some("name"), 5.0, Variant::Linear, &Quiet).unwrap();
    let expected = row("1990");
    assert_eq!(found.rows[0].city.built_2, number(&expected, 2));
    assert!((found.rows[0].rates.lcr.unwrap() - number(&expected, 3)).abs() < 1e-12);
    assert_eq!(found.rows[0].rates.ratio, None, "nobody is known");

    let cells = BuiltCells::FirstYear { raster: &raster, years: [1985.0, 1990.0] };
    let grown = growth_from_grids(cells, None, (&zone, None), Some("name"), rule(), &Quiet).unwrap();
    let grown = &grown.rows[0];
    assert!((grown.built_km2[1] * 1e6 - number(&expected, 2)).abs() < 1.0);
    let parts = grown.lcr_parts.unwrap();
    assert!((parts.infill + parts.extension + parts.leapfrog - number(&expected, 3)).abs() < 1e-9, "{parts:?}");
    assert_eq!(grown.lost_km2, 0.0, "what was built stays built in this raster");
}

#[test]
fn green_areas_by_class_and_by_index() {
    let folder = tempfile::tempdir().unwrap();
    let frame = frame(4, 2);
    // Trees, grass, houses, nothing known.
    let cover = file(folder.path(), "cover.tif", &frame, &[10.0, 30.0, 50.0, -1.0, 10.0, 50.0, 50.0, 50.0]);
    let people = file(folder.path(), "p.tif", &frame, &[5.0; 8]);
    let cities = zones(
        &frame,
        &[("west", [0.0, 0.0, 2.0, 2.0], 0), ("half", [1.5, 0.0, 4.0, 2.0], 0), ("off", [9.0, 0.0, 10.0, 1.0], 0)],
    );
    let classes = Cover::Classes(vec![10.0, 30.0]);
    let found = cover_files(&cover, &classes, &cities, Some("name"), Some(&people), &Quiet).unwrap();
    let [west, half, off] = &found.rows[..] else { panic!("{found:?}") };
    assert_eq!((west.share, west.m2_per_person), (Some(0.75), Some(1_500.0)));
    assert!((west.cover_km2 - 0.03).abs() < 1e-12 && (west.area_km2 - 0.04).abs() < 1e-12);
    // Half a cell of grass in four cells that are known of five.
    assert!((half.share.unwrap() - 0.5 / 4.0).abs() < 1e-12 && (half.known - 0.8).abs() < 1e-12, "{half:?}");
    assert_eq!((off.share, off.m2_per_person), (None, None));
    assert_eq!(found.warnings.len(), 2, "{:?}", found.warnings);
    let by_value = cover_files(&cover, &Cover::From(40.0), &cities, Some("name"), None, &Quiet).unwrap();
    assert_eq!(by_value.rows[0].share, Some(0.25));
    assert!(cover_files(&cover, &Cover::Classes(Vec::new()), &cities, None, None, &Quiet).is_err());
}

#[test]
fn people_are_moved_never_lost() {
    let folder = tempfile::tempdir().unwrap();
    let frame = frame(20, 10);
    let values: Vec<f64> = (0..200).map(|i| if i == 7 { -1.0 } else { f64::from(i) }).collect();
    let total: f64 = values.iter().filter(|v| **v >= 0.0).sum();
    let first = file(folder.path(), "p1.tif", &frame, &values);
    let second = file(
        folder.path(),
        "p2.tif",
        &frame,
        &values.iter().map(|v| if *v < 0.0 { *v } else { v * 4.0 }).collect::<Vec<_>>(),
    );
    let read = |path: &Path| Grid::read(&Raster::open(path).unwrap(), 1_000).unwrap();
    let out = folder.path().join("out.tif");

    let found = aggregate_files(&first, 10, &out, &Quiet).unwrap();
    assert_eq!(
        (found.width, found.height, found.cell, found.people_before, found.people),
        (2, 1, 1_000.0, total, total)
    );
    assert_eq!(read(&out).values.iter().sum::<f64>(), total);

    let found = interpolate_files((&first, &second), (2010.0, 2020.0), 2015.0, &out, &Quiet).unwrap();
    assert!((found.people - 2.0 * total).abs() < 1e-9 && found.warnings.is_empty());
    assert!(read(&out).values[7].is_nan());
    let beyond = interpolate_files((&first, &second), (2010.0, 2020.0), 2030.0, &out, &Quiet).unwrap();
    assert!(matches!(beyond.warnings[0], Notice::Extrapolated { .. }));

    let districts = zones(&frame, &[("west", [0.0, 0.0, 10.0, 10.0], 1_000), ("east", [10.0, 0.0, 20.0, 10.0], 50)]);
    let found = calibrate_files(&first, &districts, "people", &out, &Quiet).unwrap();
    assert!((found.people - 1_050.0).abs() < 1e-9, "{found:?}");
    let east: f64 = read(&out).values.chunks(20).flat_map(|row| &row[10..]).sum();
    assert!((east - 50.0).abs() < 1e-9);
    let twice = zones(&frame, &[("west", [0.0, 0.0, 10.0, 10.0], 1), ("again", [9.0, 0.0, 12.0, 10.0], 1)]);
    assert!(calibrate_files(&first, &twice, "people", &out, &Quiet).unwrap_err().to_string().contains("overlaps"));
    assert!(
        calibrate_files(&first, &districts, "name", &out, &Quiet).unwrap_err().to_string().contains("number of people")
    );
}
