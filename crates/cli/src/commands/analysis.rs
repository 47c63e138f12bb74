//! `analysis`: computations over grids, boundaries and streets as jobs of this node.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering},
    },
};

use app::{
    App, AppError, OpenMode, World,
    analyses::{
        self, AnalysisPublication, Found, InputFile, Job, NewAnalysis, Note, SampleFiles, analysis, cancel_job, job,
        job_view, jobs, outdated, prepare, publish_analysis, recompute, remove_job, run_job, sample_files, start_job,
        suggested,
    },
};
use jiff::Timestamp;
use model::{
    kinds::{AnalysisMethod, BoundaryDefinition, Scope},
    value::{Id, Period},
};
use serde_json::{Value as Json, json};

use super::{households::told, import::refused};
use crate::{
    Stop,
    args::{AnalysisAccess, AnalysisCommand, AnalysisLand, AnalysisOf, AnalysisPublish, AnalysisUrbanisation},
    session::Session,
};

/// Place, earlier and later date of the exercise files.
const SAMPLE_COUNTRY: (&str, &str, &str) = ("KEN", "2015", "2025");
const SAMPLE_CITY: (&str, &str) = ("KEN-nairobi", "2025");
/// What a shell calls the end of a process by INT.
const ENDED_BY_INT: u8 = 130;
/// A bar goes up to this.
const WHOLE: f64 = 1_000.0;

/// Runs `analysis`.
pub async fn run(session: &Session, command: AnalysisCommand) -> Result<(), Stop> {
    match command {
        AnalysisCommand::Urbanisation(args) => urbanisation(session, &args).await,
        AnalysisCommand::Land(args) => land(session, &args).await,
        AnalysisCommand::Access(args) => access(session, &args).await,
        AnalysisCommand::List => list(session).await,
        AnalysisCommand::Show { id } => show(session, &id).await,
        AnalysisCommand::Resume { id, author } => {
            let app = session.open(OpenMode::Existing).await?;
            let world = app.world().await?;
            analyses::may_compute(&world, &session.actor(author.author.as_deref()), session.now())?;
            follow(session, &app, &world, &id)
        }
        AnalysisCommand::Cancel { id, author } => {
            let app = session.open(OpenMode::Existing).await?;
            cancel_job(&app, &id, &session.actor(author.author.as_deref()), session.now()).await?;
            state(session, &job(&app, &id)?);
            Ok(())
        }
        AnalysisCommand::Remove { id, author } => {
            let app = session.open(OpenMode::Existing).await?;
            let done = remove_job(&app, &id, &session.actor(author.author.as_deref()), session.now()).await;
            unless_refused(session, done.map(|_| ()))
        }
        AnalysisCommand::Publish(args) => publish(session, &args).await,
        AnalysisCommand::Outdated => old(session).await,
        AnalysisCommand::Again { id, author } => {
            let app = session.open(OpenMode::Existing).await?;
            let world = app.world().await?;
            let by = session.actor(author.author.as_deref());
            match recompute(&app, &world, &id, &by, session.now()) {
                Ok(made) => follow(session, &app, &world, &made.id),
                Err(AppError::Refused(found)) => refused(session, json!({}), &found),
                Err(other) => Err(other.into()),
            }
        }
    }
}

fn unless_refused(session: &Session, done: Result<(), AppError>) -> Result<(), Stop> {
    match done {
        Err(AppError::Refused(found)) => refused(session, json!({}), &found),
        other => Ok(other?),
    }
}

/// The exercise files, where they are asked for; they lie in their folder for as long as the first answer lives.
fn sample(method: AnalysisMethod, is_wanted: bool) -> Result<(Option<SampleFiles>, Vec<InputFile>), Stop> {
    let sample = is_wanted.then(|| sample_files(method)).transpose()?;
    let files = sample.as_ref().map_or_else(Vec::new, |sample| sample.files.clone());
    Ok((sample, files))
}

fn files(role: &str, paths: &[PathBuf]) -> Vec<InputFile> {
    let file = |path: &PathBuf| InputFile {
        role: role.to_owned(),
        name: path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
        path: path.clone(),
    };
    paths.iter().map(file).collect()
}

fn text(path: Option<&Path>) -> Result<Option<String>, Stop> {
    let read = |path: &Path| std::fs::read_to_string(path).map_err(|e| AppError::file(path, &e).into());
    path.map(read).transpose()
}

fn period(text: &str) -> Result<Period, Stop> {
    let wrong = || Stop::Usage(format!("--period {text}: expected 2026, 2026-S1, 2026-Q1 or 2026-01"));
    Period::parse(text).ok_or_else(wrong)
}

