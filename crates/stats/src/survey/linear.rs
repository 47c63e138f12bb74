//! The covariance of estimates from the influence of each row on them: totals of units, around the mean of their
//! stratum, stage by stage.

use super::design::{Design, Drawn, Lonely};

/// Covariance (row by row, `k` × `k`) of `k` estimates. `rows` are the rows of the domain, `z[i]` the influence of each on
/// estimate `i`; all other rows have none, and their units still count.
///
/// Of each stratum with n of N units sampled: (1 − n/N) n/(n − 1) Σ (tᵢ − t̄)(tᵢ − t̄)′, times the sampling fractions of the
/// stages before.
pub(super) fn covariance(design: &Design, rows: &[u32], z: &[Vec<f64>]) -> Vec<f64> {
    // Calibrated weights give rows outside of the domain an influence too: they decide the regression.
    if let Some(calibration) = &design.calibration {
        let all: Vec<u32> = (0..design.weights.len() as u32).collect();
        return staged(design, &all, &calibration.residuals(&design.weights, rows, z));
    }
    staged(design, rows, z)
}

fn staged(design: &Design, rows: &[u32], z: &[Vec<f64>]) -> Vec<f64> {
    let mut sum = vec![0.0; z.len() * z.len()];
    for stage in &design.stages {
        add_stage(design, stage, rows, z, &mut sum);
        if !stage.goes_on {
            break;
        }
    }
    sum
}

fn add_stage(design: &Design, stage: &Drawn, rows: &[u32], z: &[Vec<f64>], sum: &mut [f64]) {
    let k = z.len();
    let n_units = stage.stratum_of.len();
    let mut totals = vec![0.0; n_units * k];
    let mut touched = vec![false; n_units];
    for (at, row) in rows.iter().enumerate() {
        let unit = stage.units[*row as usize] as usize;
        touched[unit] = true;
        for (i, z) in z.iter().enumerate() {
            totals[unit * k + i] += z[at];
        }
    }
    let n_strata = stage.n_sampled.len();
    let mut n_touched = vec![0_u32; n_strata];
    let mut means = vec![0.0; n_strata * k];
    let mut all = vec![0.0; k];
    let held = || touched.iter().enumerate().filter(|(_, t)| **t).map(|(unit, _)| unit);
    for unit in held() {
        let h = stage.stratum_of[unit] as usize;
        n_touched[h] += 1;
        for i in 0..k {
            means[h * k + i] += totals[unit * k + i];
            all[i] += totals[unit * k + i];
        }
    }
    // The mean over all units that were sampled at this stage, with rows of the domain or without.
    all.iter_mut().for_each(|sum| *sum /= n_units as f64);
    for h in 0..n_strata {
        (0..k).for_each(|i| means[h * k + i] /= f64::from(stage.n_sampled[h]));
    }
    let is_alone =
        |h: usize| stage.n_sampled[h] == 1 || design.adjust_domain && n_touched[h] == 1 && stage.n_sampled[h] > 1;
    let centre = |h: usize| -> &[f64] {
        if design.lonely == Lonely::Adjust && is_alone(h) { &all } else { &means[h * k..(h + 1) * k] }
    };
    // Sums of squares of each stratum, around its centre; units without rows have totals of zero.
    let mut squares = vec![0.0; n_strata * k * k];
    for unit in held() {
        let h = stage.stratum_of[unit] as usize;
        let c = centre(h);
        for i in 0..k {
            let a = totals[unit * k + i] - c[i];
            for j in 0..k {
                squares[(h * k + i) * k + j] += a * (totals[unit * k + j] - c[j]);
            }
        }
    }
    let (mut n_used, mut n_alone) = (0_u32, 0_u32);
    let mut added = vec![0.0; k * k];
    for h in (0..n_strata).filter(|h| n_touched[*h] > 0) {
        let (n, population) = (f64::from(stage.n_sampled[h]), stage.population[h]);
        let unsampled = ((population - n) / population).max(0.0);
        let unsampled = if population.is_infinite() { 1.0 } else { unsampled };
        n_used += 1;
        // A stratum of which everything was sampled has no error, alone or not.
        if unsampled < 1e-7 {
            continue;
        }
        if is_alone(h) && design.lonely == Lonely::Average {
            n_alone += 1;
            continue;
        }
        let spread = if n > 1.0 { n / (n - 1.0) } else { 1.0 };
        let factor = stage.fraction[h] * unsampled * spread;
        let c = centre(h);
        let n_empty = f64::from(stage.n_sampled[h] - n_touched[h]);
        for i in 0..k {
            for j in 0..k {
                added[i * k + j] += factor * (squares[(h * k + i) * k + j] + n_empty * c[i] * c[j]);
            }
        }
    }
    let scale = if n_alone > 0 && n_used > n_alone { f64::from(n_used) / f64::from(n_used - n_alone) } else { 1.0 };
    for (sum, added) in sum.iter_mut().zip(added) {
        *sum += scale * added;
    }
}
