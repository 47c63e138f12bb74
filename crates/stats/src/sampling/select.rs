//! Which units are drawn.

/// Places of a systematic sample: ⌊(start + j) N / n⌋ for j from 0 to n − 1, with `start` from 0 to below 1.
///
/// Every unit has the probability n / N; a sorted list is stratified by its order.
pub fn systematic(n_units: usize, n: usize, start: f64) -> Vec<usize> {
    let n = n.min(n_units);
    (0..n).map(|j| (((start + j as f64) * n_units as f64 / n as f64) as usize).min(n_units - 1)).collect()
}

/// A drawn unit with its probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inclusion {
    /// Its place in the list.
    pub unit: usize,
    /// The probability that it was drawn; 1 for units that are so large that they are taken for certain.
    pub probability: f64,
}

/// A systematic sample with probability proportional to size, in the order of the list.
///
/// Units whose part n x / X reaches 1 are taken for certain and leave the list, again and again; from the rest the unit is
/// drawn in whose stretch of the cumulated sizes a mark (start + j) X / n falls. Sizes of zero are never drawn.
pub fn proportional_to_size(sizes: &[f64], n: usize, start: f64) -> Vec<Inclusion> {
    let mut is_certain = vec![false; sizes.len()];
    let mut rest: Vec<usize> = (0..sizes.len()).filter(|i| sizes[*i] > 0.0).collect();
    let mut left = n.min(rest.len());
    let mut total: f64;
    loop {
        total = rest.iter().map(|i| sizes[*i]).sum();
        let (certain, other): (Vec<usize>, Vec<usize>) =
            rest.iter().partition(|i| left > 0 && left as f64 * sizes[**i] >= total);
        if certain.is_empty() {
            break;
        }
        // Never more than are left, the largest first.
        let mut certain = certain;
        certain.sort_by(|a, b| sizes[*b].total_cmp(&sizes[*a]).then(a.cmp(b)));
        for unit in certain.iter().take(left) {
            is_certain[*unit] = true;
        }
        left -= certain.len().min(left);
        rest = other;
    }
    let mut drawn: Vec<Inclusion> =
        (0..sizes.len()).filter(|i| is_certain[*i]).map(|unit| Inclusion { unit, probability: 1.0 }).collect();
    let step = total / left.max(1) as f64;
    let (mut upto, mut j) = (0.0, 0);
    for unit in rest {
        upto += sizes[unit];
        if j < left && (start + j as f64) * step < upto {
            drawn.push(Inclusion { unit, probability: left as f64 * sizes[unit] / total });
            j += 1;
        }
    }
    drawn.sort_by_key(|d| d.unit);
    drawn
}

/// A number from 0 to below 1 that belongs to a unit and a seed for ever: the units with the n smallest are a simple random
/// sample, and two samples that are to overlap use the same seed.
pub fn permanent_number(id: &str, seed: u64) -> f64 {
    // FNV-1a over the name, then the finaliser of splitmix64 so that near names lie far apart.
    let mut x = seed ^ 0xcbf2_9ce4_8422_2325;
    for byte in id.bytes() {
        x = (x ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^= x >> 31;
    (x >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_systematic_sample_is_spread_over_the_list() {
        assert_eq!(systematic(10, 4, 0.5), [1, 3, 6, 8]);
        assert_eq!(systematic(3, 3, 0.0), [0, 1, 2]);
        assert_eq!(systematic(3, 9, 0.99), [0, 1, 2]);
        assert_eq!(systematic(0, 2, 0.5), [] as [usize; 0]);
    }

    fn check(sizes: &[f64], n: usize, expected: &[(usize, f64)]) {
        let found: Vec<(usize, f64)> =
            proportional_to_size(sizes, n, 0.5).into_iter().map(|d| (d.unit, d.probability)).collect();
        assert_eq!(found, expected, "{sizes:?}");
    }

    #[test]
    fn large_units_are_certain_and_the_rest_is_drawn_by_size() {
        // 60 of 100 for n = 2 is certain; of the remaining 40 one is drawn, the mark at 20.
        check(&[10.0, 60.0, 15.0, 15.0], 2, &[(1, 1.0), (2, 0.375)]);
        check(&[5.0, 5.0], 2, &[(0, 1.0), (1, 1.0)]);
        check(&[5.0, 0.0], 2, &[(0, 1.0)]);
        check(&[], 2, &[]);
        check(&[5.0, 5.0], 0, &[]);
    }

    #[test]
    fn permanent_numbers_are_even_and_stay() {
        assert_eq!(permanent_number("3688689", 7), permanent_number("3688689", 7));
        assert_ne!(permanent_number("3688689", 7), permanent_number("3688689", 8));
        let n = 20_000;
        let mut bins = [0; 10];
        for id in 0..n {
            bins[(permanent_number(&id.to_string(), 1) * 10.0) as usize] += 1;
        }
        // Chi-square with 9 degrees: 27.9 is exceeded once in a thousand.
        let expected = f64::from(n) / 10.0;
        let chi: f64 = bins.iter().map(|b| (f64::from(*b) - expected).powi(2) / expected).sum();
        assert!(chi < 27.9, "{chi}");
    }
}
