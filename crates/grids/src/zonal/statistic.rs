//! The statistics by their names.

use std::fmt;
use std::str::FromStr;

use crate::Fault;

/// What is asked of a zone. c is the covered share of a cell, v its value, w its weight; cells without a value are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Statistic {
    /// Σ c.
    Count,
    /// Σ c v.
    Sum,
    /// Σ c v / Σ c.
    Mean,
    /// The smallest value.
    Min,
    /// The largest value.
    Max,
    /// How many different values.
    Variety,
    /// The value with the largest Σ c; the larger value at a tie.
    Majority,
    /// The value with the smallest Σ c; the smaller value at a tie.
    Minority,
    /// Σ c (v − mean)² / Σ c.
    Variance,
    /// The root of the variance.
    Stdev,
    /// The quantile at one half.
    Median,
    /// The quantile at a share from 0 to 1.
    Quantile(f64),
    /// The share of cells with this value.
    Frac(f64),
    /// Σ c v w.
    WeightedSum,
    /// Σ c v w / Σ c w.
    WeightedMean,
}

const NAMES: [&str; 15] = [
    "count",
    "sum",
    "mean",
    "min",
    "max",
    "variety",
    "majority",
    "minority",
    "variance",
    "stdev",
    "median",
    "quantile",
    "frac",
    "weighted_sum",
    "weighted_mean",
];

impl Statistic {
    /// Whether it needs a raster of weights.
    pub fn needs_weights(self) -> bool {
        matches!(self, Statistic::WeightedSum | Statistic::WeightedMean)
    }
}

impl FromStr for Statistic {
    type Err = Fault;

    /// From `mean`, `quantile(0.9)`, `frac(30)` and so on; heads of columns know no brackets, so `quantile_90` (percent) and
    /// `frac_30` mean the same.
    fn from_str(text: &str) -> Result<Statistic, Fault> {
        let text = text.trim();
        let after = |prefix: &str| text.strip_prefix(prefix).and_then(|rest| rest.parse::<f64>().ok());
        if let Some(percent) = after("quantile_").filter(|p| (0.0..=100.0).contains(p)) {
            return Ok(Statistic::Quantile(percent / 100.0));
        }
        if let Some(value) = after("frac_").filter(|v| v.is_finite()) {
            return Ok(Statistic::Frac(value));
        }
        let (name, argument) = match text.split_once('(') {
            Some((name, rest)) => (name.trim(), rest.strip_suffix(')').map(str::trim)),
            None => (text, None),
        };
        let number = |wanted: &str| {
            let number = argument.and_then(|a| a.parse::<f64>().ok()).filter(|v| v.is_finite());
            number.ok_or_else(|| Fault::Value {
                name: name.to_owned(),
                found: text.to_owned(),
                wanted: wanted.to_owned(),
            })
        };
        let plain = match name {
            "quantile" => {
                let wanted = "quantile(q) with a share q from 0 to 1";
                let q = number(wanted)?;
                let fault =
                    || Fault::Value { name: name.to_owned(), found: text.to_owned(), wanted: wanted.to_owned() };
                return if (0.0..=1.0).contains(&q) { Ok(Statistic::Quantile(q)) } else { Err(fault()) };
            }
            "frac" => return Ok(Statistic::Frac(number("frac(k) with a value k")?)),
            "count" => Statistic::Count,
            "sum" => Statistic::Sum,
            "mean" => Statistic::Mean,
            "min" => Statistic::Min,
            "max" => Statistic::Max,
            "variety" => Statistic::Variety,
            "majority" => Statistic::Majority,
            "minority" => Statistic::Minority,
            "variance" => Statistic::Variance,
            "stdev" => Statistic::Stdev,
            "median" => Statistic::Median,
            "weighted_sum" => Statistic::WeightedSum,
            "weighted_mean" => Statistic::WeightedMean,
            _ => {
                return Err(Fault::unknown("statistic", name, NAMES));
            }
        };
        if text.contains('(') {
            return Err(Fault::Value {
                name: name.to_owned(),
                found: text.to_owned(),
                wanted: format!("`{name}` without brackets"),
            });
        }
        Ok(plain)
    }
}

impl fmt::Display for Statistic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = match self {
            Statistic::Count => "count",
            Statistic::Sum => "sum",
            Statistic::Mean => "mean",
            Statistic::Min => "min",
            Statistic::Max => "max",
            Statistic::Variety => "variety",
            Statistic::Majority => "majority",
            Statistic::Minority => "minority",
            Statistic::Variance => "variance",
            Statistic::Stdev => "stdev",
            Statistic::Median => "median",
            Statistic::Quantile(q) => return write!(f, "quantile({q})"),
            Statistic::Frac(k) => return write!(f, "frac({k})"),
            Statistic::WeightedSum => "weighted_sum",
            Statistic::WeightedMean => "weighted_mean",
        };
        f.write_str(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_columns_are_statistics_too() {
        let of = |text: &str| text.parse::<Statistic>().ok();
        assert_eq!(of("quantile_90"), Some(Statistic::Quantile(0.9)));
        assert_eq!(of("quantile_90"), of("quantile(0.9)"));
        assert_eq!(of("frac_30"), of("frac(30)"));
        for wrong in ["quantile_101", "quantile_", "frac_x", "quantile_nan"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
