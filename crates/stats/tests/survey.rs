//! Small designs whose numbers can be followed by hand, and the reference's for the rest (R survey 4.5).

use stats::survey::{
    Design, DesignError, Interval, Lonely, Method, Part, Replicates, Rule, Stage, Statistic, Survey, confidence,
    contrast, proportion_interval, quantile, t_quantile,
};

const Y: [f64; 8] = [1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 1.0];
const X: [f64; 8] = [2.0, 3.0, 1.0, 4.0, 2.0, 2.0, 5.0, 1.0];
const W: [f64; 8] = [10.0, 10.0, 10.0, 10.0, 20.0, 20.0, 20.0, 20.0];
const STRATA: [u32; 8] = [0, 0, 0, 0, 1, 1, 1, 1];
const UNITS: [u32; 8] = [0, 0, 1, 2, 3, 3, 4, 4];
const WOMEN: [u32; 4] = [0, 2, 4, 7];
const MEN: [u32; 4] = [1, 3, 5, 6];
const ALL: [u32; 8] = [0, 1, 2, 3, 4, 5, 6, 7];

fn design(population: Option<[f64; 2]>, rows: usize, lonely: Lonely) -> Result<Design, DesignError> {
    let population = population.map(|n| STRATA[..rows].iter().map(|h| n[*h as usize]).collect());
    let stage = Stage { strata: STRATA[..rows].to_vec(), units: UNITS[..rows].to_vec(), population };
    Design::new(W[..rows].to_vec(), vec![stage], lonely, false)
}

fn linear() -> Survey {
    Survey::Linear(design(None, 8, Lonely::Fail).expect("a design"))
}

fn of(rows: &[u32], column: &[f64]) -> Vec<f64> {
    rows.iter().map(|r| column[*r as usize]).collect()
}

fn mean(rows: &[u32], column: &[f64]) -> Statistic {
    Statistic::Ratio(of(rows, column), vec![1.0; rows.len()])
}

fn check(survey: &Survey, rows: &[u32], statistic: Statistic, estimate: f64, se: f64) {
    let found = survey.estimate(rows, std::slice::from_ref(&statistic)).expect("is defined");
    near(found.values[0], estimate);
    near(found.variance(0).sqrt(), se);
}

/// The variance of a simple random sample, the rows taken two by two where they are many.
fn simple(rows: &[u32], weights: &[f64], y: &[f64], without_replacement: bool, is_total: bool) -> f64 {
    let one = |(row, y): (&u32, &f64)| Part { n: 1, weight: weights[*row as usize], mean: *y, spread: 0.0 };
    let ones: Vec<Part> = rows.iter().zip(y).map(one).collect();
    let pair = |two: &[Part]| {
        let weight: f64 = two.iter().map(|p| p.weight).sum();
        let mean = two.iter().map(|p| p.weight * p.mean).sum::<f64>() / weight;
        let spread = two.iter().map(|p| p.weight * (p.mean - mean).powi(2)).sum();
        Part { n: two.len() as u32, weight, mean, spread }
    };
    let apart = stats::survey::srs_variance(ones.iter().copied(), without_replacement, is_total);
    near(stats::survey::srs_variance(ones.chunks(2).map(pair), without_replacement, is_total), apart);
    apart
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-10 * expected.abs().max(1e-3), "{found} is not {expected}");
}

#[test]
fn wilsons_limits_are_those_of_the_score() {
    // p = 0.5 of ten, by the published formula: 0.2366 to 0.7634.
    let found = proportion_interval(Method::Wilson, 0.5, 0.025, 10, 0.95, f64::INFINITY, None);
    let end = |x: Option<f64>| (x.expect("an end") * 1e4).round() / 1e4;
    assert_eq!((end(found.low), end(found.high)), (0.2366, 0.7634));
}

