//! Weights that meet known totals: small samples that can be followed by hand.

use stats::survey::{
    Auxiliaries, Calibrated, Calibrating, CalibrationError, Covariate, Design, Known, Limits, Lonely, Making, Margin,
    NO_CELL, Stage, Statistic, Survey, replicates,
};

const Y: [f64; 8] = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
const X: [f64; 8] = [2.0, 3.0, 1.0, 4.0, 2.0, 2.0, 5.0, 1.0];
const W: [f64; 8] = [10.0, 10.0, 10.0, 10.0, 20.0, 20.0, 20.0, 20.0];
const STRATA: [u32; 8] = [0, 0, 0, 0, 1, 1, 1, 1];
const UNITS: [u32; 8] = [0, 0, 1, 2, 3, 3, 4, 4];
/// Women and men: 60 of each by the weights.
const SEX: [u32; 8] = [0, 1, 0, 1, 0, 1, 1, 0];
/// Tenants and owners: 80 and 40.
const TENURE: [u32; 8] = [0, 0, 1, 1, 0, 0, 1, 0];
const ALL: [u32; 8] = [0, 1, 2, 3, 4, 5, 6, 7];
const LIMITS: Limits = Limits { iterations: 100, tolerance: 1e-12 };

fn design() -> Design {
    let stage = Stage { strata: STRATA.to_vec(), units: UNITS.to_vec(), population: None };
    Design::new(W.to_vec(), vec![stage], Lonely::Fail, false).expect("a design")
}

fn margin(cells: &[u32], totals: &[f64]) -> Margin {
    Margin { cells: cells.to_vec(), totals: totals.to_vec() }
}

fn margins(of: Vec<Margin>) -> Auxiliaries {
    Auxiliaries { margins: of, covariates: Vec::new() }
}

fn covariates(of: &[(&[f64], f64)]) -> Auxiliaries {
    let of = of.iter().map(|(values, total)| Covariate { values: values.to_vec(), total: *total });
    Auxiliaries { margins: Vec::new(), covariates: of.collect() }
}

fn calibrated(auxiliaries: &Auxiliaries, how: Calibrating) -> (Survey, Calibrated) {
    let mut survey = Survey::Linear(design());
    let told = survey.calibrate(auxiliaries.clone(), how, LIMITS).expect("calibrated");
    (survey, told)
}

fn total(survey: &Survey, y: &[f64]) -> (f64, f64) {
    let found = survey.estimate(&ALL, &[Statistic::Total(y.to_vec())]).expect("defined");
    (found.values[0], found.variance(0))
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-3), "{found} is not {expected}");
}

#[test]
fn post_stratified_totals_by_hand() {
    // 90 women and 60 men: g = 3/2 and 1.
    let (survey, told) = calibrated(&margins(vec![margin(&SEX, &[90.0, 60.0])]), Calibrating::Raking);
    assert_eq!(survey.weights(), [15.0, 10.0, 15.0, 10.0, 30.0, 20.0, 20.0, 30.0]);
    assert_eq!((told.iterations, told.least, told.greatest, told.n_negative), (1, 1.0, 1.5, 0));
    // All women have y = 1 and no residual. Men's mean is 20/60: residuals −1/3, and 2/3 in row 6, times the weights
    // −10/3, −10/3, 40/3, −20/3. Units of A: −10/3, 0, −10/3, so 3/2 × 600/81 = 100/9; of B: 40/3, −20/3, so 2 × 200.
    let (value, variance) = total(&survey, &Y);
    near(value, 110.0);
    near(variance, 100.0 / 9.0 + 400.0);
    // The population's size is known, so the mean's error is the total's by it.
    let mean = survey.estimate(&ALL, &[Statistic::Ratio(Y.to_vec(), vec![1.0; 8])]).expect("defined");
    near(mean.values[0], 110.0 / 150.0);
    near(mean.variance(0), (100.0 / 9.0 + 400.0) / 150.0_f64.powi(2));
    // A domain has an influence outside of itself: of men, the same residuals.
    let men: Vec<u32> = ALL.into_iter().filter(|row| SEX[*row as usize] == 1).collect();
    let of_men: Vec<f64> = men.iter().map(|row| Y[*row as usize]).collect();
    let found = survey.estimate(&men, &[Statistic::Total(of_men)]).expect("defined");
    near(found.values[0], 20.0);
    near(found.variance(0), 100.0 / 9.0 + 400.0);
    // What is known has no error.
    let women = SEX.map(|s| f64::from(1 - s));
    let (value, variance) = total(&survey, &women);
    near(value, 90.0);
    assert!(variance < 1e-20, "{variance}");
}

