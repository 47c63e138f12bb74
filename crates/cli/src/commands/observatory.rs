//! `index`, `project` and `sample`: files of questions to the urban observatory.

use std::path::{Path, PathBuf};

use app::AppError;
use diag::Diagnostic;
use serde_json::{Value as Json, json};

use crate::{
    Stop,
    args::{Evaluate, IndexCommand, ProjectCommand, SampleCommand, SampleMeasured},
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
pub fn project(session: &Session, command: &ProjectCommand) -> Result<(), Stop> {
    match command {
        ProjectCommand::Evaluate(Evaluate { file, data_dir }) => answered(
            session,
            file,
            data_dir,
            &|text, at| app::evaluate_outlooks(text, at, session.lang),
            &shown_outlooks,
        ),
        ProjectCommand::Show { of, from, to, horizon, aim } => {
            let question = app::SlumQuestion { of: of.clone(), from: *from, to: *to, horizon: *horizon, aim: *aim };
            told(
                session,
                app::slum_series_json(&question).map_err(|found| AppError::Refused(vec![*found])),
                &shown_series,
            )
        }
        ProjectCommand::Regions { year } => {
            told(session, app::slum_groups_json(*year).map_err(|found| AppError::Refused(vec![*found])), &shown_regions)
        }
    }
}

/// Runs `sample`.
pub fn sample(session: &Session, command: &SampleCommand) -> Result<(), Stop> {
    let measured = |m: &SampleMeasured| app::MeasuredIn {
        values: m.values.clone(),
        column: m.column.clone(),
        error_column: m.error_column.clone(),
    };
    match command {
        SampleCommand::Evaluate(Evaluate { file, data_dir }) => answered(
            session,
            file,
            data_dir,
            &|text, at| app::evaluate_city_samples(text, at, session.lang),
            &shown_samples,
        ),
        SampleCommand::Draw(args) => {
            let request = app::SampleRequest {
                countries: args.country.clone(),
                frame: args.frame.clone(),
                regions: args.regions.clone(),
                n: args.n,
                at_least: args.at_least,
                classes: args.classes.clone(),
                by: args.by.clone(),
                method: args.method.clone(),
                seed: args.seed,
                n_reserve: args.reserve,
            };
            let drawn = app::draw_sample(&request);
            if let (Ok(drawn), Some(path)) = (&drawn, &args.out) {
                app::write_whole(path, drawn.csv.as_ref()).map_err(|e| AppError::file(path, &e))?;
            }
            told(session, drawn.map(|d| d.json), &shown_draw)
        }
        SampleCommand::Estimate { sample, measured: m } => {
            told(session, app::estimate_sample(sample, &measured(m)), &shown_means)
        }
        SampleCommand::Compare { first, second, measured: m } => {
            told(session, app::compare_samples(first, second, &measured(m)), &shown_difference)
        }
    }
}

fn told(session: &Session, found: Result<Json, AppError>, show: &dyn Fn(&Session, &Json)) -> Result<(), Stop> {
    match found {
        Err(AppError::Refused(found)) => return super::import::refused(session, json!({}), &found),
        Err(other) => return Err(other.into()),
        Ok(found) if session.json => session.print_json(&found),
        Ok(found) => show(session, &found),
    }
    Ok(())
}

fn rows<'j>(of: &'j Json, key: &str) -> impl Iterator<Item = &'j Json> {
    of[key].as_array().into_iter().flatten()
}

/// `value ± error`.
fn with_error(of: &Json) -> String {
    format!("{} ± {}", rounded(&of["estimate"], 3), rounded(&of["se"], 3))
}

