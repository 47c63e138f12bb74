//! `survey load`, `list`, `rules`, `measure`, `publish`: surveys of the register.

use app::{
    App, AppError, NamedBytes, OpenMode, World,
    households::{
        NewSurvey, Publication, SurveyFigures, SurveyQuestion, figures_json, load_survey, measure_survey, parse_groups,
        publish_survey, rule_sets, sample_survey, survey_files_are_here,
    },
    proposals::Written,
};
use diag::Diagnostic;
use model::{
    kinds::{RowUnit, Scope},
    value::{Id, Period, Text},
};
use serde_json::json;

use super::import::refused;
use crate::{
    Stop,
    args::{SurveyLoad, SurveyMeasure, SurveyPublish},
    session::Session,
};

/// Place and period of the exercise survey.
const SAMPLE: (&str, &str) = ("KEN-nairobi", "2026-S1");

/// Keeps a survey's files on this node and writes its record with a proposed codebook.
pub async fn load(session: &Session, args: &SurveyLoad) -> Result<(), Stop> {
    let mut files: Vec<NamedBytes> = if args.sample { sample_survey() } else { Vec::new() };
    for path in &args.files {
        files.extend(app::read_path(path)?);
    }
    if let Some(form) = &args.export.form {
        files.extend(app::read_path(form)?);
    }
    let place = args.place.as_deref().unwrap_or(SAMPLE.0);
    let period = args.period.as_deref().unwrap_or(SAMPLE.1);
    let wrong_period = || AppError::File { path: period.into(), detail: "2026, 2026-S1, 2026-Q1, 2026-01".to_owned() };
    let name = match (&args.title, args.sample) {
        (Some(title), _) => title.clone(),
        (None, true) => session.say("cli-survey-sample-title"),
        (None, false) => files.first().map(|f| f.name.clone()).unwrap_or_default(),
    };
    let mut title = Text::default();
    title.set(session.lang, name.clone());
    let new = NewSurvey {
        id: args.id.clone(),
        title,
        place: Id::new(place),
        period: Period::parse(period).ok_or_else(wrong_period)?,
        source: args.source.as_deref().map(Id::new),
        rows: args.rows.as_deref().and_then(RowUnit::parse),
        lang: session.lang,
        repeat: args.export.repeat.clone(),
    };
    let app = session.open(OpenMode::Create).await?;
    let by = session.actor(args.author.author.as_deref());
    let reason = args.reason.clone().unwrap_or(name);
    let (id, written) = match load_survey(&app, files, new, &by, &reason, session.now()).await? {
        Ok(loaded) => loaded,
        Err(found) => return refused(session, json!({"written": false}), &found),
    };
    told(session, json!({"survey": id.as_str()}), &written);
    if !session.json {
        outln!("{}", session.say_with("cli-survey-loaded", &[("id", id.as_str().into())]));
    }
    Ok(())
}

/// Says what became of a change.
pub(super) fn told(session: &Session, mut answer: serde_json::Value, written: &Written) {
    if session.json {
        match written {
            Written::InForce(line) => answer["change"] = line.number.into(),
            Written::Waiting(n) | Written::Clashes(n) => answer["proposal"] = (*n).into(),
        }
        return session.print_json(&answer);
    }
    match written {
        Written::InForce(line) => {
            let number = i64::try_from(line.number).unwrap_or(i64::MAX);
            outln!("{}", session.say_with("cli-import-done", &[("change", number.into())]));
        }
        Written::Waiting(n) | Written::Clashes(n) => {
            outln!("{}", session.say_with("cli-waits", &[("number", (*n).into())]))
        }
    }
}

/// The surveys of the register.
pub async fn list(session: &Session) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let surveys = &world.records().surveys;
    if session.json {
        let survey = |s: &model::kinds::Survey| {
            json!({"id": s.id.as_str(), "title": s.title.show(session.lang), "place": s.place.as_str(),
                   "period": s.period.to_string(), "rows": s.rows.as_str(), "n_rows": s.n_rows.0,
                   "file": s.file, "here": survey_files_are_here(&app, s)})
        };
        session.print_json(&json!({"surveys": surveys.iter().map(survey).collect::<Vec<_>>()}));
        return Ok(());
    }
    if surveys.iter().next().is_none() {
        outln!("{}", session.say("cli-survey-none"));
    }
    for s in surveys.iter() {
        let here = if survey_files_are_here(&app, s) { String::new() } else { session.say("cli-survey-elsewhere") };
        let id = session.paint.bold(s.id.as_str());
        outln!("{id}  {}  {} {}  {}  {here}", s.title.show(session.lang), s.place, s.period, s.n_rows.0);
    }
    Ok(())
}

