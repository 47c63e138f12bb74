//! A survey's sample from its columns: the keys of strata and clusters become codes, sampling fractions become sizes.

use diag::Diagnostic;
use model::microdata::{DesignRequest, Table, Values};
use rustc_hash::FxHashMap;
use stats::survey::{Design, DesignError, Lonely, Replicates, ReplicatesError, Stage, Survey};

use super::{
    Refusal,
    calibrated::{self, CalibrationTold},
    codes,
    expression::unknown,
    made::{self, MadeReplicates},
};

/// A sample with what is said about it in every answer.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Weights, and the error that the design gives.
    pub survey: Survey,
    /// The rule for strata with one unit, or none where replicate weights give the error.
    pub lonely: Option<&'static str>,
    /// What deviations of replicates are taken from: `mse` or `mean`.
    pub centre: Option<&'static str>,
    /// The replicate weights that were made.
    pub made: Option<MadeReplicates>,
    /// What calibration did to the weights.
    pub calibrated: Option<CalibrationTold>,
}

fn column<'t>(table: &'t Table, name: &str) -> Result<&'t Values, Refusal> {
    table.variable(name).ok_or_else(|| unknown(name, table))
}

/// The numbers of a variable.
pub(super) fn numbers<'t>(table: &'t Table, name: &str) -> Result<&'t [f64], Refusal> {
    match column(table, name)? {
        Values::Numbers(numbers) => Ok(numbers),
        Values::Texts { .. } => {
            Err(Box::new(Diagnostic::new(&codes::SVY004).arg("name", name).arg("file", &table.name)))
        }
    }
}

/// A question that says too much, too little or two things at once.
pub(super) fn unreadable(detail: &str) -> Refusal {
    Box::new(Diagnostic::new(&codes::SVY001).arg("detail", detail))
}

/// A code for each row's value.
pub(super) fn keys(table: &Table, name: &str) -> Result<Vec<u64>, Refusal> {
    let values = column(table, name)?;
    if let Some(row) = (0..table.n_rows).find(|row| values.is_missing(*row)) {
        let found = Diagnostic::new(&codes::SVY014).arg("name", name).arg("row", table.line(row));
        return Err(Box::new(found.arg("file", &table.name)));
    }
    Ok(match values {
        // Zero has two signs and is one key.
        Values::Numbers(numbers) => numbers.iter().map(|n| (n + 0.0).to_bits()).collect(),
        Values::Texts { codes, .. } => codes.iter().map(|c| u64::from(*c)).collect(),
    })
}

/// Numbers pairs in the order of their first appearance.
fn dense(of: impl Iterator<Item = (u64, u64)>) -> Vec<u32> {
    let mut known: FxHashMap<(u64, u64), u32> = FxHashMap::default();
    let mut next = 0;
    of.map(|pair| {
        *known.entry(pair).or_insert_with(|| {
            next += 1;
            next - 1
        })
    })
    .collect()
}

pub(super) fn wrong_option(name: &str, value: &str, known: &str) -> Refusal {
    Box::new(Diagnostic::new(&codes::SVY013).arg("name", name).arg("value", value).arg("known", known))
}

impl Sample {
    /// The sample of a table. `replicates` is the table with the replicate weights, where they lie in a file of their own;
    /// it has the same rows. Replicates are made before the weights are calibrated, so that each is calibrated by itself.
    pub fn of(table: &Table, replicates: Option<&Table>, request: &DesignRequest) -> Result<Sample, Refusal> {
        let is_given = request.repweights.is_some() || request.repweights_file.is_some();
        let mut sample = match (is_given, &request.replicates) {
            (true, Some(_)) => return Err(unreadable("repweights, replicates")),
            (true, None) => replicated(table, replicates, request)?,
            (false, None) => drawn(table, request)?,
            (false, Some(of)) => made::with_replicates(drawn(table, request)?, table, request, of)?,
        };
        if let Some(known) = &request.calibration {
            sample.calibrated = Some(calibrated::calibrate(&mut sample.survey, table, known)?);
        }
        Ok(sample)
    }
}