/// One known total: g = 1 + x (T − Σ w x) / Σ w x², residuals of a line through nothing.
#[test]
fn a_regression_estimate_by_hand() {
    let sum = |f: &dyn Fn(usize) -> f64| (0..8).map(|row| W[row] * f(row)).sum::<f64>();
    let (x, xx, xy) = (sum(&|r| X[r]), sum(&|r| X[r] * X[r]), sum(&|r| X[r] * Y[r]));
    assert_eq!((x, xx, xy), (300.0, 980.0, 130.0));
    let (survey, _) = calibrated(&covariates(&[(&X, 349.0)]), Calibrating::Linear { bounds: None });
    let g = X.map(|x| 1.0 + x * 49.0 / 980.0);
    (0..8).for_each(|row| near(survey.weights()[row], W[row] * g[row]));
    let z: Vec<f64> = (0..8).map(|row| W[row] * g[row] * (Y[row] - X[row] * 130.0 / 980.0)).collect();
    let units = [z[0] + z[1], z[2], z[3], z[4] + z[5], z[6] + z[7]];
    let a = (units[0] + units[1] + units[2]) / 3.0;
    let squares: f64 = units[..3].iter().map(|t| (t - a).powi(2)).sum();
    let (value, variance) = total(&survey, &Y);
    near(value, sum(&|r| Y[r]) + 130.0 / 980.0 * 49.0);
    near(variance, 1.5 * squares + (units[3] - units[4]).powi(2));
}

#[test]
fn margins_are_met_in_turn() {
    let known = margins(vec![margin(&SEX, &[90.0, 60.0]), margin(&TENURE, &[70.0, 80.0])]);
    let (survey, told) = calibrated(&known, Calibrating::Raking);
    let sum = |of: &[u32], code: u32| -> f64 {
        survey.weights().iter().zip(of).filter(|(_, c)| **c == code).map(|(w, _)| w).sum()
    };
    near(sum(&SEX, 0), 90.0);
    near(sum(&TENURE, 1), 80.0);
    assert!((2..40).contains(&told.iterations), "{told:?}");
    // Factors are products of one for sex and one for tenure: those of the four cells have the cross ratio 1.
    let g: Vec<f64> = survey.weights().iter().zip(W).map(|(w, b)| w / b).collect();
    near(g[0] * g[3], g[1] * g[2]);
    // The total of a margin is known; two margins share their sum, which makes one part depend on the others.
    let (_, variance) = total(&survey, &TENURE.map(f64::from));
    assert!(variance < 1e-20, "{variance}");
    // The linear way meets the same margins with other weights.
    let (linear, _) = calibrated(&known, Calibrating::Linear { bounds: None });
    near(linear.weights().iter().sum::<f64>(), 150.0);
    assert!((linear.weights()[0] - survey.weights()[0]).abs() > 1e-3);
}

#[test]
fn factors_stay_within_bounds() {
    // 120 people with a mean of 2.75 where the sample has 2.5: Σ w (x − 2.5)² = 230, so g = 1 + 30/230 (x − 2.5).
    let known = covariates(&[(&[1.0; 8], 120.0), (&X, 330.0)]);
    let (_, free) = calibrated(&known, Calibrating::Linear { bounds: None });
    near(free.least, 1.0 - 30.0 / 230.0 * 1.5);
    near(free.greatest, 1.0 + 30.0 / 230.0 * 2.5);
    for (how, low, high) in [
        (Calibrating::Linear { bounds: Some((0.85, 1.3)) }, 0.85, 1.3),
        (Calibrating::Logit { low: 0.8, high: 1.3 }, 0.8, 1.3),
        (Calibrating::Logit { low: 0.0, high: 50.0 }, 0.0, 50.0),
    ] {
        let (survey, told) = calibrated(&known, how);
        near(survey.weights().iter().sum::<f64>(), 120.0);
        near(total(&survey, &X).0, 330.0);
        assert!(told.least >= low - 1e-12 && told.greatest <= high + 1e-12, "{told:?}");
    }
    // No weights within these bounds have such a mean.
    let refused = |how| Survey::Linear(design()).calibrate(known.clone(), how, LIMITS).expect_err("out of reach");
    assert!(matches!(refused(Calibrating::Logit { low: 0.99, high: 1.01 }), CalibrationError::NotReached { .. }));
    let tight = Calibrating::Linear { bounds: Some((0.99, 1.01)) };
    assert!(matches!(refused(tight), CalibrationError::NotReached { .. }));
    for (low, high) in [(1.0, 2.0), (0.5, 1.0), (f64::NAN, 2.0), (0.5, f64::INFINITY)] {
        assert_eq!(refused(Calibrating::Linear { bounds: Some((low, high)) }), CalibrationError::Bounds);
    }
}

