//! Composite indices as data: a tree of parts with weights, and how each indicator is brought onto the scale.

use std::collections::BTreeMap;

use serde::Deserialize;

/// An index: its indicators, the parts that they belong to, and its levels.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct IndexDefinition {
    /// The indicators.
    pub indicators: Vec<IndexIndicator>,
    /// Weights of the indicators within their part; 1 when left out.
    pub indicator_weights: BTreeMap<String, f64>,
    /// Weights of the parts; 1 when left out.
    pub dimension_weights: BTreeMap<String, f64>,
    /// Parts that are not told by the indicators' `dim` alone: sub-dimensions, and rules of their own.
    pub parts: Vec<IndexPart>,
    /// Where each level begins, the highest first; the six levels of the City Prosperity Index when left out.
    pub levels: Vec<IndexLevel>,
    /// Scores below it are taken for it where a logarithm or a reciprocal is taken; 1 when left out.
    pub floor: Option<f64>,
}

/// An indicator of an index.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct IndexIndicator {
    /// Its name.
    pub id: String,
    /// The part that it belongs to.
    pub dim: String,
    /// How it is brought onto the scale: `linear`, `benchmark`, `log`, `root4`, `root5`, `root`, `target`, `target_floor`,
    /// `minmax`, `rank`, `zscore`.
    #[serde(rename = "m", alias = "method")]
    pub method: String,
    /// 1 when more is better, −1 when less is.
    #[serde(rename = "d", alias = "direction")]
    pub direction: i32,
    /// Lower bound.
    #[serde(alias = "min")]
    pub lo: Option<f64>,
    /// Upper bound.
    #[serde(alias = "max")]
    pub hi: Option<f64>,
    /// Target.
    pub target: Option<f64>,
    /// Which root, for `root`.
    pub k: Option<f64>,
    /// Its unit, for readers.
    pub unit: Option<String>,
}

/// A part of an index.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct IndexPart {
    /// Its name.
    pub id: String,
    /// The part that it belongs to; the index itself when left out.
    pub parent: Option<String>,
    /// Its weight within it; that of `dimension_weights`, or 1, when left out.
    pub weight: Option<f64>,
    /// How its scores become one: `arithmetic`, `geometric`, `harmonic`, `power`, `minimum`, `penalised`.
    pub aggregation: Option<String>,
    /// Exponent of `power`.
    pub p: Option<f64>,
    /// The least share of its weight that must be there; none when left out.
    pub require: Option<f64>,
}

/// A level of an index.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct IndexLevel {
    /// Scores from here on.
    pub from: f64,
    /// What it is called.
    pub label: String,
}

/// What is known of a city.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct IndexUnit {
    /// Its name.
    #[serde(alias = "id", alias = "unit")]
    pub city: String,
    /// Values by indicator; those that are missing are null or left out.
    pub raw: BTreeMap<String, Option<f64>>,
    /// Standard errors of values that are estimates.
    pub se: BTreeMap<String, Option<f64>>,
}

/// How an index is tried with other choices.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct IndexTrial {
    /// A file with given weights, one column for each part of the index, one row for each draw.
    pub draws: Option<String>,
    /// Number of draws, where none are given; 2,000 when left out.
    pub n: Option<usize>,
    /// Where the draws begin; 1 when left out.
    pub seed: Option<u64>,
    /// Weights: `flat` (any), `around` (the definition's, give or take `spread`), `none`.
    pub weights: Option<String>,
    /// How far weights go up and down; 0.25 when left out.
    pub spread: Option<f64>,
    /// Weights of all parts vary, not those of the index alone.
    pub all_parts: bool,
    /// How the index's parts become one in the draws: one or several.
    pub aggregation: Option<crate::microdata::OneOrMany<String>>,
    /// Other scales that all indicators may have: `minmax`, `rank`.
    pub scales: Vec<String>,
    /// An indicator may be left out.
    pub leave_one_out: bool,
    /// Values that have a standard error vary.
    pub errors: bool,
    /// Rows of each matrix of the sensitivity analysis; none when left out.
    pub sobol: Option<usize>,
}
