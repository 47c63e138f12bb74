//! The degree of urbanisation against grids from another program, cell by cell.

use grids::Quiet;
use grids::degurba::{AreaUnit, Classes, Layers, Levels, Options, classify, optimal_threshold};
use grids::raster::{Frame, Grid, Source};
use serde_json::{Map, Value};
use shapes::Crs;

use crate::shared::{data, grid, rows};

struct Set {
    population: Grid,
    land: Option<Grid>,
    built: Option<Grid>,
}

impl Set {
    fn read(name: &str) -> Option<Set> {
        Some(Set {
            population: grid(&format!("{name}/POP.tif"))?,
            land: grid(&format!("{name}/LAND.tif")),
            built: grid(&format!("{name}/BUILT_S.tif")),
        })
    }

    fn layers(&self) -> Layers<'_> {
        Layers {
            population: &self.population,
            land: self.land.as_ref().map(|g| g as &dyn Source),
            built: self.built.as_ref().map(|g| g as &dyn Source),
            unit: AreaUnit::SquareMetres,
        }
    }
}

fn cases() -> Option<Map<String, Value>> {
    let text = std::fs::read_to_string(data("golden/cases.json")?).unwrap();
    let mut all: Value = serde_json::from_str(&text).unwrap();
    Some(all["cases"].as_object_mut().unwrap().clone())
}

fn crc(classes: &[u8]) -> u32 {
    let mut crc = flate2::Crc::new();
    crc.update(classes);
    crc.sum()
}

fn compare(name: &str, case: &str, classes: &[u8], width: usize) {
    let golden = grid(&format!("golden/{name}/{case}.tif")).unwrap();
    let mut wrong = golden.values.iter().zip(classes).enumerate().filter(|(_, (a, b))| **a != f64::from(**b));
    let n = wrong.clone().count();
    if let Some((i, (a, b))) = wrong.next() {
        panic!("{name} {case}: {n} cells differ, first row {} column {}: {a} not {b}", i / width, i % width);
    }
}

fn check(name: &str) {
    let (Some(set), Some(cases)) = (Set::read(name), cases()) else { return };
    let mut n = 0;
    for (case, spec) in &cases {
        if data(&format!("golden/{name}/{case}.tif")).is_none() {
            continue;
        }
        n += 1;
        let options = Options::from_map(spec["options"].as_object().unwrap()).unwrap();
        // Both levels at once must give what each gives alone.
        let both = classify(&set.layers(), &options, Levels::Both, &Quiet).unwrap();
        let (level, one) =
            if case.starts_with("l1") { (&both.level_1, Levels::One) } else { (&both.level_2, Levels::Two) };
        let level = level.as_ref().unwrap();
        compare(name, case, level, both.frame.width);
        let alone = classify(&set.layers(), &options, one, &Quiet).unwrap();
        assert_eq!(alone.level_1.as_ref().or(alone.level_2.as_ref()).unwrap(), level);
        check_counts(name, case, &alone, level);
    }
    assert!(n >= 4, "{n} cases of {name}");
}

fn check_counts(name: &str, case: &str, classes: &Classes, level: &[u8]) {
    let counts = if classes.counts_1.is_empty() { &classes.counts_2 } else { &classes.counts_1 };
    for row in rows(&format!("golden/{name}/counts.csv")).unwrap().iter().filter(|r| &r[0] == case) {
        if &row[1] == "crc32" {
            assert_eq!(crc(level), row[2].parse::<u32>().unwrap(), "{name} {case}");
            continue;
        }
        let code: u8 = row[1].parse().unwrap();
        let count = counts.iter().find(|c| c.code == code).unwrap();
        assert_eq!(count.cells, row[2].parse::<u64>().unwrap(), "{name} {case} {code}");
        assert!((count.population - row[3].parse::<f64>().unwrap()).abs() < 2e-3, "{name} {case} {code}");
    }
}

#[test]
fn belgium_in_every_option_set() {
    check("belgium");
}

#[test]
fn iberia_in_every_option_set() {
    check("iberia");
}

#[test]
fn europe_in_every_option_set() {
    check("europe");
}

#[test]
fn the_optimal_threshold() {
    for name in ["belgium", "iberia"] {
        let (Some(set), Some(path)) = (Set::read(name), data(&format!("golden/{name}/optimal.json"))) else { return };
        let golden: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let found = optimal_threshold(&set.layers(), false).unwrap();
        assert_eq!(found.threshold, golden["threshold"].as_f64().unwrap());
        assert!((found.mean_built - golden["mean_built"].as_f64().unwrap()).abs() < 1e-12);
    }
}

fn numbers(rows: &Value) -> (Vec<f64>, usize) {
    let rows = rows.as_array().unwrap();
    let width = rows[0].as_array().unwrap().len();
    (rows.iter().flat_map(|r| r.as_array().unwrap()).map(|v| v.as_f64().unwrap_or(f64::NAN)).collect(), width)
}

#[test]
fn small_random_grids() {
    let Some(path) = data("golden/tiny.json") else { return };
    let all: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut n = 0;
    for case in all["cases"].as_array().unwrap() {
        let (population, width) = numbers(&case["pop"]);
        let frame = Frame {
            width,
            height: population.len() / width,
            left: 0.0,
            top: 0.0,
            dx: 1000.0,
            dy: 1000.0,
            crs: Crs::Mollweide,
        };
        let grid = |values| Grid::new(frame.clone(), values).unwrap();
        let (population, land, built) =
            (grid(population), grid(numbers(&case["land"]).0), grid(numbers(&case["built"]).0));
        let layers = Layers { population: &population, land: Some(&land), built: Some(&built), unit: AreaUnit::Share };
        for (name, expected) in case["expected"].as_object().unwrap() {
            let options = Options::from_map(all["options"][name].as_object().unwrap()).unwrap();
            let classes = classify(&layers, &options, Levels::Both, &Quiet).unwrap();
            for (level, key) in [(&classes.level_1, "l1"), (&classes.level_2, "l2")] {
                let level: Vec<f64> = level.as_ref().unwrap().iter().map(|c| f64::from(*c)).collect();
                assert_eq!(level, numbers(&expected[key]).0, "grid {} {name} {key}", case["id"]);
                n += 1;
            }
        }
    }
    assert_eq!(n, 240);
}
