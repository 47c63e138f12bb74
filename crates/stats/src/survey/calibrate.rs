//! Weights that meet what is known of the population (Deville and Särndal 1992).

use super::{
    auxiliary::{Auxiliaries, Known, NO_CELL, Regression},
    estimate::Survey,
};

/// How weights are brought to the known totals: each is multiplied by a factor g.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Calibrating {
    /// Margin after margin, in turn, until all are met; with one margin this is post-stratification. Needs margins alone.
    Raking,
    /// g = 1 + x′λ (the generalised regression estimator), cut off at the bounds where these are given. Without bounds a
    /// weight may fall below zero.
    Linear {
        /// Least and greatest g, below and above 1.
        bounds: Option<(f64, f64)>,
    },
    /// g between bounds on the scale of the logit.
    Logit {
        /// Least g, from 0 to below 1.
        low: f64,
        /// Greatest g, above 1.
        high: f64,
    },
}

/// When to end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Rounds at most.
    pub iterations: usize,
    /// By which share of itself a total may be missed.
    pub tolerance: f64,
}

/// What calibration did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibrated {
    /// Rounds that it took.
    pub iterations: usize,
    /// Least g of a weight other than zero.
    pub least: f64,
    /// Greatest g.
    pub greatest: f64,
    /// Weights below zero.
    pub n_negative: usize,
    /// Replicates that could not be calibrated; their estimates are lost.
    pub n_lost: usize,
}

/// Why weights cannot be calibrated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CalibrationError {
    /// There is no total, columns have different lengths, or raking has no margin or a variable.
    Shape,
    /// A row with a weight has no value. Rows count from 0.
    Missing {
        /// The row.
        row: usize,
        /// Of which margin or variable; the cell is [`NO_CELL`].
        of: Known,
    },
    /// A total is no number, or the size of a part is below zero.
    Total(Known),
    /// A part that has people in the population has none in the sample.
    Empty(Known),
    /// The sizes of a margin do not add up to those of the first one.
    Disagree {
        /// The margin.
        margin: usize,
        /// Its sum.
        sum: f64,
        /// The sum of the first one.
        first: f64,
    },
    /// Bounds do not lie on both sides of 1.
    Bounds,
    /// The totals are not met.
    NotReached {
        /// The total that is missed most.
        of: Known,
        /// By which share of itself.
        off: f64,
        /// After how many rounds.
        iterations: usize,
    },
}

/// What the variance of calibrated weights needs.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    auxiliaries: Auxiliaries,
    /// The weights before.
    before: Vec<f64>,
    regression: Regression,
}

impl Calibration {
    /// The influence of each row of the sample from that of some: its residual in the regression on the auxiliaries by the
    /// weights before, times the weight after.
    pub fn residuals(&self, weights: &[f64], rows: &[u32], z: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let spread = |z: &Vec<f64>| {
            let mut u = vec![0.0; weights.len()];
            for (row, z) in rows.iter().zip(z) {
                let weight = weights[*row as usize];
                u[*row as usize] = if weight == 0.0 { 0.0 } else { z / weight };
            }
            self.regression.residuals(&self.auxiliaries, &self.before, &mut u);
            u.iter().zip(weights).map(|(e, w)| e * w).collect()
        };
        z.iter().map(spread).collect()
    }
}

impl Survey {
    /// Brings the weights to known totals; those of each replicate too. Of a design, every later variance is that of the
    /// residuals in a regression on the auxiliaries (Deville and Särndal 1992, with the weights from before as R's package
    /// survey has them).
    ///
    /// A replicate that cannot meet the totals loses its weights, and with them its estimates are lost.
    pub fn calibrate(
        &mut self,
        auxiliaries: Auxiliaries,
        how: Calibrating,
        limits: Limits,
    ) -> Result<Calibrated, CalibrationError> {
        check(&auxiliaries, self.weights(), how, limits)?;
        let before = self.weights().to_vec();
        let (after, iterations) = calibrated(&auxiliaries, &before, how, limits)?;
        let factors = before.iter().zip(&after).filter(|(b, _)| **b != 0.0).map(|(b, a)| a / b);
        let mut told = Calibrated {
            iterations,
            least: factors.clone().fold(f64::INFINITY, f64::min),
            greatest: factors.fold(f64::NEG_INFINITY, f64::max),
            n_negative: after.iter().filter(|w| **w < 0.0).count(),
            n_lost: 0,
        };
        match self {
            Survey::Linear(design) => {
                let regression = Regression::of(&auxiliaries, before.len(), |row| before[row]);
                design.weights = after;
                design.calibration = Some(Calibration { auxiliaries, before, regression });
            }
            Survey::Replicated(replicates) => {
                replicates.keep_degrees();
                replicates.base = after;
                for column in &mut replicates.columns {
                    match calibrated(&auxiliaries, column, how, limits) {
                        Ok((weights, _)) => *column = weights,
                        Err(_) => {
                            column.fill(f64::NAN);
                            told.n_lost += 1;
                        }
                    }
                }
            }
        }
        Ok(told)
    }
}

