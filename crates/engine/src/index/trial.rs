//! What other choices would have made of an index: many draws of weights, scales, means, gaps and errors, and how much of
//! the difference each choice is answerable for.
//!
//! Every draw comes from a stream of its own, so that results do not depend on the number of threads; equal seeds give
//! equal results.

use rand::{Rng, RngExt, SeedableRng, rngs::ChaCha8Rng};
use rand_distr::{Distribution, StandardNormal};
use rayon::prelude::*;
use stats::composite::{Mean, Scale, Sensitivity, percentile, ranks, sensitivity};

use super::{
    Refusal,
    definition::{Index, Leaf, ROOT},
    scores::{Scores, Units, level, on_scale},
};

/// Which weights are drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum WeightRule {
    /// The definition's.
    Fixed,
    /// Given ones for the index's own parts, one list a draw.
    Given(Vec<Vec<f64>>),
    /// Any: evenly over all that sum to one.
    Flat,
    /// The definition's, each evenly between (1 − spread) and (1 + spread) times itself.
    Around {
        /// How far.
        spread: f64,
    },
}

/// What may be chosen otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Trial {
    /// Number of draws.
    pub n_draws: usize,
    /// Where they begin.
    pub seed: u64,
    /// Weights.
    pub weights: WeightRule,
    /// Weights of all parts, not of the index alone.
    pub all_parts: bool,
    /// Means of the index itself; the first is used where one is asked for. Never empty.
    pub means: Vec<Mean>,
    /// Scales that all indicators may have in place of their own.
    pub scales: Vec<Scale>,
    /// One indicator may be left out.
    pub leave_one_out: bool,
    /// Values with a standard error vary by it.
    pub errors: bool,
}

/// A choice that varies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Factor {
    /// The scale of the indicators.
    Scale,
    /// The mean of the index.
    Mean,
    /// The indicator that is left out.
    LeftOut,
    /// The sampling error of the values.
    Error,
    /// The weight of a part's child: part, place among its children.
    Weight(usize, usize),
}

/// What the draws made of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitTrial {
    /// Mean score; not a number without any score, as all that follows.
    pub mean: f64,
    /// Standard deviation of the scores (divisor n − 1).
    pub sd: f64,
    /// Scores at 5, 50 and 95 percent.
    pub percentiles: [f64; 3],
    /// Mean rank.
    pub rank_mean: f64,
    /// Ranks at 5, 50 and 95 percent.
    pub rank_percentiles: [f64; 3],
    /// Share of the draws in each level.
    pub levels: Vec<f64>,
}

/// What the draws made of all units.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialResult {
    /// By unit.
    pub units: Vec<UnitTrial>,
    /// Mean over units of |rank − rank of the definition|, averaged over draws.
    pub mean_rank_shift: f64,
}

/// What each choice explains.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The choices that vary.
    pub factors: Vec<Factor>,
    /// For each unit their shares of its score's variance; `None` where nothing varies.
    pub units: Vec<Option<Sensitivity>>,
    /// Their shares of the variance of the mean shift of ranks.
    pub ranks: Option<Sensitivity>,
}

/// The index and all that its draws share.
struct Ground<'a> {
    index: &'a Index,
    units: &'a Units,
    trial: &'a Trial,
    /// The indicators on their own scales, then on each of the others.
    scaled: Vec<Vec<Vec<f64>>>,
    base: Vec<Vec<f64>>,
    factors: Vec<Factor>,
}

/// Scores and ranks of all units in one draw.
struct Draw {
    scores: Vec<f64>,
    ranks: Vec<u32>,
}

/// Memory that a thread uses again for each draw.
struct Workshop {
    scores: Scores,
    leaves: Vec<Vec<f64>>,
    weights: Vec<Vec<f64>>,
}

impl<'a> Ground<'a> {
    fn of(index: &'a Index, units: &'a Units, trial: &'a Trial) -> Result<Self, Refusal> {
        let mut scaled = vec![index.standardised(units)?];
        for scale in &trial.scales {
            let of = |(leaf, raw): (&Leaf, &Vec<f64>)| on_scale(&leaf.id, raw, *scale, leaf.direction);
            scaled.push(index.leaves.iter().zip(&units.raw).map(of).collect::<Result<_, Refusal>>()?);
        }
        let base: Vec<Vec<f64>> = (0..index.parts.len()).map(|part| index.weights(part)).collect();
        let mut factors = Vec::new();
        if !trial.scales.is_empty() {
            factors.push(Factor::Scale);
        }
        if trial.means.len() > 1 {
            factors.push(Factor::Mean);
        }
        if trial.leave_one_out {
            factors.push(Factor::LeftOut);
        }
        if trial.errors {
            factors.push(Factor::Error);
        }
        if matches!(trial.weights, WeightRule::Flat | WeightRule::Around { .. }) {
            let parts = if trial.all_parts { 0..index.parts.len() } else { ROOT..ROOT + 1 };
            for part in parts {
                factors.extend((0..base[part].len()).map(|child| Factor::Weight(part, child)));
            }
        }
        Ok(Ground { index, units, trial, scaled, base, factors })
    }

