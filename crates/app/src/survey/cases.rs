//! A file of cases, answered one after the other. A case that cannot be answered says why, and the rest go on.

use std::{path::PathBuf, sync::Arc};

use diag::{Arg, Diagnostic};
use engine::survey::{
    Answer, AnswerRow, CalibrationTold, Gathered, Gathering, GroupValue, MadeReplicates, Refusal, Sample, answer,
    codes::{SVY001, SVY002},
    judge, needed,
};
use lake::MicrodataFile;
use model::{
    microdata::{DesignRequest, PublishRequest, StatisticRequest},
    value::Lang,
};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};

use super::data::Library;
use crate::observatory::{error_json, number};

/// Pieces of a file that are gathered side by side, and row groups of each.
const MOST_LANES: usize = 16;
const PARTS_OF_LANE: usize = 16;
/// Files beside the one that a case names, at most.
const MOST_FILES: usize = 5;

/// A case: what is known about the results is not read.
#[derive(Deserialize)]
struct Case {
    data: String,
    design: DesignRequest,
    statistic: StatisticRequest,
    publish: Option<PublishRequest>,
}

/// Answers the cases of a file, in their order: `{"cases": [{"id", "degf", "results": [{"name", "estimate", "se", …}]}]}`.
/// One that cannot be answered is `{"id", "error": {"code", "message"}}`.
///
/// Errors: the file is no JSON with a list `cases`.
pub fn estimate_cases(text: &str, folders: &[PathBuf], lang: Lang) -> Result<Json, Vec<Diagnostic>> {
    let wrong = |detail: String| vec![Diagnostic::new(&SVY001).arg("detail", detail)];
    let file: Json = serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?;
    let cases = file.get("cases").and_then(Json::as_array).ok_or_else(|| wrong("`cases`".to_owned()))?;
    let words: Vec<&str> = cases.iter().filter_map(|case| case.get("words")?.as_str()).collect();
    let mut library = Library::new(folders, &words);
    let answered: Vec<Json> = cases.iter().map(|case| answered(&mut library, case, lang)).collect();
    Ok(json!({ "cases": answered }))
}

fn answered(library: &mut Library<'_>, case: &Json, lang: Lang) -> Json {
    let id = case.get("id").cloned().unwrap_or(Json::Null);
    match estimated(library, case) {
        Ok((answer, data)) => {
            let mut out = json!({
                "id": id,
                "data": data,
                "degf": number(answer.degf),
                "results": answer.rows.iter().map(row).collect::<Vec<Json>>(),
            });
            if let Some(lonely) = answer.lonely {
                out["lonely_psu"] = lonely.into();
            }
            if let Some(centre) = answer.centre {
                out["centre"] = centre.into();
            }
            if let Some(made) = &answer.made {
                out["replicates"] = replicates(made);
            }
            if let Some(calibrated) = &answer.calibrated {
                out["calibration"] = calibration(calibrated);
            }
            out
        }
        Err(found) => json!({"id": id, "error": error_json(&found, lang)}),
    }
}

/// The answer, and the files that it was made of.
fn estimated(library: &mut Library<'_>, case: &Json) -> Result<(Answer, String), Refusal> {
    let case = Case::deserialize(case).map_err(|e| Box::new(Diagnostic::new(&SVY001).arg("detail", e.to_string())))?;
    let (answer, data) = answer_to(library, &case)?;
    Ok((judge(answer, &case.statistic.kind, case.publish.as_ref())?, data))
}

fn answer_to(library: &mut Library<'_>, case: &Case) -> Result<(Answer, String), Refusal> {
    let variables = needed(&case.design, &case.statistic)?;
    let parts = library.parts(&case.data, &variables)?;
    if let Some(file) = &parts
        && let Some(answer) = gathered(file, &variables, case)?
    {
        return Ok((answer, file.name().to_owned()));
    }
    let beside = case.design.repweights_file.as_deref().map(|file| library.table(file)).transpose()?;
    let mut table = match &parts {
        Some(file) => Arc::new(file.read(&variables)?),
        None => library.table(&case.data)?,
    };
    let mut added: Vec<String> = Vec::new();
    for _ in 0..MOST_FILES {
        let answered = Sample::of(&table, beside.as_deref(), &case.design)
            .and_then(|sample| answer(&table, &sample, &case.statistic));
        // A variable may lie in a file beside the one that was named.
        let wider = match &answered {
            Err(found) if found.code == &SVY002 => {
                added.extend(lacking(found).map(str::to_owned));
                library.with_variables(&case.data, &added)?
            }
            _ => None,
        };
        match wider {
            Some(wider) => table = wider,
            None => return answered.map(|answer| (answer, table.name.clone())),
        }
    }
    Err(Box::new(Diagnostic::new(&SVY001).arg("detail", &case.data)))
}

