//! Where a share and a number of people are going: growth between two years, lines through many, and aims.
//!
//! Units: shares in percent, populations in persons, years. Source: UN-Habitat, metadata of indicator 11.1.1 (2021);
//! Draper and Smith, *Applied Regression Analysis* (1998), chapter 1, for the line and its interval.

use crate::survey::t_quantile;

/// Shares are held between these for a logit, which has no value at 0 and 100.
pub const LOGIT_BOUNDS: (f64, f64) = (0.05, 99.95);

/// ln(p / (100 − p)) of a percentage, held within [`LOGIT_BOUNDS`].
pub fn logit(percent: f64) -> f64 {
    let p = percent.clamp(LOGIT_BOUNDS.0, LOGIT_BOUNDS.1);
    (p / (100.0 - p)).ln()
}

/// The percentage whose logit is `x`.
pub fn from_logit(x: f64) -> f64 {
    if x >= 0.0 { 100.0 / (1.0 + (-x).exp()) } else { 100.0 * x.exp() / (1.0 + x.exp()) }
}

/// Yearly rate of continuous growth, ln(y₁ / y₀) / t. Undefined unless both values and the time are above zero.
pub fn continuous_rate(first: f64, last: f64, years: f64) -> Option<f64> {
    (first > 0.0 && last > 0.0 && years > 0.0).then(|| (last / first).ln() / years)
}

/// Yearly rate of stepwise growth, (y₁ / y₀)^(1/t) − 1. Undefined as [`continuous_rate`].
pub fn stepwise_rate(first: f64, last: f64, years: f64) -> Option<f64> {
    (first > 0.0 && last > 0.0 && years > 0.0).then(|| (last / first).powf(1.0 / years) - 1.0)
}

/// y e^(r d).
pub fn grown(last: f64, rate: f64, years: f64) -> f64 {
    last * (rate * years).exp()
}

/// Years until a number has doubled, ln 2 / r; `None` when it does not grow.
pub fn doubling_years(rate: f64) -> Option<f64> {
    (rate > 0.0).then(|| std::f64::consts::LN_2 / rate)
}

/// A share carried on in a straight line, with whether it was held at 0 or 100.
pub fn linear_share(first: f64, last: f64, years: f64, ahead: f64) -> (f64, bool) {
    let at = last + (last - first) / years * ahead;
    (at.clamp(0.0, 100.0), !(0.0..=100.0).contains(&at))
}

/// A share carried on in a straight line on the scale of the logit.
pub fn logit_share(first: f64, last: f64, years: f64, ahead: f64) -> f64 {
    let (a, b) = (logit(first), logit(last));
    from_logit(b + (b - a) / years * ahead)
}

/// A share carried on at its rate of growth, held at 100. A share that is or was zero has no rate (`None`).
pub fn exponential_share(first: f64, last: f64, years: f64, ahead: f64) -> Option<f64> {
    continuous_rate(first, last, years).map(|rate| grown(last, rate, ahead).min(100.0))
}

/// A line of least squares through points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Number of points.
    pub n: usize,
    /// Value at zero.
    pub intercept: f64,
    /// Change a year.
    pub slope: f64,
    /// Standard deviation of the points around the line (divisor n − 2).
    pub deviation: f64,
    mean_x: f64,
    mean_y: f64,
    spread_x: f64,
}

impl Line {
    /// The line through points (x, y). Undefined with fewer than three points, or when all have one x.
    pub fn through(points: &[(f64, f64)]) -> Option<Line> {
        let n = points.len() as f64;
        let mean_x = crate::sum(points.iter().map(|p| p.0)) / n;
        let mean_y = crate::sum(points.iter().map(|p| p.1)) / n;
        let spread_x = crate::sum(points.iter().map(|p| (p.0 - mean_x).powi(2)));
        if points.len() < 3 || spread_x.is_nan() || spread_x <= 0.0 {
            return None;
        }
        let slope = crate::sum(points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y))) / spread_x;
        let around = crate::sum(points.iter().map(|p| (p.1 - mean_y - slope * (p.0 - mean_x)).powi(2)));
        let deviation = (around / (n - 2.0)).sqrt();
        let intercept = mean_y - slope * mean_x;
        Some(Line { n: points.len(), intercept, slope, deviation, mean_x, mean_y, spread_x })
    }

    /// The line at `x`.
    pub fn at(&self, x: f64) -> f64 {
        self.mean_y + self.slope * (x - self.mean_x)
    }

    /// Standard error of a new point at `x`: s √(1 + 1/n + (x − m)² / Sxx).
    pub fn error_at(&self, x: f64) -> f64 {
        self.deviation * (1.0 + 1.0 / self.n as f64 + (x - self.mean_x).powi(2) / self.spread_x).sqrt()
    }

    /// Degrees of freedom of its errors.
    pub fn degrees(&self) -> usize {
        self.n - 2
    }

    /// Where a new point at `x` lies with the given probability.
    pub fn interval_at(&self, x: f64, level: f64) -> Option<(f64, f64)> {
        let q = t_quantile((1.0 + level) / 2.0, self.degrees() as f64)?;
        Some((self.at(x) - q * self.error_at(x), self.at(x) + q * self.error_at(x)))
    }
}

