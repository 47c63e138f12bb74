//! What totals, means and ratios need of rows: either each row as it is, or rows that the design and the question cannot
//! tell apart, added up.

use model::microdata::{MISSING, Table, Values};

use super::{Refusal, expression::unknown};

/// What a variable contributes: its name, and a column over all rows.
pub(super) struct Measured {
    pub name: String,
    pub numerator: Vec<f64>,
    pub denominator: Option<Vec<f64>>,
}

/// What is known of a variable's values, from the rows of the domain that have weight and all values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Range {
    /// The least value, of a ratio the least of either variable; infinite without rows.
    pub least: f64,
    /// Whether every value is 0 or 1.
    pub is_binary: bool,
}

impl Range {
    /// Of no rows.
    pub const NONE: Range = Range { least: f64::INFINITY, is_binary: true };

    /// Takes a value in, and the denominator of a ratio.
    pub fn add(&mut self, y: f64, x: Option<f64>) {
        self.least = self.least.min(y).min(x.unwrap_or(f64::INFINITY));
        self.is_binary &= x.is_none() && (y == 0.0 || y == 1.0);
    }

    /// Takes other rows in.
    pub fn join(&mut self, other: Range) {
        self.least = self.least.min(other.least);
        self.is_binary &= other.is_binary;
    }
}

/// Rows with their counts and sums. With `weight` the weight that the sample gives a row, `weight × y` is Σ w y of what the
/// row stands for.
pub(super) struct Sums {
    /// Rows of the file with all values.
    pub n_whole: Vec<u32>,
    /// Rows of the file that lack one.
    pub n_missing: Vec<u32>,
    /// Rows of the file with all values and a weight above zero.
    pub n_weighted: Vec<u32>,
    /// 1 by weight: the denominator of means.
    pub ones: Vec<f64>,
    /// Σ w of rows with all values.
    pub weight: Vec<f64>,
    /// By variable.
    pub of: Vec<Sum>,
}

/// The sums of one variable.
pub(super) struct Sum {
    pub name: String,
    pub y: Vec<f64>,
    /// The denominator of a ratio.
    pub x: Option<Vec<f64>>,
    /// Mean of y, by weight, of what a row stands for.
    pub mean: Vec<f64>,
    /// Σ w (y − mean)² of what a row stands for.
    pub spread: Vec<f64>,
    /// What values it has.
    pub range: Range,
}

impl Sums {
    /// Each row as it is. Ranges are those of the domain.
    pub fn by_row(weights: &[f64], domain: &[u32], measured: Vec<Measured>) -> Sums {
        let n = weights.len();
        let is_whole = |row: usize| {
            measured
                .iter()
                .all(|m| !m.numerator[row].is_nan() && m.denominator.as_ref().is_none_or(|x| !x[row].is_nan()))
        };
        let whole: Vec<bool> = (0..n).map(is_whole).collect();
        let counted = |of: &dyn Fn(usize) -> bool| (0..n).map(|row| u32::from(of(row))).collect::<Vec<u32>>();
        let (n_whole, n_missing) = (counted(&|row| whole[row]), counted(&|row| !whole[row]));
        let n_weighted = counted(&|row| whole[row] && weights[row] > 0.0);
        let range = |m: &Measured| {
            let mut range = Range::NONE;
            let used = domain.iter().map(|row| *row as usize).filter(|row| whole[*row] && weights[*row] > 0.0);
            used.for_each(|row| range.add(m.numerator[row], m.denominator.as_ref().map(|x| x[row])));
            range
        };
        let of = measured
            .into_iter()
            .map(|m| Sum {
                range: range(&m),
                name: m.name,
                mean: m.numerator.clone(),
                y: m.numerator,
                x: m.denominator,
                spread: vec![0.0; n],
            })
            .collect();
        Sums { n_whole, n_missing, n_weighted, ones: vec![1.0; n], weight: weights.to_vec(), of }
    }

    /// Whether each row is in a category, for each category of the variables that occurs in the domain. `self` holds counts
    /// and weights, and no variable yet.
    pub fn by_category(mut self, table: &Table, domain: &[u32], names: &[String]) -> Result<Sums, Refusal> {
        for name in names {
            let values = table.variable(name).ok_or_else(|| unknown(name, table))?;
            for row in 0..table.n_rows {
                if values.is_missing(row) {
                    self.n_missing[row] += std::mem::take(&mut self.n_whole[row]);
                    self.n_weighted[row] = 0;
                    self.weight[row] = 0.0;
                }
            }
            let of = |name: String, holds: &dyn Fn(usize) -> bool| {
                let is_in = |row: usize| f64::from(u8::from(holds(row)));
                let mean: Vec<f64> = (0..table.n_rows).map(is_in).collect();
                let y = mean.iter().zip(&self.ones).map(|(is_in, ones)| is_in * ones).collect();
                let range = Range { least: 0.0, is_binary: true };
                Sum { name, y, x: None, mean, spread: vec![0.0; table.n_rows], range }
            };
            match values {
                Values::Numbers(numbers) => {
                    let mut levels: Vec<f64> =
                        domain.iter().map(|r| numbers[*r as usize]).filter(|n| !n.is_nan()).collect();
                    levels.sort_by(f64::total_cmp);
                    levels.dedup();
                    for level in levels {
                        self.of.push(of(format!("factor({name}){level}"), &|row| numbers[row] == level));
                    }
                }
                Values::Texts { levels, codes } => {
                    let mut used: Vec<u32> =
                        domain.iter().map(|r| codes[*r as usize]).filter(|c| *c != MISSING).collect();
                    used.sort_unstable();
                    used.dedup();
                    used.sort_by(|a, b| levels[*a as usize].cmp(&levels[*b as usize]));
                    for code in used {
                        let name = format!("{name}{}", levels[code as usize]);
                        self.of.push(of(name, &|row| codes[row] == code));
                    }
                }
            }
        }
        Ok(self)
    }

    /// Those of some rows that have all values, and how many rows of the file have them and lack one.
    pub fn whole(&self, rows: &[u32]) -> (Vec<u32>, usize, usize) {
        let kept: Vec<u32> = rows.iter().filter(|row| self.n_whole[**row as usize] > 0).copied().collect();
        let count = |of: &[u32]| rows.iter().map(|row| of[*row as usize] as usize).sum::<usize>();
        (kept, count(&self.n_whole), count(&self.n_missing))
    }

    /// The variance that a simple random sample of as many rows would give a variable's mean, or its total.
    pub fn simple_variance(&self, variable: usize, rows: &[u32], without_replacement: bool, is_total: bool) -> f64 {
        let sum = &self.of[variable];
        let parts = rows.iter().map(|row| {
            let row = *row as usize;
            let weight = self.weight[row];
            // What weighs nothing counts for nothing, also where it has no mean.
            stats::survey::Part {
                n: self.n_weighted[row],
                weight,
                mean: if weight > 0.0 { sum.mean[row] } else { 0.0 },
                spread: sum.spread[row],
            }
        });
        stats::survey::srs_variance(parts, without_replacement, is_total)
    }
}
