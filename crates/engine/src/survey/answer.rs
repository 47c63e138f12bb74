//! Answers a question about a survey.

use std::collections::BTreeMap;

use diag::Diagnostic;
use model::microdata::{StatisticRequest, Table, Values};
use stats::survey::{
    Estimates, Interval, Method, Rule, Statistic, Survey, confidence, contrast, proportion_interval, quantile,
};

use super::{
    Refusal,
    calibrated::CalibrationTold,
    codes,
    expression::{Expression, unknown},
    made::MadeReplicates,
    publish::Publish,
    sample::{Sample, numbers, unreadable as malformed, wrong_option as option},
    sums::{Measured, Sums},
};

/// What a group is by one of its variables.
#[derive(Clone, Debug, PartialEq)]
pub enum GroupValue {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

impl std::fmt::Display for GroupValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            GroupValue::Number(n) => write!(f, "{n}"),
            GroupValue::Text(text) => f.write_str(text),
        }
    }
}

/// One estimate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerRow {
    /// What is estimated.
    pub name: String,
    /// Of which group: variables with their values.
    pub group: Vec<(String, GroupValue)>,
    /// The share of a quantile.
    pub quantile: Option<f64>,
    /// The estimate; missing where it cannot be made.
    pub estimate: Option<f64>,
    /// Its standard error.
    pub se: Option<f64>,
    /// Lower end of its interval.
    pub ci_low: Option<f64>,
    /// Upper end of its interval.
    pub ci_high: Option<f64>,
    /// Design effect.
    pub deff: Option<f64>,
    /// Degrees of freedom of its interval, where they are those of the group.
    pub degf: Option<f64>,
    /// Rows that it was made of.
    pub n: usize,
    /// Rows of its domain that a value was missing in.
    pub n_missing: usize,
    /// Replicates with which it could not be made.
    pub n_lost: usize,
    /// Rows of the smallest group that it compares; of other estimates `n`.
    pub n_least: Option<usize>,
    /// Strata with one sampled unit that its rows lie in.
    pub n_lonely: usize,
    /// The least and the greatest value that it can have, where these are known.
    pub possible: (Option<f64>, Option<f64>),
    /// Standard error by the estimate's size.
    pub cv: Option<f64>,
    /// What its reader should know, by code.
    pub flags: Vec<&'static str>,
    /// Whether it may be published, where that was asked.
    pub publish: Option<Publish>,
}

/// The answer to a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Degrees of freedom of the domain.
    pub degf: f64,
    /// The rule for strata with one unit.
    pub lonely: Option<&'static str>,
    /// What deviations of replicates are taken from.
    pub centre: Option<&'static str>,
    /// The replicate weights that were made.
    pub made: Option<MadeReplicates>,
    /// What calibration did to the weights.
    pub calibrated: Option<CalibrationTold>,
    /// The estimates.
    pub rows: Vec<AnswerRow>,
}

/// A group of rows.
struct Group {
    label: String,
    values: Vec<(String, GroupValue)>,
    rows: Vec<u32>,
}

/// Answers a question.
///
/// Errors: a variable that is not there, a condition that cannot be read, an option that is none, nobody in the domain.
pub fn answer(table: &Table, sample: &Sample, request: &StatisticRequest) -> Result<Answer, Refusal> {
    let domain: Vec<u32> = match &request.domain {
        None => (0..table.n_rows as u32).collect(),
        Some(text) => {
            let holds = Expression::parse(text)?.truth(table)?;
            (0..table.n_rows as u32).filter(|row| holds[*row as usize] == Some(true)).collect()
        }
    };
    answer_from(table, sample, request, &domain, None)
}

