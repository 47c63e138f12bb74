//! Microdata: the rows of a survey as columns, and what somebody asks of them.

use serde::Deserialize;

/// Code of a missing text.
pub const MISSING: u32 = u32::MAX;

/// The values of a variable, one a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// Numbers; what is missing is not a number.
    Numbers(Vec<f64>),
    /// Texts by code; [`MISSING`] where there is none.
    Texts {
        /// The different texts.
        levels: Vec<String>,
        /// Index of each row's text.
        codes: Vec<u32>,
    },
}

/// A variable of a survey.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// Its name in the file.
    pub name: String,
    /// Its values.
    pub values: Values,
    /// What it is about, in the file's own words; empty where the file says nothing.
    pub label: String,
    /// What values mean: a value as [`Values::show`] writes it, and its label.
    pub labels: Vec<(String, String)>,
}

impl Variable {
    /// A variable without labels.
    pub fn new(name: impl Into<String>, values: Values) -> Variable {
        Variable { name: name.into(), values, label: String::new(), labels: Vec::new() }
    }
    /// The same variable with other values.
    pub fn with(&self, values: Values) -> Variable {
        Variable { name: self.name.clone(), values, label: self.label.clone(), labels: self.labels.clone() }
    }
}

/// Rows of a survey, by columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// What people call it: the file's name.
    pub name: String,
    /// The variables.
    pub variables: Vec<Variable>,
    /// Number of rows.
    pub n_rows: usize,
    /// For each row its place in the file, from 0, where rows were left out or taken together.
    pub origin: Option<Vec<u64>>,
}

impl Values {
    /// Whether a row has no value.
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Values::Numbers(numbers) => numbers[row].is_nan(),
            Values::Texts { codes, .. } => codes[row] == MISSING,
        }
    }
    /// The value of a row as people write it; empty when it is missing.
    pub fn show(&self, row: usize) -> String {
        match self {
            _ if self.is_missing(row) => String::new(),
            Values::Numbers(numbers) => numbers[row].to_string(),
            Values::Texts { levels, codes } => levels[codes[row] as usize].clone(),
        }
    }
    /// The values of some rows.
    pub fn take(&self, rows: &[u32]) -> Values {
        match self {
            Values::Numbers(numbers) => Values::Numbers(rows.iter().map(|r| numbers[*r as usize]).collect()),
            Values::Texts { levels, codes } => {
                Values::Texts { levels: levels.clone(), codes: rows.iter().map(|r| codes[*r as usize]).collect() }
            }
        }
    }
}

impl Table {
    /// A variable by its name.
    pub fn variable(&self, name: &str) -> Option<&Values> {
        self.variables.iter().find(|v| v.name == name).map(|v| &v.values)
    }
    /// Some rows of it.
    pub fn take(&self, rows: &[u32]) -> Table {
        let of = |v: &Variable| v.with(v.values.take(rows));
        let origin = Some(rows.iter().map(|r| self.place(*r as usize)).collect());
        let variables = self.variables.iter().map(of).collect();
        Table { name: self.name.clone(), variables, n_rows: rows.len(), origin }
    }
    /// The place of a row in the file, from 0.
    pub fn place(&self, row: usize) -> u64 {
        self.origin.as_ref().map_or(row as u64, |origin| origin[row])
    }
    /// The line of a row as people count: the header is line 1.
    pub fn line(&self, row: usize) -> i64 {
        i64::try_from(self.place(row)).unwrap_or(i64::MAX).saturating_add(2)
    }
}

/// One thing or several: `"a"` or `["a", "b"]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// Several.
    Many(Vec<T>),
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        OneOrMany::Many(Vec::new())
    }
}

impl<T> OneOrMany<T> {
    /// All of them.
    pub fn all(&self) -> &[T] {
        match self {
            OneOrMany::One(one) => std::slice::from_ref(one),
            OneOrMany::Many(many) => many,
        }
    }
}

