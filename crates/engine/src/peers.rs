//! A place among its like: median, ends and rank of one figure.

use model::kinds::Direction;

/// Where a value stands among those of its peers, itself among them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peers {
    /// How many have a value.
    pub n: usize,
    /// The middle one; the mean of the middle two for an even number.
    pub median: f64,
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
    /// One more than how many are better; none where no direction is better.
    pub rank: Option<usize>,
}

/// Compares `own` with `values`, in which it is one. None for fewer than two finite values: nobody to compare with.
pub fn peers(values: &[f64], own: f64, direction: Option<Direction>) -> Option<Peers> {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (&[low, ..], &[.., high]) = (sorted.as_slice(), sorted.as_slice()) else { return None };
    let n = sorted.len();
    if n < 2 {
        return None;
    }
    let median = if n % 2 == 1 { sorted[n / 2] } else { (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0 };
    let better = |is_better: &dyn Fn(f64) -> bool| Some(1 + sorted.iter().filter(|v| is_better(**v)).count());
    let rank = match direction {
        Some(Direction::Increase) => better(&|v| v > own),
        Some(Direction::Decrease) => better(&|v| v < own),
        Some(Direction::Maintain) | None => None,
    };
    Some(Peers { n, median, low, high, rank })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peers_by_hand() {
        let up = Some(Direction::Increase);
        // 1 2 | 4 9: the middle is 3, and 4 has one above.
        let found = peers(&[4.0, 1.0, 9.0, 2.0], 4.0, up).expect("peers");
        assert_eq!(found, Peers { n: 4, median: 3.0, low: 1.0, high: 9.0, rank: Some(2) });
        // The other way round two are better; equals share a rank; without a direction nobody has one.
        assert_eq!(peers(&[4.0, 1.0, 9.0, 2.0], 4.0, Some(Direction::Decrease)).and_then(|p| p.rank), Some(3));
        assert_eq!(peers(&[5.0, 5.0, 1.0], 5.0, up).map(|p| (p.rank, p.median)), Some((Some(1), 5.0)));
        assert_eq!(peers(&[5.0, 6.0], 5.0, None).map(|p| p.rank), Some(None));
        assert_eq!(peers(&[5.0, f64::NAN], 5.0, up), None);
    }
}
