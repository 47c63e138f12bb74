//! Arithmetic on printed figures: how finely a figure was printed, whether parts make a total, whether a
//! percentage fits, whether two figures differ by a slip of the unit.

/// Percentages that differ by up to this many points agree: they were rounded to whole points.
pub(crate) const PERCENT_TOLERANCE: f64 = 0.5;

/// The last place to which a figure was printed: 164 500 000 is printed to the nearest 100 000. At least 1.
pub(crate) fn printed_step(figure: f64) -> f64 {
    let mut step = 1.0;
    while step < 1e9 && figure != 0.0 && (figure / (step * 10.0)).fract() == 0.0 {
        step *= 10.0;
    }
    step
}

/// Whether parts make a total. Counts must add up exactly; figures printed to thousands or more may each
/// be off by half of the finest place among them.
pub(crate) fn sum_fits(parts: &[f64], total: f64) -> bool {
    let finest = parts.iter().chain([&total]).map(|x| printed_step(*x)).fold(f64::INFINITY, f64::min);
    let tolerance = if finest >= 1000.0 { finest / 2.0 * (parts.len() + 1) as f64 } else { 0.005 };
    (parts.iter().sum::<f64>() - total).abs() <= tolerance
}

/// What percentage of a base an amount is; `None` of a base of zero.
pub(crate) fn percent_of(amount: f64, base: f64) -> Option<f64> {
    (base != 0.0).then(|| amount / base * 100.0)
}

/// Whether a stated percentage fits an amount and its base. A base of zero has no percentage, so nothing fits.
pub(crate) fn percent_fits(stated: f64, amount: f64, base: f64) -> bool {
    percent_of(amount, base).is_some_and(|actual| (actual - stated).abs() <= PERCENT_TOLERANCE + 1e-9)
}

/// The factor of a thousand or a million by which the larger figure is too large (or the smaller too
/// small), when their ratio is within `tolerance` (a share) of it.
pub(crate) fn slip(a: f64, b: f64, tolerance: f64) -> Option<f64> {
    let (small, large) = if a.abs() <= b.abs() { (a.abs(), b.abs()) } else { (b.abs(), a.abs()) };
    if small == 0.0 {
        return None;
    }
    let ratio = large / small;
    [1e3, 1e6].into_iter().find(|factor| (ratio / factor - 1.0).abs() <= tolerance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_totals() {
        for (parts, total, expected) in [
            (&[70.0, 75.0, 66.0][..], 211.0, true),
            (&[70.0, 75.0, 67.0], 211.0, false),
            (&[164_500_000.0, 14_300_000.0], 178_800_000.0, true),
            (&[3_600_000.0, 47_700_000.0, 133_200_000.0], 164_500_000.0, false),
            (&[3_600_000.0, 47_700_000.0, 113_200_000.0], 164_500_000.0, true),
            // One tenth of a million is within the rounding of three parts and a total, 0.6 billion is not.
            (&[3_600_000.0, 47_700_000.0, 113_300_000.0], 164_500_000.0, true),
            (&[3.0e9, 0.4e9], 4.0e9, false),
        ] {
            assert_eq!(sum_fits(parts, total), expected, "{parts:?} {total}");
        }
    }

    #[test]
    fn percentages_are_rounded_to_points() {
        // 133.2 of 157.2 is 84.7 %; 113.2 of 157.2 is 72.0 %.
        assert!(!percent_fits(72.0, 133.2, 157.2));
        assert!(percent_fits(72.0, 113.2, 157.2));
        assert!(percent_fits(50.0, 50.5, 100.0) && !percent_fits(50.0, 50.6, 100.0));
        assert!(!percent_fits(0.0, 0.0, 0.0));
    }

    #[test]
    fn slips_are_thousands_and_millions() {
        assert_eq!(slip(100.0, 100_000_000.0, 0.0), Some(1e6));
        assert_eq!(slip(2_500_000.0, 2_600.0, 0.1), Some(1e3));
        assert_eq!(slip(5.0, 500.0, 0.1), None);
        assert_eq!(slip(0.0, 500.0, 0.1), None);
    }
}
