//! Ranks and percentiles.

/// Ranks of scores: 1 is the highest, equals share the smallest rank; what is missing has none (0).
pub fn ranks(scores: &[f64]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..scores.len() as u32).filter(|i| !scores[*i as usize].is_nan()).collect();
    order.sort_unstable_by(|a, b| scores[*b as usize].total_cmp(&scores[*a as usize]));
    let mut ranks = vec![0; scores.len()];
    let mut rank = 0;
    for (place, unit) in order.iter().enumerate() {
        let is_equal = place > 0 && scores[order[place - 1] as usize] == scores[*unit as usize];
        if !is_equal {
            rank = place as u32 + 1;
        }
        ranks[*unit as usize] = rank;
    }
    ranks
}

/// The percentile of ascending values by linear interpolation, h = (n − 1) p (type 7 of Hyndman and Fan 1996).
/// Undefined without values.
pub fn percentile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let h = last as f64 * p.clamp(0.0, 1.0);
    let at = h.floor() as usize;
    let next = sorted[(at + 1).min(last)];
    Some(sorted[at] + (h - h.floor()) * (next - sorted[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_share_the_smallest_rank() {
        assert_eq!(ranks(&[3.0, 5.0, f64::NAN, 5.0, 1.0]), [3, 1, 0, 1, 4]);
        assert_eq!(ranks(&[]), [] as [u32; 0]);
    }

    #[test]
    fn percentiles_lie_between_values() {
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 0.5), Some(2.0));
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 0.75), Some(3.0));
        assert_eq!(percentile(&[1.0, 2.0, 4.0], 1.0), Some(4.0));
        assert_eq!(percentile(&[7.0], 0.05), Some(7.0));
        assert_eq!(percentile(&[], 0.5), None);
    }
}
