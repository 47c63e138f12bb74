//! Quantiles of a weighted distribution, with Woodruff's interval (Woodruff 1952; rules of Hyndman and Fan 1996).

use super::{
    estimate::{Domain, Statistic, Survey, Undefined},
    interval::{Interval, Method, proportion_interval, t_quantile},
};

/// What a quantile is where the distribution jumps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The smallest value that has at least the share (type 1).
    Math,
    /// The same, but the mean of the two neighbours where the share is reached exactly (type 2).
    School,
    /// Hyndman and Fan's types 4 to 9, linear between points.
    Hf(u8),
}

/// A quantile with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileEstimate {
    /// The quantile.
    pub value: f64,
    /// A share of the interval's length; missing where an end is open.
    pub se: Option<f64>,
    /// The interval; an end is open where the share's limit is below 0 or above 1.
    pub interval: Interval,
}

/// Rounding in sums of weights that does not decide whether a share is reached.
const TIE: f64 = 1e-12;

/// The distribution of a variable: values in ascending order, and the weight up to each.
struct Distribution {
    values: Vec<f64>,
    weights: Vec<f64>,
    upto: Vec<f64>,
}

impl Distribution {
    fn of(domain: Domain<'_>, weights: &[f64], x: &[f64]) -> Self {
        let mut pairs: Vec<(f64, f64)> =
            domain.iter().zip(x).map(|(row, x)| (*x, weights[*row as usize])).filter(|(_, w)| *w > 0.0).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (values, weights): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let mut sum = 0.0;
        let upto = weights
            .iter()
            .map(|w| {
                sum += w;
                sum
            })
            .collect();
        Distribution { values, weights, upto }
    }

    fn quantile(&self, p: f64, rule: Rule) -> Option<f64> {
        let (n, last) = (self.values.len(), *self.upto.last()?);
        match rule {
            Rule::Math | Rule::School => {
                let aim = p * last;
                let at = self.upto.partition_point(|c| *c < aim * (1.0 - TIE)).min(n - 1);
                let is_reached = (self.upto[at] - aim).abs() <= TIE * aim;
                match self.values.get(at + 1) {
                    Some(next) if rule == Rule::School && is_reached => Some(self.values[at].midpoint(*next)),
                    _ => Some(self.values[at]),
                }
            }
            Rule::Hf(kind) => {
                let w_n = *self.weights.last()?;
                let point = |k: usize| {
                    let (c, w) = (self.upto[k], self.weights[k]);
                    let before = c - w;
                    match kind {
                        4 => c / last,
                        5 => (c - w / 2.0) / last,
                        6 => c / (last + w_n),
                        7 => before / (last - w_n),
                        8 => (before / 3.0 + 2.0 * c / 3.0) / (last + w_n / 3.0),
                        _ => (3.0 * before / 8.0 + 5.0 * c / 8.0) / (last + w_n / 4.0),
                    }
                };
                if n == 1 {
                    return Some(self.values[0]);
                }
                let points: Vec<f64> = (0..n).map(point).collect();
                let at = points.partition_point(|point| *point < p);
                if at == 0 {
                    return Some(self.values[0]);
                }
                if at == n {
                    return Some(self.values[n - 1]);
                }
                let (a, b) = (points[at - 1], points[at]);
                let share = (p - a) / (b - a);
                Some(self.values[at - 1] + share * (self.values[at] - self.values[at - 1]))
            }
        }
    }
}

/// The `p`-quantile of `x` (values of the domain's rows) with Woodruff's interval: the limits of the share of rows that
/// are not above the quantile, made by `method`, are turned back into values.
///
/// Errors: nobody in the domain has weight.
#[allow(clippy::too_many_arguments)]
pub fn quantile(
    survey: &Survey,
    domain: Domain<'_>,
    x: &[f64],
    p: f64,
    rule: Rule,
    method: Method,
    level: f64,
    degrees: f64,
) -> Result<QuantileEstimate, Undefined> {
    let distribution = Distribution::of(domain, survey.weights(), x);
    let value = distribution.quantile(p, rule).ok_or(Undefined)?;
    let below: Vec<f64> = x.iter().map(|x| f64::from(u8::from(*x <= value))).collect();
    let share = Statistic::Ratio(below, vec![1.0; x.len()]);
    let estimated = survey.estimate(domain, std::slice::from_ref(&share))?;
    let (f, v) = (estimated.values[0], estimated.variance(0));
    let limits = proportion_interval(method, f, v, domain.len(), level, degrees, survey.logit_error(domain, &share));
    let back = |limit: Option<f64>| {
        let limit = limit.filter(|f| (0.0..=1.0).contains(f))?;
        distribution.quantile(limit, rule)
    };
    let interval = Interval { low: back(limits.low), high: back(limits.high) };
    let q = t_quantile((1.0 + level) / 2.0, degrees);
    let se = match (interval.low, interval.high, q) {
        (Some(low), Some(high), Some(q)) => Some((high - low) / (2.0 * q)),
        _ => None,
    };
    Ok(QuantileEstimate { value, se, interval })
}
