//! `instrument`: questionnaires and what answers to them score.

use std::path::Path;

use app::{
    AppError, NamedBytes, OpenMode, World,
    instrument::{
        NONE_OF_THESE, Questionnaire, add_instrument, check_instrument, find_instrument, instrument_draft,
        known_instruments, offers_none, score_answers,
    },
    proposals::Written,
};
use model::instrument::{Question, QuestionKind};
use serde_json::{Value as Json, json};

use crate::{
    Stop,
    args::{InstrumentAdd, InstrumentCommand},
    render,
    session::Session,
};

/// Runs a command about questionnaires.
pub async fn run(session: &Session, command: &InstrumentCommand) -> Result<(), Stop> {
    if let InstrumentCommand::Add(args) = command {
        return add(session, args).await;
    }
    let app = session.open(OpenMode::ReadOnlyOrEmpty).await?;
    let world = app.world().await?;
    match command {
        InstrumentCommand::List => list(session, &world),
        InstrumentCommand::Show { id } => show(session, &world, id),
        InstrumentCommand::Check { file } => check(session, &world, file),
        InstrumentCommand::Score { file, instrument } => score(session, &world, file, instrument.as_deref()),
        InstrumentCommand::Add(_) => Ok(()),
    }
}

/// One file.
fn read(path: &Path) -> Result<NamedBytes, AppError> {
    let missing = || AppError::File { path: path.to_owned(), detail: String::new() };
    app::read_path(path)?.into_iter().next().ok_or_else(missing)
}

/// Adds a questionnaire of one's own, or says what would be added.
async fn add(session: &Session, args: &InstrumentAdd) -> Result<(), Stop> {
    let file = read(&args.file)?;
    let mode = if args.dry_run { OpenMode::ReadOnlyOrEmpty } else { OpenMode::Create };
    let app = session.open(mode).await?;
    let (draft, written) = if args.dry_run {
        match instrument_draft(&*app.world().await?, &file) {
            Ok(draft) => (draft, None),
            Err(found) => return super::import::refused(session, json!({"written": false}), &found),
        }
    } else {
        let by = session.actor(args.author.author.as_deref());
        let reason = args.reason.as_deref().unwrap_or(&file.name);
        match add_instrument(&app, &file, &by, reason, session.now()).await? {
            Ok((draft, written)) => (draft, Some(written)),
            Err(found) => return super::import::refused(session, json!({"written": false}), &found),
        }
    };
    if session.json {
        let mut told = summary(session, &draft.questionnaire);
        told["warnings"] = draft.warnings.iter().map(|d| render::diagnostic_json(d, session.lang)).collect();
        match written {
            Some(Written::InForce(line)) => told["change"] = line.number.into(),
            Some(Written::Waiting(n) | Written::Clashes(n)) => told["proposal"] = n.into(),
            None => {}
        }
        session.print_json(&told);
        return Ok(());
    }
    for d in &draft.warnings {
        let _ = render::diagnostic(&mut crate::print::out(), d, session.lang, session.paint);
    }
    let q = &draft.questionnaire;
    let args = [("id", q.id.as_str().into()), ("n", q.questions().count().into())];
    outln!("{}", session.say_with("cli-instrument-sound", &args));
    match written {
        Some(Written::InForce(line)) => {
            let number = i64::try_from(line.number).unwrap_or(i64::MAX);
            outln!("{}", session.say_with("cli-import-done", &[("change", number.into())]));
        }
        Some(Written::Waiting(n) | Written::Clashes(n)) => {
            outln!("{}", session.say_with("cli-waits", &[("number", n.into())]));
        }
        None => {}
    }
    Ok(())
}

fn summary(session: &Session, q: &Questionnaire) -> Json {
    json!({
        "id": q.id,
        "version": q.version,
        "title": q.title.show(session.lang),
        "purpose": q.purpose.show(session.lang),
        "subject": q.subject.kind().name(),
        "n_questions": q.questions().count(),
    })
}

fn list(session: &Session, world: &World) -> Result<(), Stop> {
    let all = known_instruments(world);
    if session.json {
        let told: Vec<Json> = all.iter().map(|q| summary(session, q)).collect();
        session.print_json(&json!({"instruments": told}));
        return Ok(());
    }
    for q in all {
        let args = [("n", q.questions().count().into())];
        let n = session.say_with("page-form-n-questions", &args);
        outln!("{}  {} ({}, {n})", session.paint.bold(&q.id), q.title.show(session.lang), q.subject.kind().name());
    }
    Ok(())
}

/// The answers of a question by their codes, with words.
fn answers(session: &Session, question: &Question) -> Vec<(String, String)> {
    match question.kind {
        QuestionKind::Choice | QuestionKind::Multi => {
            let own = question.choices.iter().map(|c| (c.id.clone(), c.title.show(session.lang).to_owned()));
            let none = (NONE_OF_THESE.to_owned(), session.say("page-form-none-of-these"));
            own.chain(offers_none(question).then_some(none)).collect()
        }
        QuestionKind::YesNo => ["yes", "no"].map(|c| (c.to_owned(), String::new())).to_vec(),
        QuestionKind::Scale => vec![(format!("1 … {}", question.steps.unwrap_or(0)), String::new())],
        QuestionKind::Number => {
            let end = |n: Option<f64>| n.map_or("…".to_owned(), locale::exact);
            vec![(format!("{} … {}", end(question.minimum), end(question.maximum)), String::new())]
        }
        QuestionKind::Date => vec![("YYYY-MM-DD".to_owned(), String::new())],
        QuestionKind::Text => Vec::new(),
    }
}

