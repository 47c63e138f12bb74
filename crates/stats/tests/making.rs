//! Replicate weights made from designs: by hand, and column by column as R's package survey 4.5 makes them.

use std::{fs, path::Path};

use stats::survey::{Design, Lonely, Making, MakingError, Replicates, Stage, Statistic, Survey, replicates};

const W: [f64; 8] = [10.0, 10.0, 10.0, 10.0, 20.0, 20.0, 20.0, 20.0];
const Y: [f64; 8] = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
const X: [f64; 8] = [2.0, 3.0, 1.0, 4.0, 2.0, 2.0, 5.0, 1.0];
const STRATA: [u32; 8] = [0, 0, 0, 0, 1, 1, 1, 1];
const UNITS: [u32; 8] = [0, 0, 1, 2, 3, 3, 4, 4];

/// Ambulance areas of three strata, two drawn of each; weights are 1.
const AMBULANCES: ([u32; 6], [u32; 6]) = ([0, 0, 1, 1, 2, 2], [0, 1, 2, 3, 4, 5]);

fn design(weights: &[f64], strata: &[u32], units: &[u32], population: Option<Vec<f64>>, lonely: Lonely) -> Design {
    let stage = Stage { strata: strata.to_vec(), units: units.to_vec(), population };
    Design::new(weights.to_vec(), vec![stage], lonely, false).expect("a design")
}

fn ambulances() -> Design {
    design(&[1.0; 6], &AMBULANCES.0, &AMBULANCES.1, None, Lonely::Fail)
}

fn check(made: &Replicates, rows: &[&[f64]], scale: f64, rscales: &[f64]) {
    assert_eq!(made.len(), rows[0].len());
    for (row, expected) in rows.iter().enumerate() {
        for (r, expected) in expected.iter().enumerate() {
            near(made.columns()[r][row], *expected, &format!("row {row}, replicate {r}"));
        }
    }
    near(made.scale(), scale, "scale");
    made.rscales().iter().zip(rscales).for_each(|(found, expected)| near(*found, *expected, "rscales"));
    assert_eq!(made.rscales().len(), rscales.len());
}

#[track_caller]
fn near(found: f64, expected: f64, what: &str) {
    assert!((found - expected).abs() <= 1e-12 * expected.abs().max(1.0), "{what}: {found} is not {expected}");
}

#[test]
fn each_unit_is_left_out_in_turn() {
    let made = replicates(&design(&W, &STRATA, &UNITS, None, Lonely::Fail), Making::Jackknife, false).expect("made");
    // The two others of A count 3/2, the other of B counts 2.
    let rows: [&[f64]; 8] = [
        &[0.0, 15.0, 15.0, 10.0, 10.0],
        &[0.0, 15.0, 15.0, 10.0, 10.0],
        &[15.0, 0.0, 15.0, 10.0, 10.0],
        &[15.0, 15.0, 0.0, 10.0, 10.0],
        &[20.0, 20.0, 20.0, 0.0, 40.0],
        &[20.0, 20.0, 20.0, 0.0, 40.0],
        &[20.0, 20.0, 20.0, 40.0, 0.0],
        &[20.0, 20.0, 20.0, 40.0, 0.0],
    ];
    let (a, b) = (2.0 / 3.0, 0.5);
    check(&made, &rows, 1.0, &[a, a, a, b, b]);
    // The reference's errors of the mean and the ratio.
    let ones = vec![1.0; 8];
    error(made.clone(), Statistic::Ratio(Y.to_vec(), ones), 0.181_078_982_204_295);
    error(made, Statistic::Ratio(Y.to_vec(), X.to_vec()), 0.115_879_017_649_274);
    let jackknife = replicates(&ambulances(), Making::Jackknife, false).expect("made");
    let rows: [&[f64]; 6] = [
        &[0.0, 2.0, 1.0, 1.0, 1.0, 1.0],
        &[2.0, 0.0, 1.0, 1.0, 1.0, 1.0],
        &[1.0, 1.0, 0.0, 2.0, 1.0, 1.0],
        &[1.0, 1.0, 2.0, 0.0, 1.0, 1.0],
        &[1.0, 1.0, 1.0, 1.0, 0.0, 2.0],
        &[1.0, 1.0, 1.0, 1.0, 2.0, 0.0],
    ];
    check(&jackknife, &rows, 1.0, &[0.5; 6]);
}

fn error(made: Replicates, statistic: Statistic, expected: f64) {
    let rows: Vec<u32> = (0..made.columns()[0].len() as u32).collect();
    let found = Survey::Replicated(made).estimate(&rows, &[statistic]).expect("defined");
    near(found.variance(0).sqrt(), expected, "error");
}

