//! Sums, ratios of sums and weighted means, each with its standard error.

/// Why numbers cannot be combined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// The denominators or weights sum to zero.
    ZeroDenominator,
}

/// Sum with a running correction, so that the order of the terms does not matter beyond the last digit.
///
/// Error: at most about two units in the last place of the sum of the sizes, however many terms.
/// Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974.
pub fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let (mut total, mut lost) = (0.0f64, 0.0f64);
    for term in terms {
        let next = total + term;
        lost += if total.abs() >= term.abs() { (total - next) + term } else { (term - next) + total };
        total = next;
    }
    if lost.is_finite() { total + lost } else { total }
}

/// Standard error of a sum of independent terms: the root of the sum of squares.
pub fn error_of_sum(errors: impl IntoIterator<Item = f64>) -> f64 {
    sum(errors.into_iter().map(|e| e * e)).sqrt()
}

/// Sum of numerators over sum of denominators.
///
/// Shape: pairs (numerator, denominator). Undefined when the denominators sum to zero.
pub fn ratio_of_sums(pairs: impl IntoIterator<Item = (f64, f64)> + Clone) -> Result<f64, Undefined> {
    let denominator = sum(pairs.clone().into_iter().map(|(_, d)| d));
    if denominator == 0.0 {
        return Err(Undefined::ZeroDenominator);
    }
    Ok(sum(pairs.into_iter().map(|(n, _)| n)) / denominator)
}

/// Mean weighted by weights that need not sum to one.
///
/// Shape: pairs (value, weight). Undefined when the weights sum to zero.
pub fn weighted_mean(pairs: impl IntoIterator<Item = (f64, f64)> + Clone) -> Result<f64, Undefined> {
    let weights = sum(pairs.clone().into_iter().map(|(_, w)| w));
    if weights == 0.0 {
        return Err(Undefined::ZeroDenominator);
    }
    Ok(sum(pairs.into_iter().map(|(v, w)| v * w)) / weights)
}

/// Standard error of a weighted mean of independent values, the weights taken as known.
///
/// Shape: pairs (standard error, weight). Formula: √(Σ w² e²) / Σ w.
pub fn error_of_weighted_mean(pairs: impl IntoIterator<Item = (f64, f64)> + Clone) -> Result<f64, Undefined> {
    let weights = sum(pairs.clone().into_iter().map(|(_, w)| w));
    if weights == 0.0 {
        return Err(Undefined::ZeroDenominator);
    }
    Ok(sum(pairs.into_iter().map(|(e, w)| (e * w) * (e * w))).sqrt() / weights.abs())
}

/// Correlation of two measures (Pearson).
///
/// Shape: pairs. None below three pairs, and where one of the two does not vary.
pub fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    if pairs.len() < 3 {
        return None;
    }
    let n = pairs.len() as f64;
    let (x, y) = (sum(pairs.iter().map(|p| p.0)) / n, sum(pairs.iter().map(|p| p.1)) / n);
    let of = |f: &dyn Fn(&(f64, f64)) -> f64| sum(pairs.iter().map(f));
    let (xx, yy) = (of(&|p| (p.0 - x).powi(2)), of(&|p| (p.1 - y).powi(2)));
    let r = of(&|p| (p.0 - x) * (p.1 - y)) / (xx * yy).sqrt();
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_keep_small_terms_in_any_order() {
        assert_eq!(sum([1e100, 1.0, -1e100]), 1.0);
        assert_eq!(sum([1.0, 1e100, -1e100]), 1.0);
        assert_eq!(sum(std::iter::repeat_n(0.1, 10)), 1.0);
        assert_eq!(sum([]), 0.0);
    }

    #[test]
    fn combining_by_hand() {
        // (10 + 30) / (100 + 100) = 0.2; the mean of the shares 0.1 and 0.3 is also 0.2, with 100 and 300 it is not:
        // (10 + 90) / 400 = 0.25.
        assert_eq!(ratio_of_sums([(10.0, 100.0), (90.0, 300.0)]), Ok(0.25));
        assert_eq!(ratio_of_sums([(1.0, 0.0)]), Err(Undefined::ZeroDenominator));
        // (2·1 + 5·3) / 4 = 4.25.
        assert_eq!(weighted_mean([(2.0, 1.0), (5.0, 3.0)]), Ok(4.25));
        assert_eq!(weighted_mean([(2.0, 1.0), (5.0, -1.0)]), Err(Undefined::ZeroDenominator));
        // √(3² + 4²) = 5; √((1·3)² + (1·4)²) / 2 = 2.5.
        assert_eq!(error_of_sum([3.0, 4.0]), 5.0);
        assert_eq!(error_of_weighted_mean([(3.0, 1.0), (4.0, 1.0)]), Ok(2.5));
    }

    #[test]
    fn correlation_of_lines_and_of_nothing() {
        assert_eq!(correlation(&[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]), Some(1.0));
        assert_eq!(correlation(&[(1.0, 2.0), (2.0, 0.0), (3.0, 2.0)]), Some(0.0));
        assert_eq!(correlation(&[(1.0, 2.0), (1.0, 4.0), (1.0, 6.0)]), None);
        assert_eq!(correlation(&[(1.0, 2.0), (2.0, 4.0)]), None);
    }
}
