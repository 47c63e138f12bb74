//! Intervals of confidence.

use statrs::distribution::{Beta, ContinuousCDF, Normal, StudentsT};

/// An interval; an end that is not defined is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
}

impl Interval {
    const NONE: Interval = Interval { low: None, high: None };

    fn of(low: f64, high: f64) -> Self {
        let defined = |x: f64| x.is_finite().then_some(x);
        Interval { low: defined(low), high: defined(high) }
    }
}

/// How the interval of a proportion is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// p ∓ q √v; may lie outside of 0 to 1.
    Mean,
    /// On the scale of the logit; for replicate weights with the variance of the replicates' logits.
    Logit,
    /// On the scale of the logit, with √v / (p (1 − p)).
    Xlogit,
    /// On the scale of the arcsine of the root.
    Asin,
    /// Exact binomial limits for the effective number of rows (Korn and Graubard 1998).
    Beta,
    /// By the likelihood of a logistic model, scaled by the design effect (Rao and Scott 1984).
    Likelihood,
    /// Score limits for the effective number of rows (Wilson 1927).
    Wilson,
}

/// Quantile of the normal distribution, 0 < p < 1.
pub fn normal_quantile(p: f64) -> f64 {
    Normal::standard().inverse_cdf(p)
}

/// Quantile of Student's distribution; `None` without degrees of freedom. Infinite degrees are the normal distribution.
pub fn t_quantile(p: f64, degrees: f64) -> Option<f64> {
    if degrees.is_infinite() {
        return Some(normal_quantile(p));
    }
    (degrees > 0.0).then(|| StudentsT::new(0.0, 1.0, degrees).ok().map(|t| t.inverse_cdf(p))).flatten()
}

/// Estimate ∓ q √v with Student's q, not clamped.
pub fn confidence(estimate: f64, variance: f64, level: f64, degrees: f64) -> Interval {
    match t_quantile((1.0 + level) / 2.0, degrees) {
        Some(q) => Interval::of(estimate - q * variance.sqrt(), estimate + q * variance.sqrt()),
        None => Interval::NONE,
    }
}

/// The interval of a proportion `p` with variance `v` from `n` rows. `logit_error` is the error on the scale of the logit
/// where it was estimated there.
///
/// Without any variance (all have it, or nobody) the exact one-sided limit for `n` rows is given: never an interval
/// without length.
pub fn proportion_interval(
    method: Method,
    p: f64,
    v: f64,
    n: usize,
    level: f64,
    degrees: f64,
    logit_error: Option<f64>,
) -> Interval {
    let Some(q) = t_quantile((1.0 + level) / 2.0, degrees) else { return Interval::NONE };
    let alpha = 1.0 - level;
    if method == Method::Mean {
        return Interval::of(p - q * v.sqrt(), p + q * v.sqrt());
    }
    if !(p > 0.0 && p < 1.0) {
        let n = n as f64;
        return match p {
            0.0 => Interval { low: Some(0.0), high: beta_quantile(1.0 - alpha / 2.0, 1.0, n) },
            1.0 => Interval { low: beta_quantile(alpha / 2.0, n, 1.0), high: Some(1.0) },
            _ => Interval::NONE,
        };
    }
    let spread = p * (1.0 - p);
    match method {
        Method::Mean => Interval::NONE,
        Method::Logit | Method::Xlogit => {
            let error = logit_error.filter(|_| method == Method::Logit).unwrap_or(v.sqrt() / spread);
            let at = (p / (1.0 - p)).ln();
            Interval::of(expit(at - q * error), expit(at + q * error))
        }
        Method::Asin => {
            let (at, error) = (p.sqrt().asin(), v.sqrt() / (2.0 * spread.sqrt()));
            let ends = std::f64::consts::FRAC_PI_2;
            let end = |angle: f64| angle.clamp(0.0, ends).sin().powi(2);
            Interval::of(end(at - q * error), end(at + q * error))
        }
        Method::Beta => {
            if n < 2 {
                return Interval::NONE;
            }
            let Some(plain) = t_quantile(1.0 - alpha / 2.0, n as f64 - 1.0) else { return Interval::NONE };
            let effective = spread / v * (plain / q).powi(2);
            let (yes, no) = (effective * p, effective * (1.0 - p));
            Interval {
                low: beta_quantile(alpha / 2.0, yes, no + 1.0),
                high: beta_quantile(1.0 - alpha / 2.0, yes + 1.0, no),
            }
        }
        Method::Wilson => {
            let effective = spread / v;
            let square = q * q;
            let centre = (p + square / (2.0 * effective)) / (1.0 + square / effective);
            let half =
                q / (1.0 + square / effective) * (spread / effective + square / (4.0 * effective * effective)).sqrt();
            Interval::of(centre - half, centre + half)
        }
        Method::Likelihood => likelihood(p, v, n as f64, q),
    }
}

/// Where the deviance of the model with one parameter has grown by q² design effects.
fn likelihood(p: f64, v: f64, n: f64, q: f64) -> Interval {
    if n < 2.0 {
        return Interval::NONE;
    }
    let allowed = q * q * v * n * n / (n - 1.0) / (p * (1.0 - p));
    let over = |x: f64| 2.0 * n * (p * (p / x).ln() + (1.0 - p) * ((1.0 - p) / (1.0 - x)).ln()) - allowed;
    let end = |outer: f64| {
        let (mut inside, mut outside) = (p, outer);
        for _ in 0..200 {
            let middle = inside.midpoint(outside);
            if over(middle) > 0.0 { outside = middle } else { inside = middle }
        }
        inside.midpoint(outside)
    };
    Interval::of(end(0.0), end(1.0))
}

fn beta_quantile(p: f64, a: f64, b: f64) -> Option<f64> {
    let at = Beta::new(a, b).ok()?.inverse_cdf(p);
    at.is_finite().then_some(at)
}

/// The inverse of the logit, without overflow.
fn expit(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + (-x).exp())
    } else {
        let e = x.exp();
        e / (1.0 + e)
    }
}
