//! Weights that meet totals of the population, by the names of columns.

use diag::Diagnostic;
use model::microdata::{CalibrationRequest, MarginRequest, Table, Values};
use rustc_hash::FxHashMap;
use stats::survey::{
    Auxiliaries, Calibrated, Calibrating, CalibrationError, Covariate, Known, Limits, Margin, NO_CELL, Survey,
};

use super::{
    Refusal,
    answer::amount,
    codes,
    expression::unknown,
    sample::{unreadable, wrong_option},
};

/// The name of what is 1 in every row: its total is the size of the population.
pub(super) const INTERCEPT: &str = "(Intercept)";

/// Rounds of raking and of Newton's method, and the share by which a total may be missed, when nothing is said.
const ROUNDS: usize = 500;
const TOLERANCE: f64 = 1e-9;

/// What calibration did, for the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct CalibrationTold {
    /// `poststratify`, `rake`, `linear`, `logit`.
    pub kind: &'static str,
    /// Rounds, factors, weights below zero, replicates lost.
    pub told: Calibrated,
}

/// Brings the weights of a survey to the totals that are known.
pub(super) fn calibrate(
    survey: &mut Survey,
    table: &Table,
    request: &CalibrationRequest,
) -> Result<CalibrationTold, Refusal> {
    let (kind, how) = way(request)?;
    let limits =
        Limits { iterations: request.iterations.unwrap_or(ROUNDS), tolerance: request.tolerance.unwrap_or(TOLERANCE) };
    if !(limits.tolerance > 0.0 && limits.tolerance < 1.0) {
        return Err(wrong_option("tolerance", &limits.tolerance.to_string(), "0 … 1"));
    }
    let weights = survey.weights();
    let parts: Result<Vec<Parts>, Refusal> =
        request.margins.iter().map(|margin| Parts::of(table, weights, margin)).collect();
    let parts = parts?;
    let mut covariates = Vec::new();
    for (name, total) in &request.totals {
        let values = if name == INTERCEPT { vec![1.0; table.n_rows] } else { amount(table, name)? };
        covariates.push(Covariate { values, total: *total });
    }
    let margins = parts.iter().map(|parts| parts.margin.clone()).collect();
    let told = survey.calibrate(Auxiliaries { margins, covariates }, how, limits);
    told.map(|told| CalibrationTold { kind, told }).map_err(|e| refused(&e, table, request, &parts))
}

fn way(request: &CalibrationRequest) -> Result<(&'static str, Calibrating), Refusal> {
    let bounds = request.bounds.map(|[low, high]| (low, high));
    let (kind, how) = match (request.kind.as_str(), bounds) {
        ("poststratify", _) => ("poststratify", Calibrating::Raking),
        ("rake", _) => ("rake", Calibrating::Raking),
        ("linear", bounds) => ("linear", Calibrating::Linear { bounds }),
        ("logit", Some((low, high))) => ("logit", Calibrating::Logit { low, high }),
        ("logit", None) => return Err(unreadable("calibration: bounds")),
        (other, _) => return Err(wrong_option("type", other, "poststratify, rake, linear, logit")),
    };
    if how == Calibrating::Raking && bounds.is_some() {
        return Err(unreadable("calibration: bounds"));
    }
    if how == Calibrating::Raking && !request.totals.is_empty() {
        return Err(unreadable("calibration: totals"));
    }
    let is_one = kind != "poststratify" || request.margins.len() == 1;
    if !is_one || request.margins.is_empty() && request.totals.is_empty() {
        return Err(unreadable("calibration: margins"));
    }
    Ok((kind, how))
}

/// The parts of a margin: a code for each row, a label for each code.
struct Parts {
    name: String,
    labels: Vec<String>,
    margin: Margin,
}