fn show(session: &Session, world: &World, id: &str) -> Result<(), Stop> {
    let q = match find_instrument(world, id, None) {
        Ok(q) => q,
        Err(unknown) => return super::import::refused(session, json!({}), &[*unknown]),
    };
    if session.json {
        let question = |x: &Question| {
            let answers: Vec<Json> =
                answers(session, x).into_iter().map(|(code, words)| json!({"value": code, "title": words})).collect();
            json!({
                "id": x.id,
                "type": x.kind.as_str(),
                "title": x.title.show(session.lang),
                "required": x.required,
                "relevant": x.relevant,
                "scored": q.scores(x),
                "answers": answers,
            })
        };
        let section = |s: &model::instrument::Section| {
            let questions: Vec<Json> = s.questions.iter().map(question).collect();
            json!({"id": s.id, "title": s.title.show(session.lang), "weight": s.weight, "questions": questions})
        };
        let mut told = summary(session, &q);
        told["aggregation"] = q.aggregation.as_str().into();
        told["sections"] = q.sections.iter().map(section).collect();
        session.print_json(&told);
        return Ok(());
    }
    outln!("{}", session.paint.bold(q.title.show(session.lang)));
    outln!("{}", q.purpose.show(session.lang));
    for section in &q.sections {
        outln!();
        outln!("{}", session.paint.bold(section.title.show(session.lang)));
        for x in &section.questions {
            let star = if x.required { " *" } else { "" };
            let only = x.relevant.as_ref().map(|c| format!("  [{c}]")).unwrap_or_default();
            outln!("  {}{star}  {}{only}", session.paint.bold(&x.id), x.title.show(session.lang));
            for (code, words) in answers(session, x) {
                outln!("    {code}  {words}");
            }
        }
    }
    Ok(())
}

fn check(session: &Session, world: &World, file: &Path) -> Result<(), Stop> {
    let file = read(file)?;
    // A form is checked as what it would be added as.
    let checked = match file.bytes.starts_with(b"PK") {
        true => instrument_draft(world, &file).map(|draft| draft.questionnaire),
        false => check_instrument(&file.bytes),
    };
    match checked {
        Ok(q) if session.json => session.print_json(&summary(session, &q)),
        Ok(q) => {
            let args = [("id", q.id.as_str().into()), ("n", q.questions().count().into())];
            outln!("{}", session.say_with("cli-instrument-sound", &args));
        }
        Err(found) => return super::import::refused(session, json!({}), &found),
    }
    Ok(())
}

fn score(session: &Session, world: &World, file: &Path, instrument: Option<&str>) -> Result<(), Stop> {
    let text = std::fs::read_to_string(file).map_err(|e| AppError::file(file, &e))?;
    let scored = match score_answers(world, &text, instrument, session.lang) {
        Ok(scored) => scored,
        Err(found) => return super::import::refused(session, json!({}), &found),
    };
    let is_refused = list_of(&scored["responses"]).any(|r| list_of(&r["errors"]).next().is_some());
    if session.json {
        session.print_json(&scored);
    } else {
        list_of(&scored["responses"]).for_each(|r| print_response(session, r));
        print_change(session, &scored);
    }
    if is_refused { Err(Stop::Findings) } else { Ok(()) }
}

fn list_of(value: &Json) -> impl Iterator<Item = &Json> {
    value.as_array().into_iter().flatten()
}

fn print_response(session: &Session, response: &Json) {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let level = |value: &Json| value.as_str().map(|l| format!("  {l}")).unwrap_or_default();
    let role = response["role"].as_str().map(|r| format!(" – {r}")).unwrap_or_default();
    outln!("{}{role}", session.paint.bold(&text(&response["title"])));
    for section in list_of(&response["sections"]).filter(|s| s["asked"].as_u64() > Some(0)) {
        let below = if section["below_required"] == true { session.say("page-form-below") } else { String::new() };
        let (score, title) = (points(&section["score"]), text(&section["title"]));
        outln!("  {score:>5}  {title}{}  {below}", level(&section["level"]));
    }
    if !response["total"].is_null() {
        let total = session.say("page-form-total");
        outln!("  {:>5}  {}{}", points(&response["total"]), session.paint.bold(&total), level(&response["level"]));
    }
    let coverage = locale::percent(response["coverage"].as_f64().unwrap_or_default());
    outln!("  {}: {coverage}", session.say("page-form-coverage"));
    for error in list_of(&response["errors"]) {
        outln!("  {} {}", text(&error["code"]), text(&error["message"]));
        outln!("    {}", text(&error["remedy"]));
    }
    for action in list_of(&response["actions"]) {
        let loss = action["loss"].as_f64().unwrap_or_default();
        outln!("  → {} (−{loss:.1})", text(&action["action"]));
    }
}

fn print_change(session: &Session, scored: &Json) {
    let Some(change) = scored.get("change") else { return };
    let spread = |at: usize| &scored["views"]["sections"][at]["scores"];
    outln!("{}", session.paint.bold(&session.say("cli-instrument-compared")));
    for (i, section) in list_of(&change["sections"]).enumerate().filter(|(i, _)| !spread(*i).is_null()) {
        let apart = if spread(i)["disagree"] == true { session.say("page-form-disagree") } else { String::new() };
        let (lowest, highest) = (points(&spread(i)["lowest"]), points(&spread(i)["highest"]));
        let id = section["id"].as_str().unwrap_or_default();
        let by = section["by"].as_f64().map_or("–".to_owned(), |by| format!("{by:+.1}"));
        outln!("  {id}: {lowest}–{highest} ({by})  {apart}");
    }
}

/// A score to a tenth; a dash without one.
fn points(score: &Json) -> String {
    score.as_f64().map_or("–".to_owned(), |s| format!("{s:.1}"))
}
