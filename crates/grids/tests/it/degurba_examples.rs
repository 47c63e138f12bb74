//! The worked examples of docs/methods/degree-of-urbanisation.md, and laws that hold on any grid.

use grids::Quiet;
use grids::degurba::{AreaUnit, Layers, Levels, Options, classify};
use grids::entities::{Outlines, Place, entities};
use grids::raster::{Frame, Grid, Mosaic, Source};
use proptest::prelude::*;
use shapes::Crs;

fn frame(width: usize, height: usize) -> Frame {
    Frame { width, height, left: 4_000_000.0, top: 3_000_000.0, dx: 1000.0, dy: 1000.0, crs: Crs::LaeaEurope }
}

fn grid(rows: &[&[f64]]) -> Grid {
    Grid::new(frame(rows[0].len(), rows.len()), rows.concat()).unwrap()
}

fn options(text: &str) -> Options {
    Options::from_json(text).unwrap()
}

fn classes(population: &Grid, land: Option<&Grid>, built: Option<&Grid>, options: &Options) -> (Vec<u8>, Vec<u8>) {
    let layers = Layers {
        population,
        land: land.map(|g| g as &dyn Source),
        built: built.map(|g| g as &dyn Source),
        unit: AreaUnit::Share,
    };
    let found = classify(&layers, options, Levels::Both, &Quiet).unwrap();
    (found.level_1.unwrap(), found.level_2.unwrap())
}

