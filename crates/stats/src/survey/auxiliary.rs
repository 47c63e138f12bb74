//! What is known of the whole population: sizes of its parts, totals of variables; and the regression on it.

/// The cell of a row that has none; its weight must be zero.
pub const NO_CELL: u32 = u32::MAX;

/// The sizes of the parts that a population is divided into.
#[derive(Clone, Debug, PartialEq)]
pub struct Margin {
    /// Part of each row, 0 ≤ code < number of parts, or [`NO_CELL`].
    pub cells: Vec<u32>,
    /// Size of each part, 0 or above.
    pub totals: Vec<f64>,
}

/// The total of a variable in the population.
#[derive(Clone, Debug, PartialEq)]
pub struct Covariate {
    /// Its values; what is missing is not a number, and such a row must have a weight of zero.
    pub values: Vec<f64>,
    /// Σ over the population.
    pub total: f64,
}

/// All that is known of a population.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Auxiliaries {
    /// Divisions into parts.
    pub margins: Vec<Margin>,
    /// Variables.
    pub covariates: Vec<Covariate>,
}

/// One of the known totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The size of a part: margin, cell.
    Cell(usize, u32),
    /// The total of a variable.
    Covariate(usize),
}

impl Auxiliaries {
    /// Number of totals.
    pub(super) fn len(&self) -> usize {
        self.margins.iter().map(|m| m.totals.len()).sum::<usize>() + self.covariates.len()
    }

    /// The totals, margins first.
    pub(super) fn totals(&self) -> Vec<f64> {
        let sizes = self.margins.iter().flat_map(|m| m.totals.iter().copied());
        sizes.chain(self.covariates.iter().map(|c| c.total)).collect()
    }

    /// What a place among the totals belongs to.
    pub(super) fn known(&self, mut place: usize) -> Known {
        for (margin, of) in self.margins.iter().enumerate() {
            match place.checked_sub(of.totals.len()) {
                None => return Known::Cell(margin, place as u32),
                Some(rest) => place = rest,
            }
        }
        Known::Covariate(place)
    }

    /// The values of a row other than zero, with their places among the totals.
    fn terms(&self, row: usize, into: &mut Vec<(usize, f64)>) {
        into.clear();
        let mut offset = 0;
        for margin in &self.margins {
            if margin.cells[row] != NO_CELL {
                into.push((offset + margin.cells[row] as usize, 1.0));
            }
            offset += margin.totals.len();
        }
        for (i, covariate) in self.covariates.iter().enumerate() {
            let x = covariate.values[row];
            if !x.is_nan() {
                into.push((offset + i, x));
            }
        }
    }

    /// Σ `factor(row)` x over the rows, for each total.
    pub(super) fn sums(&self, n_rows: usize, factor: impl Fn(usize) -> f64) -> Vec<f64> {
        let (mut sums, mut terms) = (vec![0.0; self.len()], Vec::new());
        for row in 0..n_rows {
            let factor = factor(row);
            if factor != 0.0 {
                self.terms(row, &mut terms);
                terms.iter().for_each(|(at, x)| sums[*at] += factor * x);
            }
        }
        sums
    }

    /// x′λ of each row.
    pub(super) fn combined(&self, n_rows: usize, coefficients: &[f64]) -> Vec<f64> {
        let mut terms = Vec::new();
        let of = |row: usize| {
            self.terms(row, &mut terms);
            terms.iter().map(|(at, x)| x * coefficients[*at]).sum()
        };
        (0..n_rows).map(of).collect()
    }
}

/// The equations of a weighted regression on the auxiliaries: Σ w x x′, in a triangle.
#[derive(Clone, Debug)]
pub(super) struct Regression {
    p: usize,
    /// The lower triangle of Cholesky, row by row, of the matrix with a diagonal of ones.
    triangle: Vec<f64>,
    /// Root of each diagonal element; zero where a column depends on those before it.
    size: Vec<f64>,
}

/// What is left of a column beside those before it, as a share of its square, that is rounding and nothing else.
const DEPENDENT: f64 = 1e-11;

impl Regression {
    /// The equations with some weights. Columns that depend on others take no part: they add nothing to the fit.
    pub fn of(auxiliaries: &Auxiliaries, n_rows: usize, weight: impl Fn(usize) -> f64) -> Regression {
        let p = auxiliaries.len();
        let (mut matrix, mut terms) = (vec![0.0; p * p], Vec::new());
        for row in 0..n_rows {
            let weight = weight(row);
            if weight == 0.0 {
                continue;
            }
            auxiliaries.terms(row, &mut terms);
            for (i, (a, x)) in terms.iter().enumerate() {
                // Places ascend, so this is the lower triangle.
                terms[..=i].iter().for_each(|(b, y)| matrix[a * p + b] += weight * x * y);
            }
        }
        let mut size: Vec<f64> = (0..p).map(|i| matrix[i * p + i].max(0.0).sqrt()).collect();
        for i in 0..p {
            for j in 0..=i {
                let scale = size[i] * size[j];
                matrix[i * p + j] = if scale > 0.0 { matrix[i * p + j] / scale } else { 0.0 };
            }
        }
        for i in 0..p {
            for j in 0..=i {
                let (above, own) = matrix.split_at_mut(i * p);
                let other = if j < i { &above[j * p..j * p + j] } else { &[] };
                let along: f64 = match j < i {
                    true => own[..j].iter().zip(other).map(|(a, b)| a * b).sum(),
                    false => own[..j].iter().map(|a| a * a).sum(),
                };
                if j < i {
                    let pivot = above[j * p + j];
                    own[j] = if pivot > 0.0 { (own[j] - along) / pivot } else { 0.0 };
                } else {
                    let left = own[i] - along;
                    own[i] = if left > DEPENDENT { left.sqrt() } else { 0.0 };
                    if own[i] == 0.0 {
                        size[i] = 0.0;
                    }
                }
            }
        }
        Regression { p, triangle: matrix, size }
    }

    /// The coefficients b with Σ w x x′ b = `sums`; those of dependent columns are zero.
    pub fn solve(&self, sums: &[f64]) -> Vec<f64> {
        let p = self.p;
        let mut b = vec![0.0; p];
        for i in (0..p).filter(|i| self.size[*i] > 0.0) {
            let row = &self.triangle[i * p..i * p + i];
            let along: f64 = row.iter().zip(&b).map(|(a, b)| a * b).sum();
            b[i] = (sums[i] / self.size[i] - along) / self.triangle[i * p + i];
        }
        for i in (0..p).rev().filter(|i| self.size[*i] > 0.0) {
            let along: f64 = (i + 1..p).map(|j| self.triangle[j * p + i] * b[j]).sum();
            b[i] = (b[i] - along) / self.triangle[i * p + i];
        }
        b.iter_mut().zip(&self.size).for_each(|(b, size)| *b = if *size > 0.0 { *b / size } else { 0.0 });
        b
    }

    /// What the regression leaves of a column, in place. Twice, because once leaves what rounding put back.
    pub fn residuals(&self, auxiliaries: &Auxiliaries, weights: &[f64], y: &mut [f64]) {
        for _ in 0..2 {
            let sums = auxiliaries.sums(weights.len(), |row| weights[row] * y[row]);
            let fitted = auxiliaries.combined(weights.len(), &self.solve(&sums));
            y.iter_mut().zip(fitted).for_each(|(y, fitted)| *y -= fitted);
        }
    }
}