async fn urbanisation(session: &Session, args: &AnalysisUrbanisation) -> Result<(), Stop> {
    let (sample, mut all) = sample(AnalysisMethod::Urbanisation, args.of.sample)?;
    for (role, paths) in [("population", &args.population), ("land", &args.land), ("built", &args.built)] {
        all.extend(files(role, paths));
    }
    let (place, _, at) = SAMPLE_COUNTRY;
    let parameters = text(args.params.as_deref())?;
    let done = begin(session, AnalysisMethod::Urbanisation, &args.of, (place, at), None, all, parameters).await;
    drop(sample);
    done
}

async fn land(session: &Session, args: &AnalysisLand) -> Result<(), Stop> {
    let (sample, mut all) = sample(AnalysisMethod::Land, args.of.sample)?;
    for (role, paths) in [
        ("population", &args.population),
        ("population_later", &args.population_later),
        ("built", &args.built),
        ("built_later", &args.built_later),
    ] {
        all.extend(files(role, paths));
    }
    let (place, since, at) = SAMPLE_COUNTRY;
    let since = period(args.since.as_deref().unwrap_or(since))?;
    let parameters = text(args.params.as_deref())?;
    let done = begin(session, AnalysisMethod::Land, &args.of, (place, at), Some(since), all, parameters).await;
    drop(sample);
    done
}

async fn access(session: &Session, args: &AnalysisAccess) -> Result<(), Stop> {
    let (sample, mut all) = sample(AnalysisMethod::Access, args.of.sample)?;
    if let Some(folder) = &args.folder {
        all = match analyses::case_files(folder) {
            Ok(files) => files,
            Err(AppError::Refused(found)) => return refused(session, json!({}), &found),
            Err(other) => return Err(other.into()),
        };
    }
    let done = begin(session, AnalysisMethod::Access, &args.of, SAMPLE_CITY, None, all, None).await;
    drop(sample);
    done
}

async fn begin(
    session: &Session,
    method: AnalysisMethod,
    of: &AnalysisOf,
    sample: (&str, &str),
    since: Option<Period>,
    files: Vec<InputFile>,
    parameters: Option<String>,
) -> Result<(), Stop> {
    let new = NewAnalysis {
        method,
        place: Id::new(of.place.as_deref().unwrap_or(sample.0)),
        period: period(of.period.as_deref().unwrap_or(sample.1))?,
        since,
        definition: BoundaryDefinition::parse(&of.definition).unwrap_or(BoundaryDefinition::Administrative),
        files,
        parameters,
        source: of.source.as_deref().map(Id::new),
    };
    let app = session.open(OpenMode::Existing).await?;
    let world = app.world().await?;
    let by = session.actor(of.author.author.as_deref());
    let request = prepare(&app, &world, &new, &by, session.now());
    let made = request.and_then(|request| start_job(&app, &world, request, &by, session.now()));
    match made {
        Ok(made) => follow(session, &app, &world, &made.id),
        Err(AppError::Refused(found)) => refused(session, json!({}), &found),
        Err(other) => Err(other.into()),
    }
}

/// Computes a job under a bar and says what it found.
fn follow(session: &Session, app: &App, world: &World, id: &str) -> Result<(), Stop> {
    let ended = Ended::listen(session.say("cli-analysis-ending"));
    // Whoever interrupts it must know what to resume.
    if !session.json {
        eprintln!("{}", session.say_with("cli-analysis-begun", &[("id", id.into())]));
    }
    let bar = session.progress();
    // What is done, the share of it, and how long it will take.
    if let Ok(style) = indicatif::ProgressStyle::with_template("{bar:30} {percent:>3} %  {eta:>4}  {msg}") {
        bar.set_style(style);
    }
    bar.set_length(WHOLE as u64);
    let last = Mutex::new(String::new());
    let watch = |stage: &str, share: f64| {
        // Each stage has its own share and its own pace.
        if let Ok(mut last) = last.try_lock()
            && *last != stage
        {
            bar.set_message(stage_words(session, stage));
            bar.reset_eta();
            stage.clone_into(&mut last);
        }
        bar.set_position((share.clamp(0.0, 1.0) * WHOLE) as u64);
        ended.code().is_none()
    };
    let found = run_job(app, world, id, Timestamp::now, &watch);
    bar.finish_and_clear();
    match found {
        Err(AppError::Refused(found)) if ended.code().is_some() => {
            if session.json {
                // The code says that it was ended, and findings say it in JSON.
                let _ = refused(session, json!({ "job": id }), &found);
            } else {
                eprintln!("{}", session.say_with("cli-analysis-ended", &[("id", id.into())]));
            }
            Err(Stop::Ended(ended.code().unwrap_or(ENDED_BY_INT)))
        }
        Ok(found) => {
            tell(session, id, &found);
            Ok(())
        }
        Err(AppError::Refused(found)) => refused(session, json!({ "job": id }), &found),
        Err(other) => Err(other.into()),
    }
}

