//! `survey describe` and `survey estimate`: files that need no register.

use app::{AppError, Collecting};
use serde_json::{Value as Json, json};

use super::households;
use crate::{
    Stop,
    args::{SurveyCommand, SurveyExport},
    session::Session,
};

/// Runs a command about surveys.
pub async fn run(session: &Session, command: &SurveyCommand) -> Result<(), Stop> {
    match command {
        SurveyCommand::Describe { file, export } => describe(session, file, export),
        SurveyCommand::Estimate { cases, data_dir } => estimate(session, cases, data_dir),
        SurveyCommand::Load(args) => households::load(session, args).await,
        SurveyCommand::List => households::list(session).await,
        SurveyCommand::Rules { rule_set } => households::rules(session, rule_set.as_deref()).await,
        SurveyCommand::Measure(args) => households::measure(session, args).await,
        SurveyCommand::Publish(args) => households::publish(session, args).await,
    }
}

/// Answers a file of cases.
fn estimate(session: &Session, cases: &std::path::Path, data_dir: &[std::path::PathBuf]) -> Result<(), Stop> {
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
            let codes = |key: &str| row[key].as_array().map_or(&[] as &[Json], Vec::as_slice);
            let mut told: Vec<&str> =
                codes("flags").iter().chain(codes("publish_reasons")).filter_map(Json::as_str).collect();
            if row["publish"] == "suppress" {
                told.insert(0, "withheld");
            }
            // A reason may be a flag as well.
            let mut said = Vec::new();
            for code in told {
                let words = session.say(&format!("survey-flag-{code}"));
                if !said.contains(&words) {
                    said.push(words);
                }
            }
            if !said.is_empty() {
                outln!("    {}", said.join("; "));
            }
        }
    }
    Ok(())
}

/// Says what a file holds.
fn describe(session: &Session, file: &std::path::Path, export: &SurveyExport) -> Result<(), Stop> {
    std::fs::metadata(file).map_err(|e| AppError::file(file, &e))?;
    let how = Collecting { form: export.form.as_deref(), repeat: export.repeat.as_deref(), lang: session.lang };
    let found = match app::describe_microdata(file, how) {
        Ok(found) => found,
        Err(found) => return super::import::refused(session, json!({}), &found),
    };
    if session.json {
        session.print_json(&found);
        return Ok(());
    }
    let variables = found["variables"].as_array().map_or(&[] as &[Json], Vec::as_slice);
    let args =
        [("rows", found["n_rows"].as_i64().unwrap_or_default().into()), ("variables", (variables.len() as i64).into())];
    outln!("{}", session.say_with("cli-survey-file", &args));
    for variable in variables {
        let range = variable.get("min").map(|low| format!(" {} … {}", shown(low), shown(&variable["max"])));
        let args = [
            ("missing", variable["n_missing"].as_i64().unwrap_or_default().into()),
            ("distinct", variable["n_distinct"].as_i64().unwrap_or_default().into()),
        ];
        let name = session.paint.bold(&shown(&variable["name"]));
        let label = variable["label"].as_str().unwrap_or_default();
        let told = session.say_with("cli-survey-variable", &args);
        outln!("  {name}  {label}{}  {told}", range.unwrap_or_default());
    }
    outln!("{}", session.say("cli-survey-codebook"));
    for (concept, told) in found["codebook"].as_object().into_iter().flatten() {
        let percent = 100.0 * told["confidence"].as_f64().unwrap_or_default();
        outln!("  {}: {}  {percent:.0} %", session.say(&format!("concept-{concept}")), shown(&told["variable"]));
    }
    outln!("{}", session.say("cli-survey-confirm"));
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