/// People a year who must leave a state so that its share is `aim` percent at the horizon, when it would be `expected`
/// percent of `population` persons otherwise: (p − p*) u / 100 / d.
pub fn people_a_year(expected: f64, aim: f64, population: f64, years: f64) -> Option<f64> {
    (years > 0.0).then(|| (expected - aim) * population / 100.0 / years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn near(found: f64, expected: f64, digits: i32) {
        assert!((found - expected).abs() < 0.6 * 10f64.powi(-digits), "{found} is not {expected}");
    }

    #[test]
    fn bangladesh_from_2000_and_2020_to_2030() {
        let (p0, p1, u0, u1) = (58.31, 51.87, 30_476_706.0, 63_916_296.0);
        let (s0, s1) = (p0 * u0 / 100.0, p1 * u1 / 100.0);
        let rate = continuous_rate(s0, s1, 20.0).expect("grows");
        near(rate, 0.031178934068, 12);
        near(grown(s1, rate, 10.0), 45_283_109.10, 2);
        near(s1 * (1.0 + stepwise_rate(s0, s1, 20.0).expect("grows")).powi(10), 45_283_109.10, 2);
        let urban = grown(u1, continuous_rate(u0, u1, 20.0).expect("grows"), 10.0);
        near(urban, 92_562_139.88, 2);
        near(linear_share(p0, p1, 20.0, 10.0).0, 48.65, 10);
        near(logit_share(p0, p1, 20.0, 10.0), 48.612761139886, 9);
        near(doubling_years(rate).expect("grows"), 22.2313, 4);
        // Growth of people in slums is growth of cities and of the share.
        let of_share = continuous_rate(p0, p1, 20.0).expect("defined");
        near(rate, continuous_rate(u0, u1, 20.0).expect("grows") + of_share, 12);
        near(people_a_year(48.65, 30.0, urban, 10.0).expect("ahead"), 1_726_283.9, 1);
    }

    #[test]
    fn shares_stay_between_none_and_all() {
        assert_eq!(linear_share(20.0, 10.0, 5.0, 10.0), (0.0, true));
        assert_eq!(linear_share(20.0, 10.0, 5.0, 5.0), (0.0, false));
        assert_eq!(exponential_share(50.0, 90.0, 5.0, 10.0), Some(100.0));
        assert_eq!(exponential_share(0.0, 10.0, 5.0, 10.0), None);
        let held = logit_share(0.0, 0.0, 5.0, 10.0);
        near(held, 0.05, 10);
        assert_eq!(continuous_rate(3.0, 4.0, 0.0), None);
        assert_eq!(doubling_years(-0.1), None);
    }

    #[test]
    fn a_line_and_its_error_by_hand() {
        // (0,1) (1,3) (2,2): slope 1/2, intercept 3/2, residuals −1/2, 1, −1/2, s² = 1.5 / 1; at 3: 1 + 1/3 + 4/2.
        let line = Line::through(&[(0.0, 1.0), (1.0, 3.0), (2.0, 2.0)]).expect("a line");
        near(line.slope, 0.5, 12);
        near(line.intercept, 1.5, 12);
        near(line.at(3.0), 3.0, 12);
        near(line.error_at(3.0), (1.5f64 * 10.0 / 3.0).sqrt(), 12);
        assert_eq!(line.degrees(), 1);
        let (low, high) = line.interval_at(3.0, 0.95).expect("an interval");
        near(high - 3.0, 12.7062047 * 5f64.sqrt(), 5);
        near(low + high, 6.0, 9);
        assert_eq!(Line::through(&[(0.0, 1.0), (1.0, 3.0)]), None);
        assert_eq!(Line::through(&[(1.0, 1.0), (1.0, 3.0), (1.0, 2.0)]), None);
    }
}
