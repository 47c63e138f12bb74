//! Scores of an index for many units at once.

use stats::composite::{BoundsError, Direction, Mean, Scale, combine, standardise};

use super::{
    Refusal, codes,
    definition::{Child, Index, ROOT},
};

/// What is known of the units of an index (cities, countries): one column for each indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Units {
    /// Values, not a number where they are missing.
    pub raw: Vec<Vec<f64>>,
    /// Standard errors of values that are estimates, 0 where they are not.
    pub errors: Vec<Vec<f64>>,
    /// Number of units.
    pub n_units: usize,
}

/// The scores of an index.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// Of each part, by unit; not a number where there is none. The index itself is the first.
    pub parts: Vec<Vec<f64>>,
    /// The share of each part's weight that was there.
    pub coverage: Vec<Vec<f64>>,
}

impl Index {
    /// The indicators on their scales: one column for each.
    pub fn standardised(&self, units: &Units) -> Result<Vec<Vec<f64>>, Refusal> {
        let of = |(leaf, raw): (&super::Leaf, &Vec<f64>)| on_scale(&leaf.id, raw, leaf.scale, leaf.direction);
        self.leaves.iter().zip(&units.raw).map(of).collect()
    }

    /// The scores of all parts, from the indicators on their scales.
    pub fn scores(&self, leaves: &[Vec<f64>]) -> Scores {
        let n_units = leaves.first().map_or(0, Vec::len);
        let mut scores = Scores {
            parts: vec![vec![f64::NAN; n_units]; self.parts.len()],
            coverage: vec![vec![0.0; n_units]; self.parts.len()],
        };
        let weights: Vec<Vec<f64>> = (0..self.parts.len()).map(|part| self.weights(part)).collect();
        self.score_into(leaves, &weights, self.parts[ROOT].mean, &mut scores);
        scores
    }

    /// The same with other weights and another mean of the index itself, into columns that are there already.
    pub(super) fn score_into(&self, leaves: &[Vec<f64>], weights: &[Vec<f64>], mean: Mean, scores: &mut Scores) {
        for part in (0..self.parts.len()).rev() {
            // What is within a part stands behind it.
            let (before, behind) = scores.parts.split_at_mut(part + 1);
            let Some(out) = before.last_mut() else { continue };
            let column = |child: &Child| match child {
                Child::Leaf(leaf) => leaves[*leaf].as_slice(),
                Child::Part(child) => behind[child - part - 1].as_slice(),
            };
            let children = self.parts[part].children.iter().map(|(child, _)| column(child));
            let columns: Vec<(&[f64], f64)> = children.zip(weights[part].iter().copied()).collect();
            let mean = if part == ROOT { mean } else { self.parts[part].mean };
            combine(&columns, mean, self.parts[part].missing, out, &mut scores.coverage[part]);
        }
    }

    /// Whether every indicator's scale is 0 to 100, which geometric and harmonic means need.
    pub fn is_bounded(&self) -> bool {
        self.leaves.iter().all(|leaf| leaf.scale != Scale::Z)
    }
}

/// An indicator's values on a scale.
pub(super) fn on_scale(id: &str, raw: &[f64], scale: Scale, direction: Direction) -> Result<Vec<f64>, Refusal> {
    standardise(raw, scale, direction).map_err(|e| {
        let detail = if e == BoundsError::Order { "lo < hi" } else { "> 0" };
        Box::new(diag::Diagnostic::new(&codes::IDX003).arg("name", id).arg("detail", detail))
    })
}

/// The level of a score; intervals are closed below.
pub fn level(levels: &[(f64, String)], score: f64) -> Option<usize> {
    levels.iter().position(|(from, _)| score >= *from)
}
