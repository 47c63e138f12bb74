//! How a sample was drawn.

use super::calibrate::Calibration;

/// What a stratum with a single sampled unit contributes to a variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lonely {
    /// It is refused, by its number.
    #[default]
    Fail,
    /// Nothing.
    Remove,
    /// The square of its distance from the mean of all units of its stage.
    Adjust,
    /// The mean of what the other strata contribute.
    Average,
}

/// One stage of sampling, as codes a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// Stratum of each row, 0 ≤ code < number of strata. Of later stages: strata within the unit of the stage before.
    pub strata: Vec<u32>,
    /// Sampled unit of each row, 0 ≤ code < number of units; a unit lies in one stratum.
    pub units: Vec<u32>,
    /// Units of the population in the stratum of each row; infinite when drawn with replacement.
    pub population: Option<Vec<f64>>,
}

/// Why codes are no design. Numbers are those of rows, from 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DesignError {
    /// Columns have different lengths.
    Lengths,
    /// A weight is missing, infinite or below zero.
    Weight {
        /// The row.
        row: usize,
    },
    /// A unit lies in two strata; labels that restart in each stratum need `nest`.
    Crossing {
        /// The stage, from 0.
        stage: usize,
        /// The row with the second stratum.
        row: usize,
    },
    /// The population of a stratum is given with two values.
    Population {
        /// The stage, from 0.
        stage: usize,
        /// The row with the second value, or with one that is missing or not above zero.
        row: usize,
    },
    /// More units were sampled than the population has.
    Oversampled {
        /// The stage, from 0.
        stage: usize,
        /// A row of the stratum.
        row: usize,
        /// Units in the sample.
        n: u32,
    },
    /// A stratum has one unit, and the rule is [`Lonely::Fail`].
    Lonely {
        /// The stage, from 0.
        stage: usize,
        /// The stratum's code.
        stratum: u32,
    },
}

/// A stage with what its units and strata are.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    /// Unit of each row.
    pub units: Vec<u32>,
    /// Stratum of each unit.
    pub stratum_of: Vec<u32>,
    /// Sampled units of each stratum.
    pub n_sampled: Vec<u32>,
    /// Units of the population of each stratum; infinite when unknown.
    pub population: Vec<f64>,
    /// Product of the sampling fractions of the stages before, by stratum.
    pub fraction: Vec<f64>,
    /// Whether the stage after this one adds to the variance.
    pub goes_on: bool,
}

/// How a sample was drawn, and what each row stands for.
#[derive(Clone, Debug)]
pub struct Design {
    pub(super) weights: Vec<f64>,
    pub(super) stages: Vec<Drawn>,
    pub(super) lonely: Lonely,
    pub(super) adjust_domain: bool,
    /// What the weights were brought to.
    pub(super) calibration: Option<Calibration>,
}

