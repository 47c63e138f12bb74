//! Totals, means, ratios and what is made of them, with their covariance.

use super::{design::Design, linear, replicate::Replicates};

/// A sample with the error of its design.
#[derive(Clone, Debug)]
pub enum Survey {
    /// By strata and clusters.
    Linear(Design),
    /// By replicate weights.
    Replicated(Replicates),
}

/// Rows of which is spoken, in ascending order.
pub type Domain<'a> = &'a [u32];

/// A statistic; each column holds the values of the domain's rows, in their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// Σ w y.
    Total(Vec<f64>),
    /// Σ w y / Σ w x. A mean has x = 1; the mean of a group has y and x of zero outside of it.
    Ratio(Vec<f64>, Vec<f64>),
}

/// Estimates with their covariance, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimates {
    /// The estimates.
    pub values: Vec<f64>,
    /// `values.len()` squared numbers.
    pub covariance: Vec<f64>,
    /// Replicates that were left out, because something cannot be estimated with them.
    pub n_lost: usize,
}

impl Estimates {
    /// The variance of an estimate.
    pub fn variance(&self, i: usize) -> f64 {
        self.covariance[i * self.values.len() + i]
    }
}

/// Something that cannot be estimated: the weights of its denominator add up to nothing, or a value is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undefined;

impl Survey {
    /// Weights of the full sample.
    pub fn weights(&self) -> &[f64] {
        match self {
            Survey::Linear(design) => design.weights(),
            Survey::Replicated(replicates) => &replicates.base,
        }
    }

    /// Degrees of freedom of a domain.
    pub fn degrees(&self, domain: Domain<'_>) -> f64 {
        match self {
            Survey::Linear(design) => design.degrees(domain),
            Survey::Replicated(replicates) => replicates.degrees(domain),
        }
    }

    /// Strata with one sampled unit that the domain lies in; none where replicates give the error.
    pub fn n_lonely(&self, domain: Domain<'_>) -> usize {
        match self {
            Survey::Linear(design) => design.n_lonely(domain),
            Survey::Replicated(_) => 0,
        }
    }

    /// Estimates statistics of a domain, together.
    pub fn estimate(&self, domain: Domain<'_>, statistics: &[Statistic]) -> Result<Estimates, Undefined> {
        let values = point(domain, self.weights(), statistics);
        if values.iter().any(|v| !v.is_finite()) {
            return Err(Undefined);
        }
        match self {
            Survey::Linear(design) => {
                let influence: Vec<Vec<f64>> = statistics
                    .iter()
                    .zip(&values)
                    .map(|(statistic, value)| influence(domain, design.weights(), statistic, *value))
                    .collect();
                Ok(Estimates { covariance: linear::covariance(design, domain, &influence), values, n_lost: 0 })
            }
            Survey::Replicated(replicates) => {
                let each: Vec<Vec<f64>> =
                    replicates.columns.iter().map(|weights| point(domain, weights, statistics)).collect();
                let (covariance, n_lost) = replicates.covariance(&values, &each);
                Ok(Estimates { values, covariance, n_lost })
            }
        }
    }

    /// The error of the logit of a proportion, where it is estimated by replicates.
    pub fn logit_error(&self, domain: Domain<'_>, proportion: &Statistic) -> Option<f64> {
        let Survey::Replicated(replicates) = self else { return None };
        let logit = |weights: &[f64]| {
            let p = point(domain, weights, std::slice::from_ref(proportion));
            p.into_iter().map(|p| (p / (1.0 - p)).ln()).collect::<Vec<f64>>()
        };
        let each: Vec<Vec<f64>> = replicates.columns.iter().map(|weights| logit(weights)).collect();
        let (variance, _) = replicates.covariance(&logit(&replicates.base), &each);
        variance.first().map(|v| v.sqrt())
    }
}

/// The statistics with some weights; what is undefined is not a number.
fn point(domain: Domain<'_>, weights: &[f64], statistics: &[Statistic]) -> Vec<f64> {
    let sum = |column: &[f64]| -> f64 {
        // What weighs nothing counts for nothing, also where its value is missing.
        domain
            .iter()
            .zip(column)
            .map(|(row, y)| (weights[*row as usize], y))
            .filter(|(w, _)| *w != 0.0)
            .map(|(w, y)| w * y)
            .sum()
    };
    let of = |statistic: &Statistic| match statistic {
        Statistic::Total(y) => sum(y),
        Statistic::Ratio(y, x) => sum(y) / sum(x),
    };
    statistics.iter().map(of).collect()
}

/// The linearised influence of each row on an estimate.
fn influence(domain: Domain<'_>, weights: &[f64], statistic: &Statistic, value: f64) -> Vec<f64> {
    let weight = |row: &u32| weights[*row as usize];
    match statistic {
        Statistic::Total(y) => {
            domain.iter().zip(y).map(|(row, y)| if weight(row) == 0.0 { 0.0 } else { weight(row) * y }).collect()
        }
        Statistic::Ratio(y, x) => {
            let whole: f64 = domain.iter().zip(x).map(|(row, x)| weight(row) * x).sum();
            let of = |((row, y), x): ((&u32, &f64), &f64)| {
                if weight(row) == 0.0 { 0.0 } else { weight(row) * (y - value * x) / whole }
            };
            domain.iter().zip(y).zip(x).map(of).collect()
        }
    }
}

/// A linear combination of estimates: its value and variance.
pub fn contrast(estimates: &Estimates, coefficients: &[f64]) -> (f64, f64) {
    let value = estimates.values.iter().zip(coefficients).map(|(v, c)| v * c).sum();
    let k = coefficients.len();
    let mut variance = 0.0;
    for i in 0..k {
        for j in 0..k {
            variance += coefficients[i] * coefficients[j] * estimates.covariance[i * k + j];
        }
    }
    (value, variance)
}

/// Rows of a sample, added up: one, or several.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Rows with a weight above zero.
    pub n: u32,
    /// Σ w.
    pub weight: f64,
    /// Σ w y / Σ w; any number without weight.
    pub mean: f64,
    /// Σ w (y − mean)².
    pub spread: f64,
}

/// The variance of a mean (or, times the sum of weights squared, of a total) in a simple random sample of as many rows:
/// s²/n, with s² = n/(n − 1) Σ w (y − ȳ)² / W; without replacement times (1 − n/W).
pub fn srs_variance(parts: impl Iterator<Item = Part> + Clone, without_replacement: bool, is_total: bool) -> f64 {
    let n = parts.clone().map(|p| f64::from(p.n)).sum::<f64>();
    let whole: f64 = parts.clone().map(|p| p.weight).sum();
    let mean = parts.clone().map(|p| p.weight * p.mean).sum::<f64>() / whole;
    let spread: f64 = parts.map(|p| p.spread + p.weight * (p.mean - mean).powi(2)).sum();
    let mut variance = spread / whole / (n - 1.0);
    if without_replacement {
        variance *= 1.0 - n / whole;
    }
    if is_total { variance * whole * whole } else { variance }
}