/// The sample of strata and clusters.
fn drawn(table: &Table, request: &DesignRequest) -> Result<Sample, Refusal> {
    let (lonely, name) = match request.lonely_psu.as_deref() {
        None | Some("fail") => (Lonely::Fail, "fail"),
        Some("remove") => (Lonely::Remove, "remove"),
        Some("certainty") => (Lonely::Remove, "certainty"),
        Some("adjust") => (Lonely::Adjust, "adjust"),
        Some("average") => (Lonely::Average, "average"),
        Some(other) => return Err(wrong_option("lonely_psu", other, "fail, remove, certainty, adjust, average")),
    };
    let stages = stages(table, request)?;
    let weights = weights(table, request, &stages)?;
    let design = match Design::new(weights, stages, lonely, request.adjust_domain_lonely) {
        Ok(design) => design,
        // The stages went into the design; they are made again for the words of the refusal.
        Err(e) => return Err(refused(&e, table, request, &self::stages(table, request)?)),
    };
    Ok(Sample { survey: Survey::Linear(design), lonely: Some(name), centre: None, made: None, calibrated: None })
}
pub(super) fn stages(table: &Table, request: &DesignRequest) -> Result<Vec<Stage>, Refusal> {
    let n = table.n_rows;
    let ids: &[String] = request.ids.as_ref().map_or(&[], |ids| ids.all());
    let fpc: &[String] = request.fpc.as_ref().map_or(&[], |fpc| fpc.all());
    let strata = request.strata.as_deref().map(|name| keys(table, name)).transpose()?;
    let mut of_stratum = strata.map_or(vec![0; n], |keys| dense(keys.into_iter().map(|k| (k, 0))));
    let mut stages: Vec<Stage> = Vec::new();
    for stage in 0..ids.len().max(1) {
        let units = match ids.get(stage) {
            None => (0..n as u32).collect(),
            Some(name) => {
                let labels = keys(table, name)?;
                // The units of a later stage belong to the one that they were drawn from.
                let restart = stage > 0 || request.nest;
                let within = |row: usize| if restart { u64::from(of_stratum[row]) } else { 0 };
                dense(labels.into_iter().enumerate().map(|(row, label)| (within(row), label)))
            }
        };
        let population = fpc.get(stage).map(|name| sizes(table, name, &of_stratum, &units)).transpose()?;
        let next = units.clone();
        stages.push(Stage { strata: std::mem::replace(&mut of_stratum, next), units, population });
    }
    Ok(stages)
}

/// Sizes of the population; numbers of at most one are sampling fractions.
fn sizes(table: &Table, name: &str, strata: &[u32], units: &[u32]) -> Result<Vec<f64>, Refusal> {
    let given = numbers(table, name)?;
    if let Some(row) = given.iter().position(|n| n.is_nan() || *n <= 0.0) {
        let found = Diagnostic::new(&codes::SVY009).arg("name", name).arg("row", table.line(row));
        return Err(Box::new(found.arg("file", &table.name)));
    }
    if given.iter().any(|n| *n > 1.0) {
        return Ok(given.to_vec());
    }
    let n_sampled = sampled(strata, units);
    Ok(given.iter().zip(strata).map(|(f, h)| f64::from(n_sampled[*h as usize]) / f).collect())
}

/// Units of each stratum.
fn sampled(strata: &[u32], units: &[u32]) -> Vec<u32> {
    let mut n = vec![0; strata.iter().max().map_or(0, |h| *h as usize + 1)];
    let mut seen = vec![false; units.iter().max().map_or(0, |u| *u as usize + 1)];
    for (h, unit) in strata.iter().zip(units) {
        if !std::mem::replace(&mut seen[*unit as usize], true) {
            n[*h as usize] += 1;
        }
    }
    n
}

fn weights(table: &Table, request: &DesignRequest, stages: &[Stage]) -> Result<Vec<f64>, Refusal> {
    let missing = || Box::new(Diagnostic::new(&codes::SVY005).arg("file", &table.name));
    match request.weights.as_deref() {
        Some("from_fpc") => {
            let mut weights = vec![1.0; table.n_rows];
            for stage in stages {
                let population = stage.population.as_ref().ok_or_else(missing)?;
                let n = sampled(&stage.strata, &stage.units);
                for (row, weight) in weights.iter_mut().enumerate() {
                    *weight *= population[row] / f64::from(n[stage.strata[row] as usize]);
                }
            }
            Ok(weights)
        }
        Some(name) => checked_weights(numbers(table, name)?, name, table),
        None => request.base_weight.map(|w| vec![w; table.n_rows]).ok_or_else(missing),
    }
}

fn checked_weights(weights: &[f64], name: &str, table: &Table) -> Result<Vec<f64>, Refusal> {
    match weights.iter().position(|w| !(w.is_finite() && *w >= 0.0)) {
        None => Ok(weights.to_vec()),
        Some(row) => {
            let value = if weights[row].is_nan() { String::new() } else { weights[row].to_string() };
            let found =
                Diagnostic::new(&codes::SVY006).arg("name", name).arg("row", table.line(row)).arg("value", value);
            Err(Box::new(found.arg("file", &table.name)))
        }
    }
}

