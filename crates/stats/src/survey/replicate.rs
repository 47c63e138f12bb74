//! The error by repeated weights: each estimate is made again with every column of them.

use rustc_hash::FxHashMap;

/// Replicate weights with the factors of their variance.
#[derive(Clone, Debug)]
pub struct Replicates {
    /// Weights of the full sample.
    pub(super) base: Vec<f64>,
    /// Full weights of each replicate.
    pub(super) columns: Vec<Vec<f64>>,
    scale: f64,
    rscales: Vec<f64>,
    mse: bool,
    /// What degrees of freedom are counted by, where the weights were calibrated.
    before: Option<Patterns>,
}

/// Why numbers are no replicate weights. Rows and columns count from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ReplicatesError {
    /// There is no column.
    None,
    /// Columns have different lengths, or there is not one factor for each.
    Lengths,
    /// A weight is missing or infinite, or the full sample's is below zero.
    Weight {
        /// The row.
        row: usize,
        /// The column; `None` for the weights of the full sample.
        column: Option<usize>,
    },
    /// A factor is missing or below zero.
    Scale,
}

impl Replicates {
    /// `columns` multiply `base` unless they are `combined` with it already. The variance is
    /// `scale` Σ `rscales[r]` (θᵣ − c)², with c the estimate of the full sample (`mse`) or the mean of the replicates with a
    /// factor above zero.
    pub fn new(
        base: Vec<f64>,
        mut columns: Vec<Vec<f64>>,
        combined: bool,
        scale: f64,
        rscales: Vec<f64>,
        mse: bool,
    ) -> Result<Replicates, ReplicatesError> {
        if columns.is_empty() {
            return Err(ReplicatesError::None);
        }
        if rscales.len() != columns.len() || columns.iter().any(|c| c.len() != base.len()) {
            return Err(ReplicatesError::Lengths);
        }
        if let Some(row) = base.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
            return Err(ReplicatesError::Weight { row, column: None });
        }
        for (column, weights) in columns.iter_mut().enumerate() {
            if let Some(row) = weights.iter().position(|w| !w.is_finite()) {
                return Err(ReplicatesError::Weight { row, column: Some(column) });
            }
            if !combined {
                weights.iter_mut().zip(&base).for_each(|(w, b)| *w *= b);
            }
        }
        if std::iter::once(&scale).chain(&rscales).any(|factor| factor.is_nan() || *factor < 0.0) {
            return Err(ReplicatesError::Scale);
        }
        Ok(Replicates { base, columns, scale, rscales, mse, before: None })
    }

    /// Number of replicates.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there are none; there always are.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Whether deviations are taken from the estimate of the full sample.
    pub fn is_mse(&self) -> bool {
        self.mse
    }

    /// Factor of the variance.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Factor of each replicate.
    pub fn rscales(&self) -> &[f64] {
        &self.rscales
    }

    /// Full weights of each replicate.
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// Covariance (`k` × `k`) of estimates from those of each replicate, and how many of these were undefined.
    pub(super) fn covariance(&self, full: &[f64], each: &[Vec<f64>]) -> (Vec<f64>, usize) {
        let k = full.len();
        let is_whole = |theta: &&Vec<f64>| theta.iter().all(|t| t.is_finite());
        let used = || each.iter().zip(&self.rscales).filter(|(theta, r)| is_whole(theta) && **r > 0.0);
        let n_lost = each.iter().filter(|theta| !is_whole(theta)).count();
        let centre: Vec<f64> = if self.mse {
            full.to_vec()
        } else {
            let n = used().count() as f64;
            (0..k).map(|i| used().map(|(theta, _)| theta[i]).sum::<f64>() / n).collect()
        };
        let mut sum = vec![0.0; k * k];
        for (theta, r) in used() {
            for i in 0..k {
                for j in 0..k {
                    sum[i * k + j] += r * (theta[i] - centre[i]) * (theta[j] - centre[j]);
                }
            }
        }
        sum.iter_mut().for_each(|s| *s *= self.scale);
        (sum, n_lost)
    }

    /// Degrees of freedom: rank of the replicate weights of some rows, less one. A column counts when what is left of it
    /// beside the columns before is longer than 10⁻⁵ of itself.
    ///
    /// Of calibrated weights the rank from before counts: calibration tells rows of one unit apart, but units that were not
    /// sampled it does not add.
    pub(super) fn degrees(&self, rows: &[u32]) -> f64 {
        let rank = match &self.before {
            Some(before) => before.rank(rows),
            None => Patterns::of(self, rows).rank(rows),
        };
        rank as f64 - 1.0
    }

    /// Keeps what degrees of freedom are counted by, before the weights change.
    pub(super) fn keep_degrees(&mut self) {
        if self.before.is_none() {
            let all: Vec<u32> = (0..self.base.len() as u32).collect();
            self.before = Some(Patterns::of(self, &all));
        }
    }
}

/// The different rows of factors. Rows of one sampled unit have the same, so there are few.
#[derive(Clone, Debug)]
struct Patterns {
    /// Place of each row's factors.
    of: FxHashMap<u32, u32>,
    /// A factor for each replicate.
    factors: Vec<Vec<f64>>,
}

impl Patterns {
    fn of(replicates: &Replicates, rows: &[u32]) -> Patterns {
        let mut known: FxHashMap<Vec<i64>, u32> = FxHashMap::default();
        let (mut of, mut all) = (FxHashMap::default(), Vec::new());
        for row in rows.iter().filter(|row| replicates.base[**row as usize] != 0.0) {
            let at = *row as usize;
            let factors = || replicates.columns.iter().map(|c| c[at] / replicates.base[at]);
            let place = *known.entry(factors().map(|f| (f * 1e8).round() as i64).collect()).or_insert_with(|| {
                all.push(factors().collect());
                all.len() as u32 - 1
            });
            of.insert(*row, place);
        }
        Patterns { of, factors: all }
    }

    fn rank(&self, rows: &[u32]) -> usize {
        let mut used: Vec<u32> = rows.iter().filter_map(|row| self.of.get(row)).copied().collect();
        used.sort_unstable();
        used.dedup();
        let mut kept: Vec<Vec<f64>> = Vec::new();
        for column in 0..self.factors.first().map_or(0, Vec::len) {
            let mut rest: Vec<f64> = used.iter().map(|place| self.factors[*place as usize][column]).collect();
            let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
            let whole = norm(&rest);
            // Twice, because once leaves what rounding put back.
            for _ in 0..2 {
                for other in &kept {
                    let along: f64 = rest.iter().zip(other).map(|(a, b)| a * b).sum();
                    rest.iter_mut().zip(other).for_each(|(a, b)| *a -= along * b);
                }
            }
            let left = norm(&rest);
            if whole > 0.0 && left > 1e-5 * whole {
                rest.iter_mut().for_each(|x| *x /= left);
                kept.push(rest);
            }
        }
        kept.len()
    }
}
