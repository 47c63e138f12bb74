//! Replicate weights as they are gathered: rows of one sampled unit have the same factors in all replicates, so that a number for
//! each different row of factors says all that a replicate needs to know of a row.

use model::microdata::Table;
use rustc_hash::FxHashMap;

use super::{Refusal, sample::numbers};

/// Different rows of factors at most, and numbers in them. Calibrated replicates have as many as there are rows: these are read
/// whole.
const MOST_PATTERNS: usize = 1 << 16;
const MOST_FACTORS: usize = 1 << 24;
/// Factors that differ by less are one: quotients of the same numbers differ by rounding.
const FINENESS: f64 = 1e12;

/// The different rows of factors, in the order of appearance.
#[derive(Default)]
pub(super) struct Factors {
    n: usize,
    known: FxHashMap<Box<[i64]>, u32>,
    /// `n` factors for each.
    of: Vec<f64>,
    /// There are too many, or weights that no factor leads to: whoever gathers must read the rows instead.
    pub is_too_varied: bool,
}

impl Factors {
    pub fn new(n: usize) -> Factors {
        Factors { n, ..Factors::default() }
    }

    /// The number of each row's factors. `combined` weights are divided by the full sample's first.
    pub fn codes(&mut self, part: &Table, names: &[String], base: &[f64], combined: bool) -> Result<Vec<u32>, Refusal> {
        let columns: Vec<&[f64]> = names.iter().map(|name| numbers(part, name)).collect::<Result<_, Refusal>>()?;
        let mut codes = Vec::with_capacity(part.n_rows);
        let mut factors = vec![0.0; self.n];
        let mut key = vec![0i64; self.n];
        // Neighbours are often of one unit.
        let mut last: Option<u32> = None;
        for (row, base) in base.iter().enumerate() {
            for (factor, column) in factors.iter_mut().zip(&columns) {
                *factor = match (combined, *base == 0.0) {
                    (false, _) => column[row],
                    (true, false) => column[row] / base,
                    // Nothing comes of nothing; a replicate that gives it a weight has no factor.
                    (true, true) if column[row] == 0.0 => 0.0,
                    (true, true) => f64::NAN,
                };
            }
            if factors.iter().any(|f| !f.is_finite() || f.abs() > 1e6) {
                self.is_too_varied = true;
            }
            if self.is_too_varied {
                return Ok(vec![0; part.n_rows]);
            }
            let code = match last.filter(|code| self.is_same(*code, &factors)) {
                Some(code) => code,
                None => {
                    key.iter_mut().zip(&factors).for_each(|(k, f)| *k = (f * FINENESS).round() as i64);
                    self.code(&key, &factors)
                }
            };
            last = Some(code);
            codes.push(code);
        }
        Ok(codes)
    }

    fn is_same(&self, code: u32, factors: &[f64]) -> bool {
        self.row(code).iter().zip(factors).all(|(a, b)| (a - b).abs() * FINENESS < 0.5)
    }

    fn code(&mut self, key: &[i64], factors: &[f64]) -> u32 {
        if let Some(code) = self.known.get(key) {
            return *code;
        }
        let code = self.known.len() as u32;
        if self.known.len() == MOST_PATTERNS || self.of.len() + self.n > MOST_FACTORS {
            self.is_too_varied = true;
            return 0;
        }
        self.known.insert(key.into(), code);
        self.of.extend_from_slice(factors);
        code
    }

    fn row(&self, code: u32) -> &[f64] {
        &self.of[code as usize * self.n..(code as usize + 1) * self.n]
    }

    /// My number for each of the other's.
    pub fn translate(&mut self, other: &Factors) -> Vec<u32> {
        self.is_too_varied |= other.is_too_varied;
        let mut keys: Vec<(&[i64], u32)> = other.known.iter().map(|(key, code)| (&**key, *code)).collect();
        // In the order of the file, so that the numbers do not depend on a hash.
        keys.sort_unstable_by_key(|(_, code)| *code);
        keys.into_iter().map(|(key, code)| self.code(key, other.row(code))).collect()
    }

    /// A column of factors for each replicate, one row for each code.
    pub fn columns(&self, codes: &[u32]) -> Vec<Vec<f64>> {
        (0..self.n).map(|r| codes.iter().map(|code| self.of[*code as usize * self.n + r]).collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use model::microdata::{Values, Variable};

    use super::*;

    fn table(columns: &[(&str, &[f64])]) -> Table {
        let variables = columns.iter().map(|(name, c)| Variable::new(*name, Values::Numbers(c.to_vec()))).collect();
        Table { name: "t".into(), variables, n_rows: columns[0].1.len(), origin: None }
    }

    #[test]
    fn rows_of_one_unit_have_one_number() {
        let names = ["r1".to_owned(), "r2".to_owned()];
        let base = [0.1, 0.3, 7.0, 0.0];
        // The factors are 2 and 0, 2 and 0, 0 and 2; a row without weight has none.
        let part = table(&[("r1", &[0.2, 0.6, 0.0, 0.0]), ("r2", &[0.0, 0.0, 14.0, 0.0])]);
        let mut mine = Factors::new(2);
        let codes = mine.codes(&part, &names, &base, true).expect("codes");
        assert_eq!(codes, [0, 0, 1, 2]);
        assert_eq!(mine.columns(&[1, 0]), [vec![0.0, 2.0], vec![2.0, 0.0]]);
        let mut other = Factors::new(2);
        other.codes(&table(&[("r1", &[0.0, 5.0]), ("r2", &[4.0, 5.0])]), &names, &[2.0, 1.0], true).expect("codes");
        assert_eq!(mine.translate(&other), [1, 3]);
        assert!(!mine.is_too_varied);
    }

    #[test]
    fn what_has_no_factor_is_told() {
        let names = ["r1".to_owned()];
        let mut factors = Factors::new(1);
        factors.codes(&table(&[("r1", &[1.0])]), &names, &[0.0], true).expect("codes");
        assert!(factors.is_too_varied, "a weight out of nothing");
        let many: Vec<f64> = (0..MOST_PATTERNS + 1).map(|i| i as f64).collect();
        let mut factors = Factors::new(1);
        factors.codes(&table(&[("r1", &many)]), &names, &vec![1.0; many.len()], true).expect("codes");
        assert!(factors.is_too_varied, "every row its own");
        assert_eq!(
            factors.codes(&table(&[("r2", &[1.0])]), &names, &[1.0], true).expect_err("no r1").code.id,
            "SVY002"
        );
    }
}
