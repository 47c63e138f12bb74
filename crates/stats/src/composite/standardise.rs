//! Raw values on a scale of 0 to 100.

/// Whether more of it is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
}

/// How a raw value becomes a score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// In equal steps from `low` to `high`; values beyond are taken for the bound.
    Linear {
        /// Where the scale begins.
        low: f64,
        /// Where it ends.
        high: f64,
    },
    /// In steps of the logarithm.
    Log {
        /// Where the scale begins, above 0.
        low: f64,
        /// Where it ends.
        high: f64,
    },
    /// In steps of the k-th root.
    Root {
        /// Which root.
        k: f64,
        /// Where the scale begins, 0 or above.
        low: f64,
        /// Where it ends.
        high: f64,
    },
    /// 100 at the target, less by the distance to it on either side.
    Target {
        /// The best value, above 0.
        target: f64,
    },
    /// 100 at the target and on its better side, less by the distance on the other.
    Reach {
        /// The value that suffices, above 0.
        target: f64,
    },
    /// In equal steps between the extremes of the units that are there: changes when a unit joins.
    Observed,
    /// By place among the units that are there: 0 for the last, 100 for the first, the mean of their places for equals.
    Rank,
    /// Standard deviations from the mean of the units that are there: not 0 to 100.
    Z,
}

/// Why a scale cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundsError {
    /// The lower bound is not below the upper one, or one of them is no number.
    Order,
    /// A logarithm needs bounds above 0, a root bounds of at least 0, a target one above 0.
    Sign,
}

impl Scale {
    /// Whether the scale's bounds make sense.
    pub fn check(self) -> Result<(), BoundsError> {
        let ordered = |low: f64, high: f64| if low < high { Ok(()) } else { Err(BoundsError::Order) };
        let signed = |is_fine: bool| if is_fine { Ok(()) } else { Err(BoundsError::Sign) };
        match self {
            Scale::Linear { low, high } => ordered(low, high),
            Scale::Log { low, high } => ordered(low, high).and(signed(low > 0.0)),
            Scale::Root { k, low, high } => ordered(low, high).and(signed(low >= 0.0 && k > 0.0)),
            Scale::Target { target } | Scale::Reach { target } => signed(target > 0.0 && target.is_finite()),
            Scale::Observed | Scale::Rank | Scale::Z => Ok(()),
        }
    }
}

/// Scores of raw values.
///
/// Shape: one value a unit, not a number where it is missing; so are the scores. Units of the scores: 0 to 100, but for
/// [`Scale::Z`]. Without any spread between units, the scales that look at them give 50 (`Observed`, `Rank`) and 0 (`Z`).
///
/// Errors: bounds that make no sense.
pub fn standardise(raw: &[f64], scale: Scale, direction: Direction) -> Result<Vec<f64>, BoundsError> {
    scale.check()?;
    let turned = |score: f64| if direction == Direction::Lower { 100.0 - score } else { score };
    let between = |low: f64, high: f64, of: &dyn Fn(f64) -> f64| -> Vec<f64> {
        let (a, b) = (of(low), of(high));
        // `clamp` keeps what is not a number.
        raw.iter().map(|x| turned((of(x.clamp(low, high)) - a) / (b - a) * 100.0)).collect()
    };
    Ok(match scale {
        Scale::Linear { low, high } => between(low, high, &|x| x),
        Scale::Log { low, high } => between(low, high, &f64::ln),
        Scale::Root { k, low, high } => between(low, high, &|x| x.powf(1.0 / k)),
        Scale::Target { target } => raw.iter().map(|x| not_below_zero(1.0 - (x - target).abs() / target)).collect(),
        Scale::Reach { target } => raw.iter().map(|x| reach(*x, target, direction)).collect(),
        Scale::Observed => {
            let present = || raw.iter().copied().filter(|x| !x.is_nan());
            let (low, high) = (present().fold(f64::INFINITY, f64::min), present().fold(f64::NEG_INFINITY, f64::max));
            if low < high { between(low, high, &|x| x) } else { raw.iter().map(|x| x * 0.0 + 50.0).collect() }
        }
        Scale::Rank => places(raw).into_iter().map(turned).collect(),
        Scale::Z => {
            let sign = if direction == Direction::Lower { -1.0 } else { 1.0 };
            z_scores(raw).into_iter().map(|z| sign * z).collect()
        }
    })
}

fn not_below_zero(share: f64) -> f64 {
    if share.is_nan() { share } else { 100.0 * share.max(0.0) }
}