/// How a sample was drawn, by the names of its columns.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DesignRequest {
    /// Columns of the clusters, first stage first; each row is its own without.
    pub ids: Option<OneOrMany<String>>,
    /// Column of the first stage's strata.
    pub strata: Option<String>,
    /// Column of the weights, or `from_fpc`: population by sample, over all stages.
    pub weights: Option<String>,
    /// Columns of the population's size (or of the sampling fraction) by stage.
    pub fpc: Option<OneOrMany<String>>,
    /// Labels of clusters restart in each stratum.
    pub nest: bool,
    /// Of a stratum with one unit: `fail`, `remove`, `certainty`, `adjust`, `average`.
    pub lonely_psu: Option<String>,
    /// The same for a stratum of which one unit has rows of the domain.
    pub adjust_domain_lonely: bool,
    /// What a row is, for readers.
    pub unit: Option<String>,
    /// How replicate weights were made, for readers: the factors below decide.
    pub replicate_type: Option<String>,
    /// Columns of replicate weights.
    pub repweights: Option<OneOrMany<String>>,
    /// A file with them, row by row.
    pub repweights_file: Option<String>,
    /// They are full weights, not factors.
    pub combined: bool,
    /// A weight that all rows have.
    pub base_weight: Option<f64>,
    /// Factor of the variance.
    pub scale: Option<f64>,
    /// Factor of each replicate, or of all.
    pub rscales: Option<OneOrMany<f64>>,
    /// Fay's coefficient, for readers.
    pub rho: Option<f64>,
    /// Deviations are taken from the estimate of the full sample, not from the mean of the replicates.
    pub mse: bool,
    /// Replicate weights to be made from strata and clusters.
    pub replicates: Option<ReplicatesRequest>,
    /// Totals of the population that the weights are brought to.
    pub calibration: Option<CalibrationRequest>,
}

/// Replicate weights that are to be made.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReplicatesRequest {
    /// `JK1`, `JKn`, `BRR`, `Fay`, `bootstrap`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Fay's coefficient.
    pub rho: Option<f64>,
    /// Replicates of the bootstrap.
    pub n: Option<usize>,
    /// Where the draws of the bootstrap begin.
    pub seed: Option<u64>,
    /// Deviations are taken from the estimate of the full sample, not from the mean of the replicates.
    pub mse: bool,
}

/// Totals that are known of the population.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CalibrationRequest {
    /// `poststratify`, `rake`, `linear`, `logit`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Parts of the population.
    pub margins: Vec<MarginRequest>,
    /// Totals of variables, by name; `(Intercept)` is the size of the population.
    pub totals: std::collections::BTreeMap<String, f64>,
    /// Least and greatest factor of a weight, for `linear` and `logit`.
    pub bounds: Option<[f64; 2]>,
    /// Rounds at most.
    pub iterations: Option<usize>,
    /// How far a total may be missed, as a share of it.
    pub tolerance: Option<f64>,
}

/// The sizes of a population's parts.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarginRequest {
    /// Variables whose combinations are the parts.
    pub variables: OneOrMany<String>,
    /// Size of each part; values of several variables are joined by a full stop.
    pub totals: std::collections::BTreeMap<String, f64>,
}

/// When results may be published. Without a number, the usual one holds.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PublishRequest {
    /// Coefficient of variation above which a result is marked (0.2).
    pub cv_warn: Option<f64>,
    /// Coefficient of variation above which it is withheld (0.3).
    pub cv_suppress: Option<f64>,
    /// Rows below which it is withheld (25).
    pub n_suppress: Option<usize>,
}

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StatisticRequest {
    /// `mean`, `total`, `ratio`, `proportion`, `quantile`, `contrast`, `vcov_mean`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The variables.
    pub vars: Option<OneOrMany<String>>,
    /// One result for each category of the variable.
    pub categorical: bool,
    /// The condition of a proportion.
    pub expr: Option<String>,
    /// Numerator of a ratio.
    pub numerator: Option<String>,
    /// Denominator of a ratio.
    pub denominator: Option<String>,
    /// Variables whose combinations are groups.
    pub by: Option<OneOrMany<String>>,
    /// The condition of the domain.
    pub domain: Option<String>,
    /// Design effect against a simple random sample: `wor` without, `wr` with replacement.
    pub deff: Option<String>,
    /// Rows with a missing value are outside of the domain.
    pub na_rm: bool,
    /// How the interval of a proportion is made.
    pub ci_method: Option<String>,
    /// Shares of the quantiles.
    pub probs: Vec<f64>,
    /// Rule of the quantiles: `math`, `school`, `hf4` … `hf9`.
    pub qrule: Option<String>,
    /// How the interval of a quantile's share is made.
    pub interval: Option<String>,
    /// Coefficients of a contrast by group.
    pub coef: std::collections::BTreeMap<String, f64>,
    /// Level of confidence; 0.95 when left out.
    pub level: Option<f64>,
}