/// The same for a domain that is known, from rows that were added up where `sums` are given.
pub(super) fn answer_from(
    table: &Table,
    sample: &Sample,
    request: &StatisticRequest,
    domain: &[u32],
    sums: Option<Sums>,
) -> Result<Answer, Refusal> {
    let survey = &sample.survey;
    if !domain.iter().any(|row| survey.weights()[*row as usize] > 0.0) {
        return Err(nothing(request, table));
    }
    let level = request.level.unwrap_or(0.95);
    if !(level > 0.0 && level < 1.0) {
        return Err(option("level", &level.to_string(), "0 … 1"));
    }
    let asked = Asked { table, survey, request, level, degf: survey.degrees(domain), domain };
    let summed = || sums.map_or_else(|| asked.sums(), Ok);
    let rows = match request.kind.as_str() {
        "mean" | "total" | "ratio" => asked.by_groups(&summed()?)?,
        "proportion" => asked.proportions(&summed()?)?,
        "quantile" => asked.quantiles()?,
        "contrast" => vec![asked.contrast()?],
        "vcov_mean" => asked.covariances()?,
        other => return Err(option("type", other, "mean, total, ratio, proportion, quantile, contrast, vcov_mean")),
    };
    Ok(Answer {
        degf: asked.degf,
        lonely: sample.lonely,
        centre: sample.centre,
        made: sample.made.clone(),
        calibrated: sample.calibrated.clone(),
        rows,
    })
}

fn nothing(request: &StatisticRequest, table: &Table) -> Refusal {
    let domain = request.domain.as_deref().unwrap_or_default();
    Box::new(Diagnostic::new(&codes::SVY011).arg("domain", domain).arg("file", &table.name))
}

/// A question with what it is asked of.
struct Asked<'a> {
    table: &'a Table,
    survey: &'a Survey,
    request: &'a StatisticRequest,
    level: f64,
    degf: f64,
    domain: &'a [u32],
}