impl Parts {
    /// Errors: a variable that is not there, a row with a weight in a part whose size is not given.
    fn of(table: &Table, weights: &[f64], request: &MarginRequest) -> Result<Parts, Refusal> {
        let names = request.variables.all();
        if names.is_empty() || request.totals.is_empty() {
            return Err(unreadable("margins: variables, totals"));
        }
        let mut columns = Vec::new();
        for name in names {
            columns.push(table.variable(name).ok_or_else(|| unknown(name, table))?);
        }
        let name = names.join(".");
        let (labels, totals): (Vec<String>, Vec<f64>) = request.totals.iter().map(|(l, t)| (l.clone(), *t)).unzip();
        let places: FxHashMap<&str, u32> = labels.iter().zip(0..).map(|(label, at)| (label.as_str(), at)).collect();
        let mut cells = vec![NO_CELL; table.n_rows];
        // Labels are made once for each combination, not for each row.
        let mut met: FxHashMap<Vec<u64>, Option<u32>> = FxHashMap::default();
        let mut key = Vec::new();
        for (row, cell) in cells.iter_mut().enumerate() {
            if columns.iter().any(|values| values.is_missing(row)) {
                continue;
            }
            let label = || columns.iter().map(|values| values.show(row)).collect::<Vec<String>>().join(".");
            key.clear();
            key.extend(columns.iter().map(|values| match values {
                // Zero has two signs and is one value.
                Values::Numbers(numbers) => (numbers[row] + 0.0).to_bits(),
                Values::Texts { codes, .. } => u64::from(codes[row]),
            }));
            let place = match met.get(&key) {
                Some(place) => *place,
                None => *met.entry(key.clone()).or_insert_with(|| places.get(label().as_str()).copied()),
            };
            match place {
                Some(place) => *cell = place,
                // A row that weighs nothing belongs to no part.
                None if weights[row] == 0.0 => {}
                None => {
                    let found = Diagnostic::new(&codes::SVY021).arg("name", name).arg("value", label());
                    return Err(Box::new(found.arg("row", table.line(row)).arg("file", &table.name)));
                }
            }
        }
        Ok(Parts { name, labels, margin: Margin { cells, totals } })
    }
}

/// Names in words of the file what cannot be met.
fn refused(error: &CalibrationError, table: &Table, request: &CalibrationRequest, parts: &[Parts]) -> Refusal {
    let margin = |at: usize| parts.get(at).map_or("", |parts| parts.name.as_str());
    let value = |at: usize, cell: u32| {
        parts.get(at).and_then(|parts| parts.labels.get(cell as usize)).cloned().unwrap_or_default()
    };
    let name = |of: Known| match of {
        Known::Cell(at, NO_CELL) => margin(at).to_owned(),
        Known::Cell(at, cell) => format!("{}: {}", margin(at), value(at, cell)),
        Known::Covariate(at) => request.totals.keys().nth(at).cloned().unwrap_or_default(),
    };
    let found = match *error {
        CalibrationError::Shape => return unreadable("calibration"),
        CalibrationError::Bounds => {
            let of = request.bounds.map_or_else(String::new, |[low, high]| format!("{low}, {high}"));
            return wrong_option("bounds", &of, "0 … 1, 1 … ∞");
        }
        CalibrationError::Missing { row, of } => {
            Diagnostic::new(&codes::SVY024).arg("name", name(of)).arg("row", table.line(row))
        }
        CalibrationError::Total(of) => {
            let total = match of {
                Known::Cell(at, cell) => parts.get(at).and_then(|p| p.margin.totals.get(cell as usize)).copied(),
                Known::Covariate(at) => request.totals.values().nth(at).copied(),
            };
            Diagnostic::new(&codes::SVY026)
                .arg("name", name(of))
                .arg("value", total.map_or_else(String::new, |t| t.to_string()))
        }
        CalibrationError::Empty(of) => Diagnostic::new(&codes::SVY022).arg("name", name(of)),
        CalibrationError::Disagree { margin: at, sum, first } => Diagnostic::new(&codes::SVY025)
            .arg("name", margin(at))
            .arg("sum", sum)
            .arg("other", margin(0))
            .arg("first", first),
        CalibrationError::NotReached { of, off, iterations } => {
            Diagnostic::new(&codes::SVY023).arg("name", name(of)).arg("off", 100.0 * off).arg("n", iterations)
        }
    };
    Box::new(found.arg("file", &table.name))
}
