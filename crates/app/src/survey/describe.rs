//! A file of microdata, described for somebody who opens it for the first time.

use std::path::Path;

use diag::Diagnostic;
use engine::survey::{Described, describe, propose};
use serde_json::{Map, Value as Json, json};

use super::data::read_file;
use crate::observatory::number;

/// Describes a file, whatever program wrote it (CSV, Parquet, Stata, SPSS), and proposes its codebook:
/// `{"file", "n_rows", "variables": [{"name", "label", "type", "n_missing", "n_distinct", "min", "max", "mean", "values"}],
/// "codebook": {concept: {"variable", "confidence", "others"}}, "design": {…}}`.
///
/// `design` is what `estimate_cases` takes, made of the proposed weight, stratum and sampling unit.
///
/// Errors: a file that cannot be read, with what is wrong in it.
pub fn describe_microdata(path: &Path) -> Result<Json, Vec<Diagnostic>> {
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let table = read_file(path, &name)?;
    let described = describe(&table);
    let proposed = propose(&described, table.n_rows);
    let of = |concept: &str| proposed.iter().find(|p| p.concept.name() == concept).map(|p| p.variable.clone());
    let mut design = Map::new();
    for (key, concept) in [("ids", "psu"), ("strata", "stratum"), ("weights", "weight")] {
        if let Some(variable) = of(concept) {
            design.insert(key.to_owned(), variable.into());
        }
    }
    let codebook: Map<String, Json> = proposed
        .iter()
        .map(|p| {
            let told = json!({"variable": p.variable, "confidence": p.confidence, "others": p.others});
            (p.concept.name().to_owned(), told)
        })
        .collect();
    Ok(json!({
        "file": name,
        "n_rows": table.n_rows,
        "variables": described.iter().map(variable).collect::<Vec<Json>>(),
        "codebook": codebook,
        "design": design,
    }))
}

fn variable(told: &Described) -> Json {
    let value = |(value, n, label): &(String, usize, String)| json!({"value": value, "n": n, "label": label});
    let mut out = json!({
        "name": told.name,
        "label": told.label,
        "type": if told.is_text { "text" } else { "number" },
        "n_missing": told.n_missing,
        "n_distinct": told.n_distinct,
        "values": told.values.iter().map(value).collect::<Vec<Json>>(),
    });
    if let Some((low, high, mean)) = told.range {
        (out["min"], out["max"], out["mean"]) = (number(low), number(high), number(mean));
    }
    out
}