fn check(auxiliaries: &Auxiliaries, weights: &[f64], how: Calibrating, limits: Limits) -> Result<(), CalibrationError> {
    let Auxiliaries { margins, covariates } = auxiliaries;
    let n = weights.len();
    let has_shape = margins.iter().all(|m| m.cells.len() == n) && covariates.iter().all(|c| c.values.len() == n);
    let fits = how != Calibrating::Raking || covariates.is_empty();
    if auxiliaries.len() == 0 || !has_shape || !fits {
        return Err(CalibrationError::Shape);
    }
    match how {
        Calibrating::Linear { bounds: Some((low, high)) } | Calibrating::Logit { low, high }
            if !(low < 1.0 && high > 1.0 && low.is_finite() && high.is_finite()) =>
        {
            return Err(CalibrationError::Bounds);
        }
        _ => {}
    }
    for (m, margin) in margins.iter().enumerate() {
        let wrong = |total: &f64| !(total.is_finite() && *total >= 0.0);
        if let Some(cell) = margin.totals.iter().position(wrong) {
            return Err(CalibrationError::Total(Known::Cell(m, cell as u32)));
        }
        let mut held = vec![0.0; margin.totals.len()];
        for (row, (cell, weight)) in margin.cells.iter().zip(weights).enumerate().filter(|(_, (_, w))| **w != 0.0) {
            match held.get_mut(*cell as usize) {
                Some(held) => *held += weight,
                None => return Err(CalibrationError::Missing { row, of: Known::Cell(m, NO_CELL) }),
            }
        }
        if let Some(cell) = held.iter().zip(&margin.totals).position(|(held, total)| *held == 0.0 && *total > 0.0) {
            return Err(CalibrationError::Empty(Known::Cell(m, cell as u32)));
        }
    }
    let sum = |m: usize| margins[m].totals.iter().sum::<f64>();
    let agrees = |m: &usize| (sum(*m) - sum(0)).abs() <= limits.tolerance.max(1e-9) * sum(0);
    if let Some(margin) = (1..margins.len()).find(|m| !agrees(m)) {
        return Err(CalibrationError::Disagree { margin, sum: sum(margin), first: sum(0) });
    }
    for (c, covariate) in covariates.iter().enumerate() {
        if !covariate.total.is_finite() {
            return Err(CalibrationError::Total(Known::Covariate(c)));
        }
        let is_missing = |(x, w): (&f64, &f64)| !x.is_finite() && *w != 0.0;
        if let Some(row) = covariate.values.iter().zip(weights).position(is_missing) {
            return Err(CalibrationError::Missing { row, of: Known::Covariate(c) });
        }
    }
    Ok(())
}

/// Weights that meet the totals, and after how many rounds.
fn calibrated(
    auxiliaries: &Auxiliaries,
    weights: &[f64],
    how: Calibrating,
    limits: Limits,
) -> Result<(Vec<f64>, usize), CalibrationError> {
    match how {
        Calibrating::Raking => raked(auxiliaries, weights, limits),
        _ => moved(auxiliaries, weights, how, limits),
    }
}

/// Where weights miss a total most: its place, and by which share of itself.
fn worst(totals: &[f64], sums: &[f64], sizes: &[f64]) -> (usize, f64) {
    // What is not a number is as far off as can be.
    let off = |at: usize| {
        let off = (totals[at] - sums[at]).abs() / totals[at].abs().max(sizes[at]);
        if off.is_nan() && totals[at] == sums[at] {
            0.0
        } else if off.is_nan() {
            f64::INFINITY
        } else {
            off
        }
    };
    (0..totals.len()).map(|at| (at, off(at))).fold((0, 0.0), |a, b| if b.1 > a.1 { b } else { a })
}