#[test]
fn quantiles_between_points_follow_hyndman_and_fan() {
    let rows = [0, 1, 2, 3, 4];
    let stage = Stage { strata: vec![0; 5], units: rows.to_vec(), population: None };
    let survey = Survey::Linear(Design::new(vec![1.0; 5], vec![stage], Lonely::Fail, false).expect("a design"));
    let x = [1.0, 2.0, 3.0, 4.0, 5.0];
    for (kind, expected) in [(4, 1.5), (5, 2.0), (6, 1.8), (7, 2.2), (8, 29.0 / 15.0), (9, 1.95)] {
        let found = quantile(&survey, &rows, &x, 0.3, Rule::Hf(kind), Method::Mean, 0.95, f64::INFINITY);
        near(found.expect("is defined").value, expected);
    }
}

#[test]
fn totals_means_and_ratios_have_the_error_of_their_design() {
    let survey = linear();
    near(survey.degrees(&ALL), 3.0);
    check(&survey, &ALL, Statistic::Total(Y.to_vec()), 80.0, 500.0_f64.sqrt());
    check(&survey, &ALL, mean(&ALL, &Y), 2.0 / 3.0, 0.1821510701195);
    check(&survey, &ALL, Statistic::Ratio(Y.to_vec(), X.to_vec()), 4.0 / 15.0, 0.114805256471907);
    check(&survey, &ALL, mean(&ALL, &X), 2.5, 0.397474667257061);
    let finite = Survey::Linear(design(Some([12.0, 8.0]), 8, Lonely::Fail).expect("a design"));
    check(&finite, &ALL, Statistic::Total(Y.to_vec()), 80.0, 19.3649167310371);
    check(&finite, &ALL, mean(&ALL, &Y), 2.0 / 3.0, 0.157747454050008);
}

#[test]
fn a_domain_keeps_the_units_of_the_sample() {
    let survey = linear();
    near(survey.degrees(&WOMEN), 2.0);
    check(&survey, &WOMEN, mean(&WOMEN, &X), 1.5, 0.363241578628389);
    check(&survey, &WOMEN, Statistic::Total(of(&WOMEN, &X)), 90.0, 26.4575131106459);
    check(&survey, &MEN, mean(&MEN, &X), 3.5, 1.01036297108185);
    let is_in = |rows: &[u32]| -> Vec<f64> { ALL.iter().map(|r| f64::from(u8::from(rows.contains(r)))).collect() };
    let group = |rows: &[u32]| {
        let x = is_in(rows);
        Statistic::Ratio(x.iter().zip(&X).map(|(x, y)| x * y).collect(), x)
    };
    let both = survey.estimate(&ALL, &[group(&WOMEN), group(&MEN)]).expect("are defined");
    near(both.covariance[1], -0.34375);
    let (value, variance) = contrast(&both, &[1.0, -1.0]);
    near(value, -2.0);
    near(variance.sqrt(), 1.35656838300831);
}

#[test]
fn a_second_stage_adds_what_differs_within_units() {
    let units = vec![0, 0, 1, 1, 2, 2];
    let of = |n: [f64; 3]| units.iter().map(|u: &u32| n[*u as usize]).collect::<Vec<f64>>();
    let first = Stage { strata: vec![0; 6], units: units.clone(), population: Some(vec![10.0; 6]) };
    let second = Stage { strata: units.clone(), units: (0..6).collect(), population: Some(of([4.0, 6.0, 5.0])) };
    let weights = of([4.0, 6.0, 5.0]).iter().map(|m| 10.0 / 3.0 * m / 2.0).collect();
    let survey = Survey::Linear(Design::new(weights, vec![first, second], Lonely::Fail, false).expect("a design"));
    let (rows, y) = ([0, 1, 2, 3, 4, 5], vec![3.0, 5.0, 2.0, 4.0, 6.0, 8.0]);
    check(&survey, &rows, Statistic::Total(y.clone()), 230.0, 51.9615242270663);
    check(&survey, &rows, Statistic::Ratio(y, vec![1.0; 6]), 4.6, 1.09161653828928);
}