impl Asked<'_> {
    /// The sums of each row.
    fn sums(&self) -> Result<Sums, Refusal> {
        let weights = self.survey.weights();
        let names = self.request.vars.as_ref().map_or(&[][..], |vars| vars.all());
        if self.request.categorical && self.request.kind != "ratio" && self.request.kind != "proportion" {
            if names.is_empty() {
                return Err(malformed("vars"));
            }
            return Sums::by_row(weights, self.domain, Vec::new()).by_category(self.table, self.domain, names);
        }
        Ok(Sums::by_row(weights, self.domain, measured(self.table, self.request)?))
    }

    /// The groups of the domain: the first variable changes fastest. One group of all without variables.
    fn groups(&self) -> Result<Vec<Group>, Refusal> {
        let Some(by) = &self.request.by else {
            return Ok(vec![Group { label: String::new(), values: Vec::new(), rows: self.domain.to_vec() }]);
        };
        let mut columns = Vec::new();
        for name in by.all() {
            columns.push((name, self.table.variable(name).ok_or_else(|| unknown(name, self.table))?));
        }
        let mut groups: BTreeMap<Vec<Key>, Vec<u32>> = BTreeMap::new();
        for row in self.domain {
            let at = *row as usize;
            if columns.iter().any(|(_, values)| values.is_missing(at)) {
                continue;
            }
            // From the last variable on, so that the first changes fastest.
            groups.entry(columns.iter().rev().map(|(_, values)| Key::of(values, at)).collect()).or_default().push(*row);
        }
        let of = |(_, rows): (Vec<Key>, Vec<u32>)| {
            let at = rows[0] as usize;
            let value = |values: &Values| match values {
                Values::Numbers(numbers) => GroupValue::Number(numbers[at]),
                texts @ Values::Texts { .. } => GroupValue::Text(texts.show(at)),
            };
            let label: Vec<String> = columns.iter().map(|(_, values)| values.show(at)).collect();
            let values = columns.iter().map(|(name, values)| ((*name).clone(), value(values))).collect();
            Group { label: label.join("."), values, rows }
        };
        Ok(groups.into_iter().map(of).collect())
    }

    /// The rows that have all values, and how many do not.
    fn whole(&self, rows: &[u32], columns: &[&[f64]]) -> (Vec<u32>, usize) {
        let is_whole = |row: &&u32| columns.iter().all(|c| !c[**row as usize].is_nan());
        let kept: Vec<u32> = rows.iter().filter(is_whole).copied().collect();
        let n_missing = rows.len() - kept.len();
        (kept, n_missing)
    }

    fn by_groups(&self, sums: &Sums) -> Result<Vec<AnswerRow>, Refusal> {
        let without = match self.request.deff.as_deref() {
            None => None,
            Some("wor") => Some(true),
            Some("wr") => Some(false),
            Some(other) => return Err(option("deff", other, "wor, wr")),
        };
        let is_total = self.request.kind == "total";
        let mut out = Vec::new();
        for group in &self.groups()? {
            let (rows, n, n_missing) = sums.whole(&group.rows);
            let taken = |column: &[f64]| -> Vec<f64> { rows.iter().map(|r| column[*r as usize]).collect() };
            let statistic = |sum: &super::sums::Sum| match (&sum.x, is_total) {
                (Some(x), _) => Statistic::Ratio(taken(&sum.y), taken(x)),
                (None, true) => Statistic::Total(taken(&sum.y)),
                (None, false) => Statistic::Ratio(taken(&sum.y), taken(&sums.ones)),
            };
            let statistics: Vec<Statistic> = sums.of.iter().map(statistic).collect();
            let n_lonely = self.survey.n_lonely(&rows);
            // A value that is missing makes the result missing, unless its row was to be left out.
            let is_answered = n_missing == 0 || self.request.na_rm;
            let estimated = if is_answered { self.survey.estimate(&rows, &statistics).ok() } else { None };
            for (i, sum) in sums.of.iter().enumerate() {
                let mut row = self.row(estimated.as_ref(), i, n, n_missing);
                row.name = match (group.values.is_empty(), sums.of.len()) {
                    (true, _) => sum.name.clone(),
                    (false, 1) => group.label.clone(),
                    (false, _) => format!("{}:{}", group.label, sum.name),
                };
                row.group.clone_from(&group.values);
                row.n_lonely = n_lonely;
                row.possible = possible(sum, is_total);
                if let (Some(without), Some(estimated)) = (without, &estimated) {
                    let simple = sums.simple_variance(i, &rows, without, is_total);
                    row.deff = Some(estimated.variance(i) / simple).filter(|d| d.is_finite());
                }
                out.push(row);
            }
        }
        if out.iter().all(|row| row.estimate.is_none() && row.n_missing == 0) {
            return Err(nothing(self.request, self.table));
        }
        Ok(out)
    }

    fn row(&self, estimated: Option<&Estimates>, i: usize, n: usize, n_missing: usize) -> AnswerRow {
        let Some(estimated) = estimated else { return AnswerRow { n, n_missing, ..AnswerRow::default() } };
        let (value, variance) = (estimated.values[i], estimated.variance(i));
        let Interval { low, high } = confidence(value, variance, self.level, self.degf);
        AnswerRow {
            estimate: Some(value),
            se: Some(variance.sqrt()),
            ci_low: low,
            ci_high: high,
            n,
            n_missing,
            n_lost: estimated.n_lost,
            ..AnswerRow::default()
        }
    }

    fn proportions(&self, sums: &Sums) -> Result<Vec<AnswerRow>, Refusal> {
        let text = share_of(self.request)?;
        let method = method("ci_method", self.request.ci_method.as_deref().unwrap_or("logit"))?;
        let Some(sum) = sums.of.first() else { return Err(malformed("expr")) };
        let mut out = Vec::new();
        for group in self.groups()? {
            let (rows, n, n_missing) = sums.whole(&group.rows);
            let is_answered = n_missing == 0 || self.request.na_rm;
            let taken = |column: &[f64]| -> Vec<f64> { rows.iter().map(|r| column[*r as usize]).collect() };
            let statistic = Statistic::Ratio(taken(&sum.y), taken(&sums.ones));
            let degf = self.degf_of(&group);
            let estimated =
                if is_answered { self.survey.estimate(&rows, std::slice::from_ref(&statistic)).ok() } else { None };
            let mut row = self.row(estimated.as_ref(), 0, n, n_missing);
            if let Some(estimated) = &estimated {
                let (p, v) = (estimated.values[0], estimated.variance(0));
                let logit = self.survey.logit_error(&rows, &statistic);
                let interval = proportion_interval(method, p, v, n, self.level, degf, logit);
                (row.ci_low, row.ci_high) = (interval.low, interval.high);
            }
            row.n_lonely = self.survey.n_lonely(&rows);
            row.possible = (Some(0.0), Some(1.0));
            row.name = format!("I({})", text.replace('\'', "\""));
            if self.request.by.is_some() {
                row.degf = Some(degf);
            }
            row.group = group.values;
            out.push(row);
        }
        Ok(out)
    }

    /// Degrees of freedom of a group, or those of the domain where there are no groups.
    fn degf_of(&self, group: &Group) -> f64 {
        if self.request.by.is_some() { self.survey.degrees(&group.rows) } else { self.degf }
    }

    fn quantiles(&self) -> Result<Vec<AnswerRow>, Refusal> {
        let names = self.request.vars.as_ref().map_or(&[][..], |vars| vars.all());
        if names.is_empty() {
            return Err(malformed("vars"));
        }
        let rule = match self.request.qrule.as_deref().unwrap_or("math") {
            "math" | "hf1" => Rule::Math,
            "school" | "hf2" => Rule::School,
            other => match other.strip_prefix("hf").and_then(|n| n.parse::<u8>().ok()) {
                Some(n @ 4..=9) => Rule::Hf(n),
                _ => return Err(option("qrule", other, "math, school, hf4 … hf9")),
            },
        };
        let n_negative = self.survey.weights().iter().filter(|w| **w < 0.0).count();
        if n_negative > 0 {
            return Err(Box::new(Diagnostic::new(&codes::SVY027).arg("n", n_negative).arg("file", &self.table.name)));
        }
        let method = method("interval", self.request.interval.as_deref().unwrap_or("mean"))?;
        let probs = if self.request.probs.is_empty() { vec![0.5] } else { self.request.probs.clone() };
        if let Some(p) = probs.iter().find(|p| !(0.0..=1.0).contains(*p)) {
            return Err(option("probs", &p.to_string(), "0 … 1"));
        }
        let mut out = Vec::new();
        for group in self.groups()? {
            for name in names {
                let column = amount(self.table, name)?;
                let (rows, n_missing) = self.whole(&group.rows, &[&column]);
                let x: Vec<f64> = rows.iter().map(|r| column[*r as usize]).collect();
                let (degf, n_lonely) = (self.degf_of(&group), self.survey.n_lonely(&rows));
                for p in &probs {
                    let is_answered = n_missing == 0 || self.request.na_rm;
                    let found = || quantile(self.survey, &rows, &x, *p, rule, method, self.level, degf).ok();
                    let found = if is_answered { found() } else { None };
                    out.push(AnswerRow {
                        name: name.clone(),
                        group: group.values.clone(),
                        quantile: Some(*p),
                        estimate: found.map(|q| q.value),
                        se: found.and_then(|q| q.se),
                        ci_low: found.and_then(|q| q.interval.low),
                        ci_high: found.and_then(|q| q.interval.high),
                        degf: self.request.by.is_some().then_some(degf),
                        n: rows.len(),
                        n_missing,
                        n_lonely,
                        ..AnswerRow::default()
                    });
                }
            }
        }
        Ok(out)
    }

    fn contrast(&self) -> Result<AnswerRow, Refusal> {
        let [name] = self.request.vars.as_ref().map_or(&[][..], |vars| vars.all()) else {
            return Err(malformed("vars"));
        };
        let column = amount(self.table, name)?;
        let groups = self.groups()?;
        let (rows, n_missing) = self.whole(self.domain, &[&column]);
        if n_missing > 0 && !self.request.na_rm {
            return Ok(AnswerRow { name: self.contrast_name(), n: rows.len(), n_missing, ..AnswerRow::default() });
        }
        let mut group_of = vec![usize::MAX; self.table.n_rows];
        for (i, group) in groups.iter().enumerate() {
            group.rows.iter().for_each(|row| group_of[*row as usize] = i);
        }
        let (mut statistics, mut coefficients) = (Vec::new(), Vec::new());
        let mut n_least = usize::MAX;
        for (label, coefficient) in &self.request.coef {
            let Some(i) = groups.iter().position(|g| g.label == *label) else {
                let known: Vec<&str> = groups.iter().map(|g| g.label.as_str()).collect();
                return Err(option("coef", label, &known.join(", ")));
            };
            let is_in = |row: &u32| f64::from(u8::from(group_of[*row as usize] == i));
            let x: Vec<f64> = rows.iter().map(is_in).collect();
            n_least = n_least.min(x.iter().filter(|x| **x > 0.0).count());
            let y = rows.iter().zip(&x).map(|(row, x)| x * column[*row as usize]).collect();
            statistics.push(Statistic::Ratio(y, x));
            coefficients.push(*coefficient);
        }
        if statistics.is_empty() {
            return Err(malformed("coef"));
        }
        let estimated = self.survey.estimate(&rows, &statistics).map_err(|_| nothing(self.request, self.table))?;
        let (value, variance) = contrast(&estimated, &coefficients);
        let Interval { low, high } = confidence(value, variance, self.level, self.degf);
        Ok(AnswerRow {
            name: self.contrast_name(),
            estimate: Some(value),
            se: Some(variance.sqrt()),
            ci_low: low,
            ci_high: high,
            n: rows.len(),
            n_missing,
            n_lost: estimated.n_lost,
            n_least: Some(n_least),
            n_lonely: self.survey.n_lonely(&rows),
            ..AnswerRow::default()
        })
    }

    /// `female-male`; other factors than one stand before their group.
    fn contrast_name(&self) -> String {
        let mut terms: Vec<(&String, f64)> = self.request.coef.iter().map(|(label, c)| (label, *c)).collect();
        terms.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut name = String::new();
        for (label, c) in terms {
            if c < 0.0 {
                name.push('-');
            } else if !name.is_empty() {
                name.push('+');
            }
            if c.abs() != 1.0 {
                name.push_str(&format!("{}*", c.abs()));
            }
            name.push_str(label);
        }
        name
    }

    fn covariances(&self) -> Result<Vec<AnswerRow>, Refusal> {
        let names = self.request.vars.as_ref().map_or(&[][..], |vars| vars.all());
        let columns: Result<Vec<Vec<f64>>, Refusal> = names.iter().map(|name| amount(self.table, name)).collect();
        let columns = columns?;
        let borrowed: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let (rows, n_missing) = self.whole(self.domain, &borrowed);
        let mean = |column: &Vec<f64>| {
            Statistic::Ratio(rows.iter().map(|r| column[*r as usize]).collect(), vec![1.0; rows.len()])
        };
        let statistics: Vec<Statistic> = columns.iter().map(mean).collect();
        let is_answered = n_missing == 0 || self.request.na_rm;
        let estimated = if is_answered { self.survey.estimate(&rows, &statistics).ok() } else { None };
        let n_lonely = self.survey.n_lonely(&rows);
        let mut out = Vec::new();
        for (i, a) in names.iter().enumerate() {
            for (j, b) in names.iter().enumerate().skip(i) {
                out.push(AnswerRow {
                    name: format!("{a},{b}"),
                    estimate: estimated.as_ref().map(|e| e.covariance[i * names.len() + j]),
                    n: rows.len(),
                    n_missing,
                    n_lost: estimated.as_ref().map_or(0, |e| e.n_lost),
                    n_lonely,
                    ..AnswerRow::default()
                });
            }
        }
        Ok(out)
    }
}

