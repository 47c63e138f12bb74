//! Replicate weights made from a design: which sampled units each replicate leaves out, doubles or draws again.

use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

use super::{
    design::{Design, Lonely},
    hadamard,
    replicate::{Replicates, ReplicatesError},
};

/// Numbers that are held at most: rows times replicates.
const MOST_NUMBERS: usize = 1 << 27;

/// How replicate weights are made. n units were sampled of N in a stratum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Making {
    /// One stratum. Each replicate leaves a unit out; the others count n/(n − 1). Variance: (1 − n/N) (n − 1)/n Σ.
    JackknifeOne,
    /// Each replicate leaves out one unit of one stratum, whose others count n/(n − 1), with the factor
    /// (1 − n/N) (n − 1)/n for each.
    Jackknife,
    /// Two units a stratum. Each replicate counts one of them twice and the other not at all, balanced by a Hadamard matrix
    /// (McCarthy 1969). Variance: 1/R Σ.
    HalfSamples,
    /// The same with 2 − ρ and ρ for 2 and 0 (Judkins 1990). Variance: 1/(R (1 − ρ)²) Σ.
    Fay {
        /// ρ, from 0 to below 1.
        rho: f64,
    },
    /// Each replicate draws n − 1 units of each stratum again, with replacement; one that was drawn k times counts
    /// k n/(n − 1) (Rao and Wu 1988). Variance: 1/R Σ around the full sample's estimate, 1/(R − 1) Σ around the mean.
    Bootstrap {
        /// Replicates, at least 2.
        n: usize,
        /// Where the draws begin; equal seeds give equal weights.
        seed: u64,
    },
}

/// Why a design has no such replicate weights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MakingError {
    /// There are strata, and the way knows none.
    Strata {
        /// How many.
        n: usize,
    },
    /// A stratum has not two units.
    NotTwo {
        /// Its code.
        stratum: u32,
        /// Its units.
        n: u32,
    },
    /// No stratum has two units.
    Units,
    /// A later stage adds to the error: its units were drawn from a part of the population that is known.
    Stages,
    /// The rule for strata with one unit has no counterpart: it is neither to refuse nor to leave them out.
    Lonely,
    /// ρ is not from 0 to below 1.
    Rho,
    /// Fewer than two replicates.
    Number,
    /// Rows times replicates are more numbers than are held.
    Size {
        /// The replicates.
        n: usize,
        /// Replicates that would be possible with so many rows.
        most: usize,
    },
    /// What was made is refused.
    Wrong(ReplicatesError),
}

