//! `survey`: estimates from household surveys.

use app::AppError;
use serde_json::{Value as Json, json};

use crate::{Stop, args::SurveyCommand, session::Session};

/// Runs a command about surveys.
pub fn run(session: &Session, command: &SurveyCommand) -> Result<(), Stop> {
    let SurveyCommand::Estimate { cases, data_dir } = command;
    let text = std::fs::read_to_string(cases).map_err(|e| AppError::file(cases, &e))?;
    let beside = cases.parent().map(std::path::Path::to_path_buf);
    let folders: Vec<_> = data_dir.iter().cloned().chain(beside).collect();
    let answered = match app::estimate_cases(&text, &folders, session.lang) {
        Ok(answered) => answered,
        Err(found) => return super::import::refused(session, json!({}), &found),
    };
    if session.json {
        session.print_json(&answered);
        return Ok(());
    }
    for case in answered["cases"].as_array().into_iter().flatten() {
        outln!("{}", session.paint.bold(&shown(&case["id"])));
        if let Some(error) = case.get("error") {
            outln!("  {} {}", shown(&error["code"]), shown(&error["message"]));
            outln!("  {}", shown(&error["remedy"]));
        }
        for row in case["results"].as_array().into_iter().flatten() {
            let quantile = row.get("quantile").map(|p| format!(" p{}", shown(p))).unwrap_or_default();
            let interval = format!("{} … {}", shown(&row["ci_low"]), shown(&row["ci_high"]));
            let (name, estimate, se) = (shown(&row["name"]), shown(&row["estimate"]), shown(&row["se"]));
            let args = [("n", row["n"].as_i64().unwrap_or_default().into())];
            let n = session.say_with("cli-survey-rows", &args);
            outln!("  {name}{quantile}: {estimate} ± {se} ({interval}; {n})");
        }
    }
    Ok(())
}

/// A value as a person reads it; what cannot be estimated is a dash.
fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "–".to_owned(),
        Json::Number(n) if n.is_f64() => format!("{:.6}", n.as_f64().unwrap_or_default()),
        other => other.to_string(),
    }
}
