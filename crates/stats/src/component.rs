//! The first principal component: the one number for each row that keeps most of what many columns say.
//!
//! Source: Jolliffe, *Principal Component Analysis* (2002), chapters 1 and 2; as an index of wealth: Filmer and Pritchett,
//! "Estimating wealth effects without expenditure data – or tears", Demography 38 (2001).

/// Steps of the power iteration at most, and the change below which it has settled.
const MOST_STEPS: usize = 10_000;
const SETTLED: f64 = 1e-14;

/// The first component of columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// What each column adds, once it is brought to mean 0 and deviation 1; 0 for a column that does not vary. Of length 1.
    pub loadings: Vec<f64>,
    /// One score for each row: Σ loading × standardised value. A missing value counts as the column's mean.
    pub scores: Vec<f64>,
    /// The part of all variance that it keeps.
    pub share: f64,
}

/// The first component of the correlations of weighted columns.
///
/// Shape: `columns[c][row]`, NaN where missing; a weight ≥ 0 for each row. The sign is such that the loadings sum to a positive
/// number. `None` without a column that varies.
pub fn first_component(columns: &[Vec<f64>], weights: &[f64]) -> Option<Component> {
    let standardised: Vec<Vec<f64>> = columns.iter().map(|column| standardise(column, weights)).collect();
    let total = crate::sum(weights.iter().copied());
    let varies: Vec<usize> = (0..columns.len()).filter(|c| standardised[*c].iter().any(|z| *z != 0.0)).collect();
    if varies.is_empty() || total <= 0.0 {
        return None;
    }
    let p = varies.len();
    let mut correlation = vec![0.0; p * p];
    for a in 0..p {
        for b in a..p {
            let (x, y) = (&standardised[varies[a]], &standardised[varies[b]]);
            let r = crate::sum(weights.iter().zip(x.iter().zip(y)).map(|(w, (x, y))| w * x * y)) / total;
            correlation[a * p + b] = r;
            correlation[b * p + a] = r;
        }
    }
    let (vector, value) = largest(&correlation, p);
    let mut loadings = vec![0.0; columns.len()];
    let sign = if vector.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
    varies.iter().zip(&vector).for_each(|(c, v)| loadings[*c] = sign * v);
    let n_rows = columns[0].len();
    let score = |row: usize| varies.iter().map(|c| loadings[*c] * standardised[*c][row]).sum();
    // A column with missing values has less than all its variance.
    let variance: f64 = (0..p).map(|c| correlation[c * p + c]).sum();
    Some(Component { scores: (0..n_rows).map(score).collect(), share: value / variance, loadings })
}

/// To mean 0 and deviation 1; all 0 where it does not vary, and 0 where a value is missing.
fn standardise(column: &[f64], weights: &[f64]) -> Vec<f64> {
    let known = || column.iter().zip(weights).filter(|(x, _)| !x.is_nan());
    let n = crate::sum(known().map(|(_, w)| *w));
    let mean = crate::sum(known().map(|(x, w)| x * w)) / n;
    let deviation = (crate::sum(known().map(|(x, w)| w * (x - mean).powi(2))) / n).sqrt();
    // Rounding of a constant column is no variation.
    if deviation.is_nan() || deviation <= mean.abs() * 1e-12 {
        return vec![0.0; column.len()];
    }
    column.iter().map(|x| if x.is_nan() { 0.0 } else { (x - mean) / deviation }).collect()
}

/// The largest eigenvalue of a symmetric matrix without negative eigenvalues, with its vector, by squaring iteration from a
/// start that no axis of symmetry is orthogonal to.
fn largest(matrix: &[f64], p: usize) -> (Vec<f64>, f64) {
    let mut vector: Vec<f64> = (0..p).map(|i| 1.0 + i as f64 * 1e-3).collect();
    let mut value = 0.0;
    for _ in 0..MOST_STEPS {
        let mut next: Vec<f64> = (0..p).map(|i| (0..p).map(|j| matrix[i * p + j] * vector[j]).sum::<f64>()).collect();
        let length = next.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length == 0.0 {
            break;
        }
        next.iter_mut().for_each(|x| *x /= length);
        let change: f64 = next.iter().zip(&vector).map(|(a, b)| (a - b).powi(2)).sum();
        (vector, value) = (next, length);
        if change < SETTLED * SETTLED {
            break;
        }
    }
    (vector, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_columns_by_hand() {
        // Correlation r: the first component is (1, 1)/√2 with eigenvalue 1 + r.
        let found = first_component(&[vec![1.0, 2.0, 3.0, 4.0], vec![1.0, 3.0, 2.0, 4.0]], &[1.0; 4]).expect("varies");
        let half = 0.5f64.sqrt();
        assert!(found.loadings.iter().all(|l| (l - half).abs() < 1e-12), "{found:?}");
        assert!((found.share - 0.9).abs() < 1e-12, "r is 0.8: {}", found.share);
        assert!((found.scores.iter().sum::<f64>()).abs() < 1e-12 && found.scores[0] < found.scores[3]);
    }

    #[test]
    fn a_constant_and_missing_values_add_nothing() {
        let found = first_component(&[vec![7.0; 3], vec![0.0, f64::NAN, 1.0]], &[1.0; 3]).expect("varies");
        assert_eq!((found.loadings[0], found.scores[1]), (0.0, 0.0));
        assert_eq!(first_component(&[vec![7.0; 3]], &[1.0; 3]), None);
        assert_eq!(first_component(&[vec![1.0, 2.0]], &[0.0; 2]), None);
    }

    #[test]
    fn a_weight_is_as_many_rows() {
        let columns = [vec![0.0, 1.0, 1.0, 0.0], vec![0.0, 1.0, 0.0, 0.0], vec![3.0, 1.0, 2.0, 2.0]];
        let weighted = first_component(&columns, &[2.0, 1.0, 1.0, 1.0]).expect("varies");
        let twice: Vec<Vec<f64>> = columns.iter().map(|c| [c[0]].iter().chain(c).copied().collect()).collect();
        let plain = first_component(&twice, &[1.0; 5]).expect("varies");
        assert!(weighted.loadings.iter().zip(&plain.loadings).all(|(a, b)| (a - b).abs() < 1e-10));
    }
}