#[test]
fn a_corner_joins_with_eight_neighbours() {
    let z = 20_000.0;
    let population = grid(&[&[0., 0., 0., 0., 0.], &[0., z, z, 0., 0.], &[0., 0., 0., z, 0.], &[0., 0., 0., 0., 0.]]);
    for (conn, expected) in [(4, 2), (8, 3)] {
        let o = options(&format!(r#"{{"uc_smooth": null, "uc_gap": 0, "uc_conn": {conn}}}"#));
        let (level_1, _) = classes(&population, None, None, &o);
        for at in [6, 7, 13] {
            assert_eq!(level_1[at], expected);
        }
    }
}

#[test]
fn a_lake_in_a_centre() {
    let z = 10_000.0;
    let mut rows = [[0.0; 5]; 5];
    let mut land = [[1.0; 5]; 5];
    for row in &mut rows[1..4] {
        row[1..4].fill(z);
    }
    (rows[2][2], land[2][2]) = (0.0, 0.2);
    let population = Grid::new(frame(5, 5), rows.concat()).unwrap();
    let land = Grid::new(frame(5, 5), land.concat()).unwrap();
    for (o, expected) in [
        (r#"{"uc_gap": 0, "uc_smooth": "R2023A"}"#, 0),
        (r#"{"uc_gap": 0, "uc_smooth": "R2022A"}"#, 3),
        (r#"{"uc_smooth": "R2023A"}"#, 3),
    ] {
        assert_eq!(classes(&population, Some(&land), None, &options(o)).0[12], expected, "{o}");
    }
}

#[test]
fn water_is_no_neighbour_in_r2023a() {
    let mut population = vec![0.0; 25];
    let mut land = vec![1.0; 25];
    [6, 7, 8, 11].iter().for_each(|i| population[*i] = 20_000.0);
    [13, 16, 17].iter().for_each(|i| land[*i] = 0.1);
    let (population, land) = (Grid::new(frame(5, 5), population).unwrap(), Grid::new(frame(5, 5), land).unwrap());
    for (rule, joins) in [("R2023A", true), ("R2022A", false)] {
        let o = options(&format!(r#"{{"uc_gap": 0, "uc_smooth": "{rule}"}}"#));
        assert_eq!(classes(&population, Some(&land), None, &o).0[12] == 3, joins, "{rule}");
    }
}

#[test]
fn holes_of_fourteen_are_filled_and_of_fifteen_are_not() {
    for (n, filled) in [(14, true), (15, false)] {
        let width = n + 4;
        let mut population = vec![0.0; width * 5];
        for row in 1..4 {
            population[row * width + 1..(row + 1) * width - 1].fill(3000.0);
        }
        population[2 * width + 2..3 * width - 2].fill(0.0);
        let population = Grid::new(frame(width, 5), population).unwrap();
        let o = options(r#"{"uc_smooth": null, "uc_built": false}"#);
        assert_eq!(classes(&population, None, None, &o).0[2 * width + 3] == 3, filled, "{n}");
    }
}

/// A hole that holds another centre: its cells count in the size of the hole, and the gaps between join the outer one.
#[test]
fn holes_hold_other_centres() {
    for (inner, filled) in [(1usize, true), (3, false)] {
        // A ring around a hole of `inner + 2` by `inner + 2`, in whose middle lies another centre.
        let side = inner + 6;
        let mut population = vec![0.0; side * side];
        for row in 1..side - 1 {
            for column in 1..side - 1 {
                let edge = [1, side - 2];
                if edge.contains(&row) || edge.contains(&column) {
                    population[row * side + column] = 5000.0;
                }
            }
        }
        for row in 3..3 + inner {
            population[row * side + 3..row * side + 3 + inner].fill(60_000.0);
        }
        let population = Grid::new(frame(side, side), population).unwrap();
        let o = options(r#"{"uc_smooth": null, "uc_built": false}"#);
        let (level_1, _) = classes(&population, None, None, &o);
        assert_eq!(level_1[3 * side + 3], 3);
        assert_eq!(level_1[2 * side + 2] == 3, filled, "{inner}");
    }
}

#[test]
fn people_without_land_are_dense() {
    let population = grid(&[&[0., 0., 0.], &[0., 10., 0.], &[0., 0., 0.]]);
    let land = grid(&[&[1., 1., 1.], &[1., 0., 1.], &[1., 1., 1.]]);
    assert_eq!(classes(&population, Some(&land), None, &Options::ghsl_r2023()).1[4], 12);
}

#[test]
fn the_buffer_of_semi_dense_clusters_is_a_square() {
    for (gap, expected) in [(1, 13), (2, 22)] {
        let width = 6 + gap;
        let mut population = vec![0.0; width * 4];
        for row in 1..3 {
            population[row * width + 1..row * width + 3].fill(2000.0);
            population[row * width + 3 + gap..row * width + 5 + gap].fill(1000.0);
        }
        let population = Grid::new(frame(width, 4), population).unwrap();
        let (_, level_2) = classes(&population, None, None, &Options::ghsl_r2023());
        assert_eq!((level_2[width + 1], level_2[width + 3 + gap]), (23, expected), "{gap}");
    }
}

#[test]
fn the_sea_has_no_clusters() {
    let nothing = Grid::new(frame(70, 70), vec![f64::NAN; 4900]).unwrap();
    let (level_1, level_2) = classes(&nothing, Some(&nothing), Some(&nothing), &Options::ghsl_r2023());
    assert!(level_1.iter().all(|c| *c == 0) && level_2.iter().all(|c| *c == 10));
}

#[test]
fn one_cell_and_cells_without_values() {
    let o = options("{}");
    assert_eq!(classes(&grid(&[&[60_000.0]]), None, None, &o), (vec![3], vec![30]));
    assert_eq!(classes(&grid(&[&[0.0]]), None, None, &o), (vec![1], vec![11]));
    // No layer has a value: water, counted apart, and never rural.
    let nothing = grid(&[&[f64::NAN; 3], &[f64::NAN; 3]]);
    let layers = Layers { population: &nothing, land: Some(&nothing), built: Some(&nothing), unit: AreaUnit::Share };
    let found = classify(&layers, &o, Levels::Both, &Quiet).unwrap();
    assert_eq!((found.level_1.unwrap(), found.level_2.unwrap()), (vec![0; 6], vec![10; 6]));
    assert_eq!((found.n_missing, found.n_without_population), (6, 6));
}

#[test]
fn towns_are_one_over_many_rows() {
    // A street of 700 rows that bends at every row: nowhere two cells wide, its people only together a centre.
    let (width, height) = (6, 700);
    let mut people = vec![0.0; width * height];
    for row in 0..height {
        people[row * width + 2] = 1500.0 / 2.0;
        people[row * width + if row % 2 == 0 { 1 } else { 3 }] = 1500.0 / 2.0;
    }
    let population = Grid::new(frame(width, height), people).unwrap();
    let o = options(r#"{"uc_density": 700, "uc_size": 1050000, "uc_smooth": null, "uc_gap": 0, "duc_density": 700}"#);
    let (level_1, level_2) = classes(&population, None, None, &o);
    assert_eq!(level_1.iter().filter(|c| **c == 3).count(), 2 * height);
    assert_eq!(level_2.iter().filter(|c| **c == 30).count(), 2 * height);
    let more = options(r#"{"uc_density": 700, "uc_size": 1050001, "uc_smooth": null, "uc_gap": 0}"#);
    assert!(!classes(&population, None, None, &more).0.contains(&3));
}

#[test]
fn what_the_method_does_not_hold_for_is_refused() {
    let check = |frame: Frame, values: Vec<f64>, text: &str| {
        let population = Grid::new(frame, values).unwrap();
        let layers = Layers { population: &population, land: None, built: None, unit: AreaUnit::Share };
        classify(&layers, &options(text), Levels::One, &Quiet).map(|c| c.warnings.len()).map_err(|e| e.to_string())
    };
    let degrees = Frame { left: 5.0, top: 50.0, dx: 1.0 / 120.0, dy: 1.0 / 120.0, crs: Crs::Wgs84, ..frame(2, 2) };
    assert!(check(degrees.clone(), vec![1.0; 4], "{}").unwrap_err().contains("equal-area"));
    assert_eq!(check(degrees, vec![1.0; 4], r#"{"other_grid": true}"#), Ok(3));
    assert!(check(Frame { dx: 500.0, dy: 500.0, ..frame(2, 2) }, vec![1.0; 4], "{}").unwrap_err().contains("0.25 km²"));
    assert!(check(frame(2, 2), vec![1.0, -200.0, 0.0, 0.0], "{}").unwrap_err().contains("-200"));
    let stopped = |_: f64, _: &str| false;
    let population = Grid::new(frame(2, 2), vec![1.0; 4]).unwrap();
    let layers = Layers { population: &population, land: None, built: None, unit: AreaUnit::Share };
    assert!(classify(&layers, &options(""), Levels::One, &stopped).is_err());
}

#[test]
fn entities_are_counted_named_and_drawn() {
    let mut rows = [[0.0; 8]; 6];
    for row in &mut rows[1..4] {
        row[1..4].fill(10_000.0);
    }
    rows[4][6] = 800.0;
    let population = Grid::new(frame(8, 6), rows.concat()).unwrap();
    let built = Grid::new(frame(8, 6), vec![0.1; 48]).unwrap();
    let layers = Layers { population: &population, land: None, built: Some(&built), unit: AreaUnit::Share };
    let found = classify(&layers, &Options::ghsl_r2023(), Levels::Both, &Quiet).unwrap();
    let place = |name: &str, column: f64, row: f64, population| Place {
        name: name.to_owned(),
        x: 4_000_000.0 + column * 1000.0,
        y: 3_000_000.0 - row * 1000.0,
        population,
    };
    let places = [place("Suburb", 1.5, 1.5, 10.0), place("Town", 2.5, 2.5, 90.0), place("Elsewhere", 5.5, 0.5, 900.0)];
    let centres = entities(&found, &layers, 30, &places, Outlines::Drawn).unwrap();
    assert_eq!(centres.len(), 1);
    let centre = &centres[0];
    assert_eq!((centre.number, centre.cells, centre.population, centre.area_km2), (1, 9, 90_000.0, 9.0));
    assert_eq!((centre.name.as_deref(), centre.first_cell), (Some("Town"), (1, 1)));
    assert_eq!(centre.centroid, (4_002_500.0, 2_997_500.0));
    assert_eq!(centre.bounds, [4_001_000.0, 2_996_000.0, 4_004_000.0, 2_999_000.0]);
    assert!((centre.built_share.unwrap() - 0.1).abs() < 1e-12);
    assert_eq!(geo::Area::signed_area(centre.shape.as_ref().unwrap()), 9e6);
    assert_eq!(entities(&found, &layers, 13, &[], Outlines::None).unwrap().len(), 1);
    assert_eq!(entities(&found, &layers, 21, &[], Outlines::None).unwrap().len(), 0);
    assert!(entities(&found, &layers, 12, &[], Outlines::None).is_err());
    let file = tempfile::tempdir().unwrap();
    let path = file.path().join("centres.gpkg");
    shapes::write_geopackage(&path, &[grids::entities::layer("centres", &found.frame, &centres)]).unwrap();
    assert_eq!(shapes::read(&path, None).unwrap().features.len(), 1);
}

/// A grid of people from small numbers: empty, village, town, city.
fn random_grid() -> impl Strategy<Value = (usize, Vec<f64>, Vec<f64>, Vec<f64>)> {
    (3usize..80, 2usize..20).prop_flat_map(|(width, height)| {
        let n = width * height;
        let people = prop::sample::select(vec![0.0, 0.0, 30.0, 320.0, 950.0, 1600.0, 6000.0, 30_000.0, f64::NAN]);
        let land = prop::sample::select(vec![1.0, 1.0, 1.0, 0.49, 0.0, f64::NAN]);
        let built = prop::sample::select(vec![0.0, 0.0, 0.1, 0.2, 0.6, f64::NAN]);
        (Just(width), prop::collection::vec(people, n), prop::collection::vec(land, n), prop::collection::vec(built, n))
    })
}

/// A grid turned by a quarter.
fn turned(values: &[f64], width: usize) -> Vec<f64> {
    (0..width).rev().flat_map(|c| values.chunks_exact(width).map(move |row| row[c])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// No direction is special: the classes of a turned grid are the turned classes.
    #[test]
    fn turning_turns_the_classes((width, people, land, built) in random_grid(), preset in 0usize..5) {
        let o = Options::preset(grids::degurba::PRESETS[preset]).unwrap();
        let height = people.len() / width;
        let both = |w, h, p: Vec<f64>, l: Vec<f64>, b: Vec<f64>| {
            let grid = |v| Grid::new(frame(w, h), v).unwrap();
            classes(&grid(p), Some(&grid(l)), Some(&grid(b)), &o)
        };
        let (one, two) = both(width, height, people.clone(), land.clone(), built.clone());
        let (turned_one, turned_two) =
            both(height, width, turned(&people, width), turned(&land, width), turned(&built, width));
        let numbers = |c: &[u8]| c.iter().map(|c| f64::from(*c)).collect::<Vec<f64>>();
        prop_assert_eq!(turned(&numbers(&one), width), numbers(&turned_one));
        prop_assert_eq!(turned(&numbers(&two), width), numbers(&turned_two));
    }

    /// Tiles give what the whole gives, and so does any number of threads.
    #[test]
    fn tiles_and_threads_change_nothing((width, people, land, built) in random_grid(), cut in 1usize..79) {
        let height = people.len() / width;
        let cut = cut.min(width - 1);
        let tiles = |values: &[f64]| {
            let part = |from: usize, to: usize| -> Box<dyn Source> {
                let inside = values.chunks_exact(width).flat_map(|r| r[from..to].to_vec()).collect();
                let f = frame(width, height);
                let f = Frame { width: to - from, left: f.left + from as f64 * f.dx, ..f };
                Box::new(Grid::new(f, inside).unwrap())
            };
            Mosaic::join(vec![part(cut, width), part(0, cut)]).unwrap()
        };
        let (p, l, b) = (tiles(&people), tiles(&land), tiles(&built));
        let o = Options::ghsl_r2023();
        let layers = Layers { population: &p, land: Some(&l), built: Some(&b), unit: AreaUnit::Share };
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let tiled = pool.install(|| classify(&layers, &o, Levels::Both, &Quiet).unwrap());
        let grid = |v: Vec<f64>| Grid::new(frame(width, height), v).unwrap();
        let whole = classes(&grid(people), Some(&grid(land)), Some(&grid(built)), &o);
        prop_assert_eq!((tiled.level_1.unwrap(), tiled.level_2.unwrap()), whole);
    }
}
