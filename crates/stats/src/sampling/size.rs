//! How large a sample must be. Units beyond the comma are left to the caller, who rounds up.

/// n₀ = (z S / e)²: units for a mean with half width `half_width` at the normal quantile `z`, from an endless population
/// with the standard deviation `deviation`. For a share p, S² = p (1 − p).
pub fn simple_size(deviation: f64, half_width: f64, z: f64) -> f64 {
    (z * deviation / half_width).powi(2)
}

/// n₀ / (1 + n₀ / N): the same for a population of `n_units`.
pub fn finite_size(simple: f64, n_units: f64) -> f64 {
    simple / (1.0 + simple / n_units)
}

/// (Σ W S)² / ((e / z)² + Σ W S² / N) with W = N_h / N, for a sample divided in proportion to N_h S_h.
///
/// Shape: pairs (units, standard deviation) of the strata.
pub fn stratified_size(strata: &[(f64, f64)], half_width: f64, z: f64) -> f64 {
    let n: f64 = strata.iter().map(|(n, _)| n).sum();
    let mean: f64 = strata.iter().map(|(n_h, s)| n_h / n * s).sum();
    let square: f64 = strata.iter().map(|(n_h, s)| n_h / n * s * s).sum();
    mean.powi(2) / ((half_width / z).powi(2) + square / n)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_by_hand() {
        let near = |x: f64, expected: f64| assert!((x - expected).abs() < 5e-5, "{x} is not {expected}");
        near(simple_size(12.0, 4.0, 1.96), 34.5744);
        near(finite_size(34.5744, 231.0), 30.07325);
        // One stratum is the simple case.
        near(stratified_size(&[(231.0, 12.0)], 4.0, 1.96), 30.07325);
    }
}