#[test]
fn half_samples_are_those_of_the_reference() {
    let brr = replicates(&ambulances(), Making::HalfSamples, false).expect("made");
    let rows: [&[f64]; 6] = [
        &[2.0, 0.0, 2.0, 0.0],
        &[0.0, 2.0, 0.0, 2.0],
        &[2.0, 2.0, 0.0, 0.0],
        &[0.0, 0.0, 2.0, 2.0],
        &[2.0, 0.0, 0.0, 2.0],
        &[0.0, 2.0, 2.0, 0.0],
    ];
    check(&brr, &rows, 0.25, &[1.0; 4]);
    let (alive, arrests) = ([25.0, 24.0, 30.0, 49.0, 80.0, 70.0], [120.0, 78.0, 185.0, 228.0, 670.0, 530.0]);
    error(brr, Statistic::Ratio(alive.to_vec(), arrests.to_vec()), 0.009_418_400_669_918_49);
    let fay = replicates(&ambulances(), Making::Fay { rho: 0.3 }, false).expect("made");
    let softened: Vec<Vec<f64>> =
        rows.iter().map(|row| row.iter().map(|f| if *f > 1.0 { 1.7 } else { 0.3 }).collect()).collect();
    let softened: Vec<&[f64]> = softened.iter().map(Vec::as_slice).collect();
    // 1 / (4 × 0.7²).
    check(&fay, &softened, 0.510_204_081_632_653_1, &[1.0; 4]);
    error(fay, Statistic::Ratio(alive.to_vec(), arrests.to_vec()), 0.009_525_187_477_705_24);
}

/// For a total, balanced half samples give the linearised variance exactly, finite populations included.
#[test]
fn a_total_has_the_variance_of_its_design() {
    let sizes = |a: f64, b: f64, c: f64| Some(vec![a, a, b, b, c, c]);
    let y = [25.0, 24.0, 30.0, 49.0, 80.0, 70.0];
    for population in [None, sizes(10.0, 4.0, 2.0)] {
        let design = design(&[1.0; 6], &AMBULANCES.0, &AMBULANCES.1, population, Lonely::Fail);
        let rows = [0, 1, 2, 3, 4, 5];
        let total = [Statistic::Total(y.to_vec())];
        let linear = Survey::Linear(design.clone()).estimate(&rows, &total).expect("defined").variance(0);
        for making in [Making::HalfSamples, Making::Fay { rho: 0.5 }, Making::Jackknife] {
            let made = Survey::Replicated(replicates(&design, making, true).expect("made"));
            near(made.estimate(&rows, &total).expect("defined").variance(0), linear, &format!("{making:?}"));
        }
        // The bootstrap has a spread of its own: with 4,000 draws some two percent of the variance.
        let making = Making::Bootstrap { n: 4_000, seed: 11 };
        let made = Survey::Replicated(replicates(&design, making, false).expect("made"));
        let found = made.estimate(&rows, &total).expect("defined").variance(0);
        assert!((found / linear - 1.0).abs() < 0.1, "{found} is far from {linear}");
    }
}

#[test]
fn equal_seeds_draw_equal_units() {
    let design = design(&W, &STRATA, &UNITS, None, Lonely::Fail);
    let made = |n: usize, seed: u64, mse: bool| replicates(&design, Making::Bootstrap { n, seed }, mse).expect("made");
    let (first, again, longer) = (made(50, 7, true), made(50, 7, true), made(80, 7, false));
    assert_eq!(first.columns(), again.columns());
    assert_eq!(first.columns(), &longer.columns()[..50]);
    assert_ne!(first.columns(), made(50, 8, true).columns());
    assert_eq!((first.scale(), longer.scale()), (1.0 / 50.0, 1.0 / 79.0));
    for column in first.columns() {
        // Two of three units of A: factors 0, 3/2 or 3, together 3. One of two units of B: 0 or 2.
        let factors: Vec<f64> = column.iter().zip(W).map(|(w, base)| w / base).collect();
        near(factors[1] + factors[2] + factors[3], 3.0, "A");
        near(factors[4] + factors[6], 2.0, "B");
        assert!(factors[..4].iter().all(|f| [0.0, 1.5, 3.0].contains(f)), "{factors:?}");
        assert_eq!((factors[0], factors[4], factors[6]), (factors[1], factors[5], factors[7]));
    }
    // Kept from the day it was written: a later version must draw the same.
    let drawn: Vec<f64> = made(3, 1, true).columns().iter().flat_map(|c| [c[0], c[2], c[3], c[4], c[6]]).collect();
    assert_eq!(drawn, DRAWN);
}

const DRAWN: [f64; 15] = [15.0, 15.0, 0.0, 0.0, 40.0, 15.0, 0.0, 15.0, 0.0, 40.0, 0.0, 0.0, 30.0, 40.0, 0.0];

