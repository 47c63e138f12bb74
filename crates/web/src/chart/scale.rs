//! Round numbers for axes.

use jiff::civil::Date;

/// Round steps that cover `low..=high` in about `n` parts: first tick, last tick, step.
pub fn ticks(low: f64, high: f64, n: usize) -> (f64, f64, f64) {
    let span = if high > low { high - low } else { low.abs().max(1.0) };
    let raw = span / n.max(1) as f64;
    let power = 10f64.powf(raw.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= raw * 0.999).unwrap_or(raw);
    ((low / step).floor() * step, (high / step).ceil() * step, step)
}

/// A day as a decimal year; the year's length is taken as 366 so that no day reaches the next year.
pub fn year_of(day: Date) -> f64 {
    f64::from(day.year()) + f64::from(day.day_of_year() - 1) / 366.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_cover() {
        for (low, high, n, expected) in [
            (0.0, 97.0, 5, (0.0, 100.0, 20.0)),
            (22.3, 31.9, 5, (22.0, 32.0, 2.0)),
            (5.0, 5.0, 4, (4.0, 6.0, 2.0)),
            (0.0, 1.3e9, 5, (0.0, 1.5e9, 5e8)),
        ] {
            let (first, last, step) = ticks(low, high, n);
            assert!(first <= low && last >= high, "{low}..{high}");
            assert!((step - expected.2).abs() < 1e-9 * step.abs() || step <= expected.2, "{low}..{high}: {step}");
        }
    }
}