#[test]
fn a_stratum_with_one_unit_follows_its_rule() {
    let rows = &ALL[..6];
    let y = Y[..6].to_vec();
    for (rule, total, share) in [
        (Lonely::Remove, 10.0, 0.11267347735825),
        (Lonely::Adjust, 725.0_f64.sqrt(), 0.168286400222953),
        (Lonely::Average, 200.0_f64.sqrt(), 0.159344359799775),
    ] {
        let survey = Survey::Linear(design(None, 6, rule).expect("a design"));
        check(&survey, rows, Statistic::Total(y.clone()), 60.0, total);
        check(&survey, rows, mean(rows, &Y), 0.75, share);
    }
    assert_eq!(design(None, 6, Lonely::Fail).err(), Some(DesignError::Lonely { stage: 0, stratum: 1 }));
    // Where all was sampled there is no error, and nothing is lonely.
    assert!(design(Some([12.0, 1.0]), 6, Lonely::Fail).is_ok());
}

#[test]
fn what_is_no_design_is_refused() {
    let stage = |strata: &[u32], units: &[u32], population: Option<Vec<f64>>| {
        let stage = Stage { strata: strata.to_vec(), units: units.to_vec(), population };
        Design::new(vec![1.0; 4], vec![stage], Lonely::Remove, false).err()
    };
    assert_eq!(stage(&[0, 0, 1, 1], &[0, 1, 1, 2], None), Some(DesignError::Crossing { stage: 0, row: 2 }));
    assert_eq!(stage(&[0, 0, 1], &[0, 1, 1], None), Some(DesignError::Lengths));
    let sizes = |n: [f64; 4]| stage(&[0, 0, 1, 1], &[0, 1, 2, 3], Some(n.to_vec()));
    assert_eq!(sizes([5.0, 6.0, 5.0, 5.0]), Some(DesignError::Population { stage: 0, row: 1 }));
    assert_eq!(sizes([5.0, 5.0, f64::NAN, 5.0]), Some(DesignError::Population { stage: 0, row: 2 }));
    assert_eq!(sizes([5.0, 5.0, 1.0, 1.0]), Some(DesignError::Oversampled { stage: 0, row: 2, n: 2 }));
    for weight in [f64::NAN, -1.0, f64::INFINITY] {
        assert_eq!(
            Design::new(vec![1.0, weight], Vec::new(), Lonely::Fail, false).err(),
            Some(DesignError::Weight { row: 1 })
        );
    }
    let nobody = Survey::Linear(Design::new(vec![0.0; 2], Vec::new(), Lonely::Fail, false).expect("a design"));
    assert!(nobody.estimate(&[0, 1], &[Statistic::Ratio(vec![1.0, 2.0], vec![1.0; 2])]).is_err());
}

#[test]
fn replicates_repeat_the_estimate() {
    let dropped = |unit: u32| -> Vec<f64> {
        let factor = |row: usize| match (UNITS[row] == unit, STRATA[row] == u32::from(unit > 2)) {
            (true, _) => 0.0,
            (false, true) if unit > 2 => 2.0,
            (false, true) => 1.5,
            _ => 1.0,
        };
        (0..8).map(|row| W[row] * factor(row)).collect()
    };
    let columns: Vec<Vec<f64>> = (0..5).map(dropped).collect();
    let rscales = vec![2.0 / 3.0, 2.0 / 3.0, 2.0 / 3.0, 0.5, 0.5];
    for (mse, share, ratio) in [(false, 0.181078982204295, 0.115879017649274), (true, 0.0, 0.116363181221516)] {
        let made = Replicates::new(W.to_vec(), columns.clone(), true, 1.0, rscales.clone(), mse).expect("replicates");
        let survey = Survey::Replicated(made);
        near(survey.degrees(&ALL), 3.0);
        check(&survey, &ALL, Statistic::Ratio(Y.to_vec(), X.to_vec()), 4.0 / 15.0, ratio);
        if !mse {
            check(&survey, &ALL, mean(&ALL, &Y), 2.0 / 3.0, share);
        }
    }
    // An estimate that a replicate has nobody for is counted, not passed over in silence.
    let made = Replicates::new(W.to_vec(), columns, true, 1.0, rscales, true).expect("replicates");
    let one = Survey::Replicated(made).estimate(&[2], &[mean(&[2], &X)]).expect("is defined");
    assert_eq!(one.n_lost, 1);
}