fn replicated(table: &Table, beside: Option<&Table>, request: &DesignRequest) -> Result<Sample, Refusal> {
    let refused =
        |detail: String| Box::new(Diagnostic::new(&codes::SVY012).arg("detail", detail).arg("file", &table.name));
    let source = beside.unwrap_or(table);
    if source.n_rows != table.n_rows {
        return Err(refused(format!("{}: {} ≠ {}", source.name, source.n_rows, table.n_rows)));
    }
    let names: Vec<String> = match &request.repweights {
        Some(names) => names.all().to_vec(),
        // All columns of the file that are numbered.
        None => {
            let is_numbered = |name: &&String| {
                name.strip_prefix("rep").is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
            };
            source.variables.iter().map(|v| &v.name).filter(is_numbered).cloned().collect()
        }
    };
    let columns: Result<Vec<Vec<f64>>, Refusal> =
        names.iter().map(|name| Ok(numbers(source, name)?.to_vec())).collect();
    let columns = columns?;
    let base = weights(table, request, &[])?;
    let rscales = match request.rscales.as_ref().map(|r| r.all()) {
        None => vec![1.0; columns.len()],
        Some([one]) => vec![*one; columns.len()],
        Some(many) => many.to_vec(),
    };
    let scale = request.scale.unwrap_or(1.0);
    let replicates = Replicates::new(base, columns, request.combined, scale, rscales, request.mse).map_err(|e| {
        refused(match e {
            ReplicatesError::None => "repweights: 0".to_owned(),
            ReplicatesError::Lengths => format!("rscales ≠ {}", names.len()),
            ReplicatesError::Scale => "scale, rscales < 0".to_owned(),
            ReplicatesError::Weight { row, column } => {
                let name = column.and_then(|c| names.get(c)).map_or("weights", String::as_str);
                format!("{name}, {}", table.line(row))
            }
        })
    })?;
    let centre = if replicates.is_mse() { "mse" } else { "mean" };
    let survey = Survey::Replicated(replicates);
    Ok(Sample { survey, lonely: None, centre: Some(centre), made: None, calibrated: None })
}

/// Names in words of the file what is wrong with a design.
fn refused(error: &DesignError, table: &Table, request: &DesignRequest, stages: &[Stage]) -> Refusal {
    let ids: &[String] = request.ids.as_ref().map_or(&[], |ids| ids.all());
    let fpc: &[String] = request.fpc.as_ref().map_or(&[], |fpc| fpc.all());
    let strata = |stage: usize| match stage {
        0 => request.strata.clone().unwrap_or_default(),
        later => ids.get(later - 1).cloned().unwrap_or_default(),
    };
    let shown = |name: &str, row: usize| table.variable(name).map_or_else(String::new, |values| values.show(row));
    let found = match *error {
        DesignError::Crossing { stage, row } => {
            let name = ids.get(stage).cloned().unwrap_or_default();
            let unit = stages[stage].units[row];
            let first = stages[stage].units.iter().position(|u| *u == unit).unwrap_or(row);
            let strata = strata(stage);
            Diagnostic::new(&codes::SVY007)
                .arg("name", &name)
                .arg("unit", shown(&name, row))
                .arg("strata", &strata)
                .arg("first", shown(&strata, first))
                .arg("second", shown(&strata, row))
                .arg("row", table.line(row))
        }
        DesignError::Lonely { stage, stratum } => {
            let row = stages[stage].strata.iter().position(|h| *h == stratum).unwrap_or_default();
            let name = strata(stage);
            Diagnostic::new(&codes::SVY008)
                .arg("name", &name)
                .arg("stratum", shown(&name, row))
                .arg("row", table.line(row))
        }
        DesignError::Population { stage, row } => {
            let name = fpc.get(stage).cloned().unwrap_or_default();
            Diagnostic::new(&codes::SVY009).arg("name", name).arg("row", table.line(row))
        }
        DesignError::Oversampled { stage, row, n } => {
            let name = fpc.get(stage).cloned().unwrap_or_default();
            let size = shown(&name, row);
            Diagnostic::new(&codes::SVY010)
                .arg("name", name)
                .arg("n", i64::from(n))
                .arg("population", size)
                .arg("row", table.line(row))
        }
        DesignError::Weight { row } => {
            let name = request.weights.clone().unwrap_or_default();
            Diagnostic::new(&codes::SVY006)
                .arg("value", shown(&name, row))
                .arg("name", name)
                .arg("row", table.line(row))
        }
        DesignError::Lengths => Diagnostic::new(&codes::SVY001).arg("detail", "rows"),
    };
    Box::new(found.arg("file", &table.name))
}