/// Between what a total, mean or ratio must lie: values of 0 and 1 have such a mean, values of which none is below zero no
/// total or mean below it.
fn possible(sum: &super::sums::Sum, is_total: bool) -> (Option<f64>, Option<f64>) {
    let range = &sum.range;
    ((range.least >= 0.0).then_some(0.0), (range.is_binary && !is_total && sum.x.is_none()).then_some(1.0))
}

/// The variables of a total, mean, ratio or proportion, without categories.
pub(super) fn measured(table: &Table, request: &StatisticRequest) -> Result<Vec<Measured>, Refusal> {
    match request.kind.as_str() {
        "ratio" => {
            let of = |name: &Option<String>, role: &str| match name {
                Some(name) => Ok((name.clone(), amount(table, name)?)),
                None => Err(malformed(role)),
            };
            let (a, numerator) = of(&request.numerator, "numerator")?;
            let (b, denominator) = of(&request.denominator, "denominator")?;
            Ok(vec![Measured { name: format!("{a}/{b}"), numerator, denominator: Some(denominator) }])
        }
        "proportion" => {
            let holds = Expression::parse(share_of(request)?)?.truth(table)?;
            let numerator = holds.iter().map(|h| h.map_or(f64::NAN, |h| f64::from(u8::from(h)))).collect();
            Ok(vec![Measured { name: String::new(), numerator, denominator: None }])
        }
        _ => {
            let names = request.vars.as_ref().map_or(&[][..], |vars| vars.all());
            if names.is_empty() {
                return Err(malformed("vars"));
            }
            let of =
                |name: &String| Ok(Measured { name: name.clone(), numerator: amount(table, name)?, denominator: None });
            names.iter().map(of).collect()
        }
    }
}