/// The rule sets, or the rules of one.
pub async fn rules(session: &Session, name: Option<&str>) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnlyOrEmpty).await?;
    let world = app.world().await?;
    let sets = rule_sets(&world);
    let names: Vec<&str> = name.map_or_else(|| sets.names(), |name| vec![name]);
    let mut all = Vec::new();
    for name in names {
        let set = match sets.set(name) {
            Ok(set) => set,
            Err(found) => return refused(session, json!({}), &[*found]),
        };
        if !session.json {
            outln!("{}", session.paint.bold(name));
        }
        for rule in set.rules() {
            if session.json {
                all.push(json!({"rule_set": name, "component": rule.component.0, "version": rule.version.0,
                    "title": rule.title.show(session.lang), "measure": rule.measure.as_str(), "of": rule.of.as_str(),
                    "expression": rule.expression, "among": rule.among}));
            } else {
                outln!("  {}  {}", rule.component.0, rule.title.show(session.lang));
                outln!("      {}", session.paint.dim(&rule.expression));
            }
        }
    }
    if session.json {
        session.print_json(&json!({"rules": all}));
    }
    Ok(())
}

fn question(args: &SurveyMeasure) -> Result<SurveyQuestion, Vec<Diagnostic>> {
    Ok(SurveyQuestion {
        rule_set: args.rule_set.clone(),
        component: args.component.clone(),
        by: parse_groups(&args.by).map_err(|found| vec![*found])?,
        among: args.among.clone(),
    })
}

/// Measures a survey and prints its figures.
pub async fn measure(session: &Session, args: &SurveyMeasure) -> Result<(), Stop> {
    let question = match question(args) {
        Ok(question) => question,
        Err(found) => return refused(session, json!({}), &found),
    };
    let app = session.open(OpenMode::ReadOnly).await?;
    match figures(&app, args, &question).await? {
        Ok(found) if session.json => session.print_json(&figures_json(&found)),
        Ok(found) => show(session, &*app.world().await?, &found),
        Err(found) => return refused(session, json!({}), &found),
    }
    Ok(())
}

async fn figures(
    app: &App,
    args: &SurveyMeasure,
    question: &SurveyQuestion,
) -> Result<Result<SurveyFigures, Vec<Diagnostic>>, AppError> {
    let world = app.world().await?;
    measure_survey(app, &world, &Id::new(&args.survey), question)
}

/// What a category is called: a place by its title, others by their word, numbers as they are.
fn name(session: &Session, world: &World, concept: &str, category: &str) -> String {
    match concept {
        "place" => {
            let place = world.records().places.get(category);
            place.map_or_else(|| category.to_owned(), |p| p.title.show(session.lang).to_owned())
        }
        "age" | "wealth" => format!("{} {category}", session.say(&format!("concept-{concept}"))),
        _ => session.say(&format!("category-{category}")),
    }
}

fn show(session: &Session, world: &World, found: &SurveyFigures) {
    let title = found.rule.title.show(session.lang);
    outln!("{}  {}", session.paint.bold(title), found.survey.title.show(session.lang));
    for cell in &found.figures.cells {
        let group: Vec<String> =
            cell.group.iter().map(|(of, category)| name(session, world, of.name(), category)).collect();
        let group = if group.is_empty() { session.say("cli-survey-all") } else { group.join(" · ") };
        match (cell.estimate, cell.low, cell.high) {
            (Some(x), Some(low), Some(high)) => {
                let args = [("n", i64::try_from(cell.n).unwrap_or(i64::MAX).into())];
                let n = session.say_with("cli-survey-rows", &args);
                outln!("  {group}: {x:.1} ({low:.1} … {high:.1}; ± {:.2}; {n})", cell.se.unwrap_or(f64::NAN));
            }
            (Some(x), ..) => outln!("  {group}: {x:.1}"),
            (None, ..) if cell.withheld.is_some() => outln!("  {group}: {}", session.say("cli-survey-withheld")),
            (None, ..) => outln!("  {group}: –"),
        }
    }
    let f = &found.figures;
    let args = [("percent", format!("{:.1}", f.unknown_percent).into()), ("weight", f.weighted_by.clone().into())];
    outln!("{}", session.say_with("cli-survey-made-of", &args));
    if !f.ready.left_out.is_empty() {
        let left: Vec<String> = f.ready.left_out.iter().cloned().collect();
        outln!("{}", session.say_with("cli-survey-left-out", &[("concepts", left.join(", ").into())]));
    }
    if f.is_without_units {
        outln!("{}", session.say("cli-survey-without-units"));
    }
}

/// Measures, and submits the figures as observations.
pub async fn publish(session: &Session, args: &SurveyPublish) -> Result<(), Stop> {
    let question = match question(&args.measure) {
        Ok(question) => question,
        Err(found) => return refused(session, json!({}), &found),
    };
    let app = session.open(OpenMode::Existing).await?;
    let publication = Publication {
        survey: Id::new(&args.measure.survey),
        reason: args.reason.clone().unwrap_or_else(|| args.measure.survey.clone()),
        question,
        indicator: Id::new(&args.indicator),
        scope: Scope::parse(&args.scope).unwrap_or(Scope::Supported),
    };
    let by = session.actor(args.author.author.as_deref());
    match publish_survey(&app, &publication, &by, session.now()).await? {
        Ok(written) => told(session, json!({"survey": publication.survey.as_str()}), &written),
        Err(found) => return refused(session, json!({"written": false}), &found),
    }
    Ok(())
}
