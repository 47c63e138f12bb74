//! `index`, `project` and `sample`: files of questions to the urban observatory.

use std::path::{Path, PathBuf};

use app::AppError;
use diag::Diagnostic;
use serde_json::{Value as Json, json};

use crate::{
    Stop,
    args::{EvaluateCommand, IndexCommand},
    session::Session,
};

/// What answers a file.
type Answer<'a> = &'a dyn Fn(&str, &[PathBuf]) -> Result<Json, Vec<Diagnostic>>;

/// Runs `index`.
pub fn index(session: &Session, command: &IndexCommand) -> Result<(), Stop> {
    let IndexCommand::Evaluate { file, definition, data_dir } = command else { return listed(session) };
    let answer = |text: &str, at: &[PathBuf]| match definition {
        Some(id) => app::evaluate_shipped_index(id, text, at, session.lang),
        None => app::evaluate_index(text, at, session.lang),
    };
    answered(session, file, data_dir, &answer, &shown_index)
}

/// The definitions of the program.
fn listed(session: &Session) -> Result<(), Stop> {
    let cards = app::index_cards();
    if session.json {
        let card = |c: &app::IndexCard| {
            let parts: Vec<&str> = c.parts.iter().map(|(part, _)| part.as_str()).collect();
            json!({"id": c.id, "title": c.title.show(session.lang), "note": c.note.show(session.lang),
                "indicators": c.n_indicators, "mean": c.mean, "parts": parts})
        };
        session.print_json(&json!({ "indices": cards.iter().map(card).collect::<Vec<_>>() }));
        return Ok(());
    }
    for card in &cards {
        outln!("{}  {}", session.paint.bold(&card.id), card.title.show(session.lang));
        outln!("  {}", card.note.show(session.lang));
    }
    Ok(())
}

/// Runs `project`.
pub fn project(session: &Session, command: &EvaluateCommand) -> Result<(), Stop> {
    let EvaluateCommand::Evaluate { file, data_dir } = command;
    answered(session, file, data_dir, &|text, at| app::evaluate_outlooks(text, at, session.lang), &shown_outlooks)
}

/// Runs `sample`.
pub fn sample(session: &Session, command: &EvaluateCommand) -> Result<(), Stop> {
    let EvaluateCommand::Evaluate { file, data_dir } = command;
    answered(session, file, data_dir, &|text, at| app::evaluate_city_samples(text, at, session.lang), &shown_samples)
}

fn answered(
    session: &Session,
    file: &Path,
    data_dir: &[PathBuf],
    answer: Answer<'_>,
    show: &dyn Fn(&Session, &Json),
) -> Result<(), Stop> {
    let text = std::fs::read_to_string(file).map_err(|e| AppError::file(file, &e))?;
    let beside = file.parent().map(Path::to_path_buf);
    let folders: Vec<PathBuf> = data_dir.iter().cloned().chain(beside).collect();
    match answer(&text, &folders) {
        Err(found) => return super::import::refused(session, json!({}), &found),
        Ok(found) if session.json => session.print_json(&found),
        Ok(found) => show(session, &found),
    }
    Ok(())
}

fn shown_index(session: &Session, found: &Json) {
    for city in found["cities"].as_array().into_iter().flatten() {
        let name = text(&city["city"]);
        let drawn = &found["monte_carlo"]["cities"][&name];
        let between = |low: &str, high: &str, digits| {
            let ends = (drawn.get(low), drawn.get(high));
            ends.0
                .zip(ends.1)
                .map_or(String::new(), |(a, b)| format!(" ({} … {})", rounded(a, digits), rounded(b, digits)))
        };
        let args = [
            ("score", format!("{}{}", rounded(&city["index"], 1), between("p05", "p95", 1)).into()),
            (
                "rank",
                format!("{}{}", text(&found["rank_arithmetic"][&name]), between("rank_p05", "rank_p95", 0)).into(),
            ),
            ("coverage", percent(&city["coverage"]).into()),
        ];
        let level = text(&city["level_arithmetic"]);
        outln!("{}  {level}; {}", session.paint.bold(&name), session.say_with("cli-index-city", &args));
    }
    shown_error("monte_carlo", &found["monte_carlo"]);
}

fn shown_outlooks(session: &Session, found: &Json) {
    for country in found["countries"].as_array().into_iter().flatten() {
        let name = session.paint.bold(&text(&country["iso3"]));
        if shown_error(&name, country) {
            continue;
        }
        let trend = &country["logit_trend"];
        let args = [
            ("year", text(&country["horizon"]).into()),
            ("linear", rounded(&country["share_linear"], 1).into()),
            ("logit", rounded(&country["share_logit"], 1).into()),
            ("trend", rounded(&trend["share"], 1).into()),
            ("low", rounded(&trend["share_low"], 1).into()),
            ("high", rounded(&trend["share_high"], 1).into()),
            ("people", rounded(&country["slum_exponential"], 0).into()),
        ];
        outln!("{name}  {}", session.say_with("cli-outlook", &args));
    }
    for region in found["regions"].as_array().into_iter().flatten() {
        let name = session.paint.bold(&format!("{} {}", text(&region["subregion"]), text(&region["year"])));
        if shown_error(&name, region) {
            continue;
        }
        let args = [
            ("share", rounded(&region["slum_share"], 1).into()),
            ("countries", region["countries"].as_i64().unwrap_or_default().into()),
            ("coverage", percent(&region["coverage"]).into()),
        ];
        outln!("{name}  {}", session.say_with("cli-outlook-region", &args));
    }
}

fn shown_samples(session: &Session, found: &Json) {
    for country in found["countries"].as_array().into_iter().flatten() {
        let name = session.paint.bold(&text(&country["iso3"]));
        if shown_error(&name, country) {
            continue;
        }
        let ids = country["sample"]["ids"].as_array().map_or(&[] as &[Json], Vec::as_slice);
        let args = [
            ("n", (ids.len() as i64).into()),
            ("frame", country["frame_size"].as_i64().unwrap_or_default().into()),
            ("cities", rounded(&country["city_mean"], 2).into()),
            ("cities_se", rounded(&country["city_mean_se"], 2).into()),
            ("people", rounded(&country["population_weighted_mean"], 2).into()),
            ("people_se", rounded(&country["population_weighted_mean_se"], 2).into()),
        ];
        outln!("{name}  {}", session.say_with("cli-city-sample", &args));
        let weights = country["sample"]["weights"].as_array().map_or(&[] as &[Json], Vec::as_slice);
        for (id, weight) in ids.iter().zip(weights) {
            outln!("  {}  × {}", text(id), rounded(weight, 3));
        }
    }
}

/// Prints why there is no answer, and whether there is none.
fn shown_error(name: &str, answer: &Json) -> bool {
    let Some(error) = answer.get("error") else { return false };
    outln!("{name}  {} {}", text(&error["code"]), text(&error["message"]));
    outln!("  {}", text(&error["remedy"]));
    true
}

fn text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Null => "–".to_owned(),
        other => other.to_string(),
    }
}

fn rounded(value: &Json, digits: usize) -> String {
    value.as_f64().map_or("–".to_owned(), |n| format!("{n:.digits$}"))
}

fn percent(share: &Json) -> String {
    share.as_f64().map_or("–".to_owned(), |n| format!("{:.0} %", 100.0 * n))
}