/// A variable, or an expression that yields numbers.
pub(super) fn amount(table: &Table, name: &str) -> Result<Vec<f64>, Refusal> {
    match table.variable(name) {
        Some(_) => Ok(numbers(table, name)?.to_vec()),
        None if is_name(name) => Err(unknown(name, table)),
        None => Expression::parse(name)?.numbers(table),
    }
}

/// Whether a text names a variable and is no expression.
pub(super) fn is_name(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.')
}

/// The condition of a proportion.
pub(super) fn share_of(request: &StatisticRequest) -> Result<&str, Refusal> {
    match (&request.expr, &request.vars) {
        (Some(text), _) => Ok(text),
        (None, Some(vars)) if vars.all().len() == 1 => Ok(&vars.all()[0]),
        _ => Err(malformed("expr")),
    }
}

/// A group's value in its order: numbers by size, texts by their letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Number(u64),
    Text(String),
}

impl Key {
    fn of(values: &Values, row: usize) -> Key {
        match values {
            Values::Numbers(numbers) => {
                // Bits in the order of the numbers.
                let bits = (numbers[row] + 0.0).to_bits();
                Key::Number(if bits >> 63 == 1 { !bits } else { bits | 1 << 63 })
            }
            texts @ Values::Texts { .. } => Key::Text(texts.show(row)),
        }
    }
}

fn method(name: &str, value: &str) -> Result<Method, Refusal> {
    Ok(match value {
        "mean" => Method::Mean,
        "logit" => Method::Logit,
        "xlogit" => Method::Xlogit,
        "asin" => Method::Asin,
        "beta" => Method::Beta,
        "likelihood" => Method::Likelihood,
        "wilson" => Method::Wilson,
        other => return Err(option(name, other, "mean, logit, xlogit, asin, beta, likelihood, wilson")),
    })
}