#[test]
fn every_replicate_is_calibrated() {
    let sizes = margins(vec![margin(&SEX, &[90.0, 60.0])]);
    let made = replicates(&design(), Making::Jackknife, true).expect("made");
    let mut survey = Survey::Replicated(made);
    let told = survey.calibrate(sizes, Calibrating::Raking, LIMITS).expect("calibrated");
    assert_eq!((told.n_lost, told.greatest), (0, 1.5));
    // Five units in two strata: calibration adds no degree of freedom, though the women and men of a unit now differ.
    assert_eq!((survey.degrees(&ALL), survey.degrees(&[0, 2, 4, 7])), (3.0, 3.0));
    let women = SEX.map(|s| f64::from(1 - s));
    near(total(&survey, &women).0, 90.0);
    assert!(total(&survey, &women).1 < 1e-20);
    // All women have y = 1: 90 in every replicate. Men's 60 times their share. Without unit 1 rows 4, 6 and 7 remain with
    // 15, 20, 20: 20/55; without 2, 20 of 15 + 15 + 40 = 70; without 3, of 15 + 40 = 55; without 4 none; without 5, 40 of
    // 10 + 10 + 40.
    let shares: [f64; 5] = [20.0 / 55.0, 20.0 / 70.0, 20.0 / 55.0, 0.0, 40.0 / 60.0];
    let factors = [2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0, 0.5, 0.5];
    let expected: f64 =
        shares.iter().zip(factors).map(|(share, factor)| factor * (60.0 * (share - 20.0 / 60.0)).powi(2)).sum();
    let (value, variance) = total(&survey, &Y);
    near(value, 110.0);
    near(variance, expected);
    // Unit 3 alone has the third part: without it the totals cannot be met, and that replicate is lost.
    let part = [0, 0, 1, 2, 0, 1, 0, 1];
    let mut survey = Survey::Replicated(replicates(&design(), Making::Jackknife, true).expect("made"));
    let known = margins(vec![margin(&part, &[70.0, 60.0, 20.0])]);
    assert_eq!(survey.calibrate(known, Calibrating::Raking, LIMITS).expect("calibrated").n_lost, 1);
    assert_eq!(survey.estimate(&ALL, &[Statistic::Total(Y.to_vec())]).expect("defined").n_lost, 1);
}

#[test]
fn what_cannot_be_met_is_refused_by_its_name() {
    let refused = |known: Auxiliaries, how: Calibrating| {
        Survey::Linear(design())
            .calibrate(known, how, Limits { iterations: 20, tolerance: 1e-12 })
            .expect_err("refused")
    };
    let linear = Calibrating::Linear { bounds: None };
    let cell = |m: usize, c: u32| Known::Cell(m, c);
    let sizes = |of: &[f64]| margins(vec![margin(&SEX, of)]);
    assert_eq!(refused(sizes(&[90.0, -1.0]), Calibrating::Raking), CalibrationError::Total(cell(0, 1)));
    assert_eq!(refused(sizes(&[90.0, f64::NAN]), Calibrating::Raking), CalibrationError::Total(cell(0, 1)));
    assert_eq!(refused(sizes(&[90.0, 60.0, 5.0]), Calibrating::Raking), CalibrationError::Empty(cell(0, 2)));
    assert_eq!(refused(sizes(&[150.0]), linear), CalibrationError::Missing { row: 1, of: cell(0, NO_CELL) });
    assert_eq!(refused(Auxiliaries::default(), linear), CalibrationError::Shape);
    assert_eq!(refused(covariates(&[(&X, 300.0)]), Calibrating::Raking), CalibrationError::Shape);
    let holes = [2.0, 3.0, f64::NAN, 4.0, 2.0, 2.0, 5.0, 1.0];
    let missing = CalibrationError::Missing { row: 2, of: Known::Covariate(0) };
    assert_eq!(refused(covariates(&[(&holes, 300.0)]), linear), missing);
    let differ = margins(vec![margin(&SEX, &[90.0, 60.0]), margin(&TENURE, &[70.0, 90.0])]);
    let disagree = CalibrationError::Disagree { margin: 1, sum: 160.0, first: 150.0 };
    assert_eq!(refused(differ, Calibrating::Raking), disagree);
    // The second variable is twice the first, and so must its total be.
    let double = X.map(|x| 2.0 * x);
    let found = refused(covariates(&[(&X, 300.0), (&double, 700.0)]), linear);
    let CalibrationError::NotReached { of, off, .. } = found else { panic!("{found:?}") };
    assert!(of == Known::Covariate(1) && (off - 1.0 / 7.0).abs() < 1e-9, "{found:?}");
    // The same in other words is no obstacle.
    let mut survey = Survey::Linear(design());
    assert!(survey.calibrate(covariates(&[(&X, 349.0), (&double, 698.0)]), linear, LIMITS).is_ok());
    near(total(&survey, &X).0, 349.0);
    // Women all live in one tenure: two margins that contradict each other never come together.
    let bound = margins(vec![margin(&SEX, &[90.0, 60.0]), margin(&SEX, &[80.0, 70.0])]);
    let found = refused(bound, Calibrating::Raking);
    let CalibrationError::NotReached { of: Known::Cell(0, 1), iterations: 20, .. } = found else { panic!("{found:?}") };
}