/// What is being done, in words; its name where it has none.
fn stage_words(session: &Session, stage: &str) -> String {
    let key = format!("job-stage-{}", stage.replace([' ', '_'], "-"));
    if locale::has(session.lang, &key) { session.say(&key) } else { stage.to_owned() }
}

/// Whether somebody asked this program to end.
struct Ended {
    by: Arc<AtomicU8>,
    task: tokio::task::JoinHandle<()>,
}

impl Ended {
    /// Listens for an interruption from now on: the first is heard, the second ends the program at once.
    fn listen(words: String) -> Self {
        let by = Arc::new(AtomicU8::new(0));
        let (heard, mut ends) = (by.clone(), Ends::begin());
        let task = tokio::spawn(async move {
            while let Some(code) = ends.next().await {
                if heard.swap(code, Ordering::SeqCst) != 0 {
                    std::process::exit(i32::from(code));
                }
                eprintln!("{words}");
            }
        });
        Ended { by, task }
    }

    /// The code with which a program ends that was asked to.
    fn code(&self) -> Option<u8> {
        Some(self.by.load(Ordering::SeqCst)).filter(|code| *code != 0)
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The ways in which a system tells a program to end.
#[cfg(unix)]
struct Ends(Option<(tokio::signal::unix::Signal, tokio::signal::unix::Signal)>);

#[cfg(unix)]
impl Ends {
    fn begin() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Ends(signal(SignalKind::interrupt()).ok().zip(signal(SignalKind::terminate()).ok()))
    }

    /// Waits until somebody asks for an end; the code for it. None where the system tells nobody.
    async fn next(&mut self) -> Option<u8> {
        let (int, term) = self.0.as_mut()?;
        tokio::select! {
            done = int.recv() => done.map(|()| ENDED_BY_INT),
            done = term.recv() => done.map(|()| crate::ENDED_BY_TERM),
        }
    }
}

/// The ways in which a system tells a program to end.
#[cfg(not(unix))]
struct Ends;

#[cfg(not(unix))]
impl Ends {
    fn begin() -> Self {
        Ends
    }

    /// Waits until somebody asks for an end; the code for it. None where the system tells nobody.
    async fn next(&mut self) -> Option<u8> {
        tokio::signal::ctrl_c().await.ok().map(|()| ENDED_BY_INT)
    }
}

/// What was found: measures with their figures, then cities, then what must be known.
fn tell(session: &Session, id: &str, found: &Found) {
    if session.json {
        let mut answer = serde_json::to_value(found).unwrap_or_default();
        answer["job"] = id.into();
        session.print_json(&answer);
        return;
    }
    outln!("{}", session.paint.bold(id));
    for measure in &found.measures {
        let unit = measure.def().map_or("", |def| def.unit);
        outln!("{}", session.say(&format!("measure-{}", measure.id.replace('_', "-"))));
        for row in &measure.rows {
            let value = row.value.map_or_else(|| "–".to_owned(), locale::number);
            let note = row.note.as_deref().unwrap_or_default();
            outln!("  {}  {}  {value} {unit}  {}", row.place, row.breakdown, session.paint.dim(note));
        }
    }
    for warning in &found.warnings {
        let text = Note::of(warning).words(session.lang);
        outln!("{}", session.say_with("cli-space-warning", &[("text", text.into())]));
    }
    outln!("{}", session.say_with("cli-analysis-next", &[("id", id.into())]));
}

fn state(session: &Session, job: &Job) {
    if session.json {
        session.print_json(&job_json(job));
        return;
    }
    let word = session.say(&format!("job-state-{}", job.state.as_str()));
    outln!("{}  {word}  {:.0} %  {}", session.paint.bold(&job.id), 100.0 * job.share, job.stage);
}

fn job_json(job: &Job) -> Json {
    json!({"job": job.id, "state": job.state.as_str(), "stage": job.stage, "share": job.share,
           "request": job.request, "begun_at": job.begun_at.to_string(),
           "ended_at": job.ended_at.map(|at| at.to_string()), "faults": job.faults})
}

async fn list(session: &Session) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let (world, jobs) = (app.world().await?, jobs(&app)?);
    let analyses = &world.records().analyses;
    if session.json {
        let analysis = |a: &model::kinds::Analysis| {
            json!({"id": a.id.as_str(), "method": a.method.as_str(), "place": a.place.as_str(),
                   "period": a.period.to_string(), "inputs": a.inputs, "program": a.program.0})
        };
        let analyses: Vec<Json> = analyses.iter().map(analysis).collect();
        session.print_json(&json!({"jobs": jobs.iter().map(job_json).collect::<Vec<_>>(), "analyses": analyses}));
        return Ok(());
    }
    if jobs.is_empty() && analyses.iter().next().is_none() {
        outln!("{}", session.say("cli-analysis-none"));
    }
    jobs.iter().for_each(|job| state(session, job));
    for a in analyses.iter().filter(|a| !jobs.iter().any(|job| job.id == a.id.as_str())) {
        outln!("{}  {}  {}", session.paint.bold(a.id.as_str()), a.place, a.period);
    }
    Ok(())
}

