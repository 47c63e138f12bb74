//! How many units each stratum gives to a sample.

/// A stratum to draw from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stratum {
    /// Units in it.
    pub n_units: u32,
    /// What its part of the sample is proportional to: units, population, √population, units × standard deviation.
    pub measure: f64,
}

/// Why a sample cannot be divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllocationError {
    /// More is asked than there is.
    AboveAll {
        /// Units in all strata.
        all: u32,
    },
    /// Less is asked than every stratum's least part.
    BelowLeast {
        /// The sum of the least parts.
        least: u32,
    },
    /// A measure is below zero or no number, or all of them are zero.
    Measure {
        /// Which stratum.
        stratum: usize,
    },
}

/// Divides `n` over strata, in proportion to their measures.
///
/// Strata with at most `least` units are taken whole; so are those whose part reaches their units; those below `least`
/// get `least`; what remains goes by largest remainders, the earlier stratum first among equals. The parts sum to `n`.
pub fn allocate(strata: &[Stratum], n: u32, least: u32) -> Result<Vec<u32>, AllocationError> {
    let wrong = |s: &Stratum| !(s.measure.is_finite() && s.measure >= 0.0);
    if let Some(stratum) = strata.iter().position(wrong) {
        return Err(AllocationError::Measure { stratum });
    }
    let all = strata.iter().map(|s| s.n_units).sum();
    if n > all {
        return Err(AllocationError::AboveAll { all });
    }
    let sum_least = strata.iter().map(|s| s.n_units.min(least)).sum();
    if n < sum_least {
        return Err(AllocationError::BelowLeast { least: sum_least });
    }
    let mut parts: Vec<Option<u32>> = strata.iter().map(|s| (s.n_units <= least).then_some(s.n_units)).collect();
    loop {
        let open: Vec<usize> = (0..strata.len()).filter(|h| parts[*h].is_none()).collect();
        let rest = n - parts.iter().flatten().sum::<u32>().min(n);
        let measure: f64 = open.iter().map(|h| strata[*h].measure).sum();
        // Without any measure, what remains is divided evenly.
        let share = |h: usize| match measure {
            0.0 => f64::from(rest) / open.len() as f64,
            all => f64::from(rest) * strata[h].measure / all,
        };
        let whole: Vec<usize> = open.iter().copied().filter(|h| share(*h) >= f64::from(strata[*h].n_units)).collect();
        let few: Vec<usize> = open.iter().copied().filter(|h| share(*h) < f64::from(least)).collect();
        if !whole.is_empty() {
            whole.iter().for_each(|h| parts[*h] = Some(strata[*h].n_units));
        } else if !few.is_empty() {
            few.iter().for_each(|h| parts[*h] = Some(least));
        } else {
            let mut by_remainder: Vec<(usize, f64)> = open.iter().map(|h| (*h, share(*h).fract())).collect();
            by_remainder.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            open.iter().for_each(|h| parts[*h] = Some(share(*h).floor() as u32));
            let short = n.saturating_sub(parts.iter().flatten().sum::<u32>()) as usize;
            for (h, _) in by_remainder.iter().take(short) {
                parts[*h] = parts[*h].map(|part| part + 1);
            }
            break;
        }
    }
    let mut parts: Vec<u32> = parts.into_iter().map(Option::unwrap_or_default).collect();
    settle(&mut parts, strata, n, least);
    Ok(parts)
}

/// Least parts given after large ones were fixed can add up to more than there is, whole strata to less: the largest gives,
/// and the one with the most left takes.
fn settle(parts: &mut [u32], strata: &[Stratum], n: u32, least: u32) {
    loop {
        let sum: u32 = parts.iter().sum();
        let room = |h: &usize| strata[*h].n_units - parts[*h];
        let change = match sum.cmp(&n) {
            std::cmp::Ordering::Equal => return,
            std::cmp::Ordering::Greater => (0..parts.len()).filter(|h| parts[*h] > least).max_by_key(|h| parts[*h]),
            std::cmp::Ordering::Less => (0..parts.len()).filter(|h| room(h) > 0).max_by_key(room),
        };
        let Some(h) = change else { return };
        if sum > n { parts[h] -= 1 } else { parts[h] += 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(of: &[(u32, f64)], n: u32, expected: Result<&[u32], AllocationError>) {
        let strata: Vec<Stratum> =
            of.iter().map(|(n_units, measure)| Stratum { n_units: *n_units, measure: *measure }).collect();
        assert_eq!(allocate(&strata, n, 2), expected.map(<[u32]>::to_vec), "{of:?}, {n}");
    }

    #[test]
    fn cities_of_colombia_by_number() {
        // 20 of 83: one taken whole, two get the least, 15 over 43 and 33: 8.49 and 6.51.
        let of = [(43, 43.0), (33, 33.0), (3, 3.0), (3, 3.0), (1, 1.0)];
        check(&of, 20, Ok(&[8, 7, 2, 2, 1]));
        check(&of, 83, Ok(&[43, 33, 3, 3, 1]));
        check(&of, 84, Err(AllocationError::AboveAll { all: 83 }));
        check(&of, 8, Err(AllocationError::BelowLeast { least: 9 }));
        check(&of, 9, Ok(&[2, 2, 2, 2, 1]));
    }

    #[test]
    fn a_large_measure_takes_a_stratum_whole() {
        check(&[(5, 1000.0), (50, 10.0), (50, 10.0)], 15, Ok(&[5, 5, 5]));
        check(&[(5, 1.0), (5, 1.0)], 5, Ok(&[3, 2]));
        check(&[(5, 0.0), (5, 0.0)], 6, Ok(&[3, 3]));
        check(&[(5, 0.0), (5, 1.0)], 7, Ok(&[2, 5]));
        check(&[(5, 0.0), (5, 1.0)], 9, Ok(&[4, 5]));
        check(&[(5, 1.0), (5, f64::NAN)], 5, Err(AllocationError::Measure { stratum: 1 }));
        check(&[], 0, Ok(&[]));
    }

    #[test]
    fn parts_always_add_up() {
        for seed in 0..2_000u32 {
            let of = |h: u32| seed.wrapping_mul(2_654_435_761).rotate_left(h * 7) % 97;
            let strata: Vec<Stratum> =
                (0..5).map(|h| Stratum { n_units: of(h) % 23, measure: f64::from(of(h + 5)).powi(2) }).collect();
            let (all, least) =
                strata.iter().fold((0, 0), |(all, least), s| (all + s.n_units, least + s.n_units.min(2)));
            for n in [least, (least + all) / 2, all] {
                let parts = allocate(&strata, n, 2).expect("fits");
                assert_eq!(parts.iter().sum::<u32>(), n, "{strata:?}");
                assert!(
                    parts.iter().zip(&strata).all(|(p, s)| *p <= s.n_units && *p >= s.n_units.min(2)),
                    "{strata:?}"
                );
            }
        }
    }
}