/// The answer from a file that is gone through part by part; `None` where the question needs every row at once, or where its
/// replicate weights are different in every row.
///
/// The file is cut into lanes that do not depend on the number of processors, each lane is gathered from its first part to its
/// last, and the lanes are added in their order: so are the sums the same everywhere.
fn gathered(file: &MicrodataFile, variables: &[String], case: &Case) -> Result<Option<Answer>, Refusal> {
    let Some(gathering) = Gathering::of(file.name(), &case.design, &case.statistic)? else { return Ok(None) };
    let n_lanes = (file.n_parts() / PARTS_OF_LANE).clamp(file.n_parts().clamp(1, 2), MOST_LANES);
    let lane = |lane: usize| -> Result<Gathered, Refusal> {
        let mut into = gathering.begin();
        for part in lane * file.n_parts() / n_lanes..(lane + 1) * file.n_parts() / n_lanes {
            file.each(part, variables, |rows| gathering.add(&mut into, &rows))?;
        }
        Ok(into)
    };
    let lanes: Result<Vec<Gathered>, Refusal> = (0..n_lanes).into_par_iter().map(lane).collect();
    let mut lanes = lanes?;
    // Two by two, always the same two.
    while lanes.len() > 1 {
        lanes = lanes
            .into_par_iter()
            .chunks(2)
            .map(|pair| {
                let mut pair = pair.into_iter();
                let mut first = pair.next().unwrap_or_else(|| gathering.begin());
                pair.for_each(|later| first.merge(&later));
                first
            })
            .collect();
    }
    let whole = lanes.pop().unwrap_or_else(|| gathering.begin());
    gathering.answer(&whole)
}

/// The variable that a finding misses.
fn lacking(found: &Diagnostic) -> Option<&str> {
    found.args.iter().find_map(|(name, arg)| match arg {
        Arg::Text(text) if *name == "name" => Some(text.as_str()),
        _ => None,
    })
}

/// What a reader needs to use the same replicates elsewhere.
fn replicates(made: &MadeReplicates) -> Json {
    let mut out = json!({"type": made.kind, "n": made.n, "scale": number(made.scale), "mse": made.mse});
    // One number where all have the same.
    let one = made.rscales.first().copied().filter(|first| made.rscales.iter().all(|r| r == first));
    out["rscales"] = match one {
        Some(one) => number(one),
        None => made.rscales.iter().copied().map(number).collect::<Vec<Json>>().into(),
    };
    if let Some(rho) = made.rho {
        out["rho"] = number(rho);
    }
    if let Some(seed) = made.seed {
        out["seed"] = seed.into();
    }
    out
}

fn calibration(of: &CalibrationTold) -> Json {
    let told = &of.told;
    json!({
        "type": of.kind,
        "iterations": told.iterations,
        "least_factor": number(told.least),
        "greatest_factor": number(told.greatest),
        "n_weights_below_zero": told.n_negative,
        "n_replicates_lost": told.n_lost,
    })
}

fn row(row: &AnswerRow) -> Json {
    let mut out = Map::new();
    out.insert("name".into(), row.name.clone().into());
    if !row.group.is_empty() {
        let value = |value: &GroupValue| match value {
            GroupValue::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => (*n as i64).into(),
            GroupValue::Number(n) => number(*n),
            GroupValue::Text(text) => text.clone().into(),
        };
        let group: Map<String, Json> = row.group.iter().map(|(name, v)| (name.clone(), value(v))).collect();
        out.insert("group".into(), group.into());
    }
    let of = |n: Option<f64>| n.map_or(Json::Null, number);
    if let Some(p) = row.quantile {
        out.insert("quantile".into(), number(p));
    }
    out.insert("estimate".into(), of(row.estimate));
    out.insert("se".into(), of(row.se));
    out.insert("ci_low".into(), of(row.ci_low));
    out.insert("ci_high".into(), of(row.ci_high));
    if row.deff.is_some() {
        out.insert("deff".into(), of(row.deff));
    }
    if let Some(degf) = row.degf {
        out.insert("degf".into(), number(degf));
    }
    out.insert("n".into(), row.n.into());
    out.insert("n_missing".into(), row.n_missing.into());
    if row.n_lost > 0 {
        out.insert("n_replicates_lost".into(), row.n_lost.into());
    }
    out.insert("cv".into(), of(row.cv));
    out.insert("flags".into(), row.flags.clone().into());
    if let Some(publish) = &row.publish {
        out.insert("publish".into(), publish.mark.code().into());
        out.insert("publish_reasons".into(), publish.reasons.clone().into());
    }
    Json::Object(out)
}