async fn show(session: &Session, id: &str) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    match job(&app, id) {
        Ok(held) => match job_view(&app, id)? {
            Some(found) => tell(session, id, &found),
            None => {
                state(session, &held);
                let found = analyses::job_findings(&held);
                if !found.is_empty() {
                    return refused(session, json!({}), &found);
                }
            }
        },
        Err(AppError::Unknown) => {
            let view = analysis(&app, &*app.world().await?, id)?.ok_or(AppError::Unknown)?;
            tell(session, id, &view.found);
        }
        Err(other) => return Err(other.into()),
    }
    Ok(())
}

async fn publish(session: &Session, args: &AnalysisPublish) -> Result<(), Stop> {
    let app = session.open(OpenMode::Existing).await?;
    let world = app.world().await?;
    let mut ties = Vec::new();
    for tie in &args.ties {
        let wrong = || Stop::Usage(format!("{tie}: MEASURE=INDICATOR"));
        let (measure, indicator) = tie.split_once('=').ok_or_else(wrong)?;
        ties.push((measure.to_owned(), Id::new(indicator)));
    }
    let mut names = Vec::new();
    for name in &args.names {
        let (place, name) = name.split_once('=').ok_or_else(|| Stop::Usage(format!("{name}: PLACE=NAME")))?;
        names.push((place.to_owned(), session.lang, name.to_owned()));
    }
    if ties.is_empty() {
        let found = job_view(&app, &args.id)?.unwrap_or_default();
        let tie = |measure: &analyses::FoundMeasure| Some((measure.id.clone(), suggested(&world, measure.def()?)?));
        ties = found.measures.iter().filter_map(tie).collect();
    }
    let publication = AnalysisPublication {
        job: args.id.clone(),
        ties,
        scope: Scope::parse(&args.scope).unwrap_or(Scope::Supported),
        with_cities: args.cities,
        names,
        reason: args.reason.clone().unwrap_or_else(|| args.id.clone()),
    };
    let by = session.actor(args.author.author.as_deref());
    match publish_analysis(&app, &publication, &by, session.now()).await? {
        Ok(written) => told(session, json!({ "analysis": args.id }), &written),
        Err(found) => return refused(session, json!({"written": false}), &found),
    }
    Ok(())
}

async fn old(session: &Session) -> Result<(), Stop> {
    let app = session.open(OpenMode::ReadOnly).await?;
    let world = app.world().await?;
    let all = outdated(&world);
    if session.json {
        let one = |of: &analyses::Outdated| {
            json!({"analysis": of.analysis.as_str(), "place": of.place.as_str(), "period": of.period.to_string(),
                   "then": of.then, "now": of.now, "figures": of.n,
                   "indicators": of.indicators.iter().map(|i| i.as_str()).collect::<Vec<_>>()})
        };
        session.print_json(&json!({"outdated": all.iter().map(one).collect::<Vec<_>>()}));
        return Ok(());
    }
    if all.is_empty() {
        outln!("{}", session.say("cli-outdated-none"));
    }
    for of in all {
        let args = [
            ("n", of.n.into()),
            ("then", of.then.clone().into()),
            ("now", of.now.clone().unwrap_or_else(|| "–".to_owned()).into()),
            ("analysis", of.analysis.as_str().into()),
        ];
        outln!("{}  {}", session.paint.bold(of.place.as_str()), session.say_with("cli-outdated", &args));
    }
    Ok(())
}
