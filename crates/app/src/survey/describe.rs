//! A file of microdata, described for somebody who opens it for the first time.

use std::{fs, io::Read, path::Path};

use diag::Diagnostic;
use engine::survey::{Described, codes::SVY018, describe, propose};
use model::value::Lang;
use serde_json::{Map, Value as Json, json};

use super::data::{read_collected, read_file};
use crate::{check::read_path, error::AppError, observatory::number};

/// How an export of forms is described; what a file of another kind has no use for.
#[derive(Clone, Copy, Debug)]
pub struct Collecting<'a> {
    /// The form that the data were collected with.
    pub form: Option<&'a Path>,
    /// The repeat that lists persons; `none` for none.
    pub repeat: Option<&'a str>,
    /// The language of labels.
    pub lang: Lang,
}

/// Describes a file, whatever program wrote it (CSV, Parquet, Stata, SPSS, exports of ODK and Kobo), or the folder of an export,
/// and proposes its codebook: `{"file", "repeats", "n_rows", "variables": [{"name", "label", "type", "n_missing", "n_distinct", "min", "max", "mean", "values"}],
/// "codebook": {concept: {"variable", "confidence", "others"}}, "design": {…}}`.
///
/// `design` is what `estimate_cases` takes, made of the proposed weight, stratum and sampling unit.
///
/// Errors: a file that cannot be read, with what is wrong in it.
pub fn describe_microdata(path: &Path, how: Collecting<'_>) -> Result<Json, Vec<Diagnostic>> {
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let unread = |e: AppError| vec![Diagnostic::new(&SVY018).arg("file", &name).arg("detail", e.to_string())];
    let (table, repeats) = if how.form.is_some() || how.repeat.is_some() || path.is_dir() || is_archive(path) {
        let mut files = read_path(path).map_err(unread)?;
        if let Some(form) = how.form {
            files.extend(read_path(form).map_err(unread)?);
        }
        read_collected(files, how.repeat, how.lang)?
    } else {
        (read_file(path, &name)?, Vec::new())
    };
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
        "repeats": repeats,
        "n_rows": table.n_rows,
        "variables": described.iter().map(variable).collect::<Vec<Json>>(),
        "codebook": codebook,
        "design": design,
    }))
}

/// Whether a file begins like an archive or a workbook.
fn is_archive(path: &Path) -> bool {
    let mut head = [0; 2];
    fs::File::open(path).and_then(|mut file| file.read_exact(&mut head)).is_ok() && head == *b"PK"
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