fn shown_series(session: &Session, found: &Json) {
    outln!("{}", session.paint.bold(&text(&found["name"])));
    for way in rows(found, "ways") {
        let between = match (&way["low"], &way["high"]) {
            (Json::Null, _) | (_, Json::Null) => String::new(),
            (low, high) => format!(" ({} … {})", rounded(low, 1), rounded(high, 1)),
        };
        let args = [
            ("year", text(&found["horizon"]).into()),
            ("share", format!("{}{between}", rounded(&way["share"], 1)).into()),
            ("people", rounded(&way["people"], 0).into()),
        ];
        let key = format!("outlook-way-{}", text(&way["way"]));
        outln!("  {}: {}", session.say(&key), session.say_with("cli-outlook-way", &args));
    }
    for year in rows(found, "releases") {
        outln!("  {}  {}  {}", text(&year["year"]), rounded(&year["earlier"], 1), rounded(&year["later"], 1));
    }
}

fn shown_regions(session: &Session, found: &Json) {
    for region in rows(found, "regions") {
        let depth = region["depth"].as_u64().unwrap_or_default() as usize;
        let args = [
            ("share", rounded(&region["share"], 1).into()),
            ("countries", region["countries"].as_i64().unwrap_or_default().into()),
            ("coverage", percent(&region["coverage"]).into()),
        ];
        let name = session.paint.bold(&text(&region["region"]));
        outln!("{}{name}  {}", "  ".repeat(depth), session.say_with("cli-outlook-region", &args));
    }
}

fn shown_draw(session: &Session, found: &Json) {
    let args = [
        ("n", text(&found["n"]).into()),
        ("frame", text(&found["frame_size"]).into()),
        ("seed", text(&found["seed"]).into()),
    ];
    outln!("{}", session.say_with("cli-sample-drawn", &args));
    for stratum in rows(found, "strata") {
        outln!("{}  {} / {}", session.paint.bold(&text(&stratum["stratum"])), text(&stratum["n"]), text(&stratum["N"]));
        for city in rows(found, "cities").filter(|c| c["stratum"] == stratum["stratum"]) {
            outln!(
                "  {} {} {}  × {}",
                text(&city["id"]),
                text(&city["name"]),
                text(&city["iso3"]),
                rounded(&city["weight"], 3)
            );
        }
        for city in rows(found, "reserve").filter(|c| c["stratum"] == stratum["stratum"]) {
            outln!(
                "  {} {} {}  ({})",
                text(&city["id"]),
                text(&city["name"]),
                text(&city["iso3"]),
                session.say("cli-sample-reserve")
            );
        }
    }
    for (what, lean) in found["balance"].as_object().into_iter().flatten().filter(|(_, lean)| lean["leans"] == true) {
        outln!(
            "{}",
            session.say_with(
                "cli-sample-leans",
                &[("what", what.clone().into()), ("by", rounded(&lean["difference"], 2).into())]
            )
        );
    }
}

fn shown_means(session: &Session, found: &Json) {
    for domain in rows(found, "domains") {
        let name = domain["region"]
            .as_str()
            .filter(|r| !r.is_empty())
            .map_or_else(|| session.say("cli-sample-all"), str::to_owned);
        let args = [
            ("n", text(&domain["n"]).into()),
            ("cities", with_error(&domain["city_mean"]).into()),
            ("people", with_error(&domain["population_weighted_mean"]).into()),
        ];
        outln!("{}  {}", session.paint.bold(&name), session.say_with("cli-sample-means", &args));
    }
    for low in rows(found, "response").filter(|r| r["low"] == true) {
        let args = [("stratum", text(&low["stratum"]).into()), ("share", percent(&low["population_share"]).into())];
        outln!("{}", session.say_with("cli-sample-low", &args));
    }
}

fn shown_difference(session: &Session, found: &Json) {
    for key in ["city_mean", "population_weighted_mean"] {
        let of = &found[key];
        let args = [
            ("first", with_error(&of["first"]).into()),
            ("second", with_error(&of["second"]).into()),
            ("difference", with_error(&of["difference"]).into()),
        ];
        outln!(
            "{}  {}",
            session.paint.bold(&session.say(&format!("cli-sample-{}", key.replace('_', "-")))),
            session.say_with("cli-sample-difference", &args)
        );
    }
    let n = &found["n"];
    let args =
        [("first", text(&n["first"]).into()), ("second", text(&n["second"]).into()), ("both", text(&n["both"]).into())];
    outln!("{}", session.say_with("cli-sample-both", &args));
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