    fn workshop(&self) -> Workshop {
        let columns = |n: usize| vec![vec![f64::NAN; self.units.n_units]; n];
        Workshop {
            scores: Scores { parts: columns(self.index.parts.len()), coverage: columns(self.index.parts.len()) },
            leaves: self.scaled[0].clone(),
            weights: self.base.clone(),
        }
    }

    /// The scores of the index when each factor is as its number from 0 to below 1 says. `given` are weights of the index's
    /// parts from elsewhere.
    fn scores<'w>(&self, shop: &'w mut Workshop, at: &[f64], given: Option<&[f64]>) -> Result<&'w [f64], Refusal> {
        let mut scale = 0;
        let mut mean = self.trial.means[0];
        let (mut left_out, mut noise) = (None, None);
        for (weights, base) in shop.weights.iter_mut().zip(&self.base) {
            weights.clone_from(base);
        }
        let pick = |u: f64, n: usize| ((u * n as f64) as usize).min(n - 1);
        for (factor, u) in self.factors.iter().zip(at) {
            match *factor {
                Factor::Scale => scale = pick(*u, self.scaled.len()),
                Factor::Mean => mean = self.trial.means[pick(*u, self.trial.means.len())],
                // One chance among the indicators that none is left out.
                Factor::LeftOut => {
                    let n = self.index.leaves.len() + 1;
                    left_out = Some(pick(*u, n)).filter(|leaf| leaf + 1 < n);
                }
                Factor::Error => noise = Some(u.to_bits()),
                Factor::Weight(part, child) => {
                    let weight = &mut shop.weights[part][child];
                    *weight = match self.trial.weights {
                        // Unit exponentials, divided by their sum, are even on the simplex.
                        WeightRule::Flat if *weight > 0.0 => -(1.0 - u).ln(),
                        WeightRule::Around { spread } => *weight * (1.0 - spread + 2.0 * spread * u),
                        _ => *weight,
                    };
                }
            }
        }
        if let Some(given) = given {
            shop.weights[ROOT].copy_from_slice(given);
        }
        let needs_copy = noise.is_some() || left_out.is_some();
        if let Some(seed) = noise {
            self.noisy(seed, scale, &mut shop.leaves)?;
        } else if needs_copy {
            for (leaf, scaled) in shop.leaves.iter_mut().zip(&self.scaled[scale]) {
                leaf.copy_from_slice(scaled);
            }
        }
        if let Some(leaf) = left_out {
            shop.leaves[leaf].fill(f64::NAN);
        }
        let leaves = if needs_copy { &shop.leaves } else { &self.scaled[scale] };
        self.index.score_into(leaves, &shop.weights, mean, &mut shop.scores);
        Ok(&shop.scores.parts[ROOT])
    }

    /// The indicators on a scale, after each value moved by its error.
    fn noisy(&self, seed: u64, scale: usize, leaves: &mut [Vec<f64>]) -> Result<(), Refusal> {
        for (place, leaf) in leaves.iter_mut().enumerate() {
            let errors = &self.units.errors[place];
            if errors.iter().all(|e| *e <= 0.0) {
                leaf.copy_from_slice(&self.scaled[scale][place]);
                continue;
            }
            let mut stream = generator(self.trial.seed ^ seed, place as u64);
            let moved = self.units.raw[place].iter().zip(errors).map(|(raw, error)| {
                let by: f64 = StandardNormal.sample(&mut stream);
                if *error > 0.0 { raw + error * by } else { *raw }
            });
            let raw: Vec<f64> = moved.collect();
            let own = &self.index.leaves[place];
            let scale = scale.checked_sub(1).map_or(own.scale, |other| self.trial.scales[other]);
            *leaf = on_scale(&own.id, &raw, scale, own.direction)?;
        }
        Ok(())
    }
}

fn generator(seed: u64, stream: u64) -> ChaCha8Rng {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(stream);
    generator
}

fn uniforms(generator: &mut impl Rng, n: usize) -> Vec<f64> {
    (0..n).map(|_| generator.random::<f64>()).collect()
}