fn raked(auxiliaries: &Auxiliaries, weights: &[f64], limits: Limits) -> Result<(Vec<f64>, usize), CalibrationError> {
    let (totals, n) = (auxiliaries.totals(), weights.len());
    let mut raked = weights.to_vec();
    // A part that a replicate has nobody of will not be met in any round.
    let held = auxiliaries.sums(n, |row| weights[row]);
    if let Some(at) = held.iter().zip(&totals).position(|(held, total)| *held == 0.0 && *total > 0.0) {
        return Err(CalibrationError::NotReached { of: auxiliaries.known(at), off: 1.0, iterations: 0 });
    }
    for round in 1.. {
        for margin in &auxiliaries.margins {
            let mut sums = vec![0.0; margin.totals.len()];
            let cell = |row: usize| Some(margin.cells[row] as usize).filter(|cell| *cell < sums.len());
            let cells: Vec<Option<usize>> = (0..n).map(cell).collect();
            for (cell, weight) in cells.iter().zip(&raked) {
                if let Some(cell) = cell {
                    sums[*cell] += weight;
                }
            }
            for (weight, cell) in raked.iter_mut().zip(&cells) {
                if let Some(cell) = cell
                    && *weight != 0.0
                {
                    *weight *= margin.totals[*cell] / sums[*cell];
                }
            }
        }
        let sums = auxiliaries.sums(n, |row| raked[row]);
        let (at, off) = worst(&totals, &sums, &totals);
        if off <= limits.tolerance {
            return Ok((raked, round));
        }
        if round >= limits.iterations || !off.is_finite() {
            return Err(CalibrationError::NotReached { of: auxiliaries.known(at), off, iterations: round });
        }
    }
    Err(CalibrationError::Shape)
}

/// Newton's method for the λ of g(x′λ).
fn moved(
    auxiliaries: &Auxiliaries,
    weights: &[f64],
    how: Calibrating,
    limits: Limits,
) -> Result<(Vec<f64>, usize), CalibrationError> {
    let (totals, n) = (auxiliaries.totals(), weights.len());
    let sizes: Vec<f64> = {
        let mut absolute = auxiliaries.clone();
        absolute.covariates.iter_mut().for_each(|c| c.values.iter_mut().for_each(|x| *x = x.abs()));
        absolute.sums(n, |row| weights[row].abs())
    };
    let mut lambda = vec![0.0; totals.len()];
    let mut factors = vec![1.0; n];
    let miss = |factors: &[f64]| -> Vec<f64> {
        let sums = auxiliaries.sums(n, |row| weights[row] * factors[row]);
        totals.iter().zip(sums).map(|(total, sum)| total - sum).collect()
    };
    let far = |missed: &[f64]| {
        let sums: Vec<f64> = totals.iter().zip(missed).map(|(total, missed)| total - missed).collect();
        worst(&totals, &sums, &sizes)
    };
    let mut missed = miss(&factors);
    let mut round = 0;
    loop {
        let (at, off) = far(&missed);
        if off <= limits.tolerance {
            return Ok((weights.iter().zip(&factors).map(|(w, g)| w * g).collect(), round));
        }
        let not_reached = CalibrationError::NotReached { of: auxiliaries.known(at), off, iterations: round };
        if round >= limits.iterations || !off.is_finite() {
            return Err(not_reached);
        }
        round += 1;
        let regression = Regression::of(auxiliaries, n, |row| weights[row] * slope(how, factors[row]));
        let step = regression.solve(&missed);
        // Half of the step, and half of that, until it brings the totals nearer.
        let mut share = 1.0;
        loop {
            let next: Vec<f64> = lambda.iter().zip(&step).map(|(l, s)| l + share * s).collect();
            let moved = auxiliaries.combined(n, &next);
            let g: Vec<f64> = moved.into_iter().map(|u| factor(how, u)).collect();
            let left = miss(&g);
            if far(&left).1 < off {
                (lambda, factors, missed) = (next, g, left);
                break;
            }
            share /= 2.0;
            if share < 1e-6 {
                return Err(not_reached);
            }
        }
    }
}

/// Exponent of the logit, such that the slope at no change is 1.
fn steepness(low: f64, high: f64) -> f64 {
    (high - low) / ((1.0 - low) * (high - 1.0))
}

/// g(u), with g(0) = 1.
fn factor(how: Calibrating, u: f64) -> f64 {
    match how {
        Calibrating::Raking => u.exp(),
        Calibrating::Linear { bounds: None } => 1.0 + u,
        Calibrating::Linear { bounds: Some((low, high)) } => (1.0 + u).clamp(low, high),
        Calibrating::Logit { low, high } => {
            // Written with e^−|Au|, which does not overflow.
            let e = (-steepness(low, high) * u.abs()).exp();
            let (down, up) = if u > 0.0 { (e, 1.0) } else { (1.0, e) };
            (low * (high - 1.0) * down + high * (1.0 - low) * up) / ((high - 1.0) * down + (1.0 - low) * up)
        }
    }
}

/// The slope of g where it has a value.
fn slope(how: Calibrating, g: f64) -> f64 {
    match how {
        Calibrating::Raking => g,
        Calibrating::Linear { bounds: None } => 1.0,
        Calibrating::Linear { bounds: Some((low, high)) } => f64::from(u8::from(g > low && g < high)),
        Calibrating::Logit { low, high } => steepness(low, high) * (g - low) * (high - g) / (high - low),
    }
}
