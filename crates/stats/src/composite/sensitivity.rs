//! How much of a result's variance each input explains, alone and with the others.

/// Indices of Sobol for one output.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// Variance of the output.
    pub variance: f64,
    /// Share that each input explains on its own, S = V(E(Y|X)) / V(Y).
    pub first: Vec<f64>,
    /// Share that each input has a part in, S = E(V(Y|all others)) / V(Y).
    pub total: Vec<f64>,
}

/// Indices of Sobol from rows of the matrices A and B and of A with one column of B.
///
/// Shape: `a` and `b` hold the output of N rows, `mixed` for each input the output of the N rows with that input from B.
/// Undefined (`None`) without variance, or with fewer than two rows. Source: Saltelli et al., "Variance based sensitivity
/// analysis of model output", Computer Physics Communications 181, 2010, table 2 (b) and (f).
pub fn sensitivity(a: &[f64], b: &[f64], mixed: &[Vec<f64>]) -> Option<Sensitivity> {
    let n = a.len() as f64;
    if a.len() < 2 || b.len() != a.len() || mixed.iter().any(|m| m.len() != a.len()) {
        return None;
    }
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * n);
    let variance = a.iter().chain(b).map(|y| (y - mean).powi(2)).sum::<f64>() / (2.0 * n);
    if variance.is_nan() || variance <= 0.0 {
        return None;
    }
    // Taken from the mean, the products lose nothing of their last digits.
    let first = |m: &Vec<f64>| {
        let sum: f64 = a.iter().zip(b).zip(m).map(|((a, b), m)| (b - mean) * (m - a)).sum();
        sum / n / variance
    };
    let total = |m: &Vec<f64>| {
        let sum: f64 = a.iter().zip(m).map(|(a, m)| (a - m).powi(2)).sum();
        sum / (2.0 * n) / variance
    };
    Some(Sensitivity { variance, first: mixed.iter().map(first).collect(), total: mixed.iter().map(total).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points that fill the square evenly (Roberts' sequence of the generalised golden ratio).
    fn point(row: usize, dimension: i32) -> f64 {
        let golden: f64 = 1.1673039782614187;
        (0.5 + golden.powi(-(dimension + 1)) * (row + 1) as f64).fract()
    }

    #[test]
    fn a_sum_splits_as_its_terms_do() {
        // Y = X1 + 2 X2: 1/5 and 4/5 of the variance, alone and in all.
        let y = |x: [f64; 2]| x[0] + 2.0 * x[1];
        let a = |row| [point(row, 0), point(row, 1)];
        let b = |row| [point(row, 2), point(row, 3)];
        let n = 20_000;
        let of = |f: &dyn Fn(usize) -> f64| (0..n).map(f).collect::<Vec<f64>>();
        let mixed = vec![of(&|row| y([b(row)[0], a(row)[1]])), of(&|row| y([a(row)[0], b(row)[1]]))];
        let found = sensitivity(&of(&|row| y(a(row))), &of(&|row| y(b(row))), &mixed).expect("varies");
        let near = |x: f64, expected: f64| assert!((x - expected).abs() < 0.01, "{found:?}");
        near(found.first[0], 0.2);
        near(found.first[1], 0.8);
        near(found.total[0], 0.2);
        near(found.total[1], 0.8);
        near(found.variance, 5.0 / 12.0);
        assert_eq!(sensitivity(&[1.0, 1.0], &[1.0, 1.0], &[]), None);
    }
}