#[test]
fn design_effects_compare_with_a_simple_sample() {
    let survey = linear();
    let variance = survey.estimate(&ALL, &[mean(&ALL, &Y)]).expect("is defined").variance(0);
    near(variance / simple(&ALL, &W, &Y, false, false), 1.04513888888889);
    near(variance / simple(&ALL, &W, &Y, true, false), 1.11979166666667);
    let women = survey.estimate(&WOMEN, &[mean(&WOMEN, &X)]).expect("is defined").variance(0);
    near(women / simple(&WOMEN, &W, &of(&WOMEN, &X), true, false), 1.69642857142857);
}

#[test]
fn intervals_of_a_proportion() {
    let survey = linear();
    let found = survey.estimate(&ALL, &[mean(&ALL, &Y)]).expect("is defined");
    let (p, v) = (found.values[0], found.variance(0));
    for (method, low, high) in [
        (Method::Mean, 0.0869806665613901, 1.24635266677194),
        (Method::Logit, 0.128370949167275, 0.964488255441512),
        (Method::Xlogit, 0.128370949167275, 0.964488255441512),
        (Method::Beta, 0.130253662759372, 0.984335079359712),
        (Method::Asin, 0.111507308991784, 0.999999603281194),
    ] {
        let interval = proportion_interval(method, p, v, 8, 0.95, 3.0, None);
        near(interval.low.expect("an end"), low);
        near(interval.high.expect("an end"), high);
    }
    let t = confidence(p, v, 0.95, 3.0);
    near(t.high.expect("an end"), 1.24635266677194);
    near(t_quantile(0.975, f64::INFINITY).expect("a quantile"), 1.959963984540054);
    assert_eq!(t_quantile(0.975, 0.0), None);
    // All of ten have it: not an interval without length.
    let sure = proportion_interval(Method::Logit, 1.0, 0.0, 10, 0.95, 9.0, None);
    near(sure.low.expect("an end"), 0.025_f64.powf(0.1));
    assert_eq!(sure.high, Some(1.0));
    // One degree of freedom: nearly nothing is known, and nothing overflows.
    let wide = proportion_interval(Method::Logit, 0.25, 0.05, 40, 0.95, 1.0, None);
    assert!(
        matches!(wide, Interval { low: Some(l), high: Some(h) } if l > 0.0 && l < 1e-6 && h < 1.0 && h > 0.999_999)
    );
}

#[test]
fn quantiles_by_every_rule() {
    let survey = linear();
    let asked = |p: f64, rule| quantile(&survey, &ALL, &X, p, rule, Method::Mean, 0.95, 3.0).expect("is defined").value;
    for (rule, expected) in
        [(Rule::Math, [1.0, 2.0, 3.0]), (Rule::School, [1.5, 2.0, 3.5]), (Rule::Hf(7), [1.75, 2.0, 2.75])]
    {
        for (p, expected) in [0.25, 0.5, 0.75].into_iter().zip(expected) {
            near(asked(p, rule), expected);
        }
    }
    // Ten steps of 0.03 reach 0.3.
    let weights = vec![0.03; 33];
    let even = Survey::Linear(Design::new(weights, Vec::new(), Lonely::Fail, false).expect("a design"));
    let rows: Vec<u32> = (0..33).collect();
    let x: Vec<f64> = (1..=33).map(f64::from).collect();
    let found = quantile(&even, &rows, &x, 10.0 / 33.0, Rule::School, Method::Mean, 0.95, 32.0).expect("is defined");
    near(found.value, 10.5);
    assert!(found.se.is_some_and(|se| se > 0.0));
    let end = quantile(&even, &rows, &x, 1.0 / 33.0, Rule::Math, Method::Mean, 0.95, 32.0).expect("is defined");
    assert_eq!((end.interval.low, end.se), (None, None), "an open end is said to be open");
}