impl Design {
    /// A design of `weights.len()` rows. Without a stage each row is a unit of its own, in one stratum.
    ///
    /// `adjust_domain` applies [`Lonely::Adjust`] and [`Lonely::Average`] also where a stratum has several units of which
    /// one has rows of the domain.
    pub fn new(
        weights: Vec<f64>,
        stages: Vec<Stage>,
        lonely: Lonely,
        adjust_domain: bool,
    ) -> Result<Design, DesignError> {
        let n = weights.len();
        if let Some(row) = weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
            return Err(DesignError::Weight { row });
        }
        let mut drawn: Vec<Drawn> = Vec::with_capacity(stages.len().max(1));
        for (stage, of) in stages.into_iter().enumerate() {
            if of.strata.len() != n || of.units.len() != n || of.population.as_ref().is_some_and(|p| p.len() != n) {
                return Err(DesignError::Lengths);
            }
            let next = draw(stage, of, drawn.last())?;
            if lonely == Lonely::Fail && drawn.last().is_none_or(|d| d.goes_on) {
                let is_lonely = |h: &usize| next.n_sampled[*h] == 1 && next.population[*h] > 1.0;
                if let Some(stratum) = (0..next.n_sampled.len()).find(is_lonely) {
                    return Err(DesignError::Lonely { stage, stratum: stratum as u32 });
                }
            }
            let ends = !next.goes_on;
            drawn.push(next);
            if ends {
                break;
            }
        }
        if drawn.is_empty() {
            let all = Stage { strata: vec![0; n], units: (0..n as u32).collect(), population: None };
            drawn.push(draw(0, all, None)?);
        }
        Ok(Design { weights, stages: drawn, lonely, adjust_domain, calibration: None })
    }

    /// Weights of the rows.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    /// Sampled units of the first stage.
    pub fn n_units(&self) -> usize {
        self.stages[0].stratum_of.len()
    }

    /// Strata of the first stage.
    pub fn n_strata(&self) -> usize {
        self.stages[0].n_sampled.len()
    }

    /// Strata of any stage that have one sampled unit of several, of those that some rows lie in. What their units differ by is
    /// not known from the sample.
    pub fn n_lonely(&self, rows: &[u32]) -> usize {
        let of = |stage: &Drawn| {
            let is_lonely = |h: usize| stage.n_sampled[h] == 1 && stage.population[h] > 1.0;
            let mut lonely: Vec<bool> = (0..stage.n_sampled.len()).map(is_lonely).collect();
            // Most designs have none, and then no row is looked at.
            if !lonely.contains(&true) {
                return 0;
            }
            let stratum = |row: &u32| stage.stratum_of[stage.units[*row as usize] as usize] as usize;
            rows.iter().filter(|row| std::mem::replace(&mut lonely[stratum(row)], false)).count()
        };
        self.stages.iter().map(of).sum()
    }

    /// Degrees of freedom: units less strata of the first stage, of those with a row of weight other than zero among `rows`.
    pub fn degrees(&self, rows: &[u32]) -> f64 {
        let first = &self.stages[0];
        let mut seen = vec![false; first.stratum_of.len()];
        for row in rows.iter().filter(|row| self.weights[**row as usize] != 0.0) {
            seen[first.units[*row as usize] as usize] = true;
        }
        let mut strata = vec![false; first.n_sampled.len()];
        let mut n = 0_usize;
        for (unit, _) in seen.iter().enumerate().filter(|(_, seen)| **seen) {
            n += 1;
            strata[first.stratum_of[unit] as usize] = true;
        }
        n as f64 - strata.iter().filter(|s| **s).count() as f64
    }
}

/// Learns what the strata and units of a stage are.
fn draw(stage: usize, of: Stage, before: Option<&Drawn>) -> Result<Drawn, DesignError> {
    let n_units = of.units.iter().max().map_or(0, |u| *u as usize + 1);
    let n_strata = of.strata.iter().max().map_or(0, |h| *h as usize + 1);
    let mut stratum_of = vec![u32::MAX; n_units];
    let mut population = vec![f64::NAN; n_strata];
    let mut fraction = vec![f64::NAN; n_strata];
    let mut n_sampled = vec![0_u32; n_strata];
    for row in 0..of.units.len() {
        let (unit, stratum) = (of.units[row] as usize, of.strata[row]);
        if stratum_of[unit] == u32::MAX {
            stratum_of[unit] = stratum;
            n_sampled[stratum as usize] += 1;
        } else if stratum_of[unit] != stratum {
            return Err(DesignError::Crossing { stage, row });
        }
        let h = stratum as usize;
        let size = of.population.as_ref().map_or(f64::INFINITY, |p| p[row]);
        if population[h].is_nan() {
            if size.is_nan() || size <= 0.0 {
                return Err(DesignError::Population { stage, row });
            }
            population[h] = size;
            fraction[h] = before.map_or(1.0, |d| {
                let parent = d.stratum_of[d.units[row] as usize] as usize;
                d.fraction[parent] * f64::from(d.n_sampled[parent]) / d.population[parent]
            });
        } else if population[h] != size {
            return Err(DesignError::Population { stage, row });
        }
    }
    let goes_on = of.population.is_some();
    for (row, stratum) in of.strata.iter().enumerate() {
        let h = *stratum as usize;
        // A sampling fraction near one may round to a population a little below the sample.
        if f64::from(n_sampled[h]) > population[h] * (1.0 + 1e-9) {
            return Err(DesignError::Oversampled { stage, row, n: n_sampled[h] });
        }
    }
    Ok(Drawn { units: of.units, stratum_of, n_sampled, population, fraction, goes_on })
}