#[test]
fn what_cannot_be_made_is_refused() {
    let three = design(&W, &STRATA, &UNITS, None, Lonely::Fail);
    let refused = |design: &Design, making: Making| replicates(design, making, false).err();
    assert_eq!(refused(&three, Making::JackknifeOne), Some(MakingError::Strata { n: 2 }));
    assert_eq!(refused(&three, Making::HalfSamples), Some(MakingError::NotTwo { stratum: 0, n: 3 }));
    for rho in [1.0, -0.1, f64::NAN] {
        assert_eq!(refused(&ambulances(), Making::Fay { rho }), Some(MakingError::Rho));
    }
    assert_eq!(refused(&three, Making::Bootstrap { n: 1, seed: 1 }), Some(MakingError::Number));
    let many = Making::Bootstrap { n: 1 << 40, seed: 1 };
    assert_eq!(refused(&three, many), Some(MakingError::Size { n: 1 << 40, most: 1 << 24 }));
    // Without the fifth unit B has one.
    let lonely = |rule: Lonely| design(&W[..6], &STRATA[..6], &UNITS[..6], None, rule);
    assert_eq!(refused(&lonely(Lonely::Adjust), Making::Jackknife), Some(MakingError::Lonely));
    let left = replicates(&lonely(Lonely::Remove), Making::Jackknife, false).expect("made");
    assert!(left.len() == 3 && left.columns().iter().all(|c| c[4..] == [20.0, 20.0]), "{left:?}");
    let alone = design(&W[..2], &STRATA[..2], &UNITS[..2], None, Lonely::Remove);
    assert_eq!(refused(&alone, Making::Jackknife), Some(MakingError::Units));
    // Households within units of a known number.
    let first = Stage { strata: vec![0; 4], units: vec![0, 0, 1, 1], population: Some(vec![9.0; 4]) };
    let second = Stage { strata: vec![0, 0, 1, 1], units: vec![0, 1, 2, 3], population: Some(vec![5.0; 4]) };
    let two = Design::new(vec![1.0; 4], vec![first, second], Lonely::Fail, false).expect("a design");
    assert_eq!(refused(&two, Making::Jackknife), Some(MakingError::Stages));
}

/// Every weight that R made of the schools' samples, where its files are there.
#[test]
fn weights_of_the_reference_are_made_again() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let (surveys, golden) = (shared.join("surveys"), shared.join("golden/survey"));
    if !golden.is_dir() {
        return;
    }
    let clusters = columns(&surveys.join("apiclus1.csv"));
    let strata = columns(&surveys.join("apistrat.csv"));
    let numbers = |of: &Columns, name: &str| -> Vec<f64> {
        column(of, name).iter().map(|n| n.parse().expect("a number")).collect()
    };
    for (file, of, making, has_population) in [
        ("jk1_clus1", &clusters, Making::JackknifeOne, false),
        ("jk1_clus1_fpc", &clusters, Making::JackknifeOne, true),
        ("jkn_strat", &strata, Making::Jackknife, false),
        ("jkn_strat_fpc", &strata, Making::Jackknife, true),
    ] {
        let n = of.1.len();
        let (h, units) = match making {
            Making::JackknifeOne => (vec![0; n], codes(&column(of, "dnum"))),
            _ => (codes(&column(of, "stype")), (0..n as u32).collect()),
        };
        let population = has_population.then(|| numbers(of, "fpc"));
        let made = replicates(&design(&numbers(of, "pw"), &h, &units, population, Lonely::Fail), making, false);
        let (made, known) = (made.expect("made"), columns(&golden.join(format!("{file}_weights.csv"))));
        assert_eq!(made.len() + 2, known.0.len(), "{file}");
        for (r, weights) in made.columns().iter().enumerate() {
            for (found, expected) in weights.iter().zip(numbers(&known, &format!("rep{}", r + 1))) {
                assert!((found - expected).abs() <= 1e-13 * expected.abs(), "{file} {r}: {found} is not {expected}");
            }
        }
        // Scales as they stand in the reference's cases.
        let first = match file {
            "jk1_clus1" => 0.933_333_333_333_333,
            "jk1_clus1_fpc" => 0.914_839_277_851_167,
            "jkn_strat" => 0.99,
            _ => 0.967_606_876_272_337,
        };
        near((made.scale() * made.rscales()[0] * 1e13).round() / 1e13, (first * 1e13_f64).round() / 1e13, file);
    }
}

/// Names and rows of a file.
type Columns = (Vec<String>, Vec<Vec<String>>);

fn columns(path: &Path) -> Columns {
    let text = fs::read_to_string(path).expect("a file");
    let mut lines = text.lines().map(cells);
    (lines.next().expect("a header"), lines.collect())
}

/// Cells of a line; commas within quotation marks do not part them.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for c in line.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cells.last_mut().expect("a cell").push(c),
        }
    }
    cells
}

fn column(of: &Columns, name: &str) -> Vec<String> {
    let at = of.0.iter().position(|n| n == name).expect("a column");
    of.1.iter().map(|row| row[at].clone()).collect()
}

fn codes(values: &[String]) -> Vec<u32> {
    let mut levels: Vec<&String> = Vec::new();
    let mut code = |value| {
        levels.iter().position(|level| *level == value).unwrap_or_else(|| {
            levels.push(value);
            levels.len() - 1
        }) as u32
    };
    values.iter().map(&mut code).collect()
}