/// Makes replicate weights.
///
/// Where a population is known, half samples and bootstrap shrink every factor towards 1 by √(1 − n/N), which shrinks the
/// variance of a total by 1 − n/N (Rao and Wu 1988). A stratum with one unit that is left out of the error (a design that
/// refuses these has none) is the same in all replicates.
pub fn replicates(design: &Design, making: Making, mse: bool) -> Result<Replicates, MakingError> {
    if design.stages.len() > 1 {
        return Err(MakingError::Stages);
    }
    let first = &design.stages[0];
    let is_lonely = |h: usize| first.n_sampled[h] == 1;
    let n_strata = first.n_sampled.len();
    if matches!(design.lonely, Lonely::Adjust | Lonely::Average) && (0..n_strata).any(is_lonely) {
        return Err(MakingError::Lonely);
    }
    if (0..n_strata).all(is_lonely) {
        return Err(MakingError::Units);
    }
    // The share of each stratum's population that was not sampled.
    let unsampled = |h: usize| {
        let (n, population) = (f64::from(first.n_sampled[h]), first.population[h]);
        if population.is_infinite() { 1.0 } else { ((population - n) / population).max(0.0) }
    };
    let n_units = first.stratum_of.len();
    let fits = |n: usize| match design.weights.len().checked_mul(n) {
        Some(numbers) if numbers <= MOST_NUMBERS => Ok(()),
        _ => Err(MakingError::Size { n, most: MOST_NUMBERS / design.weights.len().max(1) }),
    };
    // Factors by replicate and unit, the variance's factor, and those of the replicates.
    let (factors, scale, rscales): (Vec<Vec<f64>>, f64, Vec<f64>) = match making {
        Making::JackknifeOne | Making::Jackknife => {
            if making == Making::JackknifeOne && n_strata > 1 {
                return Err(MakingError::Strata { n: n_strata });
            }
            // Stratum by stratum.
            let units = members(&first.stratum_of, n_strata);
            let left_out: Vec<usize> = units.into_iter().filter(|units| units.len() > 1).flatten().collect();
            fits(left_out.len())?;
            let factors = left_out.iter().map(|out| without(&first.stratum_of, &first.n_sampled, *out));
            let rscale = |unit: &usize| {
                let h = first.stratum_of[*unit] as usize;
                let n = f64::from(first.n_sampled[h]);
                unsampled(h) * (n - 1.0) / n
            };
            let rscales: Vec<f64> = left_out.iter().map(rscale).collect();
            match making {
                Making::JackknifeOne => (factors.collect(), rscales[0], vec![1.0; rscales.len()]),
                _ => (factors.collect(), 1.0, rscales),
            }
        }
        Making::HalfSamples | Making::Fay { .. } => {
            let rho = if let Making::Fay { rho } = making { rho } else { 0.0 };
            if !(0.0..1.0).contains(&rho) {
                return Err(MakingError::Rho);
            }
            let halved: Vec<usize> = (0..n_strata).filter(|h| !is_lonely(*h)).collect();
            if let Some(h) = halved.iter().find(|h| first.n_sampled[**h] != 2) {
                return Err(MakingError::NotTwo { stratum: *h as u32, n: first.n_sampled[*h] });
            }
            fits(halved.len() + 1)?;
            let signs = hadamard::signs(halved.len());
            fits(signs.len())?;
            let sides = sides(&first.stratum_of, &halved, n_strata);
            let of = |signs: &Vec<f64>| {
                let factor = |side: &Option<(usize, f64)>| match side {
                    None => 1.0,
                    Some((place, side)) => 1.0 + side * signs[*place] * (1.0 - rho) * unsampled(halved[*place]).sqrt(),
                };
                sides.iter().map(factor).collect()
            };
            let n = signs.len();
            (signs.iter().map(of).collect(), 1.0 / (n as f64 * (1.0 - rho).powi(2)), vec![1.0; n])
        }
        Making::Bootstrap { n, seed } => {
            if n < 2 {
                return Err(MakingError::Number);
            }
            fits(n)?;
            let units = members(&first.stratum_of, n_strata);
            let shrink: Vec<f64> = (0..n_strata).map(|h| unsampled(h).sqrt()).collect();
            let scale = if mse { 1.0 / n as f64 } else { 1.0 / (n as f64 - 1.0) };
            ((0..n).map(|r| drawn(&units, &shrink, n_units, seed, r as u64)).collect(), scale, vec![1.0; n])
        }
    };
    let by_row = |factors: Vec<f64>| first.units.iter().map(|unit| factors[*unit as usize]).collect();
    let columns = factors.into_iter().map(by_row).collect();
    Replicates::new(design.weights.clone(), columns, false, scale, rscales, mse).map_err(MakingError::Wrong)
}

/// Factors of the units when one is left out.
fn without(stratum_of: &[u32], n_sampled: &[u32], out: usize) -> Vec<f64> {
    let of = stratum_of[out];
    let n = f64::from(n_sampled[of as usize]);
    let factor = |(unit, h): (usize, &u32)| match unit == out {
        true => 0.0,
        false if *h == of => n / (n - 1.0),
        false => 1.0,
    };
    stratum_of.iter().enumerate().map(factor).collect()
}

/// Place of each unit's stratum among those that are halved, and the unit's side: 1 for the first of its stratum, −1 for the
/// second.
fn sides(stratum_of: &[u32], halved: &[usize], n_strata: usize) -> Vec<Option<(usize, f64)>> {
    let mut next: Vec<Option<(usize, f64)>> = vec![None; n_strata];
    halved.iter().enumerate().for_each(|(place, h)| next[*h] = Some((place, 1.0)));
    let side = |h: &u32| {
        let now = next[*h as usize];
        if let Some((_, side)) = &mut next[*h as usize] {
            *side = -*side;
        }
        now
    };
    stratum_of.iter().map(side).collect()
}

/// Units of each stratum.
fn members(stratum_of: &[u32], n_strata: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); n_strata];
    stratum_of.iter().enumerate().for_each(|(unit, h)| members[*h as usize].push(unit));
    members
}

/// Factors of one replicate of the bootstrap. Its numbers come from a stream of its own, so that they are the same whatever
/// was drawn before.
fn drawn(members: &[Vec<usize>], shrink: &[f64], n_units: usize, seed: u64, replicate: u64) -> Vec<f64> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(replicate);
    let mut factors = vec![1.0; n_units];
    let mut times = vec![0_u32; n_units];
    for (units, shrink) in members.iter().zip(shrink).filter(|(units, _)| units.len() > 1) {
        let n = units.len();
        for _ in 1..n {
            // The upper part of a product: evenly from 0 to below n, but for 2⁻⁶⁴ n.
            let at = (u128::from(generator.next_u64()) * n as u128) >> 64;
            times[units[at as usize]] += 1;
        }
        for unit in units {
            let factor = f64::from(times[*unit]) * n as f64 / (n as f64 - 1.0);
            factors[*unit] = 1.0 + shrink * (factor - 1.0);
        }
    }
    factors
}