/// Draws an index many times.
///
/// Errors: a scale that its bounds do not allow, which the definition has not either.
pub fn try_choices(index: &Index, units: &Units, trial: &Trial) -> Result<TrialResult, Refusal> {
    let ground = Ground::of(index, units, trial)?;
    let n = units.n_units;
    let drawn: Result<Vec<Draw>, Refusal> = (0..trial.n_draws)
        .into_par_iter()
        .map_init(
            || ground.workshop(),
            |shop, draw| {
                let at = uniforms(&mut generator(trial.seed, draw as u64), ground.factors.len());
                let given = match &trial.weights {
                    WeightRule::Given(rows) => rows.get(draw).map(Vec::as_slice),
                    _ => None,
                };
                let scores = ground.scores(shop, &at, given)?.to_vec();
                let ranks = ranks(&scores);
                Ok(Draw { scores, ranks })
            },
        )
        .collect();
    let drawn = drawn?;
    let base = ranks(ground.scores(&mut ground.workshop(), &[], None)?);
    let mean_rank_shift = drawn.iter().map(|draw| rank_shift(&draw.ranks, &base)).sum::<f64>() / trial.n_draws as f64;
    let units = (0..n).into_par_iter().map(|unit| {
        let scores: Vec<f64> = drawn.iter().map(|draw| draw.scores[unit]).filter(|s| !s.is_nan()).collect();
        let ranks: Vec<f64> = drawn.iter().map(|draw| f64::from(draw.ranks[unit])).filter(|r| *r > 0.0).collect();
        summary(scores, ranks, &index.levels)
    });
    Ok(TrialResult { units: units.collect(), mean_rank_shift })
}

/// Mean of |rank − base| over the units that have both; 0 where none has.
fn rank_shift(ranks: &[u32], base: &[u32]) -> f64 {
    let both = ranks.iter().zip(base).filter(|(r, b)| **r > 0 && **b > 0);
    let (sum, n) = both.fold((0.0, 0usize), |(sum, n), (r, b)| (sum + f64::from(r.abs_diff(*b)), n + 1));
    if n == 0 { 0.0 } else { sum / n as f64 }
}

fn summary(mut scores: Vec<f64>, mut ranks: Vec<f64>, levels: &[(f64, String)]) -> UnitTrial {
    let n = scores.len() as f64;
    let mean = scores.iter().sum::<f64>() / n;
    let square = scores.iter().map(|s| (s - mean).powi(2)).sum::<f64>();
    let mut shares = vec![0.0; levels.len()];
    for score in &scores {
        if let Some(level) = level(levels, *score) {
            shares[level] += 1.0 / n;
        }
    }
    let rank_mean = ranks.iter().sum::<f64>() / ranks.len() as f64;
    scores.sort_unstable_by(f64::total_cmp);
    ranks.sort_unstable_by(f64::total_cmp);
    let at = |sorted: &[f64]| [0.05, 0.5, 0.95].map(|p| percentile(sorted, p).unwrap_or(f64::NAN));
    UnitTrial {
        mean,
        sd: (square / (n - 1.0)).sqrt(),
        percentiles: at(&scores),
        rank_mean,
        rank_percentiles: at(&ranks),
        levels: shares,
    }
}

/// How much of the variance of each unit's score, and of the mean shift of ranks, each factor explains.
///
/// Uses `n_rows` × (factors + 2) scores of all units.
pub fn sobol(index: &Index, units: &Units, trial: &Trial, n_rows: usize) -> Result<Explained, Refusal> {
    let ground = Ground::of(index, units, trial)?;
    let n_factors = ground.factors.len();
    let base = ranks(ground.scores(&mut ground.workshop(), &[], None)?);
    // Of each row: A, B, and A with one number of B, for every factor.
    let rows: Result<Vec<Vec<Vec<f64>>>, Refusal> = (0..n_rows)
        .into_par_iter()
        .map_init(
            || ground.workshop(),
            |shop, row| {
                let mut stream = generator(trial.seed, row as u64);
                let (a, b) = (uniforms(&mut stream, n_factors), uniforms(&mut stream, n_factors));
                let mixed = (0..n_factors).map(|factor| {
                    let mut mixed = a.clone();
                    mixed[factor] = b[factor];
                    mixed
                });
                let points: Vec<Vec<f64>> = [a.clone(), b.clone()].into_iter().chain(mixed).collect();
                let scored = points.iter().map(|at| ground.scores(shop, at, None).map(<[f64]>::to_vec));
                scored.collect()
            },
        )
        .collect();
    let rows = rows?;
    let explained = |of: &(dyn Fn(&[f64]) -> f64 + Sync)| {
        let column = |point: usize| rows.iter().map(|row| of(&row[point])).collect::<Vec<f64>>();
        let mixed: Vec<Vec<f64>> = (0..n_factors).map(|factor| column(factor + 2)).collect();
        sensitivity(&column(0), &column(1), &mixed)
    };
    let by_unit = (0..units.n_units).into_par_iter().map(|unit| explained(&|scores: &[f64]| scores[unit])).collect();
    let of_ranks = explained(&|scores: &[f64]| rank_shift(&ranks(scores), &base));
    Ok(Explained { factors: ground.factors, units: by_unit, ranks: of_ranks })
}