fn reach(x: f64, target: f64, direction: Direction) -> f64 {
    let short = match direction {
        Direction::Higher => (target - x) / target,
        Direction::Lower => (x - target) / target,
    };
    if short.is_nan() { short } else { not_below_zero(1.0 - short.max(0.0)) }
}

/// Deviations from the mean in standard deviations (divisor n − 1); 0 where all are equal.
pub fn z_scores(raw: &[f64]) -> Vec<f64> {
    let present: Vec<f64> = raw.iter().copied().filter(|x| !x.is_nan()).collect();
    let n = present.len() as f64;
    let mean = crate::sum(present.iter().copied()) / n;
    let deviation = (crate::sum(present.iter().map(|x| (x - mean).powi(2))) / (n - 1.0)).sqrt();
    raw.iter().map(|x| if deviation > 0.0 { (x - mean) / deviation } else { x * 0.0 }).collect()
}

/// 100 (units below + half of the other equals) / (n − 1).
fn places(raw: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<f64> = raw.iter().copied().filter(|x| !x.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let others = sorted.len() as f64 - 1.0;
    let place = |x: &f64| {
        if x.is_nan() || others < 1.0 {
            return x * 0.0 + 50.0;
        }
        let below = sorted.partition_point(|y| y < x);
        let equal = sorted[below..].partition_point(|y| y <= x);
        100.0 * (below as f64 + (equal as f64 - 1.0) / 2.0) / others
    };
    raw.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(x: f64, scale: Scale, direction: Direction, expected: f64) {
        let found = standardise(&[x], scale, direction).expect("bounds")[0];
        assert!((found - expected).abs() < 5e-5, "{found} is not {expected}");
    }

    #[test]
    fn published_bounds_give_published_scores() {
        let (up, down) = (Direction::Higher, Direction::Lower);
        check(20_000.0, Scale::Log { low: 714.64, high: 108_818.96 }, up, 66.2939);
        check(7.0, Scale::Root { k: 4.0, low: 1.0, high: 28.2 }, down, 51.9652);
        check(25.0, Scale::Log { low: 2.2, high: 181.6 }, down, 44.9303);
        check(0.42, Scale::Linear { low: 0.24, high: 0.63 }, down, 53.8462);
        check(30.0, Scale::Linear { low: 0.0, high: 80.0 }, down, 62.5);
        check(26.0, Scale::Target { target: 20.0 }, up, 70.0);
        check(26.0, Scale::Target { target: 20.0 }, down, 70.0);
        check(9.0, Scale::Reach { target: 15.0 }, up, 60.0);
        check(400.0, Scale::Reach { target: 857.37 }, up, 46.6543);
        check(20.0, Scale::Reach { target: 15.0 }, up, 100.0);
        check(20.0, Scale::Reach { target: 15.0 }, down, 66.6667);
        check(90.0, Scale::Target { target: 20.0 }, up, 0.0);
        check(-3.0, Scale::Log { low: 2.2, high: 181.6 }, up, 0.0);
    }

    #[test]
    fn scales_that_look_at_the_units_pass_over_gaps() {
        let raw = [1.0, f64::NAN, 3.0, 3.0, 5.0];
        let of = |scale| standardise(&raw, scale, Direction::Higher).expect("bounds");
        let shown = |scores: Vec<f64>| scores.into_iter().map(|s| s.to_string()).collect::<Vec<_>>().join(" ");
        assert_eq!(shown(of(Scale::Observed)), "0 NaN 50 50 100");
        assert_eq!(shown(of(Scale::Rank)), "0 NaN 50 50 100");
        assert_eq!(shown(z_scores(&[1.0, 2.0, f64::NAN, 3.0])), "-1 0 NaN 1");
        assert_eq!(shown(z_scores(&[2.0, f64::NAN, 2.0])), "0 NaN 0");
        let one = standardise(&[4.0, f64::NAN], Scale::Rank, Direction::Lower).expect("bounds");
        assert_eq!(shown(one), "50 NaN");
    }

    #[test]
    fn bounds_must_make_sense() {
        let check = |scale: Scale, wrong| assert_eq!(scale.check(), Err(wrong), "{scale:?}");
        check(Scale::Linear { low: 3.0, high: 3.0 }, BoundsError::Order);
        check(Scale::Linear { low: f64::NAN, high: 3.0 }, BoundsError::Order);
        check(Scale::Log { low: 0.0, high: 3.0 }, BoundsError::Sign);
        check(Scale::Root { k: 4.0, low: -1.0, high: 3.0 }, BoundsError::Sign);
        check(Scale::Reach { target: 0.0 }, BoundsError::Sign);
    }
}
