//! Means of scores, with weights and gaps.

/// How scores become one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mean {
    /// Σ w x / W.
    Arithmetic,
    /// exp(Σ w ln x / W); scores below the floor are taken for it, because one zero would make all else nothing.
    Geometric {
        /// The floor, above 0.
        floor: f64,
    },
    /// (Σ w xᵖ / W)^(1/p): −1 is the harmonic mean, and 0 the geometric one.
    Power {
        /// The exponent.
        p: f64,
        /// The floor, above 0, for exponents of at most 0.
        floor: f64,
    },
    /// The least score: the weakest link.
    Minimum,
    /// M − S² / M of the present scores: a mean that unequal scores pull down (Mazziotta and Pareto 2016).
    Penalised,
}

/// What is done about a score that is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Missing {
    /// It is left out, and the weights of the others count for the whole.
    Renormalise,
    /// The same as long as this share of the weight is there; else there is no mean.
    Require(f64),
}

/// Means of the scores that are there, unit by unit.
///
/// Shape: one column of scores for each child, with its weight; a score for each unit, not a number where it is missing.
/// `out` gets the means, `coverage` the share of the weight that was there. Undefined (not a number) where nothing with
/// weight is there, or less than required.
pub fn combine(columns: &[(&[f64], f64)], mean: Mean, missing: Missing, out: &mut [f64], coverage: &mut [f64]) {
    let total: f64 = columns.iter().map(|(_, w)| w).sum();
    out.fill(if mean == Mean::Minimum { f64::INFINITY } else { 0.0 });
    coverage.fill(0.0);
    let sum = |out: &mut [f64], coverage: &mut [f64], of: &dyn Fn(f64) -> f64| {
        for (column, weight) in columns.iter().filter(|(_, w)| *w > 0.0) {
            for ((out, there), x) in out.iter_mut().zip(&mut *coverage).zip(*column) {
                if !x.is_nan() {
                    *out += weight * of(*x);
                    *there += weight;
                }
            }
        }
    };
    match mean {
        // The usual case, without a call for each score.
        Mean::Arithmetic | Mean::Penalised => {
            for (column, weight) in columns.iter().filter(|(_, w)| *w > 0.0) {
                for ((out, there), x) in out.iter_mut().zip(&mut *coverage).zip(*column) {
                    let is_there = !x.is_nan();
                    *out += if is_there { weight * x } else { 0.0 };
                    *there += if is_there { *weight } else { 0.0 };
                }
            }
        }
        Mean::Geometric { floor } | Mean::Power { p: 0.0, floor } => sum(out, coverage, &|x| x.max(floor).ln()),
        Mean::Power { p: -1.0, floor } => sum(out, coverage, &|x| 1.0 / x.max(floor)),
        Mean::Power { p, floor } => {
            let least = if p < 0.0 { floor } else { 0.0 };
            sum(out, coverage, &|x| x.max(least).powf(p));
        }
        Mean::Minimum => {
            for (column, weight) in columns.iter().filter(|(_, w)| *w > 0.0) {
                for ((out, there), x) in out.iter_mut().zip(&mut *coverage).zip(*column) {
                    if !x.is_nan() {
                        *out = out.min(*x);
                        *there += weight;
                    }
                }
            }
        }
    }
    for (out, there) in out.iter_mut().zip(&mut *coverage) {
        let by = *out / *there;
        let value = match mean {
            Mean::Arithmetic | Mean::Penalised => by,
            Mean::Geometric { .. } | Mean::Power { p: 0.0, .. } => by.exp(),
            Mean::Power { p: -1.0, .. } => 1.0 / by,
            Mean::Power { p, .. } => by.powf(1.0 / p),
            Mean::Minimum => *out,
        };
        *there = if total > 0.0 { *there / total } else { 0.0 };
        let is_enough = *there > 0.0 && !matches!(missing, Missing::Require(least) if *there < least - 1e-12);
        *out = if is_enough { value } else { f64::NAN };
    }
    if mean == Mean::Penalised {
        penalise(columns, out);
    }
}

/// Takes S² / M from each mean M that is above zero.
fn penalise(columns: &[(&[f64], f64)], means: &mut [f64]) {
    for (unit, mean) in means.iter_mut().enumerate() {
        let (mut square, mut there) = (0.0, 0.0);
        for (column, weight) in columns.iter().filter(|(column, _)| !column[unit].is_nan()) {
            square += weight * (column[unit] - *mean).powi(2);
            there += weight;
        }
        if *mean > 0.0 {
            *mean -= square / there / *mean;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORES: [f64; 3] = [80.0, 60.0, 20.0];
    const WEIGHTS: [f64; 3] = [2.0, 1.0, 1.0];

    /// The mean for one unit.
    fn combined(scores: &[f64], weights: &[f64], mean: Mean, missing: Missing) -> (f64, f64) {
        let columns: Vec<(&[f64], f64)> =
            scores.iter().map(std::slice::from_ref).zip(weights.iter().copied()).collect();
        let (mut out, mut coverage) = ([7.0], [7.0]);
        combine(&columns, mean, missing, &mut out, &mut coverage);
        (out[0], coverage[0])
    }

    #[track_caller]
    fn check(mean: Mean, expected: f64) {
        let (found, coverage) = combined(&SCORES, &WEIGHTS, mean, Missing::Renormalise);
        assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
        assert_eq!(coverage, 1.0);
    }

    #[test]
    fn means_by_hand() {
        check(Mean::Arithmetic, 60.0);
        check(Mean::Geometric { floor: 1.0 }, 52.6430);
        check(Mean::Power { p: 0.0, floor: 1.0 }, 52.6430);
        check(Mean::Power { p: -1.0, floor: 1.0 }, 43.6364);
        check(Mean::Power { p: 1.0, floor: 1.0 }, 60.0);
        check(Mean::Minimum, 20.0);
        // M = 60, S² = (2·20² + 0 + 40²) / 4 = 600.
        check(Mean::Penalised, 50.0);
    }

    #[test]
    fn gaps_are_left_out_or_leave_nothing() {
        let scores = [f64::NAN, 60.0, 20.0];
        let of = |missing| combined(&scores, &WEIGHTS, Mean::Arithmetic, missing);
        assert_eq!(of(Missing::Renormalise), (40.0, 0.5));
        assert_eq!(of(Missing::Require(0.5)), (40.0, 0.5));
        let is_nothing = |(mean, coverage): (f64, f64), there| mean.is_nan() && coverage == there;
        assert!(is_nothing(of(Missing::Require(0.6)), 0.5));
        for mean in [Mean::Minimum, Mean::Penalised, Mean::Power { p: -1.0, floor: 1.0 }] {
            assert!(is_nothing(combined(&[f64::NAN], &[1.0], mean, Missing::Renormalise), 0.0), "{mean:?}");
            assert!(is_nothing(combined(&[], &[], mean, Missing::Renormalise), 0.0), "{mean:?}");
        }
        // What has no weight is not there.
        assert_eq!(combined(&[5.0, 7.0], &[0.0, 1.0], Mean::Minimum, Missing::Renormalise), (7.0, 1.0));
    }
}
