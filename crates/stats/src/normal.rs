//! The normal distribution.

/// Probability that a standard normal variable is at most `z`.
///
/// Accuracy: absolute error below 1e-15 everywhere; in the lower tail (`z` < −6) the relative error is below
/// 1e-12, so very small probabilities keep their digits.
/// Undefined: the answer for a NaN is NaN.
/// Formula: ½ + φ(z) · (z + z³/3 + z⁵/(3·5) + …) where the terms do not cancel, and in the tails Laplace's
/// continued fraction φ(x) / (x + 1/(x + 2/(x + 3/(x + …)))).
/// Source: G. Marsaglia, "Evaluating the normal distribution", Journal of Statistical Software 11(4), 2004;
/// the continued fraction: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.14.
pub fn normal_cdf(z: f64) -> f64 {
    if z.is_nan() {
        return z;
    }
    if z > 6.0 {
        return 1.0 - upper_tail(z);
    }
    if z < -6.0 {
        return upper_tail(-z);
    }
    let square = z * z;
    let (mut sum, mut term, mut odd) = (z, z, 1.0);
    // Below six in size the terms grow at most to about 36/odd of their predecessor, then fall; 200 are plenty.
    for _ in 0..200 {
        odd += 2.0;
        term *= square / odd;
        let next = sum + term;
        if next == sum {
            break;
        }
        sum = next;
    }
    (0.5 + sum * density(z)).clamp(0.0, 1.0)
}

/// Density of the standard normal distribution.
fn density(z: f64) -> f64 {
    // 1/√(2π).
    const PEAK: f64 = 0.398_942_280_401_432_7;
    PEAK * (-0.5 * z * z).exp()
}

/// Probability beyond `x`, for `x` > 6: there 60 steps of the fraction are exact to double precision.
fn upper_tail(x: f64) -> f64 {
    let mut fraction = x;
    for k in (1..=60).rev() {
        fraction = x + f64::from(k) / fraction;
    }
    density(x) / fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_printed_tables() {
        // erfc(-z / √2) / 2 by the C library (Python 3: math.erfc).
        for (z, p) in [
            (0.0, 0.5),
            (1.0, 0.841_344_746_068_542_9),
            (-1.0, 0.158_655_253_931_457_05),
            (1.959_963_984_540_054, 0.975),
            (-3.0, 0.001_349_898_031_630_094_6),
            (5.0, 0.999_999_713_348_428),
        ] {
            assert!((normal_cdf(z) - p).abs() < 1e-15, "{z}: {} is not {p}", normal_cdf(z));
        }
        // The tail, by the same function.
        for (z, p) in [(-8.0, 6.220_960_574_271_785e-16), (-20.0, 2.753_624_118_606_233e-89)] {
            assert!((normal_cdf(z) / p - 1.0).abs() < 1e-12, "{z}: {}", normal_cdf(z));
        }
        assert_eq!(normal_cdf(f64::INFINITY), 1.0);
        assert_eq!(normal_cdf(f64::NEG_INFINITY), 0.0);
        assert!(normal_cdf(f64::NAN).is_nan());
    }

    #[test]
    fn the_two_methods_meet_and_the_curve_rises() {
        assert!((normal_cdf(6.0) - normal_cdf(6.0 + 1e-12)).abs() < 1e-15);
        let steps: Vec<f64> = (-900..=900).map(|i| normal_cdf(f64::from(i) / 100.0)).collect();
        assert!(steps.windows(2).all(|w| w[0] <= w[1]));
        assert!(steps.iter().zip(steps.iter().rev()).all(|(a, b)| (a + b - 1.0).abs() < 1e-15));
    }
}
