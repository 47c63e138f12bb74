//! What holds for the whole questionnaire: the sheet `settings`.

use diag::{Diagnostic, Pointer};
use model::form::FormRow;
use serde_json::{Map, Value as Json, json};

use super::Made;
use crate::instrument::codes::{INS026, INS031};

/// Records that a questionnaire can be about.
const SUBJECTS: [&str; 7] = ["place", "project", "indicator", "result", "evaluation", "session", "unit"];

/// Everything but sections and scoring, and the questionnaire's code. The version is left out where the form names none.
pub(super) fn head(made: &mut Made<'_>) -> (Map<String, Json>, String) {
    let settings = &made.form.settings;
    let empty = FormRow { number: 2, cells: Vec::new() };
    let row = settings.rows.first().unwrap_or(&empty);
    let mut json = Map::new();
    let file = made.form.file.rsplit_once('.').map_or(made.form.file.as_str(), |(stem, _)| stem);
    let named = Some(settings.text(row, "form_id")).filter(|id| !id.is_empty()).unwrap_or(file);
    let id = super::code(named, 'q').replace('_', "-");
    let id = id.trim_matches('-').to_owned();
    made.places.insert(id.clone(), settings.at(row, "form_id"));
    json.insert("id".to_owned(), id.as_str().into());
    // Versions such as 2026010101 or v3 are names of a form's own.
    if let Ok(version @ 1..=999) = settings.text(row, "version").parse::<u16>() {
        json.insert("version".to_owned(), version.into());
    }
    let title = made.texts(settings, row, "form_title").unwrap_or_else(|| json!({"en": named}));
    let purpose = made.texts(settings, row, "purpose").unwrap_or_else(|| title.clone());
    json.insert("title".to_owned(), title);
    json.insert("purpose".to_owned(), purpose);
    for part in ["respondents", "basis"] {
        json.extend(made.texts(settings, row, part).map(|texts| (part.to_owned(), texts)));
    }
    let subject = settings.text(row, "subject").to_lowercase();
    if !SUBJECTS.contains(&subject.as_str()) {
        let found = Diagnostic::new(&INS031).arg("setting", "subject").arg("allowed", SUBJECTS.join(", "));
        let at = if settings.has("subject") {
            settings.at(row, "subject")
        } else {
            Pointer { row: Some(1), ..settings.at(row, "subject") }
        };
        made.found.push(found.at(at));
    }
    json.insert("subject".to_owned(), subject.into());
    (json, id)
}

/// How sections make a total, levels and the required score. Without levels there is no total, unless the form asks for one.
pub(super) fn scoring(made: &mut Made<'_>, json: &mut Map<String, Json>, sections: &[Json]) {
    let form = made.form;
    let settings = &form.settings;
    let Some(row) = settings.rows.first() else {
        json.insert("aggregation".to_owned(), "none".into());
        json.insert("levels".to_owned(), json!([]));
        return;
    };
    let levels = levels(made, row);
    let is_scored = sections.iter().any(|s| s["questions"].as_array().is_some_and(|all| all.iter().any(scores)));
    let aggregation = settings.text(row, "aggregation").to_lowercase();
    let aggregation = match aggregation.as_str() {
        "" if is_scored && !levels.is_empty() => "arithmetic",
        "" => "none",
        own @ ("arithmetic" | "geometric" | "minimum" | "none") => own,
        _ => {
            let found = Diagnostic::new(&INS031).arg("setting", "aggregation");
            let found = found.arg("allowed", "arithmetic, geometric, minimum, none");
            made.found.push(found.at(settings.at(row, "aggregation")));
            "none"
        }
    };
    json.insert("aggregation".to_owned(), aggregation.into());
    json.insert("levels".to_owned(), Json::Array(levels));
    if let Some(score) = made.number(settings, row, "required_score") {
        json.insert("required_score".to_owned(), score.into());
    }
}

fn scores(question: &Json) -> bool {
    let of_choice = |c: &Json| c.get("score").is_some_and(Json::is_number);
    question.get("points").is_some() || question["choices"].as_array().is_some_and(|all| all.iter().any(of_choice))
}

/// `0 Weak; 40 On the way; 75 Strong`, in each language.
fn levels(made: &mut Made<'_>, row: &FormRow) -> Vec<Json> {
    let settings = &made.form.settings;
    let Some(Json::Object(texts)) = made.texts(settings, row, "levels") else { return Vec::new() };
    let mut levels: Vec<(f64, Map<String, Json>)> = Vec::new();
    for (language, text) in &texts {
        for part in text.as_str().unwrap_or_default().split([';', '；', '؛']).map(str::trim).filter(|p| !p.is_empty())
        {
            let split = part
                .split_once(char::is_whitespace)
                .and_then(|(from, title)| Some((from.parse::<f64>().ok()?, title.trim())));
            let Some((from, title)) = split.filter(|(from, _)| from.is_finite()) else {
                let found = Diagnostic::new(&INS026).arg("column", "levels").arg("value", part);
                made.found.push(found.at(settings.at(row, "levels")));
                continue;
            };
            let at = levels.iter().position(|(own, _)| *own == from).unwrap_or_else(|| {
                levels.push((from, Map::new()));
                levels.len() - 1
            });
            if let Some((_, own)) = levels.get_mut(at) {
                own.insert(language.clone(), title.into());
            }
        }
    }
    levels.sort_by(|a, b| a.0.total_cmp(&b.0));
    levels.into_iter().map(|(from, title)| json!({"from": from, "title": title})).collect()
}
